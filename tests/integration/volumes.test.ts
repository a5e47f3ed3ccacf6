import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identifyRoot } from '../../electron/adapters/storage/volume.ts';
import { rawPath, utf8Path } from '../../shared/domain/path.ts';

describe('identifyRoot', () => {
  let folder: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-volume-')));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('knows a folder by its real path, inode and file system', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'link'));
    const identity = await identifyRoot(utf8Path(join(folder, 'link')));
    expect(Buffer.from(identity.path).toString()).toBe(join(folder, 'real'));
    expect(identity.inode).toBe(statSync(join(folder, 'real'), { bigint: true }).ino);
    expect(identity.fileSystemType).not.toBe('');
    expect(identity.network).toBe(false);
  });

  it('takes names that are not UTF-8', async () => {
    const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff, 0xf8)]);
    mkdirSync(path);
    expect(Buffer.from((await identifyRoot(rawPath(path))).path)).toEqual(path);
  });

  it.each([
    ['nowhere', 'FOLDER_NOT_FOUND'],
    ['file', 'NOT_A_FOLDER'],
    ['file/below', 'NOT_A_FOLDER'],
    ['circle', 'FOLDER_UNREADABLE'],
    ['n'.repeat(256), 'FOLDER_UNREADABLE'],
  ])('says what is wrong with %s, and what to do', async (name, code) => {
    writeFileSync(join(folder, 'file'), '');
    rmSync(join(folder, 'circle'), { force: true });
    symlinkSync('circle', join(folder, 'circle'));
    await expect(identifyRoot(utf8Path(join(folder, name)))).rejects.toEqual(
      expect.objectContaining({ code, message: expect.stringMatching(/\. [A-Z].*\.$/) as string }) as Error,
    );
  });
});
