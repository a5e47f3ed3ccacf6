import { expect, it } from 'vitest';
import { verifiedOf } from '../../../renderer/features/overview/verdict.ts';

const tally = (count: number) => ({ count, bytes: 0, hours: 0 });
const archive = (verified: number, items: number) => ({
  items,
  byStatus: { held: tally(items - verified), verified: tally(verified) },
  byOutcome: { intact: verified },
  lastAudit: { at: '2026-11-22T10:00:00Z', checked: items, complete: true, outcomes: {} },
  overdue: 0,
  awaitingFirstCheck: 0,
  openFindings: 0,
});

it.each([
  ['nothing was read', { ...archive(0, 3), byOutcome: {}, lastAudit: null }, { kind: 'never' }],
  ['what was read is too long ago', archive(0, 3), { kind: 'none' }],
  [
    'a deposit was read back and no audit was made',
    { ...archive(3, 3), lastAudit: null },
    { kind: 'copies' },
  ],
  ['another copy is due', { ...archive(3, 3), overdue: 1 }, { kind: 'all' }],
  ['another copy was taken in lately', { ...archive(3, 3), awaitingFirstCheck: 1 }, { kind: 'all' }],
  ['another copy needs a decision', { ...archive(3, 3), openFindings: 1 }, { kind: 'all' }],
  ['all but one are verified: not rounded up', archive(999, 1000), { kind: 'partly', percent: 99 }],
  ['hardly any is verified', archive(1, 1000), { kind: 'partly', percent: 0 }],
  [
    'steps above verified are verified too',
    {
      ...archive(1, 4),
      byStatus: { verified: tally(1), replicated: tally(1), safe: tally(1), held: tally(1) },
    },
    { kind: 'partly', percent: 75 },
  ],
] as const)('says how much was verified where %s', (_when, status, said) => {
  expect(verifiedOf(status)).toEqual(said);
});
