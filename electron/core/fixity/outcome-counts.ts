import { AUDIT_OUTCOMES, isFinding, type AuditOutcome } from '../../../shared/domain/audit-outcome.ts';

/** How many replicas of a run had which outcome. */
export class OutcomeCounts {
  readonly #counts = new Map<AuditOutcome, number>();

  add(outcome: AuditOutcome, count: number): void {
    if (count > 0) this.#counts.set(outcome, this.of(outcome) + count);
  }

  of(outcome: AuditOutcome): number {
    return this.#counts.get(outcome) ?? 0;
  }

  total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  findings(): number {
    return [...this.#counts].reduce((sum, [outcome, count]) => (isFinding(outcome) ? sum + count : sum), 0);
  }

  /** Of each outcome, also of those that did not occur: a script that asks for one is answered. */
  asRecord(): Record<string, number> {
    return Object.fromEntries(AUDIT_OUTCOMES.map((outcome) => [outcome, this.of(outcome)]));
  }
}
