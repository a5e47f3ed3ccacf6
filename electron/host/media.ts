import type { Readable } from 'node:stream';
import { HoldfastError } from '../../shared/domain/errors.ts';
import { pathFromJson } from '../../shared/domain/path.ts';
import { openToListen } from '../adapters/storage/open-to-listen.ts';
import type { HostContext } from './context.ts';
import { numberOf } from './router/numbers.ts';

/** A replica that is open to be listened to. Read it once, or close it. */
export interface Media {
  readonly size: number;
  /** MIME type of the format that was recorded. */
  readonly type: string;
  /** Of the content as recorded, in hex. */
  readonly sha256: string;
  /** Bytes `first` to `last`, both included; closes the file when it ends or is destroyed. */
  read(first: number, last: number): Readable;
  close(): Promise<void>;
}

/** What a browser plays under another name than the recorded one. */
const PLAYED_AS: Readonly<Record<string, string>> = { 'audio/vnd.wave': 'audio/wav' };

/**
 * Opens an audio or video replica of the catalogue for listening; nothing is written, and nothing else is opened.
 * @throws HoldfastError BAD_INPUT, NOT_FOUND, UNSUPPORTED, LOCATION_UNREACHABLE
 */
export async function openMedia(context: HostContext, replicaId: string): Promise<Media> {
  numberOf('replica', replicaId);
  const entity = await context.reader.entity(replicaId);
  const replica = entity?.replicas.find(({ id }) => id === replicaId);
  const object = entity?.object;
  if (replica === undefined || object === undefined)
    throw new HoldfastError('NOT_FOUND', `There is no replica ${replicaId} in custody.`);
  const { mime } = object.format;
  if (object.kind !== 'audio' && object.kind !== 'video')
    throw new HoldfastError('UNSUPPORTED', `${replicaId} is no recording (${object.format.name}).`);
  const location = (await context.reader.locations()).find(({ id }) => id === replica.location);
  if (location === undefined)
    throw new HoldfastError('NOT_FOUND', `The location of ${replicaId} is not in this archive.`);
  const file = await openToListen(pathFromJson(location.root), pathFromJson(replica.path));
  if (file.size !== replica.size) {
    await file.close();
    throw new HoldfastError(
      'UNSUPPORTED',
      `The file of ${replicaId} has ${file.size} bytes and was recorded with ${replica.size}: it is not the recording that the catalogue describes. An audit of its location tells more.`,
    );
  }
  const type = /^(audio|video)\/[\w.+-]+$/.test(mime) ? mime : 'application/octet-stream';
  return { ...file, type: PLAYED_AS[type] ?? type, sha256: object.digests['sha256'] ?? '' };
}
