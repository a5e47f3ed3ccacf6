import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packReadings, unpackReadings } from '../../electron/core/ports/packed-readings.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { fixtureIndex, fixturePath } from '../fixtures/index.ts';
import { bext, chunk, fmt, ixml, wave } from '../fixtures/make/riff.ts';
import { asReading, bench, noAbort, readOne } from '../support/files-under-test.ts';
import { walk } from '../unit/audio/walkers/walker-suite.ts';

let place: ReturnType<typeof bench>;

beforeEach(() => {
  place = bench();
});
afterEach(() => place.close());

/** Buffers as the bytes that they are. */
const plain = <T>(value: T): T => structuredClone(value);

const mib = 1024 * 1024;
const format = fmt({ tag: 1, rate: 48_000, channels: 2, bits: 24 });
const sound = Buffer.alloc(3 * mib + 6, 'rain on the skylight');
const bytes = wave([
  chunk('bext', bext(2, 'A=ANALOGUE,M=stereo,T=Studer A807')),
  chunk('fmt ', format),
  chunk('data', sound),
  chunk('iXML', ixml),
  chunk('MD5 ', createHash('md5').update(sound).digest()),
]);

it('makes essence, verdict, evidence and chunk digests in the pass that makes the digests', async () => {
  writeFileSync(join(place.folder, 'a.wav'), bytes);
  const reading = asReading(await readOne(place.files, place.folder, 'a.wav'));
  expect(plain(reading.audio)).toEqual(walk(bytes));
  expect(reading.audio).toMatchObject({ verdict: 'intact', proofs: ['MD5 of the data'], problems: [] });
  expect(reading.audio?.evidence.map(({ id }) => id)).toEqual(['bext', 'iXML', 'MD5']);
  const chunks = Buffer.from(reading.chunkDigests ?? []);
  expect(chunks).toHaveLength(16);
  expect(chunks.readUInt32BE(4)).toBe(crc32(bytes.subarray(mib, 2 * mib)));
  expect(Buffer.from(reading.sha256)).toEqual(createHash('sha256').update(bytes).digest());
});

it('makes the same of a file that is copied as it is read', async () => {
  writeFileSync(join(place.folder, 'a.wav'), bytes);
  const pair = { from: utf8Path(join(place.folder, 'a.wav')), to: utf8Path(join(place.folder, 'b.wav')) };
  const [copied] = await place.files.copyAll(
    [pair],
    { further: ['sha512'], look: 'whole', within: utf8Path(place.folder) },
    noAbort(),
  );
  expect(copied).toMatchObject({ status: 'read', kind: 'audio' });
  expect(plain((copied as { audio?: unknown }).audio)).toEqual(walk(bytes));
});

it('crosses threads whole, for every fixture', async () => {
  const names = fixtureIndex().audio.map(({ file }) => file);
  const outcomes = await place.files.readAll(
    utf8Path(fixturePath('.')),
    utf8Path(''),
    names.map((name) => Buffer.from(name)),
    ['sha512'],
    noAbort(),
  );
  outcomes.forEach((outcome, i) => {
    const { audio, chunkDigests } = asReading(outcome);
    expect(plain(audio), names[i]).toEqual(walk(readFileSync(fixturePath(names[i] as string))));
    expect(chunkDigests, names[i]).toHaveLength(4);
  });
  expect(unpackReadings(packReadings(outcomes))).toEqual(outcomes);
});
