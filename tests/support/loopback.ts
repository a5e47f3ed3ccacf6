/** A loopback shell under test, a browser that obeys nobody, and an archive with recordings. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { askForLink } from '../../electron/cli/remote-host.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { startServer, type Server } from '../../electron/server/index.ts';
import { fixturePath } from '../fixtures/index.ts';
import { sharedFolder, tempFolder } from './temp.ts';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const INDEX = `<!doctype html><meta property="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>`;

/** A built renderer, with a link in it that leads out. */
function makeScreens(dir: string): string {
  const screens = join(dir, 'renderer');
  mkdirSync(join(screens, 'assets'), { recursive: true });
  writeFileSync(join(screens, 'index.html'), INDEX);
  writeFileSync(join(screens, 'assets/main-Bq2f9aLx.js'), 'export {};\n');
  writeFileSync(join(screens, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(dir, 'secret.txt'), 'SECRET');
  symlinkSync(join(dir, 'secret.txt'), join(screens, 'leak.txt'));
  symlinkSync(dir, join(screens, 'out'));
  return screens;
}

export function tokenOf(url: string): string {
  return new URL(url).searchParams.get('token') ?? '';
}

export class Loopback {
  readonly dir: string;
  readonly archive: string;
  readonly host: Host;
  readonly server: Server;

  constructor(dir: string, host: Host, server: Server) {
    this.dir = dir;
    this.archive = join(dir, 'archive');
    this.host = host;
    this.server = server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** The token of a fresh link. */
  async token(): Promise<string> {
    return tokenOf((await askForLink(this.archive)) ?? '');
  }

  /** Sends exactly this path. */
  ask(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const asking = request(
        { host: '127.0.0.1', port: this.server.port, path, method, headers, agent: false },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            const whole = Buffer.concat(parts);
            const { statusCode: status = 0, headers: told } = response;
            resolve({ status, headers: told, body: whole, text: whole.toString('utf8') });
          });
        },
      );
      asking.on('error', reject);
      asking.end(body);
    });
  }

  /** Opens a fresh link and returns the cookie that a browser would keep. */
  async enter(): Promise<string> {
    const { headers } = await this.ask(`/?token=${await this.token()}`);
    return headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
  }

  /** Bytes as they are, for what no client would send; the answer until the server hangs up. */
  raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.server.port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.setEncoding('latin1');
      socket.on('data', (part: string) => (answer += part));
      socket.on('error', reject);
      socket.on('close', () => resolve(answer));
    });
  }

  /** Opens a WebSocket, or tells the status it was refused with. */
  socket(
    headers: Readonly<Record<string, string>>,
    options: ClientOptions = {},
  ): Promise<WebSocket | number> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${this.server.port}/rpc`, { headers, ...options });
      socket.on('unexpected-response', (_, response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      socket.on('open', () => {
        onTestFinished(() => socket.terminate());
        resolve(socket);
      });
      socket.on('error', reject);
    });
  }
}

interface Manner {
  readonly heartbeatMs?: number;
  /** False: the renderer was not built. */
  readonly screens?: boolean;
}

/** One over an archive of its own; closed when the test ends. */
export async function loopback(manner: Manner = {}): Promise<Loopback> {
  const shell = await begin(tempFolder(), manner);
  onTestFinished(() => end(shell));
  return shell;
}

/** One for all tests of a file or suite: called at its top. */
export function sharedLoopback(): () => Loopback {
  const dir = sharedFolder();
  let shell: Loopback | undefined;
  beforeAll(async () => {
    shell = await begin(dir, {});
  });
  afterAll(async () => {
    if (shell !== undefined) await end(shell);
  });
  return () => {
    if (shell === undefined) throw new Error('the shell did not start');
    return shell;
  };
}

async function end({ server, host }: Loopback): Promise<void> {
  await server.close();
  await host.close();
}

async function begin(dir: string, { heartbeatMs, screens: hasScreens }: Manner): Promise<Loopback> {
  const archive = join(dir, 'archive');
  await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
  const host = await openHost({
    archive,
    agent: 'Tester',
    mode: 'write',
    command: 'serve',
    stateFolder: join(dir, 'state'),
  });
  const screens = hasScreens === false ? join(dir, 'none') : makeScreens(dir);
  const server = await startServer({
    host,
    archive,
    port: 0,
    screens,
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
  });
  return new Loopback(dir, host, server);
}

/** Takes fixtures into custody where they stand; returns the ids of their replicas by name. */
export async function keepFixtures(
  { dir, host }: Loopback,
  names: readonly string[],
): Promise<Map<string, string>> {
  const tapes = join(dir, 'tapes');
  mkdirSync(tapes);
  for (const name of names) cpSync(fixturePath(name), join(tapes, name));
  const { client } = host;
  const job = await client.accession.start({
    paths: [{ display: tapes }],
    title: 'Tapes',
    rightsBasis: 'other',
  });
  for await (const snapshot of await client.jobs.watch({ id: job.id }))
    if (snapshot.state === 'interrupted') throw new Error(snapshot.error?.message);
  const ids = new Map<string, string>();
  for (const name of names) {
    const { replicas } = await client.holdings.show({ path: { display: join(tapes, name) } });
    ids.set(name, replicas[0]?.id ?? '');
  }
  return ids;
}
