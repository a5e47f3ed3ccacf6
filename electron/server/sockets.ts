/** The contract over WebSockets: who may open one, how many, and until when. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { pathOf } from '../../shared/shell/path-of.ts';
import type { Host } from '../host/index.ts';
import { isFromHere, ownOrigin, refusalOf } from './gate.ts';
import { AGENT, CHALLENGE, PROOF, RPC } from './protocol.ts';
import { proofOf, type Sessions } from './sessions.ts';

/** Bytes of one message: the largest input, a bulk edit of everything that is shown, has a few hundred thousand. */
const LARGEST_MESSAGE = 4 * 1024 * 1024;
const MOST_SOCKETS = 32;
const HEARTBEAT_MS = 30_000;
/** How long the other end has to say goodbye. */
const FAREWELL_MS = 1_000;
const LONGEST_AGENT = 300;
/** Close codes of RFC 6455, 7.4.1. */
const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;

export class Sockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
  });
  readonly #host: Pick<Host, 'serveSocket'>;
  readonly #sessions: Sessions;
  readonly #port: number;
  readonly #silent = new WeakSet<WebSocket>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(host: Pick<Host, 'serveSocket'>, sessions: Sessions, port: number, heartbeatMs = HEARTBEAT_MS) {
    this.#host = host;
    this.#sessions = sessions;
    this.#port = port;
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#heartbeat.unref();
    this.#server.on('headers', (headers, request) => {
      const challenge = request.headers[CHALLENGE];
      if (typeof challenge === 'string' && sessions.isCommandLine(request.headers.authorization))
        headers.push(`${PROOF}: ${proofOf(sessions.secret, challenge)}`);
    });
  }

  /** Answers an Upgrade request. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A connection that is cut while it is refused is no fault of this program.
    socket.on('error', () => socket.destroy());
    const status = this.#refusal(request);
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
        socket.destroy(),
      );
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#open(opened, request));
  }

  /** Says goodbye to all, and hangs up on who does not answer. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    const open = [...this.#server.clients];
    const gone = open.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of open) socket.close(GOING_AWAY);
    const hangUp = setTimeout(() => {
      for (const socket of open) socket.terminate();
    }, FAREWELL_MS);
    await Promise.all(gone);
    clearTimeout(hangUp);
  }

  #refusal(request: IncomingMessage): number | undefined {
    const refusal = refusalOf(request, this.#port);
    if (refusal !== undefined) return refusal.status;
    if (request.method !== 'GET' || request.headers.upgrade?.toLowerCase() !== 'websocket') return 400;
    if (pathOf(request.url ?? '') !== RPC) return 404;
    const { authorization, cookie, origin } = request.headers;
    if (authorization !== undefined) {
      // The command line has no origin; a browser always has one here.
      if (origin !== undefined || !this.#sessions.isCommandLine(authorization)) return 401;
    } else {
      if (origin !== ownOrigin(request) || !isFromHere(request)) return 403;
      if (!this.#sessions.isKnown(cookie)) return 401;
    }
    return this.#server.clients.size >= MOST_SOCKETS ? 503 : undefined;
  }

  #open(socket: WebSocket, request: IncomingMessage): void {
    socket.on('pong', () => this.#silent.delete(socket));
    // The socket closes after it; what went over it is told by whoever waited for an answer.
    socket.on('error', () => undefined);
    socket.on('message', (_, isBinary) => {
      if (isBinary) socket.close(UNSUPPORTED_DATA);
    });
    const agent = request.headers.authorization === undefined ? undefined : agentOf(request.headers[AGENT]);
    this.#host.serveSocket(socket, agent === undefined ? {} : { agent });
  }

  #beat(): void {
    for (const socket of this.#server.clients) {
      if (this.#silent.has(socket)) {
        socket.terminate();
        continue;
      }
      this.#silent.add(socket);
      socket.ping();
    }
  }
}

/** Who acts through the command line; as it was typed there. */
function agentOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    const name = decodeURIComponent(header).trim();
    return name === '' || name.length > LONGEST_AGENT ? undefined : name;
  } catch {
    return undefined;
  }
}
