import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  writeBagTags,
  type BagContents,
  type BagPayloadFile,
} from '../../electron/adapters/bagit/write-bag.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { itWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';

const info: BagContents['info'] = [
  ['Bag-Software-Agent', 'Holdfast 0.1.0'],
  ['Source-Organization', 'Kitchen Table Recordings'],
  ['Shelf-Mark', 'KTR 001'],
  ['External-Identifier', '2026-0001'],
  ['External-Identifier', 'ark:/12345/kettle'],
];

/** Fills `data/` and gives what a writer is told of it. */
function fill(bag: string, files: Record<string, string>): BagPayloadFile[] {
  return Object.entries(files).map(([path, content]) => {
    const at = join(bag, 'data', path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, content);
    const digest = (algorithm: string) => createHash(algorithm).update(content).digest();
    return { path, size: content.length, sha256: digest('sha256'), sha512: digest('sha512') };
  });
}

const read = (bag: string, file: string): string => readFileSync(join(bag, file), 'utf8');

describe('a bag whose payload is there', () => {
  it('says what it holds in both manifests, in the order given', async () => {
    const bag = tempFolder();
    const payload = fill(bag, { 'a b.wav': 'one', 'side/東京.wav': 'two' });
    const written = await writeBagTags(utf8Path(bag), { payload, info });
    expect(read(bag, 'manifest-sha256.txt')).toBe(
      payload
        .map(({ path, sha256 }) => `${Buffer.from(sha256 ?? []).toString('hex')}  data/${path}\n`)
        .join(''),
    );
    expect(read(bag, 'manifest-sha512.txt').split('\n')[1]).toMatch(
      /^[0-9a-f]{128} {2}data\/side\/東京\.wav$/,
    );
    expect(written).toMatchObject({ payloadFiles: 2, payloadBytes: 6n });
  });

  it('declares itself in exactly two lines', async () => {
    const bag = tempFolder();
    await writeBagTags(utf8Path(bag), { payload: [], info });
    expect(read(bag, 'bagit.txt')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  });

  it('says of itself what it is given, reserved labels in their order, repeated ones kept', async () => {
    const bag = tempFolder();
    await writeBagTags(utf8Path(bag), { payload: fill(bag, { a: '12345' }), info });
    expect(read(bag, 'bag-info.txt')).toBe(
      [
        'Source-Organization: Kitchen Table Recordings',
        'External-Identifier: 2026-0001',
        'External-Identifier: ark:/12345/kettle',
        'Payload-Oxum: 5.1',
        'Bag-Software-Agent: Holdfast 0.1.0',
        'Shelf-Mark: KTR 001',
        '',
      ].join('\n'),
    );
  });

  it('keeps a value in its element: no line of it can be another label', async () => {
    const bag = tempFolder();
    const value = `Tapes of a kitchen\r\nPayload-Oxum: 9.9\n\u2028 ${'word '.repeat(40)}`;
    await writeBagTags(utf8Path(bag), {
      payload: [],
      info: [
        ['External-Description', value],
        ['Empty', ' \n '],
      ],
    });
    const lines = read(bag, 'bag-info.txt').split('\n');
    expect(lines.filter((line) => line.startsWith('Payload-Oxum'))).toEqual(['Payload-Oxum: 0.0']);
    expect(lines.some((line) => line.startsWith('Empty'))).toBe(false);
    expect(lines.every((line) => line.length <= 79)).toBe(true);
    expect(lines[0]).toMatch(/^External-Description: Tapes of a kitchen Payload-Oxum: 9\.9 {2}word/);
  });

  it('lists every tag file but the tag manifests in both tag manifests, and tells them all', async () => {
    const bag = tempFolder();
    const chunks = ['path in data/\t…\n', Buffer.from('x\ty\tz\n')];
    const written = await writeBagTags(utf8Path(bag), {
      payload: [],
      info,
      tagFiles: [
        { path: 'holdfast/original-names.tsv', content: chunks },
        { path: 'about.txt', content: 'A bag.\n' },
      ],
    });
    const listed = [
      'about.txt',
      'bag-info.txt',
      'bagit.txt',
      'holdfast/original-names.tsv',
      'manifest-sha256.txt',
      'manifest-sha512.txt',
    ];
    for (const algorithm of ['sha256', 'sha512'])
      expect(read(bag, `tagmanifest-${algorithm}.txt`)).toBe(
        listed
          .map(
            (path) =>
              `${createHash(algorithm)
                .update(readFileSync(join(bag, path)))
                .digest('hex')}  ${path}\n`,
          )
          .join(''),
      );
    expect(written.tagFiles.map(({ path }) => path).sort()).toEqual(
      [...listed, 'tagmanifest-sha256.txt', 'tagmanifest-sha512.txt'].sort(),
    );
    for (const { path, size, sha256 } of written.tagFiles) {
      const content = readFileSync(join(bag, path));
      expect([size, Buffer.from(sha256)]).toEqual([
        content.length,
        createHash('sha256').update(content).digest(),
      ]);
    }
  });

  it('is written anew over what an interrupted run left, but not through a link', async () => {
    const bag = tempFolder();
    writeFileSync(
      join(bag, 'bag-info.txt'),
      'a longer text than the one that will stand there, of an earlier and unfinished run\n'.repeat(9),
    );
    await writeBagTags(utf8Path(bag), { payload: [], info: [] });
    expect(read(bag, 'bag-info.txt')).toBe('Payload-Oxum: 0.0\n');
    const other = join(tempFolder(), 'mine.txt');
    writeFileSync(other, 'mine');
    const linked = tempFolder();
    symlinkSync(other, join(linked, 'bagit.txt'));
    await expect(writeBagTags(utf8Path(linked), { payload: [], info: [] })).rejects.toThrow('ELOOP');
    expect(readFileSync(other, 'utf8')).toBe('mine');
  });

  it('streams a hundred thousand lines', async () => {
    const bag = tempFolder();
    const digest = { sha256: Buffer.alloc(32, 1), sha512: Buffer.alloc(64, 2) };
    function* payload(): Generator<BagPayloadFile> {
      for (let n = 0; n < 100_000; n++) yield { path: `${n}.wav`, size: 10n ** 10n, ...digest };
    }
    const written = await writeBagTags(utf8Path(bag), { payload: payload(), info: [] });
    expect(written.payloadBytes).toBe(10n ** 15n);
    expect(read(bag, 'manifest-sha512.txt').split('\n')).toHaveLength(100_001);
  });
});

describe('what no bag may have is refused as a fault of the caller', () => {
  const digests = { size: 0, sha256: Buffer.alloc(32), sha512: Buffer.alloc(64) };
  it.each(['../up', '/etc/passwd', 'a//b', '', 'a/../b', 'half \ud800'])('payload path %j', async (path) => {
    const bag = utf8Path(tempFolder());
    await expect(writeBagTags(bag, { payload: [{ path, ...digests }], info: [] })).rejects.toThrow(
      RangeError,
    );
  });

  it.each(['bagit.txt', 'fetch.txt', 'tagmanifest-md5.txt', 'data/x', 'data', '../x'])(
    'tag file %j',
    async (path) => {
      const bag = utf8Path(tempFolder());
      await expect(
        writeBagTags(bag, { payload: [], info: [], tagFiles: [{ path, content: '' }] }),
      ).rejects.toThrow(RangeError);
    },
  );

  it.each(['a: b', 'a\nb', '', ' a', 'a '])('label %j', async (label) => {
    const bag = utf8Path(tempFolder());
    await expect(writeBagTags(bag, { payload: [], info: [[label, 'x']] })).rejects.toThrow(RangeError);
  });
});

itWith({ tool: 'sha256sum' }, 'sha256sum and sha512sum check it without us', async () => {
  const bag = tempFolder();
  await writeBagTags(utf8Path(bag), {
    payload: fill(bag, { 'a b.wav': '1', ' x': '2', 'é.wav': '3', '-rf': '4' }),
    info,
  });
  for (const algorithm of ['sha256', 'sha512'])
    for (const manifest of [`manifest-${algorithm}.txt`, `tagmanifest-${algorithm}.txt`])
      execFileSync(`${algorithm}sum`, ['--check', '--strict', '--quiet', manifest], { cwd: bag });
});
