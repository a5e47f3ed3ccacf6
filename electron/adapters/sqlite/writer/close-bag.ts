import type { TagFile } from '../../../core/ports/replication.ts';
import type { ActTally } from '../../../core/ports/catalogue.ts';
import type { ActState } from './acts.ts';
import { bagFacts, type RecordedBag } from './bag-facts.ts';
import { sealAccession } from './close-accession.ts';
import type { WriterContext } from './context.ts';
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
): { tally: ActTally; accrual: number } {
  const bag = stagedBag(context, act.id);
  const recorded = act.tally.files > 0 && bag.tag_files !== null ? insertBag(context, bag) : undefined;
  for (const table of ['staged_files', 'staged_bags'])
    context.connection.sql(`DELETE FROM ${table} WHERE act_id = ?`).run(act.id);
  const closed =
    act.accrual === undefined
      ? closeReplica(context, act, bag, recorded, state)
      : sealAccession(context, act, state, recorded);
  refreshItemsOfAct(context.connection, context.counters, act.id);
  return closed;
}

function insertBag({ connection }: WriterContext, bag: StagedBag): RecordedBag {
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
  const accession = connection
    .sql<{ id: number; number: string; accrual: number; location: string }>(
      `SELECT n.id, n.number, c.number AS accrual, (SELECT name FROM locations WHERE id = ?) AS location
       FROM accruals c JOIN accessions n ON n.id = c.accession_id WHERE c.id = ?`,
    )
    .get(bag.location_id, bag.accrual_id);
  if (accession === undefined) throw new Error(`there is no accrual ${bag.accrual_id}`);
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
              { kind: 'accession', id: accession.id },
              { kind: 'accrual', id: bag.accrual_id },
              { kind: 'location', id: bag.location_id },
            ],
            facts: {
              accession: accession.id,
              accrual: accession.accrual,
              location: bag.location_id,
              state: whole ? 'done' : 'not done',
              ...(recorded && { bag: bagFacts(recorded) }),
              counts: { files: tally.files, bytes: tally.bytes, problems: tally.problems },
            },
            merkle: merkleOfAct(connection, act.id),
            details: {
              note: whole
                ? `Accession ${accession.number}, accrual ${accession.accrual}: copied to "${accession.location}" as a bag and read back (${tally.files} files, ${tally.bytes} bytes)`
                : `Accession ${accession.number}, accrual ${accession.accrual}: not copied to "${accession.location}" (${tally.problems} problems)`,
            },
          },
          now,
        );
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(now, seq, JSON.stringify(tally), act.id);
  context.acts.closed(act.id);
  return { tally: { ...tally }, accrual: accession.accrual };
}
