import type { LocationChange, LocationChanged } from '../../../../shared/contract/locations.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import {
  LOCATION_FACTS,
  type LocationFact,
  type LocationWrites,
} from '../../../../shared/domain/vocabulary.ts';
import type { Json } from '../../../core/events/canonical-json.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { freshNow, statusOf } from '../reader/item-status.ts';
import type { WriterContext } from './context.ts';
import type { ItemFacts } from './counters.ts';
import { actorId } from './events.ts';
import { refreshItemsAt } from './item-facts.ts';
import { requireFreeName } from './locations.ts';

type Value = string | number | null;
/** What a fact was and is; null is unknown, or of `readers`, as the device asks for. */
interface Change {
  readonly fact: LocationFact;
  readonly from: Value;
  readonly to: Value;
}

type KnownLocation = Readonly<Record<Exclude<LocationFact, 'name' | 'writes' | 'readers'>, string | null>> & {
  readonly name: string;
  readonly writes: LocationWrites;
  readonly readers: number | null;
  readonly hasRoot: number;
};

const COLUMNS: Readonly<Record<LocationFact, string>> = {
  name: 'name',
  site: 'site',
  medium: 'medium',
  failureGroup: 'failure_group',
  writes: 'writes',
  readers: 'readers',
};

/** Changes what is known of a location, with its events; items follow at once where what is lost together changes. */
export function setLocation(
  context: WriterContext,
  id: number,
  wanted: LocationChange,
  agent: ActingAgent,
): LocationChanged {
  const { connection } = context;
  const before = known(connection, id);
  const changes = changesOf(before, wanted);
  for (const change of changes) requireLawful(connection, id, before, change);
  for (const { fact, to } of changes)
    connection.sql(`UPDATE locations SET ${COLUMNS[fact]} = ? WHERE id = ?`).run(to, id);
  const isFate = changes.some(({ fact }) => fact === 'failureGroup');
  const moved = isFate ? moveItems(context, id) : { nowReplicated: 0, noLongerReplicated: 0 };
  const policy = changes.filter(({ fact }) => fact === 'writes');
  const rest = changes.filter(({ fact }) => fact !== 'writes');
  tell(context, id, before.name, 'metadata modification', rest, agent);
  tell(context, id, before.name, 'policy assignment', policy, agent);
  return {
    changes: changes.map(({ fact, from, to }) => ({
      fact,
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
    })),
    ...moved,
  };
}

function known(connection: Connection, id: number): KnownLocation {
  // An empty word is as unknown as none.
  const row = connection
    .sql<KnownLocation>(
      `SELECT name, nullif(site, '') AS site, nullif(medium, '') AS medium, nullif(failure_group, '') AS failureGroup,
         writes, readers, length(root) > 0 AS hasRoot FROM locations WHERE id = ?`,
    )
    .get(id);
  if (row === undefined) throw new HoldfastError('NOT_FOUND', `There is no loc-${id} in this archive.`);
  return row;
}

function changesOf(before: KnownLocation, wanted: LocationChange): Change[] {
  return LOCATION_FACTS.flatMap((fact) => {
    const said = wanted[fact];
    if (said === undefined) return [];
    const to = said === '' || (said === 'auto' && fact === 'readers') ? null : said;
    const from = before[fact];
    return from === to ? [] : [{ fact, from, to }];
  });
}

/** @throws HoldfastError BAD_INPUT: nothing of what was asked is changed then */
function requireLawful(
  connection: Connection,
  id: number,
  { name, writes, hasRoot }: KnownLocation,
  { fact, to }: Change,
): void {
  if (fact === 'name') requireFreeName(connection, String(to));
  if (fact !== 'writes' && fact !== 'readers') return;
  if (hasRoot === 0)
    throw refused(`"${name}" was never connected here: there is no folder to be read or written.`);
  if (fact === 'readers') return;
  if (writes === 'managed')
    throw refused(`"${name}" is managed by Holdfast, and stays so: its bags and its snapshots stand there.`);
  const job = to === 'never' ? openRecovery(connection, id) : undefined;
  if (job !== undefined)
    throw refused(
      `A recovery that writes to "${name}" is not over (${job}). Let it end, or call it off: holdfast jobs cancel ${job}`,
    );
}

/** The job of a recovery that has still to place something in the location, or has half placed it. */
function openRecovery(connection: Connection, locationId: number): string | undefined {
  const job = connection
    .sql<number>(
      `SELECT a.job_id FROM acts a JOIN finding_steps s ON s.act_id = a.id JOIN findings n ON n.id = s.finding_id
         LEFT JOIN replicas r ON r.id = n.replica_id LEFT JOIN removed_replicas x ON x.id = n.replica_id
         JOIN folders f ON f.id = coalesce(r.folder_id, x.folder_id)
       WHERE a.kind = 'recovery' AND a.closed_at IS NULL AND s.state IN ('planned', 'placing') AND f.location_id = ? LIMIT 1`,
    )
    .pluck(true)
    .get(locationId);
  return job === undefined ? undefined : publicId('job', job);
}

function refused(message: string): HoldfastError {
  return new HoldfastError('BAD_INPUT', `${message} Nothing was changed.`);
}

function moveItems(
  { connection, counters }: WriterContext,
  id: number,
): Pick<LocationChanged, 'nowReplicated' | 'noLongerReplicated'> {
  const fresh = freshNow(connection);
  const isReplicated = ({ parts, parts_held, verified_day, copies }: ItemFacts): boolean =>
    statusOf(parts > 0 && parts_held >= parts, verified_day, copies, fresh) === 'replicated';
  let [nowReplicated, noLongerReplicated] = [0, 0];
  for (const { was, is, items } of refreshItemsAt(connection, counters, id)) {
    if (isReplicated(was) === isReplicated(is)) continue;
    if (isReplicated(is)) nowReplicated += items;
    else noLongerReplicated += items;
  }
  return { nowReplicated, noLongerReplicated };
}

function tell(
  { connection, events }: WriterContext,
  id: number,
  name: string,
  type: 'metadata modification' | 'policy assignment',
  changes: readonly Change[],
  agent: ActingAgent,
): void {
  if (changes.length === 0) return;
  // What people wrote stands in the details, which can be erased.
  const plain = changes.filter(({ fact }) => fact === 'writes' || fact === 'readers');
  const values: Record<string, Json> = {};
  for (const { fact, from, to } of changes) values[fact] = { from, to };
  events.append({
    type,
    outcome: 'success',
    agentId: actorId(connection, agent.name),
    links: [{ kind: 'location', id }],
    facts: {
      location: id,
      changed: changes.map(({ fact }) => fact),
      ...Object.fromEntries(plain.map(({ fact, to }) => [fact, to])),
    },
    details: { note: `Location "${name}": ${changes.map(sentence).join('; ')}`, name, values },
  });
}

function sentence({ fact, from, to }: Change): string {
  const unknown = fact === 'readers' ? 'as its device asks for' : 'unknown';
  const shown = (value: Value): string =>
    value === null ? unknown : fact === 'readers' || fact === 'writes' ? String(value) : `"${String(value)}"`;
  return `${COLUMNS[fact].replace('_', ' ')} ${shown(to)}, before ${shown(from)}`;
}
