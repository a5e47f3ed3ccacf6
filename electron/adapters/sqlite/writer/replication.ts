import type { RawPath } from '../../../../shared/domain/path.ts';
import type { FileProblem } from '../../../core/ports/readings.ts';
import type { ReplicationWriter } from '../../../core/ports/replication.ts';
import type { ActTally } from '../../../core/ports/catalogue.ts';
import type { ActState } from './acts.ts';
import { beginDeposit, beginReplication, endReplication, openReplica, reopenDeposit } from './bag-acts.ts';
import { proposeOpenFolders } from './close-accession.ts';
import { closeBag, sealStaged } from './close-bag.ts';
import type { WriterContext } from './context.ts';
import { outcomeOf } from './problems.ts';
import type { ItemProposer } from './propose-items.ts';
import { recordBagSlice } from './record-bag.ts';
import type { FileRecorder } from './record-files.ts';
import { confirmStaged, dropStaged, stageFiles } from './staged-files.ts';

type Methods = {
  [Name in keyof ReplicationWriter]: (
    ...args: Parameters<ReplicationWriter[Name]>
  ) => Awaited<ReturnType<ReplicationWriter[Name]>>;
};

/** Deposits and replications, as the writer's thread serves them. */
export function replicationMethods(
  context: WriterContext,
  recorder: FileRecorder,
  proposer: ItemProposer,
): Methods {
  const { transactions, acts } = context;
  return {
    beginDeposit: (input) => transactions.single(() => beginDeposit(context, input)),
    reopenDeposit: (jobId) => transactions.single(() => reopenDeposit(context, jobId)),
    beginReplication: (input) => transactions.single(() => beginReplication(context, input)),
    openReplica: (...args) => transactions.single(() => openReplica(context, ...args)),
    stageFiles(actId, files) {
      acts.use(actId);
      transactions.bulk(files.length, () => stageFiles(context, actId, files));
    },
    commitStaged: () => transactions.commit(),
    confirmStaged(actId, files) {
      acts.use(actId);
      transactions.bulk(files.length, () => confirmStaged(context, actId, files));
    },
    dropStaged: (actId, paths) => transactions.single(() => dropStaged(context, actId, paths)),
    recordBagProblems: (actId, rows) =>
      transactions.single(() => recordBagProblems(context, acts.use(actId), rows)),
    sealStaged: (actId, bag) => transactions.single(() => sealStaged(context, actId, bag)),
    recordBagSlice: (actId, after) =>
      transactions.bulk(500, () => recordBagSlice(context, recorder, acts.use(actId), after)),
    closeBag(actId, state, viruses, remark) {
      const act = acts.use(actId);
      if (act.accrual !== undefined) proposeOpenFolders(context, proposer, act);
      return transactions.single(() => closeBag(context, acts.use(actId), state, viruses, remark));
    },
    recordTagFiles: (rows) => transactions.bulk(rows.length, () => recordTagFiles(context, rows)),
    endReplication: (jobId, state) => transactions.single(() => endReplication(context, jobId, state)),
  };
}

/** What an audit found of tag files. */
function recordTagFiles(
  { connection }: WriterContext,
  rows: readonly { readonly bagId: number; readonly name: string; readonly outcome: string }[],
): void {
  const now = Date.now();
  const update = connection.sql(
    `UPDATE bag_tag_files SET outcome = ?, checked_at = ?, verified_at = iif(? = 'intact', ?, verified_at)
     WHERE bag_id = ? AND name = CAST(? AS BLOB)`,
  );
  for (const { bagId, name, outcome } of rows) update.run(outcome, now, outcome, now, bagId, name);
}

/** What could not be taken or copied, by absolute paths; once for each act. */
function recordBagProblems(
  { connection, problems }: WriterContext,
  act: ActState,
  rows: readonly { readonly path: RawPath; readonly problem: FileProblem; readonly offset?: number }[],
): ActTally {
  const insert = connection.sql(
    'INSERT INTO act_outcomes (act_id, ordinal, problem_id, outcome) VALUES (?, ?, ?, ?)',
  );
  for (const { path, problem, offset } of rows) {
    const id = problems.recordAt(act, null, path, problem, offset);
    if (id === undefined) continue;
    insert.run(act.id, act.nextOrdinal++, id, outcomeOf(problem));
    act.changed = true;
  }
  return { ...act.tally };
}
