import { describe, expect, it } from 'vitest';
import {
  AUDIT_OUTCOMES,
  classifyCheck,
  countsAsVerified,
  isFinding,
  LOCATION_OUTCOMES,
  outcomeWords,
} from '../../../shared/domain/audit-outcome.ts';
import type { CheckEvidence, ContentStamp } from '../../../shared/domain/audit-outcome.ts';

const expected: ContentStamp = { sha256: 'aa', size: 100, mtimeNs: 5n };
const seen = (rest: Partial<CheckEvidence>): CheckEvidence => ({
  location: 'reachable',
  file: 'present',
  expected,
  ...rest,
});
const other = (size: number, mtimeNs: bigint | null = 9n): ContentStamp => ({ sha256: 'bb', size, mtimeNs });

describe('given what was seen of a path, the outcome', () => {
  it.each([
    ['same content', seen({ observed: expected }), 'intact', undefined],
    ['same content, other time', seen({ observed: { ...expected, mtimeNs: 9n } }), 'intact', undefined],
    [
      'same digest, other recorded size',
      seen({ observed: { ...expected, size: 99 } }),
      'altered',
      'recorded size disagrees with recorded digest',
    ],
    ['other content, same size', seen({ observed: other(100) }), 'altered', undefined],
    ['longer', seen({ observed: other(101) }), 'altered', undefined],
    ['shorter', seen({ observed: other(99) }), 'truncated', undefined],
    ['empty', seen({ observed: other(0) }), 'truncated', undefined],
    ['shorter, a proven prefix', seen({ observed: other(99), prefixMatches: true }), 'truncated', undefined],
    ['shorter, not a prefix', seen({ observed: other(99), prefixMatches: false }), 'altered', undefined],
    ['same essence', seen({ observed: other(100), essenceSame: true }), 'tags_changed', undefined],
    ['same essence, shorter', seen({ observed: other(99), essenceSame: true }), 'tags_changed', undefined],
    ['other essence', seen({ observed: other(100), essenceSame: false }), 'altered', undefined],
    ['nothing there', seen({ file: 'absent' }), 'missing', undefined],
    ['a folder there', seen({ file: 'not-a-file' }), 'missing', 'not a regular file'],
    ['content at a new path', seen({ file: 'absent', contentAt: 'unregistered path' }), 'moved', undefined],
    [
      'content at a known path',
      seen({ file: 'absent', contentAt: 'registered path' }),
      'missing',
      'content also at another path',
    ],
    ['read error', seen({ file: 'unreadable', observed: other(10) }), 'unreadable', undefined],
    ['present, not read', seen({}), 'not_checked', 'not read'],
    ['cancelled', seen({ cancelled: true, observed: other(10) }), 'not_checked', 'cancelled'],
    ['over budget', seen({ outOfBudget: true }), 'not_checked', 'out of budget'],
  ] as const)('%s', (_, evidence, outcome, reason) => {
    const result = classifyCheck(evidence);
    expect([result.outcome, result.reason]).toEqual([outcome, reason]);
  });

  it('never speaks of loss for a place that cannot be reached, whatever else was seen', () => {
    for (const location of ['unreachable', 'offline'] as const) {
      for (const file of ['present', 'absent', 'unreadable', 'not-a-file'] as const) {
        for (const observed of [undefined, expected, other(1)]) {
          const result = classifyCheck(seen({ location, file, observed }));
          expect(result.outcome).toBe('not_checked');
          expect(result.suspectedSilentCorruption).toBe(false);
        }
      }
    }
  });

  it('suspects silent corruption when content changed and its time did not', () => {
    for (const size of [99, 100, 101]) {
      expect(classifyCheck(seen({ observed: other(size, 5n) })).suspectedSilentCorruption).toBe(true);
      expect(classifyCheck(seen({ observed: other(size, 6n) })).suspectedSilentCorruption).toBe(false);
      expect(classifyCheck(seen({ observed: other(size, null) })).suspectedSilentCorruption).toBe(false);
    }
    expect(
      classifyCheck(seen({ observed: other(100, 5n), essenceSame: true })).suspectedSilentCorruption,
    ).toBe(true);
    expect(classifyCheck(seen({ observed: { ...other(100), mtimeNs: 5 } })).suspectedSilentCorruption).toBe(
      true,
    );
    expect(classifyCheck(seen({ observed: expected })).suspectedSilentCorruption).toBe(false);
  });
});

describe('outcomes', () => {
  it('are findings unless intact or not checked; untracked only in a sealed bag', () => {
    expect(AUDIT_OUTCOMES.filter((outcome) => !isFinding(outcome))).toEqual(['intact', 'not_checked']);
    expect([isFinding('untracked'), isFinding('untracked', true)]).toEqual([false, true]);
    expect(LOCATION_OUTCOMES.filter(countsAsVerified)).toEqual(['intact']);
  });

  it('have the words of the design', () => {
    expect(LOCATION_OUTCOMES.map(outcomeWords)).toEqual([
      'intact',
      'tags changed, essence intact',
      'altered',
      'truncated',
      'missing',
      'moved',
      'unreadable',
      'not checked',
      'untracked',
    ]);
  });
});
