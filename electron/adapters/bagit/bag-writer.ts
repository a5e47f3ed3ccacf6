import { createReadStream } from 'node:fs';
import {
  ORIGINAL_NAMES_FILE,
  ORIGINAL_NAMES_HEADER,
  originalNameLine,
} from '../../../shared/domain/bag-name.ts';
import type { BagFile, BagWriter } from '../../core/ports/bags.ts';
import { type BagTagFile, writeBagTags } from './write-bag.ts';

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
};

async function* originalNames(files: AsyncIterable<BagFile>): AsyncGenerator<string> {
  yield ORIGINAL_NAMES_HEADER;
  for await (const { path, original } of files) {
    const line = original && originalNameLine(path, original);
    if (line !== undefined) yield line;
  }
}
