import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showWords, wordsFrom, wordToPath } from '../../../electron/cli/words.ts';

const cmdline = (...parts: (string | Buffer)[]): Buffer =>
  Buffer.concat(parts.flatMap((part) => [Buffer.from(part as string), Buffer.from([0])]));
const latin1 = Buffer.from('/tapes/caf\xe9', 'latin1');

describe('the command line as bytes', () => {
  it('keeps the bytes of a name that is not UTF-8', () => {
    const bytes = cmdline('/usr/bin/node', '/dist/holdfast.mjs', 'accession', latin1);
    const words = wordsFrom(bytes, ['accession', '/tapes/caf\uFFFD']);
    expect(words[0]).toBe('accession');
    expect(Buffer.from(wordToPath(words[1] ?? ''))).toEqual(latin1);
  });

  it('finds them behind options of Node itself, and behind an equals sign', () => {
    const option = Buffer.concat([Buffer.from('--archive='), latin1]);
    const bytes = cmdline('node', '--max-old-space-size=99', '--no-warnings', 'x.mjs', 'status', option, '');
    const words = wordsFrom(bytes, ['status', '--archive=/tapes/caf\uFFFD', '']);
    expect(showWords(words[1] ?? '')).toBe('--archive=/tapes/caf\\xE9');
    expect(words[2]).toBe('');
  });

  it('takes what Node decoded where the two do not agree', () => {
    expect(wordsFrom(cmdline('another title'), ['status', 'a\uFFFD'])).toEqual(['status', 'a\uFFFD']);
  });

  it('a real U+FFFD is a name like any other', () => {
    const words = wordsFrom(cmdline('node', 'x', '\uFFFD.wav'), ['\uFFFD.wav']);
    expect(words).toEqual(['\uFFFD.wav']);
  });

  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (raw) => {
        const bytes = Buffer.from(raw.filter((byte) => byte !== 0));
        const [word = ''] = wordsFrom(cmdline('node', 'x', bytes), [bytes.toString('utf8')]);
        expect(Buffer.from(wordToPath(word))).toEqual(bytes);
      }),
    );
  });
});
