import type { NewPriorBaselines, PriorWriter } from '../../../core/ports/prior-baselines.ts';
import { asBuffer } from '../connection.ts';
import { counted } from './counted.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';
import { merkleOfAct } from './leaves.ts';

/** Records what an older manifest says of contents. No replica's state changes: nothing was read, and nothing is said of today. */
export function recordPriorBaselines(
  context: WriterContext,
  input: NewPriorBaselines,
): Awaited<ReturnType<PriorWriter['recordPriorBaselines']>> {
  const { connection } = context;
  const { locationId, by, on, made, agreeing, differing } = input;
  const now = Date.now();
  const agentId = actorId(connection, input.agent.name);
  const actId = Number(
    connection.sql(`INSERT INTO acts (kind, opened_at) VALUES ('prior baseline', ?)`).run(now)
      .lastInsertRowid,
  );
  const outcomes = {
    prior_agrees: agreeing.length,
    prior_differs: differing.length,
    not_comparable: input.notComparable,
    unmatched: input.unmatched,
    passed_over: input.passedOver,
  };
  const manifestSha256 = asBuffer(input.manifestSha256);
  connection
    .sql(
      `INSERT INTO prior_manifests (act_id, location_id, stated_by, stated_on, made, manifest_sha256, outcomes)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(actId, locationId, by, on, made, manifestSha256, JSON.stringify(outcomes));
  recordOutcomes(context, actId, input);
  const findings = differing.filter((each) => openFinding(context, actId, each, input, now)).length;
  const eventSeq = append(context, input, { actId, agentId, outcomes }, now);
  const tally = JSON.stringify({ files: agreeing.length + differing.length, problems: findings });
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(now, eventSeq, tally, actId);
  return { actId, eventSeq, findings };
}

function recordOutcomes(
  { connection }: WriterContext,
  actId: number,
  { agreeing, differing, isOfSamples }: NewPriorBaselines,
): void {
  const outcome = connection.sql(
    'INSERT INTO act_outcomes (act_id, ordinal, replica_id, outcome) VALUES (?, ?, ?, ?)',
  );
  // Two lines may name copies of one content.
  const baseline = connection.sql(
    `INSERT INTO prior_baselines (object_id, act_id, of_samples) SELECT object_id, ?, ? FROM replicas WHERE id = ?
     ON CONFLICT DO NOTHING`,
  );
  let ordinal = 0;
  for (const replicaId of agreeing) {
    outcome.run(actId, ordinal++, replicaId, 'prior_agrees');
    baseline.run(actId, isOfSamples ? 1 : 0, replicaId);
  }
  for (const { replicaId } of differing) outcome.run(actId, ordinal++, replicaId, 'prior_differs');
}

/** Whether it opened one. What stands open already is of today, and stays. */
function openFinding(
  { connection }: WriterContext,
  actId: number,
  { replicaId, algorithm, expected, found }: NewPriorBaselines['differing'][number],
  { by, on }: NewPriorBaselines,
  now: number,
): boolean {
  const { changes } = connection
    .sql(
      `INSERT INTO findings (replica_id, act_id, outcome, detail, opened_at, last_seen_at) VALUES (?, ?, 'altered', ?, ?, ?)
       ON CONFLICT (replica_id) WHERE resolved_at IS NULL DO NOTHING`,
    )
    .run(replicaId, actId, JSON.stringify({ prior: { by, on, algorithm, expected, found } }), now, now);
  return changes === 1;
}

function append(
  { connection, events }: WriterContext,
  { locationId, accessionId, by, on, made, manifestSha256, agreeing, differing }: NewPriorBaselines,
  act: {
    readonly actId: number;
    readonly agentId: number;
    readonly outcomes: Readonly<Record<string, number>>;
  },
  now: number,
): number {
  const differ = differing.length === 0 ? '' : `, ${counted(differing.length, 'finding')}`;
  return events.append(
    {
      type: 'fixity check',
      outcome: differing.length > 0 ? 'fail' : 'success',
      agentId: act.agentId,
      actId: act.actId,
      links: [
        { kind: 'location', id: locationId },
        ...(accessionId === undefined ? [] : [{ kind: 'accession', id: accessionId }]),
      ],
      facts: {
        kind: 'prior baseline',
        location: locationId,
        statedOn: on,
        manifestSha256: asBuffer(manifestSha256).toString('hex'),
        outcomes: act.outcomes,
      },
      merkle: merkleOfAct(connection, act.actId),
      details: {
        note: `Prior baseline of ${by}, ${on} (${made}), not read here: ${counted(agreeing.length, 'file')} as recorded${differ}`,
        statedBy: by,
      },
    },
    now,
  );
}
