/** The loopback shell: the host's contract and the app's screens for a browser on this machine, and for nobody else. */
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HoldfastError } from '../../shared/domain/errors.ts';
import { openHost, type Host } from '../host/index.ts';
import { answer, type Served } from './answers.ts';
import { publishEndpoint, withdrawEndpoint, type Endpoint } from './endpoint.ts';
import { inertHeaders } from './headers.ts';
import { isOwnConnection } from './peer-user.ts';
import { readScreens } from '../host/screens.ts';
import { Sessions } from './sessions.ts';
import { Sockets } from './sockets.ts';

export { readEndpoint, type Endpoint } from './endpoint.ts';
export { AGENT, CHALLENGE, LINK, PROOF, RPC } from './protocol.ts';
export { proofOf } from './sessions.ts';

export interface ServerOptions {
  readonly host: Host;
  /** The archive's folder, where the command line looks for the way here. */
  readonly archive: string;
  /** 0: any that is free. */
  readonly port: number;
  /** The folder of the built renderer. */
  readonly screens: string;
  /** How often a connection is asked whether it lives. */
  readonly heartbeatMs?: number;
}

export interface Server {
  /** Opens the app in a browser, once. */
  readonly url: string;
  readonly port: number;
  /** False where the renderer was not built. */
  readonly hasScreens: boolean;
  /** False where the archive's folder cannot be written to: commands then cannot find this process. */
  readonly isFound: boolean;
  /** Stops listening and hangs up; the host stays open. */
  close(): Promise<void>;
}

const ADDRESS = '127.0.0.1';
const MOST_CONNECTIONS = 128;
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  // Answered by the gate, which says why.
  requireHostHeader: false,
} as const;
/** A connection over which nothing has gone for so long is given up; a player that was paused asks again. */
const IDLE_MS = 120_000;
/** It stays open for days: managed locations get what changed of the catalogue once nobody has acted for so long. */
const PROTECT_AFTER_MS = 60_000;
/** Cron counts in minutes. */
const SCHEDULE_EVERY_MS = 60_000;

/** @throws HoldfastError BAD_INPUT where the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { host, archive } = options;
  const http = createServer(LIMITS);
  http.maxConnections = MOST_CONNECTIONS;
  http.setTimeout(IDLE_MS);
  http.on('connection', (socket: Socket) => {
    if (!isOwnConnection(socket.remotePort ?? 0, socket.localPort ?? 0)) socket.destroy();
  });
  const port = await listen(http, options.port);
  const sessions = new Sessions(port);
  const newLink = (): string => `http://${ADDRESS}:${port}/?token=${sessions.newLink()}`;
  const screens = readScreens(options.screens);
  const served: Served = { host, screens, sessions, port, newLink };
  const sockets = new Sockets(host, sessions, port, options.heartbeatMs);
  http.on('request', (request, response) => {
    answer(request, response, served).catch(() => {
      // What failed is inside; whoever asks learns only that it did.
      if (!response.headersSent) response.writeHead(500, inertHeaders('text/plain; charset=utf-8'));
      response.end();
    });
  });
  http.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  const endpoint: Endpoint = { port, secret: sessions.secret, pid: process.pid };
  return {
    url: newLink(),
    port,
    hasScreens: screens !== undefined,
    isFound: published(archive, endpoint),
    async close() {
      withdrawEndpoint(archive, endpoint);
      const closed = new Promise((resolve) => http.close(resolve));
      await sockets.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

/** Opens an archive and serves it. What `close` returns a person should know, as of `Host.close`. */
export async function serveArchive({
  archive,
  agent,
  command,
  port,
  screens,
  sample,
}: Omit<ServerOptions, 'host' | 'heartbeatMs'> & {
  readonly sample?: string;
  readonly agent: string;
  readonly command: string;
}): Promise<Omit<Server, 'close'> & { close(): Promise<readonly string[]> }> {
  // Screens ask often and little; a heavy query must not keep them waiting.
  const host = await openHost({
    archive,
    agent,
    mode: 'write',
    command,
    readers: 2,
    remember: true,
    ...(sample === undefined ? {} : { sample }),
    protectAfterMs: PROTECT_AFTER_MS,
    scheduleEveryMs: SCHEDULE_EVERY_MS,
  });
  try {
    const server = await startServer({ host, archive, port, screens });
    return {
      ...server,
      async close() {
        await server.close();
        return host.close();
      },
    };
  } catch (error) {
    await host.close();
    throw error;
  }
}

function published(archive: string, endpoint: Endpoint): boolean {
  try {
    publishEndpoint(archive, endpoint);
    return true;
  } catch {
    return false;
  }
}

function listen(http: HttpServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new HoldfastError(
          'BAD_INPUT',
          `Port ${port} cannot be had (${error.code ?? error.message}). Leave --port out to take any that is free.`,
          { cause: error },
        ),
      );
    });
    http.listen({ port, host: ADDRESS, exclusive: true }, () =>
      resolve((http.address() as AddressInfo).port),
    );
  });
}
