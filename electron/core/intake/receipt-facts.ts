import type { IntakeReader, NotReceived, ReceiptHead, ReceivedFile } from '../ports/intake.ts';

/** What a receipt tells, whatever it is written as. The rows are streamed: there may be a million. */
export interface ReceiptFacts {
  readonly head: ReceiptHead;
  /** When it is written; RFC 3339, UTC. */
  readonly at: string;
  /** Who writes it. */
  readonly agent: string;
  readonly files: () => AsyncIterable<ReceivedFile>;
  readonly notReceived: () => AsyncIterable<NotReceived>;
}

export interface ReceiptTotals {
  readonly files: number;
  readonly bytes: number;
  readonly refused: number;
  readonly problems: number;
  readonly leftOut: number;
}

const PAGE = 500;

/** Rows of the accruals' acts, one after another, a page at a time. */
async function* rowsOf<Row extends { readonly ordinal: number }>(
  { accruals }: ReceiptHead,
  page: (actId: number, after: number, limit: number) => Promise<Row[]>,
): AsyncGenerator<Row> {
  for (const { actId } of accruals) {
    let after = -1;
    for (;;) {
      const rows = await page(actId, after, PAGE);
      yield* rows;
      if (rows.length < PAGE) break;
      after = rows.at(-1)?.ordinal ?? after;
    }
  }
}

export function totalsOf({ accruals }: ReceiptHead): ReceiptTotals {
  const sum = (what: keyof ReceiptTotals): number => accruals.reduce((all, each) => all + each[what], 0);
  return {
    files: sum('files'),
    bytes: sum('bytes'),
    refused: sum('refused'),
    problems: sum('problems'),
    leftOut: sum('leftOut'),
  };
}

/** The facts of a receipt, as pairs for people; what is not known is said to be so. */
export function factsOf({ head, at, agent }: ReceiptFacts): readonly (readonly [string, string])[] {
  const { accession, archive, accruals } = head;
  const unknown = 'not documented';
  const basis = accession.rightsBasis === 'unknown' ? unknown : accession.rightsBasis;
  const totals = totalsOf(head);
  return [
    ['Archive', `${archive.name} (${archive.id})`],
    ['Accession', `${accession.number}: ${accession.title}`],
    ...accruals.map(({ number, sealedAt }): readonly [string, string] => [
      `Accrual ${number}`,
      `received ${moment(sealedAt)}`,
    ]),
    ...(accession.collection === undefined ? [] : [['Collection', accession.collection] as const]),
    ['Received from', accession.source ?? unknown],
    ['Acquired', accession.acquired ?? unknown],
    ['Rights basis', accession.rightsNote === '' ? basis : `${basis}: ${accession.rightsNote}`],
    ['Agreement', accession.agreement ?? unknown],
    ['Received by', accession.agent],
    ['Files received', `${count(totals.files)} (${count(totals.bytes)} bytes)`],
    ['Refused', count(totals.refused)],
    ['Not taken in, or not wholly', count(totals.problems)],
    ['Left out by rule', count(totals.leftOut)],
    ['Receipt written', `${moment(at)} by ${agent}`],
  ];
}

/** `3 November 2026, 14:05 UTC`: a receipt is read where the archive's time zone is not known. */
export function moment(time: string): string {
  const date = new Date(time);
  const day = date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `${day}, ${time.slice(11, 16)} UTC`;
}

export function count(value: number): string {
  return value.toLocaleString('en');
}

/** In groups of four, as the screens show digests. */
export function grouped(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}

/** What the numbers mean, for a depositor who has never heard of them. */
export const EXPLANATION =
  'The archive named above has read every file listed here once, from beginning to end, and recorded its message digests. ' +
  'A digest changes when a single bit of the file changes: with any program for SHA-256 you can compare your own copies with ' +
  'what was received.';

export const HEAD_EXPLANATION =
  'The archive keeps a chained log of its acts. Keep this value: a log in which an act up to this receipt was changed or left out ' +
  'can no longer have it.';

/** Reads what a receipt needs of rows, page by page. */
export function streamsOf(
  reader: Pick<IntakeReader, 'received' | 'notReceived'>,
  head: ReceiptHead,
): Pick<ReceiptFacts, 'files' | 'notReceived'> {
  return {
    files: () => rowsOf(head, (...page) => reader.received(...page)),
    notReceived: () => rowsOf(head, (...page) => reader.notReceived(...page)),
  };
}
