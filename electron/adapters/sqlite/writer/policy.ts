import type { ArchivePolicy } from '../../../../shared/contract/archive.ts';
import type { Json } from '../../../core/events/canonical-json.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

interface PolicyRow {
  readonly accession_pattern: string;
  readonly further_digests: string;
  readonly verify_within_days: number;
  readonly technical_policy: string;
  readonly virus_check: number;
  readonly mass_change: string;
}

/** Assigns a policy, with its event. What was made under the one before stays as it is. */
export function assignPolicy(context: WriterContext, policy: ArchivePolicy, agent: ActingAgent): void {
  const { connection } = context;
  const before = connection
    .sql<PolicyRow>(
      'SELECT accession_pattern, further_digests, verify_within_days, technical_policy, virus_check, mass_change FROM archive',
    )
    .get();
  const digests = JSON.stringify(policy.furtherDigests);
  const technical = JSON.stringify(policy.technical);
  const { share, files, least } = policy.massChange;
  const massChange = JSON.stringify({ share, files, least });
  const changed = [
    ...(before?.accession_pattern === policy.accessionPattern ? [] : ['accessionPattern']),
    ...(before?.further_digests === digests ? [] : ['furtherDigests']),
    ...(before?.verify_within_days === policy.verifyWithinDays ? [] : ['verifyWithinDays']),
    ...(before?.technical_policy === technical ? [] : ['technical']),
    ...(before?.virus_check === Number(policy.virusCheck) ? [] : ['virusCheck']),
    ...(before?.mass_change === massChange ? [] : ['massChange']),
  ];
  if (changed.length === 0) return;
  connection
    .sql(
      'UPDATE archive SET accession_pattern = ?, further_digests = ?, verify_within_days = ?, technical_policy = ?, virus_check = ?, mass_change = ?',
    )
    .run(
      policy.accessionPattern,
      digests,
      policy.verifyWithinDays,
      technical,
      Number(policy.virusCheck),
      massChange,
    );
  context.events.append({
    type: 'policy assignment',
    outcome: 'success',
    agentId: actorId(connection, agent.name),
    links: [{ kind: 'archive', id: 1 }],
    facts: {
      changed,
      policy: {
        accessionPattern: policy.accessionPattern,
        furtherDigests: [...policy.furtherDigests],
        verifyWithinDays: policy.verifyWithinDays,
        technical: JSON.parse(technical) as Json,
        virusCheck: policy.virusCheck,
        massChange: { share, files, least },
      },
    },
    details: {
      note: `Policy changed: ${changed.map((name) => SENTENCES[name]?.(policy) ?? name).join('; ')}`,
    },
  });
}

const SENTENCES: Readonly<Record<string, (policy: ArchivePolicy) => string>> = {
  accessionPattern: ({ accessionPattern }) => `accessions are numbered as ${accessionPattern}`,
  furtherDigests: ({ furtherDigests }) =>
    furtherDigests.length === 0
      ? 'no message digests beside SHA-256'
      : `message digests beside SHA-256: ${furtherDigests.join(', ')}`,
  verifyWithinDays: ({ verifyWithinDays }) =>
    `every replica verified within ${String(verifyWithinDays)} days`,
  technical: () => 'what is asked of files technically',
  virusCheck: ({ virusCheck }) =>
    virusCheck ? 'new files are shown to the virus scanner' : 'new files are shown to no virus scanner',
  massChange: ({ massChange: { share, files, least } }) =>
    `what changes at once is one finding from ${String(Math.round(share * 100))} % or ${String(files)} files on, and at least ${String(least)}`,
};
