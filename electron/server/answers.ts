/** What is answered to a request that passed the gate. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pathOf } from '../../shared/shell/path-of.ts';
import type { Host } from '../host/index.ts';
import { statusOf } from './error-status.ts';
import { isFromHere, isReading, parameterOf, refusalOf, type Refusal } from './gate.ts';
import { appHeaders, assetHeaders, inertHeaders, newNonce, plainPageHeaders } from './headers.ts';
import { sendMedia } from './listening.ts';
import { closedPage, noScreensPage } from './pages.ts';
import { CHALLENGE, LINK, PROOF, RPC } from './protocol.ts';
import type { Screens } from '../host/screens.ts';
import { proofOf, type Sessions } from './sessions.ts';

export interface Served {
  readonly host: Pick<Host, 'media'>;
  readonly screens: Screens | undefined;
  readonly sessions: Sessions;
  readonly port: number;
  /** A link that opens the app once. */
  newLink(): string;
}

const MEDIA = '/media/';
const FAREWELL_MS = 500;

export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  served: Served,
): Promise<void> {
  const refusal = refusalOf(request, served.port);
  if (refusal !== undefined) return refuse(response, refusal);
  const target = request.url ?? '';
  const path = pathOf(target);
  if (path === undefined) return refuse(response, { status: 400, reason: 'The address is not understood.' });
  if (path === LINK) return sendLink(request, response, served);
  if (!isReading(request.method))
    return refuse(response, { status: 405, reason: 'This can only be read.' }, { Allow: 'GET, HEAD' });
  const isKnown = served.sessions.isKnown(request.headers.cookie);
  const token = path === '/' ? parameterOf(target, 'token') : undefined;
  if (token !== undefined) return enter(request, response, served, token, isKnown);
  if (path === RPC)
    return refuse(response, { status: 426, reason: 'This takes a WebSocket.' }, { Upgrade: 'websocket' });
  const isPage = !path.startsWith(MEDIA) && !/\.[^/]*$/.test(path);
  if (!isKnown) {
    if (!isPage) return refuse(response, { status: 401, reason: 'This browser has not been let in.' });
    return sendClosedPage(request, response, served.sessions);
  }
  // Whoever follows a link from another site may see the app, and only the app.
  if (!isPage && !isFromHere(request))
    return refuse(response, { status: 403, reason: 'Requests of other sites are not answered.' });
  if (path.startsWith(MEDIA)) return listen(request, response, served, path.slice(MEDIA.length));
  return isPage
    ? sendPage(request, response, served.screens)
    : sendAsset(request, response, served.screens, path);
}

/** Takes the token out of the address: the cookie goes on from here, and what is left in the history opens nothing. */
function enter(
  request: IncomingMessage,
  response: ServerResponse,
  { sessions }: Served,
  token: string,
  isKnown: boolean,
): void {
  // A look at the link that is not the opening of it must not use it up.
  const cookie = request.method === 'GET' ? sessions.exchange(token) : undefined;
  if (cookie === undefined && !isKnown) return sendClosedPage(request, response, sessions);
  send(request, response, 303, {
    ...inertHeaders('text/plain; charset=utf-8'),
    Location: '/',
    ...(cookie === undefined ? {} : { 'Set-Cookie': cookie }),
  });
}

/** A fresh link for the command line, which proves by its secret that it is the same user's. */
function sendLink(request: IncomingMessage, response: ServerResponse, served: Served): void {
  const { sessions } = served;
  if (request.method !== 'POST')
    return refuse(response, { status: 405, reason: 'This is asked by POST.' }, { Allow: 'POST' });
  if (request.headers.origin !== undefined || !sessions.isCommandLine(request.headers.authorization))
    return refuse(response, { status: 401, reason: 'Only the command line can ask for a link.' });
  const challenge = request.headers[CHALLENGE];
  const text = JSON.stringify({ url: served.newLink() });
  const proof = typeof challenge === 'string' ? { [PROOF]: proofOf(sessions.secret, challenge) } : {};
  send(request, response, 200, { ...inertHeaders('application/json'), ...proof }, text);
}

async function listen(
  request: IncomingMessage,
  response: ServerResponse,
  { host }: Served,
  replica: string,
): Promise<void> {
  try {
    await sendMedia(request, response, await host.media(replica));
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined) throw error;
    refuse(response, { status, reason: error instanceof Error ? error.message : '' });
  }
}

function sendPage(request: IncomingMessage, response: ServerResponse, screens: Screens | undefined): void {
  const nonce = newNonce();
  if (screens === undefined)
    return send(request, response, 503, plainPageHeaders(nonce), noScreensPage(nonce));
  send(request, response, 200, appHeaders(nonce), screens.page(nonce));
}

function sendClosedPage(request: IncomingMessage, response: ServerResponse, sessions: Sessions): void {
  const nonce = newNonce();
  const closed = { again: !isFromHere(request), wasKnown: sessions.wasKnown(request.headers.cookie) };
  send(request, response, 401, plainPageHeaders(nonce), closedPage(nonce, closed));
}

function sendAsset(
  request: IncomingMessage,
  response: ServerResponse,
  screens: Screens | undefined,
  path: string,
): void {
  const asset = screens?.asset(path);
  if (asset === undefined) return refuse(response, { status: 404, reason: 'There is no such file.' });
  send(request, response, 200, assetHeaders(asset.type, asset.isHashed), asset.bytes);
}

function refuse(
  response: ServerResponse,
  { status, reason }: Refusal,
  headers: OutgoingHttpHeaders = {},
): void {
  if (status === 413) hangUpAfter(response);
  const text = `${reason}\n`;
  response.writeHead(status, {
    ...inertHeaders('text/plain; charset=utf-8'),
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

/** A body that nobody asked for may go on for ever. It is waited for only as long as the answer takes to arrive. */
function hangUpAfter(response: ServerResponse): void {
  const { socket } = response;
  response.setHeader('Connection', 'close');
  response.once('finish', () => setTimeout(() => socket?.destroy(), FAREWELL_MS).unref());
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer = '',
): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
