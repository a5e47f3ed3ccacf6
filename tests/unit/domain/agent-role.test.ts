import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AGENT_ROLES,
  endsBeforeItBegins,
  isHeldOn,
  parseAgentRole,
  parseDay,
  roleFits,
  tenuresOverlap,
} from '../../../shared/domain/agent-role.ts';

describe('a date of a role', () => {
  it.each([
    ['1998', '1998-01-01', '1998-12-31'],
    ['1998-05', '1998-05-01', '1998-05-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['1900-02', '1900-02-01', '1900-02-28'],
    ['1998-05-03', '1998-05-03', '1998-05-03'],
  ])('%s is %s to %s', (text, first, last) => {
    expect(parseDay(text)).toEqual({ first, last });
  });

  it.each([
    '',
    '98',
    '1998-13',
    '1998-00',
    '2023-02-29',
    '1998-05-32',
    '1998-5-3',
    '0000',
    ' 1998',
    '1998-05-03T00:00Z',
    'today',
  ])('"%s" is none', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });
});

describe('a role', () => {
  it('is held from its first day on, and over on the day that ends it', () => {
    const tenure = { since: '2020-05', until: '2024-03-01' };
    expect(
      ['2020-04-30', '2020-05-01', '2024-02-29', '2024-03-01'].map((day) => isHeldOn(tenure, day)),
    ).toEqual([false, true, true, false]);
    expect(isHeldOn({ since: '2020' }, '9999-01-01')).toBe(true);
  });

  it('that ended in a year is held through most of it', () => {
    expect(isHeldOn({ since: '1998', until: '2025' }, '2025-12-30')).toBe(true);
    expect(isHeldOn({ since: '1998', until: '2025' }, '2026-01-01')).toBe(false);
  });

  it('cannot end before it begins', () => {
    expect(endsBeforeItBegins({ since: '2024-05', until: '2024-04' })).toBe(true);
    expect(endsBeforeItBegins({ since: '2024-05', until: '2024' })).toBe(false);
    expect(endsBeforeItBegins({ since: '2024' })).toBe(false);
  });

  it('may follow another of the same kind on the day that this one ends', () => {
    expect(tenuresOverlap({ since: '2020', until: '2024-03-01' }, { since: '2024-03-01' })).toBe(false);
    expect(tenuresOverlap({ since: '2020' }, { since: '2024' })).toBe(true);
  });

  it('overlaps another exactly where both are held on one day', () => {
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2000-03-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const tenure = fc
      .tuple(day, fc.option(day, { nil: undefined }))
      .map(([since, until]) => ({ since, until }))
      .filter((each) => each.until === undefined || each.since < each.until);
    const days = Array.from({ length: 120 }, (_, n) =>
      new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10),
    );
    fc.assert(
      fc.property(tenure, tenure, (a, b) => {
        const both = days.some((each) => isHeldOn(a, each) && isHeldOn(b, each));
        expect(tenuresOverlap(a, b)).toBe(both);
      }),
    );
  });

  it('is read as people type it', () => {
    expect(parseAgentRole(' Rights-Holder ')).toBe('rights holder');
    expect(parseAgentRole('rightsholder')).toBe('rights holder');
    expect(parseAgentRole('RESPONSIBLE')).toBe('responsible');
    expect(parseAgentRole('owner')).toBeUndefined();
  });

  it('of a donor is said of what was given, never of the archive', () => {
    expect(AGENT_ROLES.filter((role) => roleFits(role, 'archive'))).toEqual([
      'responsible',
      'successor',
      'custodian',
    ]);
    expect(AGENT_ROLES.every((role) => roleFits(role, 'collection') && roleFits(role, 'accession'))).toBe(
      true,
    );
  });
});
