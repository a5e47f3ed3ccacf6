/** Many accessions from one CSV: checked whole, then one after another, each told in a row. */
import type { AccessionResult, NewAccession } from '../../shared/contract/accession.ts';
import type { BatchCheck } from '../../shared/contract/intake.ts';
import type { Invocation } from './command.ts';
import { EXIT, Interrupted, tell, UsageError } from './errors.ts';
import { runJob } from './follow-job.ts';
import { count, counted, size } from './format/numbers.ts';
import { table } from './format/table.ts';
import { clean } from './format/text.ts';
import type { Client } from './host-port.ts';
import { asFolderOf, rateOf } from './options.ts';
import { pathFromWord } from './paths.ts';
import { unlikeBags } from './report/received-bags.ts';
import { withHost } from './with-host.ts';

/** What became of one row. `held`: nothing new, all of it was in custody before. */
interface BatchRow {
  readonly row: number;
  readonly title: string;
  readonly state: 'taken' | 'held' | 'failed' | 'not begun';
  readonly accession?: AccessionResult['accession'];
  readonly job?: string;
  readonly files: number;
  readonly objects: number;
  readonly bytes: number;
  readonly alreadyHeld: number;
  readonly refused: number;
  readonly problems: number;
  /** Copies that are not as the manifests of a bag say, and what those list that is not there. */
  readonly unlikeBag: number;
  readonly error?: { readonly code: string; readonly message: string };
}

const NOTHING = { files: 0, objects: 0, bytes: 0, alreadyHeld: 0, refused: 0, problems: 0, unlikeBag: 0 };
const PROBLEMS_SHOWN = 50;
const HEADER = 1;
/** Options that speak of one accession. */
const IN_THE_FILE = [
  'title',
  'rightsBasis',
  'rightsUnknown',
  'rightsNote',
  'source',
  'acquired',
  'agreement',
  'collection',
  'to',
  'template',
];
/** After these no other row could do better. */
const ENDS_ALL: ReadonlySet<string> = new Set([
  'ARCHIVE_READ_ONLY',
  'CATALOGUE_CORRUPT',
  'DISK_FULL',
  'INTERNAL',
]);

/** Takes every row of `--batch` into custody; run again, it goes on: what is finished adds nothing. */
export function runBatch(invocation: Invocation, batch: string): Promise<number> {
  const { words, options, output } = invocation;
  const said = IN_THE_FILE.find((name) => options.word(name) !== undefined || options.flag(name));
  if (words.length > 0 || options.list('pathBase64').length > 0 || said !== undefined)
    throw new UsageError(
      'With --batch the file says what each accession is: paths, title, rights, template. Nothing was taken into custody.',
    );
  const encoding = options.text('encoding');
  const file = pathFromWord(batch);
  return withHost(
    invocation,
    'write',
    async (client) => {
      if (invocation.io.errIsTerminal) output.note('Checking the whole file before anything begins.');
      const check = await client.intake.checkBatch({ file, ...(encoding === undefined ? {} : { encoding }) });
      if (check.encoding !== 'utf-8') output.note(`Read as ${check.encoding}; --encoding says otherwise.`);
      const isHeaderWrong = check.problems[0]?.row === HEADER;
      if (check.wrongRows > 0 && (isHeaderWrong || !options.flag('skipBad')))
        return refuse(invocation, check);
      if (check.total === 0) throw new UsageError('The file has no row below its header. Nothing was begun.');
      const rows = await takeRows(invocation, client, check);
      const { wrongRows, problems, problemsTotal } = check;
      output.json({ rows, next: null, total: check.total, wrongRows, problems, problemsTotal });
      showProblems(invocation, check);
      return summarise(invocation, check, rows);
    },
    { scan: 'ahead', read: 'all' },
  );
}

async function takeRows(invocation: Invocation, client: Client, check: BatchCheck): Promise<BatchRow[]> {
  const rows: BatchRow[] = [];
  for (const [at, { row, accession }] of check.rows.entries()) {
    const begun = { row, title: accession.title };
    if (ENDS_ALL.has(rows.at(-1)?.error?.code ?? '') || rows.at(-1)?.state === 'not begun') {
      rows.push({ ...begun, ...NOTHING, state: 'not begun' });
      continue;
    }
    if (invocation.io.errIsTerminal)
      invocation.output.note(`Row ${row} (${at + 1} of ${check.rows.length}): ${clean(accession.title)}`);
    rows.push({ ...begun, ...(await take(invocation, client, accession)) });
  }
  return rows;
}

async function take(
  invocation: Invocation,
  client: Client,
  accession: NewAccession,
): Promise<Omit<BatchRow, 'row' | 'title'>> {
  try {
    const job = await runJob(invocation, client, () =>
      client.accession.start({
        ...accession,
        ...rateOf(invocation.options),
        ...asFolderOf(invocation.options),
      }),
    );
    const result = job.result as AccessionResult;
    const { files, objects, bytes, alreadyHeld, refusedTotal: refused, problemsTotal: problems } = result;
    const state = files === 0 && alreadyHeld > 0 ? 'held' : 'taken';
    const unlikeBag = unlikeBags(result);
    const counts = { files, objects, bytes, alreadyHeld, refused, problems, unlikeBag };
    return { state, accession: result.accession, job: job.id, ...counts };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const { code, message } = tell(error);
    return { state: 'failed', ...NOTHING, error: { code, message } };
  }
}

function refuse(invocation: Invocation, check: BatchCheck): number {
  const { output, options } = invocation;
  const { problems, problemsTotal, wrongRows, total } = check;
  const isHeaderWrong = problems[0]?.row === HEADER;
  const wrong = isHeaderWrong
    ? 'The header of the file is wrong'
    : `${counted(wrongRows, 'row')} of ${count(total)} ${wrongRows === 1 ? 'is' : 'are'} wrong`;
  const waive =
    isHeaderWrong || options.flag('skipBad')
      ? ''
      : `, or leave ${wrongRows === 1 ? 'it' : 'them'} out with --skip-bad`;
  const message = `${wrong}, so nothing was begun. Correct ${isHeaderWrong || wrongRows === 1 ? 'it' : 'them'}${waive}.`;
  output.json({ error: { code: 'BAD_INPUT', message }, problems, problemsTotal, wrongRows, total });
  showProblems(invocation, check);
  output.note(message);
  return EXIT.usage;
}

function showProblems({ output }: Invocation, { problems, problemsTotal }: BatchCheck): void {
  if (problemsTotal === 0) return;
  output.lines(output.heading(`${counted(problemsTotal, 'thing')} to correct`));
  for (const { row, column, value, message } of problems.slice(0, PROBLEMS_SHOWN)) {
    const where = column === '' ? `row ${row}` : `row ${row}, ${clean(column)}`;
    output.lines(`  ${where}${value === '' ? '' : `: ${clean(value)}`}`, `      ${clean(message)}`);
  }
  if (problemsTotal > PROBLEMS_SHOWN)
    output.lines(`  … and ${count(problemsTotal - PROBLEMS_SHOWN)} more: --json lists the first thousand`);
  output.lines('');
}

function summarise({ output }: Invocation, check: BatchCheck, rows: readonly BatchRow[]): number {
  const of = (state: BatchRow['state']): number => rows.filter((row) => row.state === state).length;
  const told = [
    `${counted(of('taken'), 'accession')} taken into custody`,
    ...(of('held') > 0 ? [`${count(of('held'))} held already`] : []),
    ...(of('failed') > 0 ? [`${count(of('failed'))} failed`] : []),
    ...(of('not begun') > 0 ? [`${count(of('not begun'))} not begun`] : []),
    ...(check.wrongRows > 0 ? [`${counted(check.wrongRows, 'wrong row')} left out`] : []),
  ];
  output.lines(`${told.join(', ')}.`);
  output.lines(
    ...table(
      rows,
      [
        { title: 'Row', align: 'right', of: ({ row }) => String(row) },
        { title: 'Accession', of: ({ accession }) => accession?.number ?? '' },
        { title: 'State', of: ({ state }) => state },
        { title: 'Files', align: 'right', of: ({ files }) => count(files) },
        { title: 'Size', align: 'right', of: ({ bytes }) => size(bytes) },
        { title: 'Refused', align: 'right', of: ({ refused }) => (refused === 0 ? '' : count(refused)) },
        { title: 'Problems', align: 'right', of: ({ problems }) => (problems === 0 ? '' : count(problems)) },
        { title: 'Title', of: ({ title }) => title, shrinkTo: 20 },
      ],
      output.width,
      '  ',
    ),
  );
  for (const { row, error } of rows)
    if (error !== undefined) output.lines(`  Row ${row}: ${clean(error.message)}`);
  if (of('failed') + of('not begun') > 0) {
    output.note('Run the same file again to go on: what is finished adds nothing.');
    return EXIT.incomplete;
  }
  const needsAPerson =
    check.wrongRows > 0 ||
    rows.some(({ refused, problems, unlikeBag }) => refused + problems + unlikeBag > 0);
  return needsAPerson ? EXIT.attention : EXIT.done;
}
