import { closeSync, openSync, writeSync } from 'node:fs';
import { expectAccession, type BenchContext, type Figure } from '../context.ts';
import { median, run, spread } from '../measure.ts';
import { boundRow, commandLines, percent, type FigureResult } from '../report.ts';

const ROWS = 10_000;
const LIMIT_MS = 3_000;
const ROUNDS = 5;

/** A table of ten thousand rows that writes three fields of as many recordings, as a whole process. */
export const describe: Figure = {
  name: 'describe',
  about: 'a CSV of 10,000 rows applied as one edit of 30,000 values, as a whole process',
  async measure(context: BenchContext): Promise<FigureResult> {
    const dir = context.collection('described', { files: ROWS, bytesPerFile: 512, kind: 'mp3' });
    const archive = await context.freshArchive('described-archive');
    expectAccession(ROWS)(await run(context.accession(dir, archive)));
    const table = context.path('described.csv');
    const command = context.holdfast('describe', '--csv', table, '--archive', archive);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      writeTable(table, round);
      const finished = await run(command);
      if (!finished.stdout.includes('30,000 values of 10,000 things changed'))
        throw new Error(`the table should change 30,000 values: ${finished.stdout.slice(-500)}`);
      times.push(finished.seconds * 1000);
    }
    context.remove(archive);
    const name = `table of ${ROWS.toLocaleString('en')} rows applied, median`;
    return {
      rows: [boundRow(name, median(times), LIMIT_MS, 'ms', percent(spread(times)), times)],
      commands: commandLines([command]),
      notes: [],
    };
  },
};

/** The collection's first recordings are its first parts. Each round writes other values, so that each has all to do. */
function writeTable(path: string, round: number): void {
  const file = openSync(path, 'w');
  writeSync(file, 'id,title,contributor,date\n');
  for (let n = 1; n <= ROWS; n += 1)
    writeSync(
      file,
      `part-${n},"Recording ${n}, take ${round}",Ada Kettle ${n % 97} (singer); Ben Pot ${round} (recordist),` +
        `${1900 + ((n + round) % 100)}~\n`,
    );
  closeSync(file);
}
