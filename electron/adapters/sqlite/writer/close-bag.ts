import type { TagFile } from '../../../core/ports/replication.ts';
import type { ActTally } from '../../../core/ports/catalogue.ts';
import type { VirusCheckOfAct } from '../../../core/ports/virus-scanner.ts';
import type { ActState } from './acts.ts';
import { bagFacts, keptIn, type RecordedBag } from './bag-facts.ts';
import { sealAccession } from './close-accession.ts';
import type { WriterContext } from './context.ts';
import { counted } from './counted.ts';
import { refreshItemsOfAct } from './item-facts.ts';
import { merkleOfAct } from './leaves.ts';
import { stagedBag, type StagedBag } from './record-bag.ts';

type SealedTagFile = readonly [path: string, size: number, sha256: string];

/** Says, before the bag is moved to its place, what it is: a crash in between is then understood. */
export function sealStaged(
  { connection }: WriterContext,
  actId: number,
  bag: { octets: number; files: number; direct: boolean; tagFiles: readonly TagFile[] },
): void {
  const tagFiles = bag.tagFiles.map(({ path, size, sha256 }): SealedTagFile => [
    path,
    size,
    Buffer.from(sha256).toString('hex'),
  ]);
  connection
    .sql('UPDATE staged_bags SET octets = ?, files = ?, direct = ?, tag_files = ? WHERE act_id = ?')
    .run(bag.octets, bag.files, bag.direct ? 1 : 0, JSON.stringify(tagFiles), actId);
}

/** Closes the act that filled a bag, with its event: the accession is sealed, or the copy of one recorded. */
export function closeBag(
  context: WriterContext,
  act: ActState,
  state: 'done' | 'cancelled',
  viruses?: VirusCheckOfAct,
  remark?: string,
): { tally: ActTally; accrual: number } {
  const bag = stagedBag(context, act.id);
  const recorded = act.tally.files > 0 && bag.tag_files !== null ? insertBag(context, bag) : undefined;
  dropStagedBag(context, act.id);
  const closed =
    act.accrual === undefined
      ? closeReplica(context, act, bag, recorded, state)
      : sealAccession(context, act, state, { bag: recorded, viruses, remark });
  refreshItemsOfAct(context.connection, context.counters, act.id);
  return closed;
}

/** Nothing is staged for the act any more. */
export function dropStagedBag({ connection }: WriterContext, actId: number): void {
  for (const table of ['staged_files', 'staged_bags'])
    connection.sql(`DELETE FROM ${table} WHERE act_id = ?`).run(actId);
}

export function insertBag({ connection }: WriterContext, bag: StagedBag): RecordedBag {
  const now = Date.now();
  const id = Number(
    connection
      .sql(
        'INSERT INTO bags (accrual_id, location_id, path, octets, files, sealed_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(bag.accrual_id, bag.location_id, bag.path, bag.octets, bag.files, now).lastInsertRowid,
  );
  const tagFiles = JSON.parse(bag.tag_files ?? '[]') as SealedTagFile[];
  const insert = connection.sql(
    `INSERT INTO bag_tag_files (bag_id, name, size, sha256) VALUES (?, CAST(? AS BLOB), ?, ?)`,
  );
  for (const [path, size, sha256] of tagFiles) insert.run(id, path, size, Buffer.from(sha256, 'hex'));
  const sealedBy = tagFiles.find(([path]) => path === 'tagmanifest-sha256.txt')?.[2] ?? '';
  return {
    id,
    locationId: bag.location_id,
    oxum: `${bag.octets}.${bag.files}`,
    sealedBy,
    direct: bag.direct === 1,
  };
}

function closeReplica(
  context: WriterContext,
  act: ActState,
  bag: StagedBag,
  recorded: RecordedBag | undefined,
  state: 'done' | 'cancelled',
): { tally: ActTally; accrual: number } {
  const { connection, events } = context;
  const now = Date.now();
  const { accession, number, accrual, location } = keptIn(connection, bag);
  const { tally } = act;
  const whole = recorded !== undefined && state === 'done';
  // A bag that was given up before anything was copied or went wrong is worth no event.
  const seq =
    recorded === undefined && tally.problems === 0
      ? null
      : events.append(
          {
            type: 'replication',
            outcome: whole ? (tally.problems > 0 ? 'warning' : 'success') : 'fail',
            agentId: act.agentId,
            actId: act.id,
            links: [
              { kind: 'accession', id: accession },
              { kind: 'accrual', id: bag.accrual_id },
              { kind: 'location', id: bag.location_id },
            ],
            facts: {
              accession,
              accrual,
              location: bag.location_id,
              state: whole ? 'done' : 'not done',
              ...(recorded && { bag: bagFacts(recorded) }),
              counts: { files: tally.files, bytes: tally.bytes, problems: tally.problems },
            },
            merkle: merkleOfAct(connection, act.id),
            details: {
              note: whole
                ? `Accession ${number}, accrual ${accrual}: copied to "${location}" as a bag and read back (${counted(tally.files, 'file')}, ${counted(tally.bytes, 'byte')})`
                : `Accession ${number}, accrual ${accrual}: not copied to "${location}" (${counted(tally.problems, 'problem')})`,
            },
          },
          now,
        );
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(now, seq, JSON.stringify(tally), act.id);
  context.acts.closed(act.id);
  return { tally: { ...tally }, accrual };
}
