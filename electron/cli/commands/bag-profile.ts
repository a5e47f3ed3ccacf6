import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { pathFromWord } from '../paths.ts';

export const bagProfile: CliCommand = {
  name: 'bag profile',
  summary: 'tell what a BagIt profile asks of bags',
  description:
    'Reads a BagIt profile (1.3, 1.4), the JSON file in which somebody who takes bags says what they must be, and tells it in ' +
    'sentences. Hold a bag against it with bag validate --profile. Nothing that it names is fetched, and no archive is needed.',
  examples: [{ does: 'What a partner asks', line: 'bag profile partner.json' }],
  define(command) {
    command.argument('<FILE>', "the profile's JSON file");
  },
  async run({ words, output, loadHost }) {
    const [file, ...more] = words;
    if (file === undefined || more.length > 0) throw new UsageError('Name one profile.');
    const surveyor = await (await loadHost()).openSurveyor();
    try {
      const profile = await surveyor.client.packaging.profile({ path: pathFromWord(file) });
      output.json({ ...profile });
      output.lines(
        `${clean(profile.identifier)} (BagIt Profiles ${clean(profile.version)}) asks:`,
        ...profile.asks.map((sentence) => `  ${clean(sentence)}`),
      );
      return EXIT.done;
    } finally {
      for (const note of await surveyor.close()) output.note(clean(note));
    }
  },
};
