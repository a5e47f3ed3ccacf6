/** Checksum manifests, read a line at a time, whatever their length. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { ManifestBytes } from './manifest-bytes.ts';
import { ChecksumLines } from '../../../shared/domain/checksum-lines.ts';
import { rawPath } from '../../../shared/domain/path.ts';
import { requireTextFile } from '../../core/ports/text-files.ts';
import type { ManifestRow, Manifests, OpenManifest } from '../../core/ports/attesting.ts';

const SLICE = 1_000;
/** A path has at most 4096 bytes on Linux, each of which escapes to two at most, beside a few digests. */
const LONGEST_LINE = 64 * 1024;
const NEWLINE = 0x0a;

export const manifests: Manifests = {
  async open(path, options): Promise<OpenManifest> {
    const { size } = await requireTextFile(path, 'checksum manifest', stat(Buffer.from(path)));
    const hash = createHash('sha256');
    const lines = new ChecksumLines(options);
    let bytesRead = 0;
    const text = new ManifestBytes(path, (chunk) => {
      hash.update(chunk);
      bytesRead += chunk.length;
    });
    return {
      slices: slicesOf(lines, text),
      size,
      bytesRead: () => bytesRead,
      sha256: () => hash.copy().digest(),
      made: () => ({
        dialects: [...lines.dialects],
        ...(lines.tool === undefined ? {} : { tool: lines.tool }),
        characterSet: text.characterSet,
      }),
    };
  },
};

async function* slicesOf(lines: ChecksumLines, text: ManifestBytes): AsyncGenerator<readonly ManifestRow[]> {
  let slice: ManifestRow[] = [];
  let number = 0;
  for await (const line of linesOf(text)) {
    number++;
    const row = rowOf(lines, line, number);
    if (row !== undefined) slice.push(row);
    if (slice.length < SLICE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

function rowOf(lines: ChecksumLines, line: Buffer | undefined, number: number): ManifestRow | undefined {
  if (line === undefined)
    return {
      line: number,
      problem: `It is longer than ${LONGEST_LINE / 1024} KiB, as no line of a manifest is.`,
    };
  const read = lines.read(line.toString('latin1'));
  if (read === undefined) return undefined;
  if ('problem' in read) return { line: number, problem: read.problem };
  return { line: number, path: rawPath(Buffer.from(read.path, 'latin1')), checksums: read.checksums };
}

/** Lines without their ends; undefined for one that is too long, of which no more is kept. */
async function* linesOf(text: ManifestBytes): AsyncGenerator<Buffer | undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let isTooLong = false;
  for await (const chunk of text.chunks()) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const line =
        rest.length === 0 ? chunk.subarray(from, end) : Buffer.concat([rest, chunk.subarray(from, end)]);
      yield isTooLong || line.length > LONGEST_LINE ? undefined : line;
      rest = Buffer.alloc(0);
      isTooLong = false;
      from = end + 1;
    }
    if (rest.length + chunk.length - from > LONGEST_LINE) {
      isTooLong = true;
      rest = Buffer.alloc(0);
    } else if (!isTooLong) rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  if (isTooLong) yield undefined;
  else if (rest.length > 0) yield rest;
}
