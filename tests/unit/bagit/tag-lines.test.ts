import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  openTagFile,
  tagEncoding,
  UTF8,
  type TagEncoding,
  type TagLine,
} from '../../../electron/adapters/bagit/tag-lines.ts';
import { utf8Path } from '../../../shared/domain/path.ts';
import { sharedFolder, tempFolder } from '../../support/temp.ts';

const folder = sharedFolder();

async function linesOf(content: string | Uint8Array, encoding: TagEncoding = UTF8): Promise<TagLine[]> {
  const path = join(folder, 'lines.txt');
  writeFileSync(path, content);
  const file = await openTagFile(utf8Path(path), encoding);
  try {
    const lines: TagLine[] = [];
    for await (const line of file.lines()) lines.push(line);
    return lines;
  } finally {
    await file.close();
  }
}

const textOf = (line: TagLine): string => ('text' in line ? line.text : `(${line.fault})`);

/** What the lines are by the definition: a last line without an end is one only if there is something in it. */
function expected(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

describe('lines', () => {
  it('end at LF, CR and CRLF', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '\r', '\n', '\r\n', ' '), { maxLength: 30 })
      .map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (each) => {
        expect((await linesOf(each)).map(textOf)).toEqual(expected(each));
      }),
      { numRuns: 300 },
    );
  });

  it.each([0, 1, 2, 3])('end where a chunk ends too (%i bytes on)', async (shift) => {
    const text = `${'y'.repeat(shift)}\n${`${'x'.repeat(1022)}\r\n`.repeat(600)}`;
    const lines = await linesOf(text);
    expect(lines.map(textOf)).toEqual(expected(text));
    expect(lines.at(-1)?.number).toBe(601);
  });

  it('longer than any path are told, and not kept', async () => {
    const lines = await linesOf(`a\n${'x'.repeat(1_000_000)}\nb\n`);
    expect(lines.map(textOf)).toEqual(['a', '(too_long)', 'b']);
  });

  it('that are not of the encoding are told one by one', async () => {
    expect((await linesOf(Buffer.from('a\n\xff\nb', 'latin1'))).map(textOf)).toEqual([
      'a',
      '(encoding)',
      'b',
    ]);
    expect((await linesOf('a\né', tagEncoding('US-ASCII'))).map(textOf)).toEqual(['a', '(encoding)']);
  });

  it('of UTF-16 are read with and without a mark, in either order of bytes', async () => {
    const little = Buffer.from('a\r\né東\n', 'utf16le');
    const big = Buffer.from(little).swap16();
    const mark = Buffer.of(0xff, 0xfe);
    for (const [label, bytes] of [
      ['UTF-16', Buffer.concat([mark, little])],
      ['UTF-16', Buffer.concat([Buffer.from(mark).reverse(), big])],
      ['UTF-16', little],
      ['UTF-16', big],
      ['UTF-16BE', big],
      ['UTF-16LE', little],
    ] as const)
      expect((await linesOf(bytes, tagEncoding(label))).map(textOf)).toEqual(['a', 'é東']);
    expect((await linesOf(little.subarray(0, 3), tagEncoding('UTF-16LE'))).map(textOf)).toEqual([
      '(encoding)',
    ]);
  });

  it('of a folder there are none', async () => {
    await expect(openTagFile(utf8Path(tempFolder()), UTF8)).rejects.toMatchObject({ code: 'ENOTREG' });
  });

  it.each(['', 'UTF-7', 'EBCDIC', 'utf-32', 'x'.repeat(100)])('encoding %j is not known', (label) => {
    expect(tagEncoding(label)).toBeUndefined();
  });
});
