import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestGroups } from '../../../renderer/ui/text/digest-groups.ts';
import { pathParts } from '../../../renderer/ui/text/path-parts.ts';
import { plainVisible, visibleText } from '../../../renderer/ui/text/visible.ts';

const units = fc.oneof(
  fc.constantFrom(
    'a',
    'é',
    '東',
    '😀',
    '\0',
    '\n',
    '\u202E',
    '\u2066',
    '\uD800',
    '\uDC00',
    '\u200B',
    '\u{E0041}',
  ),
  fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)),
);
const OBEYED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

describe('text from files', () => {
  it('is left alone where it is harmless, in any script', () => {
    for (const text of ['Café – Ωδή', '東京の夜', 'مرحبا بالعالم', '👩‍🚀 ❤️', 'نمی‌دانم', '<b>&amp;</b>'])
      expect(visibleText(text, 100)).toEqual({ pieces: [text], left: 0 });
  });

  it('shows controls and overrides as marks', () => {
    expect(plainVisible('abc\u202Egpj.exe')).toBe('abc⟨U+202E⟩gpj.exe');
    expect(plainVisible('a\0b\u001B[31m')).toBe('a⟨U+0000⟩b⟨U+001B⟩[31m');
    expect(plainVisible('zero\u200Bwidth\uFEFF')).toBe('zero⟨U+200B⟩width⟨U+FEFF⟩');
    expect(plainVisible('half \uD800')).toBe('half ⟨U+D800⟩');
    expect(visibleText('one\ntwo\t3', 100, true).pieces).toEqual(['one\ntwo\t3']);
    expect(plainVisible('one\ntwo')).toBe('one⟨U+000A⟩two');
  });

  it('never lets through what a screen would obey, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: units }), fc.integer({ min: 1, max: 200 }), (text, most) => {
        const { pieces, left } = visibleText(text, most);
        expect(pieces.some((piece) => typeof piece === 'string' && OBEYED.test(piece))).toBe(false);
        const said = pieces.map((piece) =>
          typeof piece === 'string' ? piece : String.fromCodePoint(piece.code),
        );
        expect(said.join('')).toBe(text.slice(0, text.length - left));
      }),
    );
  });

  it('takes no more of ten megabytes than of a line', () => {
    const huge = 'a\u202E'.repeat(5_000_000);
    // Were each a walk over the whole, a thousand of them would take longer than a test may.
    for (let time = 0; time < 1_000; time += 1) expect(visibleText(huge, 400).left).toBe(huge.length - 400);
  });

  it('is never cut through a character', () => {
    expect(visibleText('ab😀', 3)).toEqual({ pieces: ['ab'], left: 2 });
  });
});

describe('paths and digests', () => {
  it('keep the name of a path apart from its folders', () => {
    expect(pathParts('/mnt/nas/Tape 7/side a.wav')).toMatchObject({
      folder: '/mnt/nas/Tape 7/',
      name: 'side a.wav',
    });
    expect(pathParts('/mnt/nas/')).toMatchObject({ folder: '/mnt/', name: 'nas/' });
    expect(pathParts('side a.wav')).toMatchObject({ folder: '', name: 'side a.wav' });
    const long = pathParts(`/x/${'n'.repeat(300)}.flac`);
    expect(long.name).toMatch(/^n+….*\.flac$/);
    expect(long.full).toHaveLength(308);
  });

  it('lose nothing of a digest', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), maxLength: 130 }), (hex) => {
        const { first, middle, last } = digestGroups(hex);
        expect(first + middle.join('') + last).toBe(hex);
        expect([first, ...middle].every((group) => group.length <= 4)).toBe(true);
      }),
    );
  });
});
