import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchNameRule, NameRuleError, parseNameRule } from '../../../shared/domain/name-rule.ts';

const match = (pattern: string, path: string) =>
  matchNameRule(parseNameRule(pattern), path, path.slice(path.lastIndexOf('/') + 1));

describe('a rule for file names', () => {
  it('reads what its placeholders name', () => {
    expect(match('{item}_{side}_{track}.wav', 'MT-041_B_03.WAV')).toEqual({
      item: 'MT-041',
      disc: 2,
      track: 3,
    });
    expect(match('{item}-{role:pm=preservation master,am=access copy}.{ext}', 'reel 7-AM.mp3')).toEqual({
      item: 'reel 7',
      role: 'access copy',
    });
    expect(match('{item} - {title}.*', 'A1 - Evening - part 2.flac')).toEqual({
      item: 'A1',
      title: 'Evening - part 2',
    });
    expect(match('{group}/*/{item}.wav', 'Box 1/masters/07.wav')).toEqual({ group: 'Box 1', item: '07' });
    expect(match('{item}_d{disc}_{side}.wav', 'x_d2_b.wav')).toEqual({ item: 'x', disc: 4 });
    expect(match('{role}/{item}.wav', 'access copy/a.wav')).toEqual({ item: 'a', role: 'access copy' });
    expect(match('\\{{item}\\}.wav', '{a}.wav')).toEqual({ item: 'a' });
  });

  it('does not match what it does not say', () => {
    expect(match('{item}_{track}.wav', 'a_b.wav')).toBeUndefined();
    expect(match('{item}.wav', 'folder/a.flac')).toBeUndefined();
    expect(match('x/{item}.wav', 'y/a.wav')).toBeUndefined();
    expect(match('{item}/*.wav', 'a/b/c.wav')).toBeUndefined();
    expect(match('{item}-{role:pm=preservation master}.wav', 'a-am.wav')).toBeUndefined();
  });

  it('never throws but for a pattern that is none, and says why in words', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}item:role=,\\/*_-.a ') }),
        fc.string(),
        (pattern, path) => {
          try {
            match(pattern, path);
          } catch (error) {
            expect(error).toBeInstanceOf(NameRuleError);
          }
        },
      ),
    );
  });

  it('finds again what was put together by it', () => {
    const word = fc.stringMatching(/^[\p{L}\p{N} ]{1,12}$/u).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 9999 }), (item, title, track) => {
        const found = match('{item}_{track}_{title}.wav', `${item}_${track}_${title}.wav`);
        expect(found).toEqual({ item: item.normalize('NFC'), title: title.normalize('NFC'), track });
      }),
    );
  });

  it('comes to an end for a hostile name', () => {
    const pattern = Array.from('abcdefghijklmn', (letter) => `*${letter}`).join('') + '*-{item}.wav';
    for (let n = 0; n < 20; n++) expect(match(pattern, 'abcdefghijklmn'.repeat(70))).toBeUndefined();
  });
});
