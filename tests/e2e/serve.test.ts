/** `holdfast serve` as it is used: started, opened, used beside other commands, and ended. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { holdfastCommand } from '../support/holdfast.ts';

vi.setConfig({ testTimeout: 180_000 });

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<[number | null, string | null]>;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

async function serve(archivist: Archivist, ...words: string[]): Promise<Serving> {
  const [command, args] = holdfastCommand(['serve', '--json', ...words]);
  const env = {
    ...process.env,
    HOLDFAST_ARCHIVE: archivist.archive,
    HOME: archivist.path('home'),
    NO_COLOR: '',
  };
  const child = spawn(command, args, { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  await vi.waitFor(() => expect(said.stdout, said.stderr).toContain('\n'), 30_000);
  const { schema, url } = JSON.parse(said.stdout) as { schema: number; url: string };
  expect(schema).toBe(1);
  return { child, url, ended, stdout: () => said.stdout, stderr: () => said.stderr };
}

async function enter(url: string): Promise<{ origin: string; cookie: string; status: number }> {
  const { headers, status } = await fetch(url, { redirect: 'manual' });
  return { origin: new URL(url).origin, cookie: headers.getSetCookie()[0]?.split(';', 1)[0] ?? '', status };
}

it('prints a link that works once, serves until it is asked to end, and leaves nothing behind', async () => {
  const archivist = new Archivist();
  archivist.keep(archivist.tapes());
  const { child, url, ended, stdout } = await serve(archivist);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  const { origin, cookie, status } = await enter(url);
  expect(status).toBe(303);
  expect((await fetch(`${origin}/overview`)).status).toBe(401);
  expect([200, 503]).toContain((await fetch(`${origin}/overview`, { headers: { cookie } })).status);
  expect((await enter(url)).status).toBe(401);
  const sound = await fetch(`${origin}/media/rep-1`, { headers: { cookie, range: 'bytes=0-3' } });
  expect([sound.status, await sound.text()]).toEqual([206, 'RIFF']);
  expect(existsSync(join(archivist.archive, 'host-endpoint.json'))).toBe(true);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(stdout().trim().split('\n')).toHaveLength(1);
  expect(existsSync(join(archivist.archive, 'host-endpoint.json'))).toBe(false);
  expect(existsSync(join(archivist.archive, 'host.json'))).toBe(false);
  expect(archivist.ask(['status']).status).toBe(0);
});

it('is found by other commands, which act in the name of who typed them', async () => {
  const archivist = new Archivist();
  archivist.init();
  const { child, ended } = await serve(archivist);
  const taken = archivist.ask([...archivist.accession(archivist.tapes()), '--agent', 'Berta']);
  expect(taken.status, taken.stderr).toBe(0);
  expect(taken.json).toMatchObject({ files: 3, problems: [] });
  expect(archivist.ask(['audit']).json).toMatchObject({ outcomes: { intact: 3 } });
  const surveyed = archivist.ask(['survey', archivist.tapes()]);
  expect(surveyed.json).toMatchObject({ files: 3, duplicates: { alreadyHeld: 3 } });
  expect(surveyed.stderr).not.toContain('busy');
  expect(archivist.ask(['status']).json).toMatchObject({ replicas: 3 });
  const missing = archivist.ask(['show', 'item-99']);
  expect([missing.status, missing.json.error]).toMatchObject([2, { code: 'NOT_FOUND' }]);
  const wrong = archivist.ask(['accession', '/nowhere', '--title', 'T', '--rights-unknown']);
  expect([wrong.status, wrong.json.error]).toMatchObject([2, { code: 'FOLDER_NOT_FOUND' }]);
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  const jobs = archivist.ask(['jobs', 'list']).json.rows as { agent: string; kind: string }[];
  expect(jobs.find(({ kind }) => kind === 'accession')?.agent).toBe('Berta');
  expect(archivist.ask(['log', 'verify']).json).toMatchObject({ ok: true });
});

it('run again it tells a fresh link of the one that runs', async () => {
  const archivist = new Archivist();
  archivist.init();
  const { url, child, ended } = await serve(archivist);
  const again = archivist.ask(['serve']);
  expect(again.status).toBe(0);
  const fresh = again.json.url as string;
  expect(new URL(fresh).origin).toBe(new URL(url).origin);
  expect(fresh).not.toBe(url);
  expect((await enter(fresh)).status).toBe(303);
  expect((await enter(url)).status).toBe(303);
  child.kill('SIGTERM');
  await ended;
});

it('what a killed one leaves behind leads nowhere, and stands in nobody’s way', async () => {
  const archivist = new Archivist();
  archivist.init();
  const { child, ended } = await serve(archivist);
  child.kill('SIGKILL');
  await ended;
  expect(existsSync(join(archivist.archive, 'host-endpoint.json'))).toBe(true);
  expect(archivist.ask(['status']).status).toBe(0);
  const next = await serve(archivist);
  expect(archivist.ask(['status']).status).toBe(0);
  next.child.kill('SIGTERM');
  await next.ended;
});

it('a job of another command is paused when it ends, and goes on afterwards', async () => {
  const archivist = new Archivist();
  archivist.init();
  const { child, ended } = await serve(archivist);
  const running = archivist.begin([...archivist.accession(archivist.tapes('many', 6000))]);
  await vi.waitFor(
    () => expect(archivist.ask(['jobs', 'list']).json.rows).toMatchObject([{ state: 'running' }]),
    60_000,
  );
  child.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
  const answer = await running.answer;
  expect(answer.status).toBe(3);
  expect(answer.json.error).toMatchObject({ code: 'CONNECTION_LOST' });
  expect(archivist.ask(['jobs', 'list']).json.rows).toMatchObject([{ state: 'paused' }]);
  const gone = archivist.ask(archivist.accession(archivist.path('many')));
  expect(gone.json).toMatchObject({ problems: [] });
  expect(archivist.ask(['status']).json).toMatchObject({ replicas: 6000 });
});

it('a port that is taken, or none, is told before anything is done', async () => {
  const archivist = new Archivist();
  archivist.init();
  const other = new Archivist();
  other.init();
  const { url, child, ended } = await serve(archivist);
  const taken = other.ask(['serve', '--port', new URL(url).port]);
  expect([taken.status, taken.json.error]).toMatchObject([2, { code: 'BAD_INPUT' }]);
  for (const port of ['65536', '-1', 'x'])
    expect(other.ask(['serve', `--port=${port}`]).json.error).toMatchObject({ code: 'BAD_INPUT' });
  expect(other.ask(['status']).status).toBe(0);
  child.kill('SIGTERM');
  await ended;
});

it('listens on 127.0.0.1 and on nothing else', async () => {
  const archivist = new Archivist();
  archivist.init();
  const { child, url, ended } = await serve(archivist);
  const port = Number(new URL(url).port);
  const addresses = Object.values(networkInterfaces()).flatMap((each) =>
    (each ?? []).map(({ address }) => address),
  );
  expect(await answers('127.0.0.1', port)).toBe(true);
  for (const address of new Set([...addresses, '127.0.0.2', '::1']))
    if (address !== '127.0.0.1') expect(await answers(address, port), address).toBe(false);
  child.kill('SIGTERM');
  await ended;
});

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (connected: boolean): void => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
