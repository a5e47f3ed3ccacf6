import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { LodgedHead } from '../../../../shared/contract/proofs.ts';
import type { NewKey } from '../../../core/ports/log.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

/** Enters that somebody holds a head of the log: that of this event, or the newest. */
export function lodgeHead(
  { connection }: WriterContext,
  holder: string,
  how: string,
  seq?: number,
): LodgedHead {
  const head = connection
    .sql<{ seq: number; hash: Buffer }>(
      'SELECT seq, hash FROM events WHERE seq = coalesce(?, seq) ORDER BY seq DESC LIMIT 1',
    )
    .get(seq ?? null);
  if (head === undefined) throw new HoldfastError('NOT_FOUND', 'There is no such event in the log.');
  const now = Date.now();
  connection
    .sql('INSERT INTO lodged_heads (event_seq, hash, lodged_with, how, at) VALUES (?, ?, ?, ?, ?)')
    .run(head.seq, head.hash, holder, how, now);
  return {
    seq: head.seq,
    head: head.hash.toString('hex'),
    with: holder,
    how,
    at: new Date(now).toISOString(),
  };
}

/** The old key signs the event that names the new one, which signs from then on. Returns the id of the old one. */
export function rotateKey(
  context: WriterContext,
  key: NewKey,
  reason: string | undefined,
  agent: ActingAgent,
): string {
  const { connection, events } = context;
  const now = Date.now();
  const former = events.keyId;
  events.append(
    {
      type: 'policy assignment',
      outcome: 'success',
      agentId: actorId(connection, agent.name),
      links: [{ kind: 'archive', id: 1 }],
      facts: {
        key: { id: key.id, algorithm: 'Ed25519', publicKey: key.publicKey },
        rotated: { from: former },
      },
      details: {
        note: `The log is signed with a new key from here on${reason === undefined ? '' : `: ${reason}`}`,
      },
    },
    now,
  );
  connection.sql('UPDATE signing_keys SET retired_at = ? WHERE retired_at IS NULL').run(now);
  connection
    .sql('INSERT INTO signing_keys (id, public_key, since) VALUES (?, ?, ?)')
    .run(key.id, key.publicKey, now);
  return former;
}
