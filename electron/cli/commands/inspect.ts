import type { InspectedFile } from '../../../shared/contract/inspection.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, Interrupted } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { collect } from '../options.ts';
import { pathsFrom } from '../paths.ts';
import { progressView } from '../progress.ts';
import { needsAttention, showInspected } from '../report/inspection.ts';

export const inspect: CliCommand = {
  name: 'inspect',
  summary: 'tell what files of sound prove of themselves',
  description:
    'Reads each file once and tells what it is by its signature, its digests, its essence digest (the audio and what it is ' +
    'decoded by, which no edited tag changes), what the checks within it prove, where damage is, and what else it carries ' +
    '(bext, iXML, pictures). --deep also decodes FLAC with the program "flac" where that is installed, and compares the MD5 of the ' +
    'samples. There is nothing to compare with, so this verifies nothing, and nothing is written or recorded; no archive is needed. ' +
    'Exits 1 when a file is damaged, cut short, protected or cannot be read.',
  examples: [
    { does: 'One file', line: 'inspect ~/tapes/reel-1.flac' },
    {
      does: 'A folder, decoded as well, for a script',
      line: 'inspect --deep ~/tapes --ndjson | jq -r .verdict',
    },
  ],
  define(command) {
    command
      .argument('[PATH...]', 'files, or folders with all that is in them')
      .option('--deep', 'decode as well where that proves more')
      .option('--ndjson', 'print one JSON object a line, as files are done')
      .option('--path-base64 <B64>', 'a path as base64 of its bytes, for names that are not UTF-8', collect);
  },
  async run(invocation) {
    const { words, options, output, io, interrupts } = invocation;
    const paths = pathsFrom(words, options.list('pathBase64'));
    const { inspectFiles } = await invocation.loadHost();
    const view = progressView(io, output.form, output.quiet);
    const controller = new AbortController();
    const leave = interrupts.during(() => {
      view.note('Stopping cleanly; Ctrl-C again stops at once.');
      controller.abort(
        new Interrupted('Stopped. What was told until then holds; the rest was not looked at.'),
      );
    });
    const rows: InspectedFile[] = [];
    let files = 0;
    let attention = 0;
    try {
      await inspectFiles({
        paths,
        deep: options.flag('deep'),
        signal: controller.signal,
        onProgress: (progress) => view.show(progress),
        onFile: (file) => {
          files++;
          if (needsAttention(file)) attention++;
          if (output.form === 'json') rows.push(file);
          else if (output.form === 'ndjson') output.json(file);
          else showInspected(output, file);
        },
      });
    } finally {
      view.end();
      leave();
    }
    if (output.form === 'json') output.json({ rows, next: null });
    if (files !== 1) output.lines(`${counted(files, 'file')}, ${attention} that a person should look at.`);
    return attention > 0 ? EXIT.attention : EXIT.done;
  },
};
