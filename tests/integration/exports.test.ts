/** Hand-outs on a real disk: whole or not there, and never over what stands there. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { exports } from '../../electron/adapters/exports/write-exports.ts';
import { displayPath, utf8Path } from '../../shared/domain/path.ts';
import { itWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';
import { mountVolume, theRightToMount } from '../support/volumes.ts';

async function* pieces(...text: readonly string[]): AsyncGenerator<string> {
  await Promise.resolve();
  yield* text;
}

async function* failing(): AsyncGenerator<string> {
  await Promise.resolve();
  yield 'a beginning';
  throw new Error('the catalogue went away');
}

function write(
  folder: string,
  ...files: readonly (readonly [extension: string, text: () => AsyncIterable<string>])[]
) {
  return exports.write(
    utf8Path(folder),
    'receipt',
    files.map(([extension, text]) => ({ extension, text })),
  );
}

describe('writing hand-outs', () => {
  it('makes the folder, and says what was written', async () => {
    const folder = join(tempFolder(), 'a/b');
    const [html, text] = await write(folder, ['html', () => pieces('<p>', 'é')], ['txt', () => pieces()]);
    expect(html).toEqual({
      path: utf8Path(join(folder, 'receipt.html')),
      size: 5,
      sha256: createHash('sha256').update('<p>é').digest('hex'),
    });
    expect(text?.size).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['receipt.html', 'receipt.txt']);
  });

  it('gives all of them the next name where one of them stands there already', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'receipt.txt'), 'given out');
    const written = await write(folder, ['html', () => pieces('new')], ['txt', () => pieces('new')]);
    expect(written.map(({ path }) => displayPath(path))).toEqual([
      join(folder, 'receipt-2.html'),
      join(folder, 'receipt-2.txt'),
    ]);
    expect(readdirSync(folder).sort()).toEqual(['receipt-2.html', 'receipt-2.txt', 'receipt.txt']);
    expect(readFileSync(join(folder, 'receipt.txt'), 'utf8')).toBe('given out');
  });

  it('leaves nothing where one of them fails', async () => {
    const folder = tempFolder();
    await expect(write(folder, ['html', () => pieces('x')], ['txt', failing])).rejects.toThrow('went away');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so where a file stands in the place of the folder, or in the way to it', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    for (const at of ['file', 'file/below'])
      await expect(write(join(folder, at), ['txt', () => pieces('x')])).rejects.toMatchObject({
        code: 'NOT_A_FOLDER',
      });
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('ends where the system makes no folder', async () => {
    await expect(write('/proc/holdfast-exports', ['txt', () => pieces('x')])).rejects.toMatchObject({
      code: expect.stringMatching(/NOT_A_FOLDER|BAD_INPUT/) as string,
    });
  });

  itWith(theRightToMount, 'leaves nothing on a volume that fills, and says so', async () => {
    const { at } = mountVolume(join(tempFolder(), 'small'), '64k');
    const call = write(at, ['html', () => pieces('x')], ['txt', () => pieces('y'.repeat(200_000))]);
    await expect(call).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(readdirSync(at)).toEqual([]);
  });

  it('holds blocks, not the whole: twenty megabytes pass through', async () => {
    const folder = tempFolder();
    async function* long(): AsyncGenerator<string> {
      await Promise.resolve();
      for (let n = 0; n < 20_000; n++) yield 'x'.repeat(1023) + '\n';
    }
    const [file] = await write(folder, ['txt', long]);
    expect(file?.size).toBe(20_000 * 1024);
  });
});
