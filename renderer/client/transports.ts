import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { CONNECT, PORT } from './bridge.ts';
import { ShutOut, type Transport } from './connection.ts';

/** A host that neither answers nor refuses is away. */
const OPEN_WITHIN_MS = 10_000;
/** RFC 6455, 7.4.1: how a server that ends says goodbye. */
const GOING_AWAY = 1001;

/** The loopback shell: a WebSocket of the same origin; the cookie that the page came with lets it in. */
export function openSocket(signal: AbortSignal): Promise<Transport> {
  const url = new URL('/rpc', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<'lost' | 'ended'>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code === GOING_AWAY ? 'ended' : 'lost'), {
      once: true,
    });
  });
  const close = () => socket.close();
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      socket.close();
      reject(new Error('the host did not answer'));
    };
    const timer = setTimeout(giveUp, OPEN_WITHIN_MS);
    signal.addEventListener('abort', giveUp, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    };
    socket.addEventListener(
      'open',
      () => {
        settle();
        resolve({ link: new SocketLink({ websocket: socket }), closed, close });
      },
      { once: true },
    );
    socket.addEventListener(
      'close',
      () => {
        settle();
        whyRefused().then(reject, reject);
      },
      { once: true },
    );
  });
}

/** A refused WebSocket does not say why. A shell that was started anew answers, and does not know this page's cookie. */
async function whyRefused(): Promise<Error> {
  const away = new Error('the host is not reachable');
  try {
    const { status } = await fetch('/first-theme.js', { method: 'HEAD', cache: 'no-store' });
    return status === 401 ? new ShutOut('the host does not know this window') : away;
  } catch {
    return away; // nobody answers at all
  }
}

function isPortFor(data: unknown, nonce: string): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === PORT &&
    'nonce' in data &&
    data.nonce === nonce
  );
}

/** The Electron shell: a MessagePort that the preload script hands over; see bridge.ts. */
export function openPort(signal: AbortSignal): Promise<Transport> {
  const nonce = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      settle();
      reject(new Error('the host did not answer'));
    };
    const timer = setTimeout(giveUp, OPEN_WITHIN_MS);
    const listener = (event: MessageEvent) => {
      const port = event.ports[0];
      // Only this window itself may answer: not a frame in it, not a page that opened it.
      if (event.source !== window || port === undefined || !isPortFor(event.data, nonce)) return;
      settle();
      const closed = new Promise<'lost'>((done) => {
        port.addEventListener('close', () => done('lost'), { once: true });
      });
      const link = new PortLink({ port });
      port.start();
      resolve({ link, closed, close: () => port.close() });
    };
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      window.removeEventListener('message', listener);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    window.addEventListener('message', listener);
    window.postMessage({ type: CONNECT, nonce }, location.origin);
  });
}
