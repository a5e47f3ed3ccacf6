/** Listening through the loopback shell: the bytes that stand on disk, in ranges, and nothing that is no recording in custody. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { keepFixtures, loopback, type Answered, type Loopback } from '../support/loopback.ts';

const FLAC = 'flac-16-tags-picture.flac';
const WAV = 'wav-pcm16.wav';
const MP3 = 'mp3-cbr-id3v23.mp3';

/** What this process has open. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return []; // closed since it was listed
    }
  });
}

interface Listener {
  readonly shell: Loopback;
  readonly ids: Map<string, string>;
  readonly cookie: string;
  get(name: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answered>;
}

async function listener(names: readonly string[]): Promise<Listener> {
  const shell = await loopback();
  const ids = await keepFixtures(shell, names);
  const cookie = await shell.enter();
  const get: Listener['get'] = (name, headers = {}, method = 'GET') =>
    shell.ask(`/media/${ids.get(name) ?? name}`, { method, headers: { cookie, ...headers } });
  return { shell, ids, cookie, get };
}

describe('a recording', () => {
  it('is given as it stands, whole and in every range, and its times are left alone', async () => {
    const { shell, get } = await listener([FLAC, WAV, MP3]);
    const file = join(shell.dir, 'tapes', FLAC);
    // Old enough that a system which writes access times would write this one.
    utimesSync(file, new Date('2001-01-01'), new Date('2002-01-01'));
    const before = statSync(file, { bigint: true });
    const bytes = readFileSync(fixturePath(FLAC));
    const whole = await get(FLAC);
    expect(whole.status).toBe(200);
    expect(whole.body.equals(bytes)).toBe(true);
    expect(whole.headers).toMatchObject({
      'content-type': 'audio/flac',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      'content-disposition': 'inline',
      'cache-control': 'no-store',
      etag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
    });
    expect(whole.headers['content-security-policy']).toContain('sandbox');
    expect((await get(WAV)).headers['content-type']).toBe('audio/wav');
    expect((await get(MP3)).headers['content-type']).toBe('audio/mpeg');

    const last = bytes.length - 1;
    const ranges: [string, number, number][] = [
      ['bytes=0-', 0, last],
      ['bytes=0-0', 0, 0],
      ['bytes=100-299', 100, 299],
      [`bytes=${last}-`, last, last],
      ['bytes=-10', last - 9, last],
      ['bytes=-99999999', 0, last],
      ['bytes=5-99999999', 5, last],
    ];
    for (const [range, first, end] of ranges) {
      const part = await get(FLAC, { range });
      expect(part.status, range).toBe(206);
      expect(part.headers['content-range']).toBe(`bytes ${first}-${end}/${bytes.length}`);
      expect(part.body.equals(bytes.subarray(first, end + 1)), range).toBe(true);
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(last), fc.nat(last), async (a, b) => {
        const [first, end] = [Math.min(a, b), Math.max(a, b)];
        const part = await get(FLAC, { range: `bytes=${first}-${end}` });
        expect(part.body.equals(bytes.subarray(first, end + 1))).toBe(true);
      }),
      { numRuns: 25 },
    );
    const after = statSync(file, { bigint: true });
    expect([after.atimeNs, after.mtimeNs, after.ctimeNs]).toEqual([
      before.atimeNs,
      before.mtimeNs,
      before.ctimeNs,
    ]);
  });

  it('answers HEAD, unsatisfiable ranges, and what is no range', async () => {
    const { get } = await listener([MP3]);
    const bytes = readFileSync(fixturePath(MP3));
    const head = await get(MP3, { range: 'bytes=0-9' }, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe(String(bytes.length));
    expect(head.body).toHaveLength(0);
    for (const range of [`bytes=${bytes.length}-`, 'bytes=99999999-', 'bytes=-0']) {
      const none = await get(MP3, { range });
      expect(none.status, range).toBe(416);
      expect(none.headers['content-range']).toBe(`bytes */${bytes.length}`);
      expect(none.body).toHaveLength(0);
    }
    for (const range of [
      'bytes=9-5',
      'bytes=',
      'bytes=-',
      'items=0-9',
      'bytes=0-1,5-6',
      'bytes=a-b',
      'bytes=1e3-',
      'x',
    ]) {
      const all = await get(MP3, { range });
      expect(all.status, range).toBe(200);
      expect(all.body.equals(bytes)).toBe(true);
    }
    const other = await get(MP3, { range: 'bytes=0-9', 'if-range': '"another"' });
    expect(other.status).toBe(200);
    const same = await get(MP3, { range: 'bytes=0-9', 'if-range': other.headers.etag ?? '' });
    expect(same.status).toBe(206);
  });

  it('is for whoever holds the cookie, on pages of this origin', async () => {
    const { shell, ids, get } = await listener([MP3]);
    const path = `/media/${ids.get(MP3) ?? ''}`;
    const stranger = await shell.ask(path);
    expect(stranger.status).toBe(401);
    expect(stranger.text).not.toContain('ID3');
    expect((await get(MP3, { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'audio' })).status).toBe(403);
    expect((await get(MP3, { origin: 'http://evil.example' })).status).toBe(403);
    const { port } = shell.server;
    expect((await get(MP3, { host: `evil.example:${port}` })).status).toBe(421);
    expect((await get(MP3, { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'audio' })).status).toBe(200);
  });

  it('can be hung up on in the middle, again and again', async () => {
    const { shell, ids, cookie, get } = await listener([FLAC]);
    const request = `GET /media/${ids.get(FLAC) ?? ''} HTTP/1.1\r\nHost: 127.0.0.1:${shell.server.port}\r\nCookie: ${cookie}\r\n\r\n`;
    for (let n = 0; n < 40; n += 1)
      await new Promise<void>((resolve) => {
        const socket = connect(shell.server.port, '127.0.0.1', () => socket.write(request));
        socket.once('data', () => socket.destroy());
        socket.once('close', () => resolve());
      });
    expect((await get(FLAC)).status).toBe(200);
    await vi.waitFor(() => expect(openFiles().filter((path) => path.endsWith(FLAC))).toEqual([]));
  });
});

describe('nothing else is given', () => {
  it.each([
    ['rep-999', 404],
    ['item-1', 400],
    ['obj-1', 400],
    ['rep-0', 400],
    ['rep-1x', 400],
    ['rep-1/../rep-1', 400],
    ['rep-1%2f..%2frep-1', 400],
    ['', 400],
    ['rep-1.flac', 400],
    [`rep-${'9'.repeat(30)}`, 400],
  ])('for %s', async (id, status) => {
    const shell = await loopback();
    const cookie = await shell.enter();
    expect((await shell.ask(`/media/${id}`, { headers: { cookie } })).status).toBe(status);
  });

  it('of what is in custody but no recording', async () => {
    const shell = await loopback();
    const tapes = join(shell.dir, 'tapes');
    mkdirSync(tapes);
    cpSync(fixturePath(MP3), join(tapes, 'a.mp3'));
    writeFileSync(join(tapes, 'page.html'), '<script>alert(1)</script>');
    // Named as a recording; what it is gets decided by its signature.
    writeFileSync(join(tapes, 'page.wav'), '<html><script>alert(1)</script></html>');
    const { client } = shell.host;
    const job = await client.accession.start({
      paths: [{ display: tapes }],
      title: 'T',
      rightsBasis: 'other',
    });
    for await (const snapshot of await client.jobs.watch({ id: job.id })) expect(snapshot.id).toBe(job.id);
    const cookie = await shell.enter();
    for (const name of ['page.html', 'page.wav']) {
      const { replicas } = await client.holdings.show({ path: { display: join(tapes, name) } });
      const { status, headers, text } = await shell.ask(`/media/${replicas[0]?.id ?? ''}`, {
        headers: { cookie },
      });
      expect(status).toBe(415);
      expect(headers['content-type']).toContain('text/plain');
      expect(text).not.toContain('<script>');
    }
  });

  it('through a link that was laid in its place, or on the way to it', async () => {
    const { shell, get } = await listener([FLAC, MP3]);
    const tapes = join(shell.dir, 'tapes');
    const out = join(shell.dir, 'elsewhere');
    mkdirSync(out);
    // The same bytes outside: only where they stand differs.
    for (const name of [FLAC, MP3]) cpSync(fixturePath(name), join(out, name));
    unlinkSync(join(tapes, FLAC));
    symlinkSync(join(out, FLAC), join(tapes, FLAC));
    expect((await get(FLAC)).status).toBe(415);
    expect((await get(MP3)).status).toBe(200);
  });

  it('from outside its location, when a folder below its root became a link', async () => {
    const shell = await loopback();
    const root = join(shell.dir, 'tapes');
    mkdirSync(join(root, 'side'), { recursive: true });
    cpSync(fixturePath(MP3), join(root, 'side', 'a.mp3'));
    const { client } = shell.host;
    const job = await client.accession.start({
      paths: [{ display: root }],
      title: 'T',
      rightsBasis: 'other',
    });
    for await (const snapshot of await client.jobs.watch({ id: job.id })) expect(snapshot.id).toBe(job.id);
    const { replicas } = await client.holdings.show({ path: { display: join(root, 'side/a.mp3') } });
    const cookie = await shell.enter();
    const ask = (): Promise<Answered> =>
      shell.ask(`/media/${replicas[0]?.id ?? ''}`, { headers: { cookie } });
    expect((await ask()).status).toBe(200);
    renameSync(join(root, 'side'), join(shell.dir, 'side'));
    symlinkSync(join(shell.dir, 'side'), join(root, 'side'));
    const { status, text } = await ask();
    expect(status).toBe(415);
    expect(text).not.toContain('ID3');
  });

  it('where another file stands in its place, or none', async () => {
    const { shell, get } = await listener([FLAC, MP3]);
    const tapes = join(shell.dir, 'tapes');
    appendFileSync(join(tapes, FLAC), 'more');
    expect((await get(FLAC)).status).toBe(415);
    rmSync(join(tapes, MP3));
    const gone = await get(MP3);
    expect(gone.status).toBe(404);
    expect(gone.text).toContain('An audit of its location tells what became of it');
    mkdirSync(join(tapes, MP3));
    expect((await get(MP3)).status).toBe(415);
  });
});
