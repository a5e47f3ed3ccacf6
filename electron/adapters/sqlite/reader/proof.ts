import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { joinRaw, pathToJson } from '../../../../shared/domain/path.ts';
import type { InclusionProof, LodgedHead, SealedEventJson } from '../../../../shared/contract/proofs.ts';
import type { EventBody } from '../../../core/events/chain.ts';
import { rotationOf } from '../../../core/events/key-change.ts';
import { inclusionProof, verifyInclusion } from '../../../core/events/merkle.ts';
import type { Connection } from '../connection.ts';
import { leavesOfAct } from '../writer/leaves.ts';
import { Paths, time } from './rows.ts';

/** Events from the one that commits to the head; a later head proves no more of this one outcome. */
const MOST_EVENTS = 5_000;

/**
 * Of the newest check, or copy, of a replica that was closed with an event; undefined where there is none. What somebody else attested is
 * no check of ours, and proven by its manifest.
 */
export function proofOf(
  connection: Connection,
  replicaId: number,
  withNames: boolean,
): InclusionProof | undefined {
  return connection.db.transaction(() => {
    const found = newestOutcome(connection, replicaId);
    if (found === undefined) return undefined;
    const { actId, ordinal, eventSeq } = found;
    const seen = { leaf: '', index: -1, size: 0 };
    const leaves = function* (): Generator<string> {
      for (const each of leavesOfAct(connection, actId)) {
        if (each.ordinal === ordinal) [seen.leaf, seen.index] = [each.leaf, seen.size];
        seen.size++;
        yield each.leaf;
      }
    };
    const path = inclusionProof(leaves(), () => seen.index);
    const { leaf, index, size } = seen;
    const events = eventsFrom(connection, eventSeq);
    const { merkle } = JSON.parse(events[0]?.body ?? '{}') as Partial<EventBody>;
    const root = Buffer.from(merkle?.root ?? '', 'hex');
    if (!verifyInclusion(leaf, index, size, path, root))
      throw new HoldfastError(
        'CATALOGUE_CORRUPT',
        `What the catalogue keeps of ${publicId('event', eventSeq)} is not what that event commits to, so nothing can be proven by it. ` +
          'See what does not hold with: holdfast log verify',
      );
    return {
      proof: 'holdfast-inclusion-1' as const,
      leaf,
      index,
      size,
      path: path.map((hash) => hash.toString('hex')),
      events,
      rotations: rotations(connection),
      keys: connection
        .sql<{ id: string; publicKey: string }>(
          'SELECT id, public_key AS publicKey FROM signing_keys ORDER BY since, id',
        )
        .all(),
      ...(withNames ? namesOf(connection, replicaId) : {}),
    };
  })();
}

function newestOutcome(
  connection: Connection,
  replicaId: number,
): { actId: number; ordinal: number; eventSeq: number } | undefined {
  const acts = connection
    .sql<{ id: number; seq: number }>(
      `SELECT id, event_seq AS seq FROM acts WHERE event_seq IS NOT NULL AND kind NOT IN ('attestation', 'prior baseline') ORDER BY event_seq DESC`,
    )
    .all();
  const outcome = connection
    .sql<number>(
      `SELECT ordinal FROM act_outcomes WHERE act_id = ? AND replica_id = ? AND outcome <> 'not_checked' LIMIT 1`,
    )
    .pluck(true);
  for (const { id, seq } of acts) {
    const ordinal = outcome.get(id, replicaId);
    if (ordinal !== undefined) return { actId: id, ordinal, eventSeq: seq };
  }
  return undefined;
}

const SEALED = `SELECT seq, body, hex(hash) AS hash, hex(signature) AS signature, key_id AS keyId FROM events`;

type SealedRow = SealedEventJson & { readonly seq: number };

function eventsFrom(connection: Connection, seq: number): SealedEventJson[] {
  return connection
    .sql<SealedRow>(`${SEALED} WHERE seq >= ? ORDER BY seq LIMIT ${MOST_EVENTS}`)
    .all(seq)
    .map(sealedOf);
}

function rotations(connection: Connection): SealedEventJson[] {
  return connection
    .sql<SealedRow>(`${SEALED} WHERE type = 'policy assignment' AND body LIKE '%"rotated"%' ORDER BY seq`)
    .all()
    .filter(({ body }) => rotationOf(body) !== undefined)
    .map(sealedOf);
}

function sealedOf({ body, hash, signature, keyId }: SealedRow): SealedEventJson {
  return { body, hash: hash.toLowerCase(), signature: signature.toLowerCase(), keyId };
}

function namesOf(connection: Connection, replicaId: number): Pick<InclusionProof, 'names'> {
  const row = connection
    .sql<{ folder_id: number; name: Buffer }>('SELECT folder_id, name FROM replicas WHERE id = ?')
    .get(replicaId);
  const folder = row && new Paths(connection).folder(row.folder_id);
  if (row === undefined || folder === undefined) return {};
  const location = connection
    .sql<string>('SELECT name FROM locations WHERE id = ?')
    .pluck(true)
    .get(folder.locationId);
  const archive = connection.sql<string>('SELECT name FROM archive').pluck(true).get();
  return {
    names: {
      archive: archive ?? '',
      location: location ?? '',
      path: pathToJson(joinRaw(folder.path, row.name)),
    },
  };
}

interface LodgedRow {
  readonly event_seq: number;
  readonly hash: Buffer;
  readonly lodged_with: string;
  readonly how: string;
  readonly at: number;
}

/** Newest first. */
export function lodgedHeads(connection: Connection): LodgedHead[] {
  return connection
    .sql<LodgedRow>('SELECT event_seq, hash, lodged_with, how, at FROM lodged_heads ORDER BY id DESC')
    .all()
    .map((row) => ({
      seq: row.event_seq,
      head: row.hash.toString('hex'),
      with: row.lodged_with,
      how: row.how,
      at: time(row.at),
    }));
}
