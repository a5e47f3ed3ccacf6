/**
 * How fast the writer records: files of albums of ten recordings with a cover and a log, in batches as an accession sends
 * them. `node tests/bench/catalogue-writer.ts [files] [folder]`; NODE_OPTIONS and --cpu-prof as usual.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigningKey, loadSigningKey } from '../../electron/adapters/keys/signing-keys.ts';
import { connectCatalogueWriter } from '../../electron/adapters/sqlite/catalogue-writer.ts';
import { createArchive } from '../../electron/adapters/sqlite/create.ts';
import { signingKeyId } from '../../electron/adapters/sqlite/signing-key-id.ts';
import type { FileOutcome } from '../../electron/core/ports/readings.ts';
import { utf8Path } from '../../shared/domain/path.ts';

const total = Number(process.argv[2] ?? 100_000);
const dir = mkdtempSync(join(process.argv[3] ?? tmpdir(), 'holdfast-bench-'));
const agent = { name: 'bench', softwareVersion: '0' };
const BATCH = 64;
const UNDER_WAY = 8;

function digestOf(text: string, algorithm = 'sha256'): Uint8Array {
  return createHash(algorithm).update(text).digest();
}

const WORDS =
  'river night stone paper glass summer quiet thunder Straße Dvořák garden winter voice road 東京 light'.split(
    ' ',
  );
const word = (n: number): string => WORDS[(n * 7919) % WORDS.length] ?? '';

function reading(n: number): { name: Uint8Array; outcome: FileOutcome } {
  const album = Math.floor(n / 12);
  const track = (n % 12) + 1;
  const audio = track <= 10;
  const title = `${word(n)} ${word(n + 3)} ${n}`;
  const artist = `${word(album)} ${word(album + 5)} ensemble`;
  const name = audio
    ? `${String(track).padStart(2, '0')} - ${title}.flac`
    : track === 11
      ? 'cover.jpg'
      : 'rip.log';
  const size = BigInt(20_000 + (n % 1000));
  const outcome: FileOutcome = {
    status: 'read',
    stamp: {
      size,
      mtimeNs: 1_700_000_000_000_000_000n + BigInt(n),
      ctimeNs: 1_700_000_000_000_000_000n,
      inode: BigInt(n + 10),
    },
    sha256: digestOf(`file ${n}`),
    digests: [{ algorithm: 'sha512', value: digestOf(`file ${n}`, 'sha512') }],
    kind: audio ? 'audio' : track === 11 ? 'image' : 'log',
    format: audio
      ? { name: 'FLAC', mime: 'audio/flac', puid: 'fmt/279' }
      : { name: track === 11 ? 'JPEG' : 'Plain text', mime: 'x/y', puid: '' },
    identifiers: audio ? [['isrc', `GBAYE${String(n).padStart(7, '0')}`]] : [],
    problems: [],
    ...(audio && {
      technical: {
        container: 'FLAC',
        codec: 'FLAC',
        lossless: true,
        durationMs: 180_000 + (n % 60_000),
        sampleRate: 44_100,
        bitDepth: 16,
        channels: 2,
        bitRate: 900_000,
      },
      embedded: {
        title,
        artist,
        album: `${word(album + 1)} ${word(album + 2)} ${album}`,
        albumArtist: artist,
        date: '1999',
        track,
        found: JSON.stringify({
          vorbis: [
            ['TITLE', title],
            ['ARTIST', artist],
            ['ALBUM', String(album)],
            ['TRACKNUMBER', String(track)],
            ['DATE', '1999'],
            ['COMMENT', 'x'.repeat(80)],
          ],
        }),
      },
    }),
  };
  return { name: Buffer.from(name), outcome };
}

createArchive({ dir, name: 'bench', agent, createKey: createSigningKey });
const path = join(dir, 'catalogue.sqlite');
const writer = await connectCatalogueWriter(path, loadSigningKey(join(dir, 'keys'), signingKeyId(path)));
const opened = await writer.beginAccession({
  accession: { paths: [{ display: '/music' }], title: 'Bench', rightsBasis: 'other', rightsNote: '' },
  roots: [{ location: { root: utf8Path('/music'), name: 'music', inode: 2n }, path: utf8Path('') }],
  resumeKey: 'bench',
  agent,
});
const [root] = opened.roots;
if (root === undefined) throw new Error('no root');

let peak = 0;
const began = performance.now();
const waiting: Promise<unknown>[] = [];
let made = 0;
for (let n = 0; n < total;) {
  const album = Math.floor(n / 12);
  const folder = utf8Path(`shelf ${album % 100}/album ${album}`);
  const files = [];
  for (; n < total && files.length < BATCH && Math.floor(n / 12) === album; n++) files.push(reading(n));
  waiting.push(
    writer.recordFiles({
      actId: opened.actId,
      accrualId: opened.accrualId,
      locationId: root.locationId,
      folder,
      files,
    }),
    writer.proposeItems(opened.accrualId, root.locationId, folder),
  );
  while (waiting.length >= UNDER_WAY) await waiting.shift();
  if (++made % 1000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
}
await Promise.all(waiting);
const recorded = performance.now();
const { tally } = await writer.closeAccession(opened.actId, 'done');
const closed = performance.now();
peak = Math.max(peak, process.memoryUsage.rss());
const differences = await writer.checkCounters();
const checked = performance.now();
await writer.close();
const rate = (ms: number): string => `${Math.round(total / (ms / 1000))} files/s`;
console.log(
  `recorded ${tally.files} files, ${tally.items} items in ${Math.round(recorded - began)} ms: ${rate(recorded - began)}`,
);
console.log(`sealed in ${Math.round(closed - recorded)} ms; both: ${rate(closed - began)}`);
console.log(
  `recount in ${Math.round(checked - closed)} ms; differences: ${differences.length} ${differences.slice(0, 3).join('; ')}`,
);
console.log(
  `peak RSS ${Math.round(peak / 2 ** 20)} MiB; catalogue ${Math.round(statSync(path).size / 2 ** 20)} MiB`,
);
rmSync(dir, { recursive: true });
