import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { sameAgent } from '../../../../shared/domain/letting-go.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import type {
  OpenedSupersededDeletion,
  SupersededPlace,
  SupersededWriter,
} from '../../../core/ports/superseded.ts';
import { below } from '../reader/rows.ts';
import { supersededPlaces } from '../reader/superseded.ts';
import type { ActState } from './acts.ts';
import type { WriterContext } from './context.ts';
import { counted } from './counted.ts';
import { requireTwoAgents } from './deletion.ts';
import { actorId, softwareId } from './events.ts';
import { endJob, insertJob } from './jobs.ts';
import { reopenAct } from './open-accession.ts';

type Methods = {
  [Name in keyof SupersededWriter]: (
    ...args: Parameters<SupersededWriter[Name]>
  ) => Awaited<ReturnType<SupersededWriter[Name]>>;
};

/** What the job was asked for: what an interrupted one goes on with. */
interface Params {
  readonly superseded: number;
  readonly reason: string;
  readonly secondAgent: string;
}

type Left = Parameters<SupersededWriter['closeSupersededDeletion']>[2][number];

/** Removal of bags that others succeeded, as the writer's thread serves it. */
export function supersededMethods(context: WriterContext): Methods {
  const { transactions, acts } = context;
  return {
    beginSupersededDeletion: (input) => transactions.single(() => begin(context, input)),
    reopenSupersededDeletion: (jobId, said) => transactions.single(() => reopen(context, jobId, said)),
    beginSupersededRemoval(actId, bagId) {
      transactions.single(() => note(context, acts.use(actId), 'begun', bagId));
    },
    recordSupersededRemoved(actId, bagId) {
      transactions.single(() => {
        context.connection.sql('UPDATE bags SET deleted_at = ? WHERE id = ?').run(Date.now(), bagId);
        note(context, acts.use(actId), 'removed', bagId);
      });
    },
    closeSupersededDeletion(actId, state, left) {
      transactions.single(() => close(context, acts.use(actId), state, left));
    },
  };
}

function begin(
  context: WriterContext,
  input: Parameters<SupersededWriter['beginSupersededDeletion']>[0],
): OpenedSupersededDeletion {
  const { connection } = context;
  const { accessionId } = input;
  const number = numberOf(context, accessionId);
  const ended = connection.sql('SELECT 1 FROM deaccessions WHERE accession_id = ?').get(accessionId);
  if (ended !== undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `Custody of accession ${number} has ended, so all its bags go at once: holdfast delete ${number}. Nothing was deleted.`,
    );
  const said = requireTwoAgents(input);
  if (supersededPlaces(connection, accessionId).length === 0)
    throw new HoldfastError(
      'BAD_INPUT',
      `No bag of accession ${number} that was succeeded stands anywhere. Nothing was deleted.`,
    );
  const agentId = actorId(connection, input.agent.name);
  actorId(connection, said.secondAgent);
  softwareId(connection, input.agent.softwareVersion);
  const params: Params = { superseded: accessionId, ...said };
  const jobId = insertJob(connection, {
    kind: 'deletion',
    title: `Deletion of superseded bags of accession ${number}`,
    resumeKey: input.resumeKey,
    params,
    agentId,
  });
  const act = connection
    .sql(`INSERT INTO acts (kind, job_id, opened_at) VALUES ('superseded deletion', ?, ?)`)
    .run(jobId, Date.now());
  return { accession: { id: accessionId, number }, actId: Number(act.lastInsertRowid), jobId };
}

function reopen(
  context: WriterContext,
  jobId: number,
  said: Parameters<SupersededWriter['reopenSupersededDeletion']>[1] = {},
): OpenedSupersededDeletion {
  const actId = reopenAct(context, jobId, ['superseded deletion']);
  const { superseded, reason, secondAgent } = paramsOf(context, jobId);
  const number = numberOf(context, superseded);
  const otherReason = said.reason !== undefined && said.reason.trim() !== reason;
  const otherAgent = said.secondAgent !== undefined && !sameAgent(said.secondAgent, secondAgent);
  if (otherReason || otherAgent)
    throw new HoldfastError(
      'JOB_DIFFERS',
      `The deletion of superseded bags of accession ${number} was begun with ${otherReason ? 'another reason' : 'another second agent'}. ` +
        `To go on with it, leave both out: holdfast delete ${number} --superseded`,
    );
  return { accession: { id: superseded, number }, actId, jobId };
}

function paramsOf({ connection }: WriterContext, jobId: number): Params {
  const params = connection.sql<string>('SELECT params FROM jobs WHERE id = ?').pluck(true).get(jobId);
  return JSON.parse(params ?? '') as Params;
}

function numberOf({ connection }: WriterContext, accessionId: number): string {
  const number = connection
    .sql<string>('SELECT number FROM accessions WHERE id = ?')
    .pluck(true)
    .get(accessionId);
  if (number === undefined)
    throw new HoldfastError('NOT_FOUND', `There is no acc-${accessionId} in this archive.`);
  return number;
}

/** Which bags an act has begun to remove, and has removed, stands in its tally: no row could say that of a bag in custody. */
function note({ connection }: WriterContext, act: ActState, what: 'begun' | 'removed', bagId: number): void {
  connection
    .sql(
      `UPDATE acts SET tally = json_set(tally, '$.${what}', json_insert(coalesce(tally -> '$.${what}', '[]'), '$[#]', ?))
       WHERE id = ? AND NOT EXISTS (SELECT 1 FROM json_each(tally, '$.${what}') WHERE value = ?)`,
    )
    .run(bagId, act.id, bagId);
}

interface Removed {
  readonly id: number;
  readonly locationId: number;
  readonly location: string;
  readonly root: RawPath;
  readonly path: Uint8Array;
  readonly files: number;
  readonly bytes: number;
  /** Hex SHA-256 of its tag manifest. */
  readonly sealedBy: string | null;
}

function close(
  context: WriterContext,
  act: ActState,
  state: 'done' | 'cancelled',
  left: readonly Left[],
): void {
  const { connection } = context;
  const now = Date.now();
  const removed = connection
    .sql<Removed>(
      `SELECT b.id, b.location_id AS locationId, l.name AS location, l.root, b.path, b.files, b.octets AS bytes,
         (SELECT lower(hex(t.sha256)) FROM bag_tag_files t WHERE t.bag_id = b.id AND t.name = CAST('tagmanifest-sha256.txt' AS BLOB)) AS sealedBy
       FROM acts a, json_each(a.tally, '$.removed') j JOIN bags b ON b.id = j.value JOIN locations l ON l.id = b.location_id
       WHERE a.id = ? ORDER BY b.id`,
    )
    .all(act.id);
  const event = removed.length === 0 ? null : append(context, act, { state, removed, left }, now);
  const files = removed.reduce((sum, bag) => sum + bag.files, 0);
  const bytes = removed.reduce((sum, bag) => sum + bag.bytes, 0);
  endJob(connection, act.jobId, state, now);
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(now, event, JSON.stringify({ files, bytes }), act.id);
  context.acts.closed(act.id);
}

function append(
  context: WriterContext,
  act: ActState,
  told: {
    readonly state: 'done' | 'cancelled';
    readonly removed: readonly Removed[];
    readonly left: readonly Left[];
  },
  now: number,
): number {
  const { connection, events } = context;
  const { state, removed, left } = told;
  const { superseded: accession, reason, secondAgent } = paramsOf(context, act.jobId);
  const number = numberOf(context, accession);
  const standing = new Map(supersededPlaces(connection, accession).map((place) => [place.id, place]));
  const places = [
    ...removed.map((bag) => ({
      location: bag.location,
      path: displayPath(below(bag.root, bag.path)),
      state: 'deleted',
      detail: '',
    })),
    ...left.flatMap(({ bagId, ...is }) => {
      const place = standing.get(bagId);
      return place === undefined ? [] : [{ ...placeOf(place), ...is }];
    }),
  ];
  return events.append(
    {
      type: 'deletion',
      outcome: left.length === 0 ? 'success' : 'warning',
      agentId: act.agentId,
      actId: act.id,
      links: [
        { kind: 'accession', id: accession },
        ...[...new Set(removed.map(({ locationId }) => locationId))].map((id) => ({ kind: 'location', id })),
      ],
      facts: {
        kind: 'superseded bags',
        accession,
        agents: [act.agentId, actorId(connection, secondAgent)],
        state,
        bags: removed.map(({ id, locationId, sealedBy, files, bytes }) => ({
          id,
          location: locationId,
          tagManifestSha256: sealedBy ?? '',
          files,
          bytes,
        })),
      },
      details: {
        note:
          `Accession ${number}: ${counted(removed.length, 'bag')} removed that others succeeded and were verified in their stead` +
          (left.length === 0 ? '' : `; ${counted(left.length, 'bag')} left`),
        number,
        reason,
        secondAgent,
        places,
      },
    },
    now,
  );
}

function placeOf({ locationName, locationRoot, bag }: SupersededPlace): { location: string; path: string } {
  return { location: locationName, path: displayPath(below(locationRoot, bag.path)) };
}
