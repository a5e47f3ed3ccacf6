import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { utf8Path } from '../../shared/domain/path.ts';
import { fixturePath } from '../fixtures/index.ts';
import { bench, noAbort } from '../support/files-under-test.ts';

const SIZES = [0, 1, 4095, 4096, 4097, 1024 * 1024 - 1, 1024 * 1024, 3 * 1024 * 1024 + 17];

let place: ReturnType<typeof bench>;

beforeEach(() => {
  place = bench();
});
afterEach(() => place.close());

function file(name: string, bytes: Uint8Array): string {
  const path = join(place.folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function copy(from: string, to: string, look: 'whole' | 'digest' = 'digest') {
  const within = utf8Path(place.folder);
  const pair = { from: utf8Path(from), to: utf8Path(to) };
  const [outcome] = await place.files.copyAll([pair], { further: ['sha512'], look, within }, noAbort());
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}

describe('copying', () => {
  it('writes the very bytes that it digests, whatever their number, with the time that they had', async () => {
    for (const size of SIZES) {
      const bytes = Buffer.alloc(size, `${size} `);
      const from = file(`${size}.bin`, bytes);
      utimesSync(from, 1, 1_234_567);
      const to = join(place.folder, 'deep', 'er', `${size}.copy`);
      const outcome = await copy(from, to);
      expect(readFileSync(to).equals(bytes)).toBe(true);
      expect(statSync(to).mtimeMs).toBe(1_234_567_000);
      if (outcome.status !== 'read') throw new Error(outcome.problem.code);
      expect(outcome.sha256).toEqual(createHash('sha256').update(bytes).digest());
      expect(outcome.digests[0]?.value).toEqual(createHash('sha512').update(bytes).digest());
    }
  });

  it('reads what an accession reads, in the same pass', async () => {
    const outcome = await copy(
      fixturePath('flac-16-tags-picture.flac'),
      join(place.folder, 'c.flac'),
      'whole',
    );
    expect(outcome).toMatchObject({ status: 'read', kind: 'audio', format: { puid: 'fmt/279' } });
  });

  it('replaces what an interrupted run left, also where that was longer', async () => {
    const from = file('short', Buffer.from('short'));
    const to = file('left-over', Buffer.from('a longer text, half copied'));
    await copy(from, to);
    expect(readFileSync(to, 'utf8')).toBe('short');
  });

  it('tells a failing destination from a failing source', async () => {
    const from = file('a', Buffer.from('a'));
    const blocked = file('blocked', Buffer.from('a file where a folder should be'));
    expect(await copy(from, join(blocked, 'below'))).toMatchObject({
      status: 'failed',
      problem: { code: 'destination_failed', errno: 'ENOTDIR' },
    });
    expect(await copy(join(place.folder, 'nowhere'), join(place.folder, 'b'))).toMatchObject({
      status: 'failed',
      problem: { code: 'vanished' },
    });
  });
});

describe('reading back', () => {
  it('digests what is there, whatever its size, and says whether it came from the medium', async () => {
    for (const size of SIZES) {
      const bytes = Buffer.alloc(size, `${size} `);
      const path = file(`${size}.bin`, bytes);
      const [outcome] = await place.files.readBackAll([utf8Path(path)], noAbort());
      if (outcome?.status !== 'read') throw new Error('not read');
      expect(outcome.sha256).toEqual(createHash('sha256').update(bytes).digest());
      expect(outcome.stamp.size).toBe(BigInt(size));
      expect([true, undefined]).toContain(outcome.direct);
    }
  });

  it('says what cannot be read', async () => {
    const missing = await place.files.readBackAll([utf8Path(join(place.folder, 'gone'))], noAbort());
    expect(missing).toMatchObject([{ status: 'failed', problem: { code: 'vanished' } }]);
  });

  it('does not mind a folder that others may not enter', async () => {
    const closed = join(place.folder, 'closed');
    mkdirSync(closed);
    writeFileSync(join(closed, 'a'), 'a');
    chmodSync(closed, 0o700);
    const [outcome] = await place.files.readBackAll([utf8Path(join(closed, 'a'))], noAbort());
    expect(outcome?.status).toBe('read');
  });
});
