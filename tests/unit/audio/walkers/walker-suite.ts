/**
 * What every walker is held to, whatever its format: one call a format, with its fixtures. A walker's own test file adds
 * what only its format can say.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../../electron/adapters/audio/content.ts';
import { FileWalk } from '../../../../electron/adapters/audio/file-walk.ts';
import { identify } from '../../../../electron/adapters/audio/identify.ts';
import type { AudioReading } from '../../../../electron/core/ports/audio-reading.ts';
import { fixturePath } from '../../../fixtures/index.ts';
import { integer, pick, randomFrom } from '../../../fixtures/generate/random.ts';

/** 1,500 mutations and 150 flips a fixture in the long run, a sample of them otherwise. */
const long = process.env['HOLDFAST_LONG'] === '1';
const flips = long ? 1000 : 100;
const mutations = long ? 1500 : 150;
/** Of the processor, so that a busy machine does not count; far more than any walk takes: what stands still or squares is caught. */
const mostMsPerKiB = 20;

export interface WalkerSuite {
  readonly fixtures: readonly string[];
  /** Whether the format checks all of its audio itself: every flipped bit in it must then be found. */
  readonly provesAudio: boolean;
  /** Where the audio of a whole fixture stands, found otherwise than by the walker: a bit flipped there is damage. */
  readonly audioOf: (bytes: Buffer) => readonly (readonly [from: number, to: number])[];
}

/** Bytes of a committed fixture; a copy, to be changed at will. */
export function fixtureBytes(file: string): Buffer {
  return readFileSync(fixturePath(file));
}

/**
 * Walks bytes as the workers do. @param cuts how long each chunk is, in turn; the last length holds for the rest
 * @returns undefined where the bytes are no sound
 */
export function walk(
  bytes: Uint8Array,
  cuts: Iterable<number> = [bytes.length || 1],
): AudioReading | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = (position: number, target: Uint8Array): number => buffer.copy(target, 0, position);
  const content: Content = { size: bytes.length, head: bytes.subarray(0, 1024 * 1024), read };
  const file = new FileWalk(content, identify(content, Buffer.from('x')));
  const iterator = cuts[Symbol.iterator]();
  let length = 1;
  for (let at = 0; at < bytes.length; at += length) {
    const next = iterator.next();
    if (next.done !== true) length = Math.max(1, next.value);
    // As the workers read: into a Buffer, which others digest too, and which is used again.
    const chunk = Buffer.from(bytes.subarray(at, at + length));
    file.write(chunk);
    if (chunk.compare(bytes, at, at + chunk.length) !== 0)
      throw new Error('the walker changed what it was handed');
    chunk.fill(0xa5);
  }
  return file.end();
}

/** As `walk`, of what must be sound. */
export function walked(bytes: Uint8Array, cuts?: Iterable<number>): AudioReading {
  const reading = walk(bytes, cuts);
  if (reading === undefined) throw new Error('these bytes are no sound');
  return reading;
}

export function essenceOf(reading: AudioReading | undefined): string {
  return reading?.essence === undefined ? '' : Buffer.from(reading.essence.value).toString('hex');
}

export function flipped(bytes: Uint8Array, at: number, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ (1 << bit);
  return copy;
}

export function testWalker(name: string, { fixtures, provesAudio, audioOf }: WalkerSuite): void {
  describe.each(fixtures)(`${name}: %s`, (file) => {
    const bytes = fixtureBytes(file);
    const whole = walk(bytes);

    it('is walked, has an essence, and nothing is wrong with it', () => {
      expect(essenceOf(whole)).toMatch(/^[0-9a-f]{64}$/);
      expect(whole?.problems).toEqual([]);
      expect(['intact', 'unverifiable']).toContain(whole?.verdict);
    });

    it('reads the same however the file is cut into chunks', () => {
      expect(walk(bytes, [1])).toEqual(whole);
      for (let seed = 0; seed < 12; seed++) {
        const random = randomFrom(seed);
        const most = pick(random, [3, 17, 300, 5000]);
        const cuts = Array.from({ length: bytes.length }, () => integer(random, 1, most));
        expect(walk(bytes, cuts), `seed ${seed}`).toEqual(whole);
      }
    });

    it('cut short at every offset is never called intact without all of its audio', () => {
      for (let length = 0; length < bytes.length; length += stepFrom(length, bytes.length)) {
        const cut = bytes.subarray(0, length);
        const reading = timed(cut, `cut at ${length}`);
        if (reading?.verdict === 'intact')
          expect(essenceOf(reading), `cut at ${length}`).toBe(essenceOf(whole));
        expectOurOwnWords(reading, `cut at ${length}`);
      }
    });

    it(`tells each of ${flips} bits flipped in the audio`, () => {
      const random = randomFrom(5);
      const ranges = audioOf(bytes);
      for (let i = 0; i < flips; i++) {
        const [from, to] = pick(random, ranges);
        const at = integer(random, from, to - 1);
        const bit = integer(random, 0, 7);
        const reading = walk(flipped(bytes, at, bit));
        const which = `bit ${bit} of byte ${at}`;
        expect(essenceOf(reading), which).not.toBe(essenceOf(whole));
        if (provesAudio) expect(reading?.verdict, which).not.toBe('intact');
        if (provesAudio) expect(reading?.verdict, which).not.toBe('unverifiable');
      }
    });

    it(`comes through ${mutations} mutations in time, in words of its own`, () => {
      for (let seed = 0; seed < mutations; seed++) {
        expectOurOwnWords(timed(mutated(bytes, seed), `seed ${seed}`), `seed ${seed}`);
      }
    });
  });
}

/** Every offset near both ends and in the long run, where structure is; every seventh within. */
function stepFrom(length: number, size: number): number {
  return long || length < 1000 || length > size - 500 ? 1 : 7;
}

function timed(bytes: Uint8Array, which: string): AudioReading | undefined {
  const began = process.cpuUsage();
  const reading = walk(bytes);
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1000, which).toBeLessThan(200 + (mostMsPerKiB * bytes.length) / 1024);
  return reading;
}

/** The driver catches what a walker throws; an engine's words in a problem are a fault of the walker all the same. */
function expectOurOwnWords(reading: AudioReading | undefined, which: string): void {
  for (const { detail = '' } of reading?.problems ?? []) {
    expect(detail, which).not.toMatch(
      /undefined|not a function|not iterable|bounds|out of range|Invalid|BigInt/,
    );
  }
}

/** One to four changes as disks, programs and malice make them: bytes overwritten, taken out, doubled, moved, swapped in size. */
function mutated(bytes: Uint8Array, seed: number): Buffer {
  const random = randomFrom(seed);
  let copy = Buffer.from(bytes);
  for (let count = integer(random, 1, 4); count > 0; count--) {
    // Half of them near the beginning, where the structure is.
    const reach = random() < 0.5 ? Math.min(copy.length, 400) : copy.length;
    const at = integer(random, 0, Math.max(0, reach - 1));
    const length = integer(random, 1, pick(random, [1, 4, 8, 64, 1000]));
    const there = copy.subarray(at, at + length);
    switch (integer(random, 0, 6)) {
      case 0:
        there.fill(pick(random, [0, 0xff, 0x7f, 0x80]));
        break;
      case 1:
        for (let i = 0; i < there.length; i++) there[i] = integer(random, 0, 255);
        break;
      case 2:
        copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]);
        break;
      case 3:
        copy = Buffer.concat([copy.subarray(0, at), there, copy.subarray(at)]);
        break;
      case 4:
        copy.copy(copy, at, integer(random, 0, Math.max(0, copy.length - 1)), copy.length);
        break;
      case 5:
        there.set(
          Buffer.from(pick(random, ['ffffffff', '7fffffffffffffff', '00000001', '80000000']), 'hex').subarray(
            0,
            there.length,
          ),
        );
        break;
      default:
        if (there.length > 0) there[0] = (there[0] as number) ^ (1 << integer(random, 0, 7));
    }
  }
  return copy;
}
