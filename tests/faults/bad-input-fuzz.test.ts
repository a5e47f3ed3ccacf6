/** Damaged and malicious files: whatever the bytes are, each file is a row with its digest, and nothing else happens. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtureIndex, fixturePath } from '../fixtures/index.ts';
import { integer, pick, randomFrom } from '../fixtures/generate/random.ts';
import { Archivist } from '../support/archivist.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { describeLong } from '../support/skips.ts';

type Random = () => number;
type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** Where formats keep what readers trust: in the beginning, mostly. */
function place(bytes: Buffer, random: Random): number {
  return random() < 0.7
    ? integer(random, 0, Math.min(bytes.length, 2048) - 1)
    : integer(random, 0, bytes.length - 1);
}

const mutations: readonly Mutation[] = [
  // A few bits.
  (bytes, random) => {
    for (let n = integer(random, 1, 20); n > 0; n -= 1) {
      const at = place(bytes, random);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << integer(random, 0, 7));
    }
    return bytes;
  },
  // A length or an offset that lies: the largest, the smallest, nearly the file's own.
  (bytes, random) => {
    const at = place(bytes, random);
    const value = pick(random, [0xffff_ffff, 0, 0x7fff_ffff, bytes.length, bytes.length - at, 1]);
    const four = Buffer.alloc(4);
    if (random() < 0.5) four.writeUInt32LE(value);
    else four.writeUInt32BE(value);
    four.copy(bytes, at);
    return bytes;
  },
  // Cut off.
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  // A piece of it again, in another place: boxes in boxes, frames in tags.
  (bytes, random) => {
    const from = place(bytes, random);
    const piece = bytes.subarray(from, from + integer(random, 1, 4096));
    const to = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)]);
  },
  // Noise.
  (bytes, random) => {
    const at = place(bytes, random);
    const noise = Buffer.from(Array.from({ length: integer(random, 1, 600) }, () => integer(random, 0, 255)));
    noise.copy(bytes, at);
    return bytes;
  },
  // The beginning of one format, the rest of another.
  (bytes, random) => {
    const other = readFileSync(fixturePath(pick(random, fixtureIndex().audio).file));
    return Buffer.concat([other.subarray(0, place(other, random)), bytes.subarray(place(bytes, random))]);
  },
];

const DAMAGE = ['essence_damaged', 'truncated', 'header_damaged', 'checksum_differs'];

function otherThanDamage({ problems }: Record<string, unknown>): unknown[] {
  return (problems as { code: string }[]).filter(({ code }) => !DAMAGE.includes(code));
}

function survives(seed: number, count: number): void {
  const random = randomFrom(seed);
  const archivist = new Archivist();
  const folder = archivist.tapes('mutants', 0);
  const { audio } = fixtureIndex();
  const expected: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { file } = audio[n % audio.length] ?? pick(random, audio);
    let bytes: Buffer = Buffer.from(readFileSync(fixturePath(file)));
    for (let times = integer(random, 1, 3); times > 0 && bytes.length > 4; times -= 1)
      bytes = pick(random, mutations)(bytes, random);
    // So that no two are one content.
    bytes = Buffer.concat([bytes, Buffer.from(`mutant ${n}`)]);
    writeFileSync(join(folder, `${n}${extname(file)}`), bytes);
    expected.push(createHash('sha256').update(bytes).digest('hex'));
  }
  archivist.init();
  const survey = archivist.ask(['survey', folder]);
  expect(survey.json).toMatchObject({ files: count });
  expect(otherThanDamage(survey.json)).toEqual([]);
  // Legal deposit takes protected files too.
  const taken = archivist.ask(['accession', folder, '--title', 'Mutants', '--rights-basis', 'statute']);
  expect(taken, taken.stderr).toMatchObject({
    status: 1,
    json: { files: count, objects: count, refused: [] },
  });
  // Much of it is told by what the files prove of themselves, and nothing of them but that.
  expect(taken.json).not.toMatchObject({ problems: [] });
  expect(otherThanDamage(taken.json)).toEqual([]);
  const catalogue = join(archivist.archive, 'catalogue.sqlite');
  const digests = rowsOf<{ sha256: string }>(catalogue, 'SELECT lower(hex(sha256)) AS sha256 FROM objects');
  expect(digests.map(({ sha256 }) => sha256).sort()).toEqual(expected.sort());
  // Tags may be unreadable; that a reader had to be given up would be a hang or a crash.
  const fallen = rowsOf(catalogue, `SELECT path, message FROM problems WHERE message LIKE '%reader down%'`);
  expect(fallen).toEqual([]);
  expect(archivist.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: count } } });
  expect(archivist.ask(['search', 'mutant']).status).toBe(0);
}

describe('given recordings whose bytes were damaged', () => {
  it('when three hundred of all formats are taken, then each is a row with its digest', () =>
    survives(20_261_122, 300));

  describeLong('of twenty thousand', () => {
    for (let seed = 1; seed <= 20; seed += 1) it(`seed ${seed}`, () => survives(seed, 1000));
  });
});
