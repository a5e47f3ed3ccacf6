/** What encoders write into an MP3 of themselves, and what is left of it when a program changes the sound. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { integer, randomFrom } from '../fixtures/generate/random.ts';
import { describeWith, itWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';
import { essenceOf, flipped, walked } from '../unit/audio/walkers/walker-suite.ts';

const flips = process.env['HOLDFAST_LONG'] === '1' ? 1000 : 100;

function encode(...args: readonly string[]): Buffer {
  const path = join(tempFolder(), 'x.mp3');
  execFileSync('lame', ['--quiet', ...args, fixturePath('wav-extensible.wav'), path], { stdio: 'pipe' });
  return readFileSync(path);
}

describeWith({ tool: 'lame' }, 'lame', () => {
  it.each([
    ['constant bit rate', ['-b', '128', '--resample', '44.1']],
    ['variable bit rate', ['-V', '2']],
    ['average bit rate', ['--abr', '150']],
    ['mono', ['-V', '4', '-m', 'm']],
    ['frames with CRC', ['-V', '3', '-p']],
    ['free format', ['--freeformat', '-b', '400', '--resample', '44.1']],
    ['MPEG-2', ['-b', '64', '--resample', '22.05']],
    ['MPEG-2.5', ['-b', '32', '--resample', '11.025']],
    ['ID3v2 and ID3v1', ['-V', '4', '--tt', 'Kettle', '--ta', 'Hana Byrne', '--add-id3v2']],
    ['ID3v1', ['-V', '4', '--tt', 'Kettle', '--id3v1-only']],
  ])('%s: its checksum fits, and finds every flipped bit', (_, args) => {
    const bytes = encode(...args);
    const whole = walked(bytes);
    expect(whole).toMatchObject({ verdict: 'intact', problems: [] });
    expect(whole.proofs[0]).toMatch("the encoder's checksum");
    const tag = Math.max(bytes.indexOf('Xing'), bytes.indexOf('Info'));
    const from = bytes.indexOf(0xff, tag + 156);
    const to = bytes.length - (args.includes('--tt') ? 128 : 0);
    const random = randomFrom(flips);
    for (let i = 0; i < flips; i++) {
      const at = integer(random, from, to - 1);
      const bit = integer(random, 0, 7);
      const reading = walked(flipped(bytes, at, bit));
      expect(['checksum_differs', 'essence_damaged', 'truncated'], `bit ${bit} of byte ${at}`).toContain(
        reading.verdict,
      );
      expect(essenceOf(reading), `bit ${bit} of byte ${at}`).not.toBe(essenceOf(whole));
    }
  });

  it('without a tag leaves nothing to check the sound by', () => {
    expect(walked(encode('-b', '128', '-t'))).toMatchObject({
      verdict: 'unverifiable',
      proofs: [],
      problems: [],
    });
  });

  it('cut at a frame is different from the checksum, and not damaged', () => {
    const bytes = encode('-b', '128', '--resample', '48');
    // 384 bytes a frame at 48 kHz, none padded.
    const reading = walked(bytes.subarray(0, 384 * 12));
    expect(reading.verdict).toBe('checksum_differs');
    expect(reading.problems[0]?.detail).toMatch(/11 of \d+ frames are there/);
  });
});

itWith(
  { tool: ['lame', 'mp3gain'] },
  'a change of volume by mp3gain is told from damage where it left its tag',
  () => {
    const path = join(tempFolder(), 'x.mp3');
    const before = encode('-V', '2');
    writeFileSync(path, before);
    execFileSync('mp3gain', ['-q', '-g', '3', path], { stdio: 'pipe' });
    const reading = walked(readFileSync(path));
    expect(reading).toMatchObject({ verdict: 'checksum_differs' });
    expect(reading.problems[0]?.detail).toMatch('mp3gain has left its tag');
    expect(essenceOf(reading)).not.toBe(essenceOf(walked(before)));
  },
);
