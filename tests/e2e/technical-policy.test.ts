/** What an archive asks of its files, and what falls short of it: with the built program. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { Place } from './support/place.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.remove());

const shortfalls = (id: string): string[] =>
  (place.json(['show', id]).json as { object: { shortfalls: { code: string }[] } }).object.shortfalls.map(
    ({ code }) => code,
  );

it('a master of a tape at 16 bit is kept, and told to be short of what the archive asks', () => {
  const tapes = place.path('tapes');
  mkdirSync(tapes);
  copyFileSync(fixturePath('wav-pcm16.wav'), join(tapes, 'side a.wav'));
  place.custody(tapes);
  // Nobody has said yet what it was transferred from.
  expect(shortfalls('part-1')).toEqual([]);
  expect(place.run(['describe', 'item-1', '--set', 'carrier=open-reel tape'])).toMatchObject({ code: 0 });
  expect(shortfalls('part-1')).toContain('bit_depth');
  expect(place.run(['show', 'part-1']).stdout).toContain(
    '16 bit; the policy asks 24 bit or more of a preservation master of an analogue carrier.',
  );

  // What is not named of a role stays as it was.
  expect(place.run(['policy', '--role', 'master', '--bit-depth', '16'])).toMatchObject({ code: 0 });
  expect(shortfalls('part-1')).toEqual(['sample_rate']);
  expect(place.run(['policy', '--role', 'master', '--sample-rate', '8000'])).toMatchObject({ code: 0 });
  expect(shortfalls('part-1')).toEqual([]);
  const { json } = place.json([
    'policy',
    '--role',
    'master',
    '--ask-nothing',
    '--at-risk',
    'WAVE (PCMWAVEFORMAT)',
  ]);
  expect(json).toMatchObject({ policy: { technical: { analogueTransfers: {} } } });
  expect(shortfalls('part-1')).toEqual(['format_at_risk']);
  expect(place.run(['policy', '--not-at-risk', 'wave (pcmwaveformat)'])).toMatchObject({ code: 0 });
  expect(shortfalls('part-1')).toEqual([]);
  expect(place.json(['log', 'verify'])).toMatchObject({ code: 0, json: { ok: true } });
});

it('further digests are asked for, and given up again', () => {
  place.custody(place.tapes());
  const digests = (...words: string[]) =>
    (place.json(['policy', ...words]).json as { policy: object }).policy;
  expect(digests('--digest', 'sha512', '--digest', 'md5')).toMatchObject({
    furtherDigests: ['sha512', 'md5'],
  });
  expect(digests('--digest', 'none')).toMatchObject({ furtherDigests: [] });
});

it('what makes no policy is told, and changes nothing', () => {
  place.custody(place.tapes());
  const before = place.json(['policy']).json;
  for (const words of [
    ['--sample-rate', '96000'],
    ['--role', 'documentation', '--bit-depth', '24'],
    ['--role', 'master'],
    ['--role', 'master', '--ask-nothing', '--lossless'],
    ['--role', 'master', '--bit-depth', 'many'],
    ['--digest', 'none', '--digest', 'md5'],
  ])
    expect(place.run(['policy', ...words]), words.join(' ')).toMatchObject({ code: 2 });
  expect(place.json(['policy']).json).toEqual(before);
});
