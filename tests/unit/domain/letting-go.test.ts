import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DELETION_STATES,
  isUnfinished,
  namesSomebody,
  sameAgent,
} from '../../../shared/domain/letting-go.ts';

describe('two agents', () => {
  it('are one, however the name is spelled', () => {
    for (const name of [
      'Ada Kettle',
      'ADA KETTLE',
      ' ada  kettle ',
      'AdaKettle',
      'Ada\tKettle',
      'Ａｄａ Ｋｅｔｔｌｅ',
      'Ada\u200dKettle',
      'Ada\u00adKettle',
    ])
      expect(sameAgent('Ada Kettle', name), name).toBe(true);
    expect(sameAgent('Zoe\u0308', 'ZO\u00cb')).toBe(true);
  });

  it('are two where the letters differ', () => {
    for (const [one, other] of [
      ['Ada Kettle', 'Ada Nettle'],
      ['Zoe', 'Zoë'],
      ['李', '李娜'],
      ['A. Novak', 'B. Novak'],
    ] as const)
      expect(sameAgent(one, other), `${one} and ${other}`).toBe(false);
  });

  it('stay one under case, space and what cannot be seen, for any name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.constantFrom(' ', '\u00a0', '\u200b', '\t', '\u2028', '\ufeff'),
        (name, blank) => {
          expect(sameAgent(name, name)).toBe(true);
          expect(sameAgent(name, `${blank}${name}${blank}`)).toBe(true);
          expect(sameAgent(name, name.normalize('NFD'))).toBe(true);
          expect(sameAgent(name.toLowerCase(), name)).toBe(true);
        },
      ),
    );
  });

  it('must be somebody', () => {
    expect(['', ' ', '\u200b', '\u00ad\n', '\ufe0f'].map(namesSomebody)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(['A', '李', '7'].map(namesSomebody)).toEqual([true, true, true]);
  });
});

it('a deletion is taken up again where it is pending, begun or refused', () => {
  expect(DELETION_STATES.filter(isUnfinished)).toEqual(['pending', 'removing', 'refused']);
});
