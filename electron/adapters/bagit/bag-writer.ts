import { createReadStream } from 'node:fs';
import {
  ORIGINAL_NAMES_FILE,
  ORIGINAL_NAMES_HEADER,
  originalNameLine,
} from '../../../shared/domain/bag-name.ts';
import type { BagFile, BagWriter, PackedFile } from '../../core/ports/bags.ts';
import { type BagPayloadFile, type BagTagFile, writeBagTags } from './write-bag.ts';

/** The port of core over `writeBagTags`: names that were mapped get their table. */
export const bagWriter: BagWriter = {
  async complete(bag, files, info, shared = []) {
    let mapped = false;
    for await (const file of files()) if (file.original !== undefined) mapped = true;
    const tagFiles: BagTagFile[] = shared.map(({ path, from }) => ({
      path,
      content: createReadStream(Buffer.from(from)) as AsyncIterable<Uint8Array>,
    }));
    if (mapped) tagFiles.push({ path: ORIGINAL_NAMES_FILE, content: originalNames(files()) });
    const written = await writeBagTags(bag, { payload: files(), info, tagFiles });
    return [...written.tagFiles];
  },

  async write(bag, { payload, algorithms, info, tagFiles }) {
    const made = tagFiles.map(({ path, content }): BagTagFile => ({ path, content: content() }));
    const files = digested(payload);
    const written = await writeBagTags(bag, { payload: files, algorithms, info, tagFiles: made });
    return {
      tagFiles: written.tagFiles,
      files: written.payloadFiles,
      bytes: Number(written.payloadBytes),
    };
  },
};

async function* digested(payload: AsyncIterable<PackedFile>): AsyncGenerator<BagPayloadFile> {
  for await (const { path, size, digests } of payload) yield { path, size, ...digests };
}

async function* originalNames(files: AsyncIterable<BagFile>): AsyncGenerator<string> {
  yield ORIGINAL_NAMES_HEADER;
  for await (const { path, original } of files) {
    const line = original && originalNameLine(path, original);
    if (line !== undefined) yield line;
  }
}
