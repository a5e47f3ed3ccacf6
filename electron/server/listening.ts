/** Recordings for the player: one replica, whole or a range of it, read as fast as the browser takes it. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { Media } from '../host/index.ts';
import { inertHeaders } from './headers.ts';
import { rangeOf } from '../../shared/shell/ranges.ts';

export async function sendMedia(
  request: IncomingMessage,
  response: ServerResponse,
  media: Media,
): Promise<void> {
  const { size, type, sha256 } = media;
  const etag = `"${sha256}"`;
  const headers: OutgoingHttpHeaders = {
    ...inertHeaders(type),
    'Content-Disposition': 'inline',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  };
  // A range is defined for GET alone (RFC 9110, 14.2), and only of what the browser has the beginning of.
  const condition = request.headers['if-range'];
  const isRanged = request.method === 'GET' && (condition === undefined || condition === etag);
  const range = isRanged ? rangeOf(request.headers.range, size) : undefined;
  if (range === 'unsatisfiable') {
    await media.close();
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${size}`, 'Content-Length': 0 }).end();
    return;
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  response.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    'Content-Length': last - first + 1,
    ...(range === undefined ? {} : { 'Content-Range': `bytes ${first}-${last}/${size}` }),
  });
  if (request.method === 'HEAD' || size === 0) {
    await media.close();
    response.end();
    return;
  }
  // A player that seeks hangs up in the middle; a disk that fails cuts the answer short, which the browser sees.
  await new Promise<void>((ended) => {
    pipeline(media.read(first, last), response, () => ended());
  });
}
