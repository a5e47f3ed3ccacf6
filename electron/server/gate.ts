/**
 * Which requests are looked at at all. A page of any site can make a browser send requests to 127.0.0.1, and a name that an
 * attacker owns can be made to resolve to it (DNS rebinding): what a browser says of where a request comes from is checked
 * before anything else.
 */
import type { IncomingMessage } from 'node:http';

export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>;

const LONGEST_TARGET = 4096;

/** The two names by which this server may be called; `localhost` only because people type it. */
function ownHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

export function isReading(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Why a request is not looked at further; undefined where it may be. */
export function refusalOf(request: Asked, port: number): Refusal | undefined {
  const { headers, rawHeaders, url = '' } = request;
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length !== 1 || !ownHosts(port).includes(headers.host ?? ''))
    return { status: 421, reason: 'This server answers only under its own address.' };
  // An absolute address as target is how one speaks to a proxy.
  if (!url.startsWith('/') || url.startsWith('//'))
    return { status: 400, reason: 'The address is not understood.' };
  if (url.length > LONGEST_TARGET) return { status: 414, reason: 'The address is too long.' };
  if (hasBody(request)) return { status: 413, reason: 'Nothing here takes a body.' };
  if (headers.origin !== undefined && headers.origin !== ownOrigin(request))
    return { status: 403, reason: 'Pages of other origins are not answered.' };
  if (!isReading(request.method) && headers.origin === undefined && headers.authorization === undefined)
    return { status: 403, reason: 'The origin of the request is not told.' };
  if (!isFromHere(request) && !isVisit(request))
    return { status: 403, reason: 'Requests of other sites are not answered.' };
  return undefined;
}

/** The origin of pages that this server gave out under the name it is called by. */
export function ownOrigin({ headers }: Asked): string {
  return `http://${headers.host ?? ''}`;
}

/**
 * Whether the browser says that it was asked by a page of this origin, or by the person. Another port of 127.0.0.1 is the same
 * site to a browser, and cookies go there: `same-site` is not enough. Absent where it is no browser, or an old one.
 */
export function isFromHere({ headers }: Asked): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Following a link into the app from elsewhere: the page is opened, and whoever linked to it learns nothing. */
function isVisit({ method, headers }: Asked): boolean {
  return (
    isReading(method) && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  );
}

function hasBody({ headers }: Asked): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

/** The value of one parameter of a target's query. */
export function parameterOf(target: string, name: string): string | undefined {
  const query = target.split('#', 1)[0]?.split('?').slice(1).join('?') ?? '';
  return new URLSearchParams(query).get(name) ?? undefined;
}
