import { sameBytes } from '../../../shared/domain/bytes.ts';
import { joinRaw, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { problemMessage } from '../../../shared/domain/problem-codes.ts';
import type { FurtherDigest } from '../../../shared/domain/vocabulary.ts';
import { batchesBySize } from '../jobs/batches.ts';
import { InFlight } from '../jobs/in-flight.ts';
import type { JobContext } from '../jobs/job-runner.ts';
import type { FailedReading, FileReading } from '../ports/readings.ts';
import type { StagedFile } from '../ports/replication.ts';
import type { BagRow, BagToSucceed, OpenedSuccession } from '../ports/succession.ts';
import { destinationFailed, type BagPlace, type BagRun } from './finish-bag.ts';

const PAGE = 256;

/** What a decision to accept needs of the bag that is made for it. */
export interface SuccessorRun extends BagRun {
  readonly jobId: number;
  readonly decisionActId: number;
  readonly furtherDigests: readonly FurtherDigest[];
}

/** Of each replica that is to be accepted, by its number: why what it holds now is not. */
export type Accepting = ReadonlyMap<number, (reading: FileReading) => string | undefined>;

interface SuccessorOrder {
  readonly opened: OpenedSuccession;
  readonly bag: BagToSucceed;
  readonly where: BagPlace;
  readonly accepting: Accepting;
}

/** Why a successor cannot be made; where that is one file of the bag, which. */
export interface Obstacle {
  readonly reason: string;
  readonly replicaId?: number;
  /** Below the bag. */
  readonly path?: string;
}

/**
 * Copies the payload of a sealed bag into staging, each file read once: what is accepted is looked at in full and judged, every
 * other file must be what was sealed. A bag in which one is not is not succeeded in silence: what becomes of that file is another
 * decision.
 * @returns the first file that stands against it
 */
export async function copySuccessorPayload(
  run: SuccessorRun,
  order: SuccessorOrder,
  context: JobContext,
): Promise<Obstacle | undefined> {
  const { reader, writer } = run.catalogue;
  const { opened, bag } = order;
  const { signal, progress } = context;
  const inFlight = new InFlight(run.files.concurrency * 2);
  let obstacle: Obstacle | undefined;
  try {
    let after: number | undefined = 0;
    while (after !== undefined && obstacle === undefined && !signal.aborted) {
      const page: BagRow[] = await reader.bagRows(bag.id, after, PAGE);
      after = page.length < PAGE ? undefined : page.at(-1)?.replicaId;
      const due = await reader.notStaged(
        opened.actId,
        page.map(({ path }) => path),
      );
      progress.files += page.length - due.length;
      const rows = due.flatMap((at) => page[at] ?? []);
      for (const batch of batchesBySize(rows, ({ size }) => size)) {
        if (signal.aborted || obstacle !== undefined) break;
        await inFlight.run(async () => {
          obstacle = (await copyBatch(run, order, batch, context)) ?? obstacle;
        });
      }
    }
    await inFlight.drain();
    await writer.commitStaged();
  } finally {
    await inFlight.settle();
  }
  return obstacle;
}

async function copyBatch(
  run: SuccessorRun,
  order: SuccessorOrder,
  batch: readonly BagRow[],
  context: JobContext,
): Promise<Obstacle | undefined> {
  const isAccepted = ({ replicaId }: BagRow): boolean => order.accepting.has(replicaId);
  const changed = batch.filter(isAccepted);
  const sealed = batch.filter((row) => !isAccepted(row));
  const results = [
    ...(await copyRows(run, order, sealed, 'digest', context)),
    ...(await copyRows(run, order, changed, 'whole', context)),
  ];
  if (context.signal.aborted) return undefined;
  const staged = results.flatMap((result) => ('staged' in result ? [result.staged] : []));
  await run.catalogue.writer.stageFiles(order.opened.actId, staged);
  context.progress.files += staged.length;
  return results.flatMap((result) => ('obstacle' in result ? [result.obstacle] : []))[0];
}

type Copied = { readonly staged: StagedFile } | { readonly obstacle: Obstacle };

async function copyRows(
  run: SuccessorRun,
  { bag, where, accepting }: SuccessorOrder,
  rows: readonly BagRow[],
  look: 'whole' | 'digest',
  { signal, progress }: JobContext,
): Promise<Copied[]> {
  if (rows.length === 0 || signal.aborted) return [];
  const isKnown = look === 'digest' && rows.every(({ sha512 }) => sha512 !== undefined);
  const from = payloadOf(joinRaw(run.location.root, bag.path));
  const to = payloadOf(where.staged);
  const outcomes = await run.files.copyAll(
    rows.map(({ path }) => ({ from: joinRaw(from, utf8Path(path)), to: joinRaw(to, utf8Path(path)) })),
    {
      further: isKnown
        ? []
        : look === 'digest'
          ? ['sha512']
          : [...new Set(['sha512' as const, ...run.furtherDigests])],
      look,
      within: where.job,
    },
    signal,
    (bytes) => (progress.bytes += bytes),
  );
  if (signal.aborted) return [];
  return rows.map((row, at): Copied => {
    const outcome = outcomes[at];
    if (outcome === undefined) throw new Error('a copy has no outcome');
    const against = (reason: string): Copied => ({
      obstacle: { replicaId: row.replicaId, path: `data/${row.path}`, reason },
    });
    if (outcome.status === 'failed') {
      if (outcome.problem.code === 'destination_failed')
        throw destinationFailed(run.location, outcome.problem.errno);
      return against(unreadNow(outcome));
    }
    const sha512 =
      (isKnown ? row.sha512 : undefined) ??
      outcome.digests.find(({ algorithm }) => algorithm === 'sha512')?.value;
    if (sha512 === undefined) throw new Error('a file was copied without its SHA-512');
    const judge = accepting.get(row.replicaId);
    if (judge === undefined) {
      if (!sameBytes(outcome.sha256, row.sha256))
        return against('It was read now and is not what was sealed.');
      const { objectId: id, sha256, size } = row;
      return { staged: { path: row.path, sha512, object: { id, sha256, size, mtimeNs: 0n } } };
    }
    if (outcome.kind === undefined) throw new Error('a file was copied without being looked at');
    const reason = judge(outcome);
    return reason === undefined ? { staged: { path: row.path, sha512, reading: outcome } } : against(reason);
  });
}

function unreadNow({ problem }: FailedReading): string {
  return `It could not be read now. ${problemMessage(problem.code, problem)}`;
}

function payloadOf(bag: RawPath): RawPath {
  return joinRaw(bag, utf8Path('data'));
}
