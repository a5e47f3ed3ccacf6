/** Hands the page a line to the host: a MessagePort, which cannot cross a contextBridge. See renderer/client/bridge.ts. */
import { CHANNELS } from '../../shared/shell/channels.ts';

/** As the renderer says it. @testonly */
export const CONNECT = 'holdfast:connect';
/** As the renderer expects it. @testonly */
export const PORT = 'holdfast:port';

/** Of the page's window, what is used. */
export interface PageWindow {
  readonly location: { readonly origin: string };
  addEventListener(type: 'message', listener: (event: Asked) => void): void;
  postMessage(message: unknown, targetOrigin: string, transfer: Transferable[]): void;
}

interface Asked {
  readonly source: unknown;
  readonly origin: string;
  readonly data: unknown;
}

export interface PortSender {
  postMessage(channel: string, message: unknown, transfer: MessagePort[]): void;
}

/** A UUID and some room. */
const LONGEST_NONCE = 64;

/** Answers each question of the page itself, and of nobody else, with a new line. */
export function handOverPorts(page: PageWindow, ipc: PortSender): void {
  page.addEventListener('message', ({ source, origin, data }) => {
    if (source !== page || origin !== page.location.origin) return;
    const nonce = nonceOf(data);
    if (nonce === undefined) return;
    const { port1, port2 } = new MessageChannel();
    ipc.postMessage(CHANNELS.connect, null, [port1]);
    page.postMessage({ type: PORT, nonce }, page.location.origin, [port2]);
  });
}

function nonceOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== CONNECT)
    return undefined;
  const nonce = 'nonce' in data ? data.nonce : undefined;
  return typeof nonce === 'string' && nonce !== '' && nonce.length <= LONGEST_NONCE ? nonce : undefined;
}
