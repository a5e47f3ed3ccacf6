import type { Entity } from '../../../../shared/contract/holdings.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { parsePublicId, type EntityKind } from '../../../../shared/domain/ids.ts';
import { baseName, parentOf, relativeTo, type RawPath } from '../../../../shared/domain/path.ts';
import { asBuffer, type Connection } from '../connection.ts';
import { describeAppraisal } from './appraisals.ts';
import { describeEdit } from './edits.ts';
import { describeHandOut } from './hand-outs.ts';
import { withDescription } from './entity-description.ts';
import { withStructure } from './entity-structure.ts';
import { mergedInto } from './items.ts';
import { describeMassChange } from './entity-mass-change.ts';
import { describeAct } from './entity-acts.ts';
import { describeCollection, describeCustody } from './entity-custody.ts';
import { describeFormerReplica, formerReplicaAt } from './former-entities.ts';
import { accessionNumbered } from './replication.ts';
import {
  describeFinding,
  describeItem,
  describeObject,
  describePart,
  describeReplica,
} from './entity-holdings.ts';

type Describe = (connection: Connection, id: number) => Entity | undefined;

const DESCRIBE: Record<EntityKind, Describe> = {
  collection: describeCollection,
  accession: (connection, id) => describeCustody(connection, 'accession', id),
  location: (connection, id) => describeCustody(connection, 'location', id),
  item: (connection, id) => describeItem(connection, mergedInto(connection, id) ?? id),
  part: describePart,
  object: describeObject,
  replica: describeReplica,
  finding: describeFinding,
  massChange: describeMassChange,
  event: (connection, id) => describeAct(connection, 'event', id),
  agent: (connection, id) => describeAct(connection, 'agent', id),
  appraisal: describeAppraisal,
  edit: describeEdit,
  handOut: describeHandOut,
  job: (connection, id) => describeAct(connection, 'job', id),
  run: (connection, id) => describeAct(connection, 'run', id),
};

const SHA256_LENGTH = 64;
const SHORTEST_PREFIX = 8;

/**
 * Everything about one thing, by its public id, the number of an accession, or a SHA-256 in hex, shortened to eight digits or more.
 * @throws HoldfastError BAD_INPUT when a shortened digest begins several.
 */
export function entity(connection: Connection, id: string): Entity | undefined {
  const known = parsePublicId(id);
  return connection.db.transaction(() => {
    const found =
      known === undefined
        ? (ofNumber(connection, id) ?? ofDigest(connection, id))
        : DESCRIBE[known.kind](connection, known.id);
    return withStructure(connection, withDescription(connection, found));
  })();
}

/** By the number of an accession, as it stands on its box. */
function ofNumber(connection: Connection, number: string): Entity | undefined {
  const found = accessionNumbered(connection, number);
  return found === undefined ? undefined : DESCRIBE.accession(connection, found);
}

function ofDigest(connection: Connection, digits: string): Entity | undefined {
  const object = objectByDigest(connection, digits);
  return object === undefined ? undefined : describeObject(connection, object);
}

/** By absolute path: a replica, or a location at its root. */
export function entityAt(connection: Connection, path: RawPath): Entity | undefined {
  return connection.db.transaction(() => {
    for (const { id, root } of connection
      .sql<{ id: number; root: Buffer }>('SELECT id, root FROM locations')
      .all()) {
      const relative = relativeTo(root as Uint8Array as RawPath, path);
      if (relative === undefined) continue;
      if (relative.length === 0) return DESCRIBE.location(connection, id);
      const replica = connection
        .sql<number>(
          `SELECT id FROM replicas
           WHERE folder_id = (SELECT id FROM folders WHERE location_id = ? AND path = ?) AND name = ?`,
        )
        .pluck(true)
        .get(id, asBuffer(parentOf(relative)), asBuffer(baseName(relative)));
      if (replica !== undefined)
        return withStructure(connection, withDescription(connection, describeReplica(connection, replica)));
      const former = formerReplicaAt(connection, id, relative);
      if (former !== undefined) return describeFormerReplica(connection, former);
    }
    return undefined;
  })();
}

function objectByDigest(connection: Connection, text: string): number | undefined {
  const digits = text.toLowerCase();
  if (!/^[0-9a-f]+$/.test(digits) || digits.length < SHORTEST_PREFIX || digits.length > SHA256_LENGTH)
    return undefined;
  const from = Buffer.from(digits.padEnd(SHA256_LENGTH, '0'), 'hex');
  const to = Buffer.from(digits.padEnd(SHA256_LENGTH, 'f'), 'hex');
  const found = connection
    .sql<number>('SELECT id FROM objects WHERE sha256 BETWEEN ? AND ? LIMIT 2')
    .pluck(true)
    .all(from, to);
  if (found.length > 1)
    throw new HoldfastError('BAD_INPUT', `Several digests begin with ${digits}. Give more of its digits.`);
  return found[0];
}

/** Which of these contents the archive holds. */
export function held(connection: Connection, sha256s: readonly Uint8Array[]): boolean[] {
  const known = connection.sql(
    'SELECT 1 FROM replicas WHERE object_id = (SELECT id FROM objects WHERE sha256 = ?) LIMIT 1',
  );
  return connection.db.transaction(() =>
    sha256s.map((sha256) => known.get(asBuffer(sha256)) !== undefined),
  )();
}
