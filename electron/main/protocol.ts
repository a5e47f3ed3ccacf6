/** Answers app://holdfast: the built screens with their policy, and recordings by ranges. Nothing else has an address. */
import { randomBytes } from 'node:crypto';
import { pathOf } from '../../shared/shell/path-of.ts';
import { ALWAYS, appPolicy, INERT } from '../../shared/shell/policy.ts';
import { rangeOf } from '../../shared/shell/ranges.ts';
import type { Screens } from '../host/screens.ts';
import { Refused, type Recording } from './listening.ts';
import { isOwnUrl, ORIGIN } from './origin.ts';

const MEDIA = '/media/';
const STATUS: Readonly<Record<string, number>> = {
  BAD_INPUT: 400,
  NOT_FOUND: 404,
  UNSUPPORTED: 415,
  LOCATION_UNREACHABLE: 503,
  HOST_AWAY: 503,
};

export interface Served {
  readonly screens: Screens | undefined;
  /** @throws Refused */
  readonly listen: (replicaId: string) => Promise<Recording>;
}

export async function answer(request: Request, { screens, listen }: Served): Promise<Response> {
  if (!isOwnUrl(request.url)) return refusal(403, 'Only the app itself has an address here.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'This can only be read.');
  const path = pathOf(request.url.slice(ORIGIN.length) || '/');
  if (path === undefined) return refusal(400, 'The address is not understood.');
  if (path.startsWith(MEDIA)) return recording(request, path.slice(MEDIA.length), listen);
  if (screens === undefined) return refusal(503, 'The screens are not built: npm run build makes them.');
  if (!/\.[^/]*$/.test(path)) return page(screens);
  const asset = screens.asset(path);
  if (asset === undefined) return refusal(404, 'There is no such file.');
  return new Response(new Uint8Array(asset.bytes), { headers: inert(asset.type) });
}

function page(screens: Screens): Response {
  const nonce = randomBytes(16).toString('base64');
  return new Response(screens.page(nonce), {
    headers: {
      ...ALWAYS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': appPolicy(nonce),
      'Cache-Control': 'no-store',
    },
  });
}

async function recording(request: Request, replica: string, listen: Served['listen']): Promise<Response> {
  if (!/^rep-\d{1,15}$/.test(replica)) return refusal(400, 'This is no replica.');
  let media: Recording;
  try {
    media = await listen(replica);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refusal(STATUS[error.code] ?? 500, error.message);
  }
  const { size, mime, sha256 } = media;
  const etag = `"${sha256}"`;
  const headers: Record<string, string> = {
    ...inert(mime),
    'Content-Disposition': 'inline',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  };
  // A range is defined for GET alone (RFC 9110, 14.2), and only of what the player has the beginning of.
  const condition = request.headers.get('if-range');
  const isRanged = request.method === 'GET' && (condition === null || condition === etag);
  const range = isRanged ? rangeOf(request.headers.get('range') ?? undefined, size) : undefined;
  if (range === 'unsatisfiable') {
    media.close();
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } });
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  headers['Content-Length'] = String(last - first + 1);
  if (range !== undefined) headers['Content-Range'] = `bytes ${first}-${last}/${size}`;
  const isEmpty = request.method === 'HEAD' || size === 0;
  if (isEmpty) media.close();
  return new Response(isEmpty ? null : media.read(first, last), {
    status: range === undefined ? 200 : 206,
    headers,
  });
}

function inert(type: string): Record<string, string> {
  return {
    ...ALWAYS,
    'Content-Type': type,
    'Content-Security-Policy': INERT,
    'Cache-Control': 'no-store',
  };
}

function refusal(status: number, reason: string): Response {
  return new Response(`${reason}\n`, { status, headers: inert('text/plain; charset=utf-8') });
}
