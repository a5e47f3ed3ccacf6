/** The process that has the archive open, driven over its loopback shell as an own host would be. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { request } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import { AGENT, CHALLENGE, LINK, PROOF, proofOf, readEndpoint, RPC, type Endpoint } from '../server/index.ts';
import type { Client, Host } from './host-port.ts';

/** This machine answers at once, or nobody does. */
const WITHIN_MS = 5_000;

/** Calls the process that has the archive open; undefined where there is none that can be called. */
export async function connectToHost(archive: string, agent: string): Promise<Host | undefined> {
  const endpoint = readEndpoint(archive);
  if (endpoint === undefined) return undefined;
  const socket = await open(endpoint, agent);
  if (socket === undefined) return undefined;
  const client: Client = createORPCClient(
    // The parts of a browser's WebSocket that the link uses are the same here.
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  return {
    client,
    isLost: () => socket.readyState !== WebSocket.OPEN,
    close: () =>
      new Promise((resolve) => {
        if (socket.readyState === WebSocket.CLOSED) {
          resolve([]);
          return;
        }
        socket.once('close', () => resolve([]));
        socket.close();
      }),
  };
}

/** A fresh link to the app from the process that serves the archive; undefined where there is none. */
export function askForLink(archive: string): Promise<string | undefined> {
  const endpoint = readEndpoint(archive);
  if (endpoint === undefined) return Promise.resolve(undefined);
  const { headers, isProven } = introduction(endpoint);
  return new Promise((resolve) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port: endpoint.port,
        path: LINK,
        method: 'POST',
        headers: { ...headers, 'content-length': 0 },
        timeout: WITHIN_MS,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => {
          const isOurs = response.statusCode === 200 && isProven(response.headers[PROOF]);
          resolve(isOurs ? urlOf(text) : undefined);
        });
      },
    );
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(undefined));
    asking.end();
  });
}

function open(endpoint: Endpoint, agent: string): Promise<WebSocket | undefined> {
  const { headers, isProven } = introduction(endpoint);
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${endpoint.port}${RPC}`, {
      headers: { ...headers, [AGENT]: encodeURIComponent(agent) },
      handshakeTimeout: WITHIN_MS,
      perMessageDeflate: false,
    });
    let proven = false;
    socket.once('upgrade', (response) => {
      proven = isProven(response.headers[PROOF]);
    });
    socket.once('open', () => {
      if (!proven) socket.terminate();
      resolve(proven ? socket : undefined);
    });
    // What is lost later is told by the call that waited.
    socket.on('error', () => resolve(undefined));
  });
}

/** Says who calls, and knows whether the answer is from who wrote the endpoint: its port may be another program's by now. */
function introduction({ secret }: Endpoint): {
  readonly headers: Record<string, string>;
  readonly isProven: (proof: string | string[] | undefined) => boolean;
} {
  const challenge = randomBytes(32).toString('base64url');
  const wanted = Buffer.from(proofOf(secret, challenge));
  return {
    headers: { authorization: `Bearer ${secret}`, [CHALLENGE]: challenge },
    isProven: (proof) => {
      const given = Buffer.from(typeof proof === 'string' ? proof : '');
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}

function urlOf(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null || !('url' in answer)) return undefined;
    return typeof answer.url === 'string' ? answer.url : undefined;
  } catch {
    return undefined; // not what this program answers
  }
}
