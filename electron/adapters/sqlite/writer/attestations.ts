import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { AttestedDifference, AttestingWriter, NewAttestation } from '../../../core/ports/attesting.ts';
import { asBuffer } from '../connection.ts';
import { sameAttestations } from '../reader/attestations.ts';
import { counted } from './counted.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';
import { refreshItemsOfAct } from './item-facts.ts';
import { merkleOfAct } from './leaves.ts';
import { noteMassChanges } from './mass-changes.ts';
import { requireReplica } from './verified-replica.ts';

type Recorded = Awaited<ReturnType<AttestingWriter['recordAttestation']>>;

/** Records what somebody else says of replicas. Their `verified_at` is never touched: nothing was read here. */
export function recordAttestation(context: WriterContext, attestation: NewAttestation): Recorded {
  const { connection, counters } = context;
  const { locationId, agreeing, differing, agent } = attestation;
  // Comparing takes its time, in which another may have taken in the same.
  if (sameAttestations(connection, attestation).length !== attestation.sameBefore)
    throw new HoldfastError(
      'BAD_INPUT',
      'The same manifest, of the same day and by the same, was taken in meanwhile. Nothing was recorded.',
    );
  const now = Date.now();
  const agentId = actorId(connection, agent.name);
  const actId = Number(
    connection.sql(`INSERT INTO acts (kind, opened_at) VALUES ('attestation', ?)`).run(now).lastInsertRowid,
  );
  const outcomes = {
    attested: agreeing.length,
    attested_altered: differing.length,
    not_comparable: attestation.notComparable,
    unmatched: attestation.unmatched,
    passed_over: attestation.passedOver,
  };
  connection
    .sql(
      `INSERT INTO attestations (act_id, location_id, attested_by, attested_on, manifest_sha256, outcomes)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(
      actId,
      locationId,
      attestation.by,
      attestation.on,
      asBuffer(attestation.manifestSha256),
      JSON.stringify(outcomes),
    );
  recordOutcomes(context, actId, attestation);
  const findings = differing.filter(
    (each) => !each.isReadSince && openFinding(context, actId, each, attestation, now),
  ).length;
  if (differing.length > 0) {
    refreshItemsOfAct(connection, counters, actId);
    noteMassChanges(context, { id: actId }, now);
  }
  const eventSeq = append(context, attestation, { actId, agentId, outcomes }, now);
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(
      now,
      eventSeq,
      JSON.stringify({ files: agreeing.length + differing.length, problems: findings }),
      actId,
    );
  return { actId, eventSeq, findings };
}

function recordOutcomes(
  { connection }: WriterContext,
  actId: number,
  { agreeing, differing }: NewAttestation,
): void {
  const outcome = connection.sql(
    'INSERT INTO act_outcomes (act_id, ordinal, replica_id, outcome) VALUES (?, ?, ?, ?)',
  );
  // An older manifest that is taken in later says nothing of today.
  const last = connection.sql(
    `INSERT INTO attested_replicas (replica_id, act_id, outcome) VALUES (?, ?, ?)
     ON CONFLICT (replica_id) DO UPDATE SET act_id = excluded.act_id, outcome = excluded.outcome
     WHERE (SELECT attested_on FROM attestations WHERE act_id = excluded.act_id)
       >= (SELECT attested_on FROM attestations WHERE act_id = attested_replicas.act_id)`,
  );
  let ordinal = 0;
  const record = (replicaId: number, word: 'attested' | 'attested_altered'): void => {
    outcome.run(actId, ordinal++, replicaId, word);
    last.run(replicaId, actId, word);
  };
  for (const replicaId of agreeing) record(replicaId, 'attested');
  for (const { replicaId } of differing) record(replicaId, 'attested_altered');
}

/** Whether it opened one. What was found by reading is better evidence, and stands; so does its finding. */
function openFinding(
  context: WriterContext,
  actId: number,
  { replicaId, algorithm, expected, found }: AttestedDifference,
  { by, on }: NewAttestation,
  now: number,
): boolean {
  const { connection, counters } = context;
  const { changes } = connection
    .sql(
      `INSERT INTO findings (replica_id, act_id, outcome, detail, opened_at, last_seen_at) VALUES (?, ?, 'altered', ?, ?, ?)
       ON CONFLICT (replica_id) WHERE resolved_at IS NULL DO UPDATE SET act_id = excluded.act_id, detail = excluded.detail,
         last_seen_at = excluded.last_seen_at WHERE detail ->> '$.attested' IS NOT NULL`,
    )
    .run(replicaId, actId, JSON.stringify({ attested: { by, on, algorithm, expected, found } }), now, now);
  if (changes === 0) return false;
  const replica = requireReplica(connection, replicaId);
  if (replica.outcome === 'altered') return true;
  connection.sql(`UPDATE replicas SET outcome = 'altered' WHERE id = ?`).run(replicaId);
  context.sawCheck();
  counters.add('outcome', replica.outcome, -1, -replica.size, -replica.duration_ms);
  counters.add('outcome', 'altered', 1, replica.size, replica.duration_ms);
  return true;
}

function append(
  { connection, events }: WriterContext,
  { locationId, by, on, manifestSha256, agreeing, differing }: NewAttestation,
  act: {
    readonly actId: number;
    readonly agentId: number;
    readonly outcomes: Readonly<Record<string, number>>;
  },
  now: number,
): number {
  const name = connection.sql<string>('SELECT name FROM locations WHERE id = ?').pluck(true).get(locationId);
  const differ = differing.length === 0 ? '' : `, ${counted(differing.length, 'finding')}`;
  return events.append(
    {
      type: 'fixity check',
      outcome: differing.length > 0 ? 'fail' : 'success',
      agentId: act.agentId,
      actId: act.actId,
      links: [{ kind: 'location', id: locationId }],
      facts: {
        kind: 'attestation',
        location: locationId,
        attestedOn: on,
        manifestSha256: asBuffer(manifestSha256).toString('hex'),
        outcomes: act.outcomes,
      },
      merkle: merkleOfAct(connection, act.actId),
      details: {
        note:
          `Attested by ${by} on ${on}, not read here: ${counted(agreeing.length, 'replica')} of "${name ?? ''}" ` +
          `as recorded${differ}`,
        attestedBy: by,
      },
    },
    now,
  );
}
