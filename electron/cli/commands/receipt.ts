import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import { pathFromWord } from '../paths.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const receipt: CliCommand = {
  name: 'receipt',
  summary: "write a depositor's receipt",
  description:
    'Writes what was received, with sizes and message digests, what was refused and why, from whom, when, on which rights basis, and ' +
    'the head of the log, as an HTML page and as plain text. Both can be read with no program but a browser or an editor. They go into ' +
    "the archive's exports/ unless --out names a folder. A receipt that is there already is never written over: the new one gets another name.",
  examples: [
    { does: 'Of a whole accession', line: 'receipt 2026-0012' },
    { does: 'Of what came later, into another folder', line: 'receipt acc-12 --accrual 2 --out ~/letters' },
  ],
  define(command) {
    command
      .argument('[ACCESSION]', 'number or id')
      .option('--accrual <N>', 'only this accrual')
      .option('--out <DIR>', "the folder to write into (default: the archive's exports/)");
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const accession = oneName(words, 'Name one accession, by number or id.');
    const accrual = options.number('accrual', 1, 1_000_000);
    const out = options.word('out');
    const input = {
      accession,
      ...(accrual === undefined ? {} : { accrual }),
      ...(out === undefined ? {} : { folder: pathFromWord(out) }),
    };
    return withHost(invocation, 'write', async (client) => {
      const written = await client.intake.receipt(input);
      output.json({ ...written });
      output.lines(
        `Receipt of accession ${clean(written.accession.number)}, ${counted(written.files, 'file')}:`,
        ...written.written.map(({ path }) => `  ${clean(path.display)}`),
      );
      return EXIT.done;
    });
  },
};
