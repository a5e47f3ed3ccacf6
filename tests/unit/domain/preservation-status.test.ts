import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUDIT_OUTCOMES } from '../../../shared/domain/audit-outcome.ts';
import { preservationStatus, PRESERVATION_STATUSES } from '../../../shared/domain/preservation-status.ts';
import type { ItemSummary, ReplicaSummary } from '../../../shared/domain/preservation-status.ts';

const now = '2026-11-22T12:00:00Z';
const good = (failureGroup: string | null, site: string | null, medium: string | null): ReplicaSummary => ({
  outcome: 'intact',
  verifiedAt: '2026-11-01T00:00:00Z',
  failureGroup,
  site,
  medium,
});
const three = [good('nas', 'house', 'disk'), good('shelf', 'house', 'tape'), good('cloud', 'abroad', 'disk')];
const item = (parts: readonly ReplicaSummary[][], rest: Partial<ItemSummary> = {}): ItemSummary => ({
  parts: parts.map((replicas) => ({ replicas })),
  rightsDocumented: true,
  formatAtRisk: false,
  now,
  ...rest,
});
const rung = (parts: readonly ReplicaSummary[][], rest?: Partial<ItemSummary>) => {
  const { status, lacking } = preservationStatus(item(parts, rest));
  return [status, ...lacking];
};

describe('the rung of an item', () => {
  it('is access-only when nothing is held', () => {
    expect(rung([])).toEqual(['access-only', 'replica']);
    expect(rung([[]])).toEqual(['access-only', 'replica']);
    expect(rung([three, []])).toEqual(['access-only', 'replica']);
  });

  it.each(AUDIT_OUTCOMES)('with one replica last found %s', (outcome) => {
    const expected = {
      intact: ['verified', 'second_failure_group'],
      not_checked: ['verified', 'second_failure_group'],
      tags_changed: ['held', 'verification'],
      moved: ['held', 'verification'],
      altered: ['access-only', 'replica'],
      truncated: ['access-only', 'replica'],
      missing: ['access-only', 'replica'],
      unreadable: ['access-only', 'replica'],
    }[outcome];
    expect(rung([[{ ...good('a', 'b', 'c'), outcome }]])).toEqual(expected);
  });

  it('never counts what is quarantined or attested', () => {
    expect(rung([[{ ...good('a', 'b', 'c'), quarantined: true }]])).toEqual(['access-only', 'replica']);
    expect(rung([[{ ...good('a', 'b', 'c'), attested: true }]])).toEqual(['access-only', 'replica']);
    expect(rung([[good('a', 'b', 'c'), { ...good('d', 'e', 'f'), attested: true }]])[0]).toBe('verified');
  });

  it('falls back to held when the last verification is too old, unknown, or from the future', () => {
    const at = (verifiedAt: string | number | null): string[] =>
      rung([[{ ...good('a', 'b', 'c'), verifiedAt }]]);
    expect(at('2026-08-25T12:00:00Z')[0]).toBe('verified');
    expect(at('2026-08-23T12:00:00Z')).toEqual(['held', 'recent_verification']);
    expect(at(Date.parse(now) - 1)[0]).toBe('verified');
    expect(at('2026-11-23T11:00:00Z')[0]).toBe('verified');
    expect(at('2027-01-01T00:00:00Z')).toEqual(['held', 'verification']);
    expect(at('some day')).toEqual(['held', 'verification']);
    expect(at(null)).toEqual(['held', 'verification']);
    expect(rung([[{ failureGroup: 'a' }]])).toEqual(['held', 'verification']);
  });

  it('is replicated only across failure groups that are known to differ', () => {
    expect(rung([[good('a', 'x', 'm'), good('a', 'y', 'n')]])).toEqual(['verified', 'second_failure_group']);
    expect(rung([[good('a', 'x', 'm'), good(null, 'y', 'n')]])).toEqual(['verified', 'known_failure_group']);
    expect(rung([[good(null, 'x', 'm'), good('', 'y', 'n')]])).toEqual(['verified', 'known_failure_group']);
    expect(rung([[good('a', 'x', 'm'), good('b', 'y', 'n')]])).toEqual(['replicated', 'copies']);
    expect(rung([three, [good('a', 'x', 'm')]])).toEqual(['verified', 'second_failure_group']);
  });

  it('is safe by what the policy asks, and says what else it asks', () => {
    expect(rung([three, three])).toEqual(['safe']);
    expect(rung([three], { rightsDocumented: false, formatAtRisk: true })).toEqual([
      'replicated',
      'rights_basis',
      'format_not_at_risk',
    ]);
    expect(rung([[good('a', 's', 'm'), good('b', 's', 'm'), good('c', 's', 'm')]])).toEqual([
      'replicated',
      'sites',
      'media',
    ]);
    expect(rung([[good('a', 's', 'm'), good('b', null, 'm'), good('c', 's', null)]])).toEqual([
      'replicated',
      'known_site',
      'known_medium',
    ]);
    expect(rung([three], { policy: { copies: 4, sites: 3, media: 1 } })).toEqual([
      'replicated',
      'copies',
      'sites',
    ]);
    expect(rung([three], { policy: { verifiedWithinDays: 7 } })).toEqual(['held', 'recent_verification']);
  });

  const replica: fc.Arbitrary<ReplicaSummary> = fc.record({
    outcome: fc.constantFrom(...AUDIT_OUTCOMES, null),
    verifiedAt: fc.constantFrom('2026-11-01T00:00:00Z', '2020-01-01T00:00:00Z', null),
    failureGroup: fc.constantFrom('a', 'b', null),
    site: fc.constantFrom('s', 't', null),
    medium: fc.constantFrom('m', 'n', null),
    quarantined: fc.boolean(),
    attested: fc.boolean(),
  });
  const parts = fc.array(fc.array(replica, { maxLength: 4 }), { minLength: 1, maxLength: 3 });
  const height = (of: ReplicaSummary[][]) =>
    PRESERVATION_STATUSES.indexOf(preservationStatus(item(of)).status);

  it('never falls by another copy, nor by damage to what does not count; never rises by another part', () => {
    fc.assert(
      fc.property(parts, fc.array(replica, { maxLength: 4 }), replica, (all, part, more) => {
        expect(height(all.map((replicas) => [...replicas, more]))).toBeGreaterThanOrEqual(height(all));
        expect(height([...all, part])).toBeLessThanOrEqual(height(all));
        const without = all.map((replicas) =>
          replicas.filter((one) => one.quarantined !== true && one.attested !== true),
        );
        expect(height(without)).toBe(height(all));
      }),
      { numRuns: 1000 },
    );
  });

  it('lacks something on every rung but the last', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const { status, lacking } = preservationStatus(item(all));
        expect(lacking.length === 0).toBe(status === 'safe');
        expect(new Set(lacking).size).toBe(lacking.length);
      }),
    );
  });
});
