import type { BagValidationResult } from '../../../shared/contract/packaging.ts';
import type { CliCommand } from '../command.ts';
import { runJob } from '../follow-job.ts';
import { clean } from '../format/text.ts';
import { collect } from '../options.ts';
import { pathFromWord, pathsFrom } from '../paths.ts';
import { showBags } from '../report/bags.ts';

export const bagValidate: CliCommand = {
  name: 'bag validate',
  summary: 'judge BagIt bags, whoever made them',
  description:
    'Reads every file of each bag (BagIt 0.93 to 1.0) and compares it with every manifest. What is found is named with the ' +
    'section of RFC 8493 that it is about. A bag whose fetch.txt names files that are not here is incomplete, not invalid; nothing ' +
    'is downloaded. A tar, tar.gz or zip is streamed and not unpacked; it must hold exactly one folder. With --fast the payload is not read: what is missing, unlisted or malformed is found, what is altered is not. ' +
    'Nothing is written or recorded, and no archive is needed. With --profile it is told whether each is what a BagIt profile (1.3, 1.4) asks; the profile is a file, nothing is fetched. Exits 1 when a bag is not valid or not what the profile asks; warnings alone exit 0.',
  examples: [
    { does: 'A bag that came in', line: 'bag validate ~/incoming/tapes-2026' },
    {
      does: 'Held against what a partner asks',
      line: 'bag validate ~/incoming/tapes-2026 --profile partner.json',
    },
    { does: 'One that came packed', line: 'bag validate ~/incoming/tapes-2026.tar.gz' },
    { does: 'Only its form, for a script', line: 'bag validate ~/incoming/tapes-2026 --fast --json' },
  ],
  define(command) {
    command
      .argument('[PATH...]', 'bags: folders, or tar, tar.gz and zip files')
      .option('--profile <FILE>', 'hold them against a BagIt profile too (its JSON file)')
      .option('--fast', 'do not read the payload')
      .option('--path-base64 <B64>', 'a path as base64 of its bytes, for names that are not UTF-8', collect);
  },
  async run(invocation) {
    const { words, options, output, loadHost } = invocation;
    const paths = pathsFrom(words, options.list('pathBase64'));
    const profile = options.word('profile');
    const mode = options.flag('fast') ? 'structure' : 'full';
    const surveyor = await (await loadHost()).openSurveyor();
    try {
      const { client } = surveyor;
      const job = await runJob(invocation, client, () =>
        client.packaging.validate({
          paths,
          mode,
          ...(profile === undefined ? {} : { profile: pathFromWord(profile) }),
        }),
      );
      const result = job.result as BagValidationResult;
      output.json({ ...result });
      return showBags(output, result);
    } finally {
      for (const note of await surveyor.close()) output.note(clean(note));
    }
  },
};
