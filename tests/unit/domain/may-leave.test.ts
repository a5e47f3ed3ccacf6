/** What may leave the archive: the strictest of all that applies, for every combination of what can be known of a file. */
import { describe, expect, it } from 'vitest';
import {
  fieldLeaves,
  mayLeave,
  WITHHELD_REASONS,
  withheldMessage,
  type LeavingFile,
} from '../../../shared/domain/may-leave.ts';
import { RIGHTS_BASES, RIGHTS_UNKNOWN, type RightsBasisOrGap } from '../../../shared/domain/rights.ts';

const ANY: readonly RightsBasisOrGap[] = [...RIGHTS_BASES, RIGHTS_UNKNOWN];
/** No statement, one, or two of different things that the file belongs to. */
const STATEMENTS: readonly (readonly RightsBasisOrGap[])[] = [
  [],
  ...ANY.map((basis) => [basis]),
  ...ANY.flatMap((one) => ANY.map((other) => [one, other])),
];
const EITHER = [true, false];

const CASES = STATEMENTS.flatMap((bases) =>
  EITHER.flatMap((isProtected) =>
    EITHER.flatMap((hasSource) =>
      EITHER.flatMap((hasAcquisition) =>
        EITHER.map((isOverridden) => ({ bases, isProtected, hasSource, hasAcquisition, isOverridden })),
      ),
    ),
  ),
);

const documented: LeavingFile = {
  bases: ['other'],
  isProtected: false,
  hasSource: true,
  hasAcquisition: true,
};

describe('what may leave', () => {
  it('is, of all that can be known of a file, only what is documented in every respect or answered for, and never what is protected', () => {
    for (const { isOverridden, ...file } of CASES) {
      const isDocumented =
        file.bases.length > 0 && !file.bases.includes('unknown') && file.hasSource && file.hasAcquisition;
      const { leaves } = mayLeave(file, { isOverridden });
      expect(leaves, JSON.stringify({ ...file, isOverridden })).toBe(
        !file.isProtected && (isDocumented || isOverridden),
      );
    }
  });

  it.each(RIGHTS_BASES)('leaves on the basis of %s', (basis) => {
    expect(mayLeave({ ...documented, bases: [basis] }, { isOverridden: false })).toEqual({ leaves: true });
  });

  it('does not leave where one of several statements is undetermined', () => {
    const file = { ...documented, bases: ['license', 'unknown'] as const };
    expect(mayLeave(file, { isOverridden: false })).toEqual({ leaves: false, reason: 'no basis' });
  });

  it('is withheld for the strictest reason', () => {
    const nothing: LeavingFile = { bases: [], isProtected: true, hasSource: false, hasAcquisition: false };
    const reasons = [
      nothing,
      { ...nothing, isProtected: false },
      { ...nothing, isProtected: false, bases: ['other'] as const },
      { ...documented, hasAcquisition: false },
    ].map((file) => mayLeave(file, { isOverridden: false }));
    expect(reasons).toEqual(WITHHELD_REASONS.map((reason) => ({ leaves: false, reason })));
  });

  it('says of each reason what can be done, and of protection that nothing can', () => {
    for (const reason of WITHHELD_REASONS)
      expect(withheldMessage(reason).includes('--override-rights'), reason).toBe(reason !== 'protected');
  });
});

it('a field of description goes along unless it is held back', () => {
  const withheld = new Set(['contributor']);
  expect([fieldLeaves('title', withheld), fieldLeaves('contributor', withheld)]).toEqual([true, false]);
});
