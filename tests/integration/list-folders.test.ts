import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folders } from '../../electron/adapters/storage/list-folders.ts';
import { displayPath, utf8Path } from '../../shared/domain/path.ts';
import { tempFolder } from '../support/temp.ts';

const names = async (dir: string) => {
  const { folders: rows, ...rest } = await folders.list(utf8Path(dir));
  return { names: rows.map(({ name }) => displayPath(name)), ...rest };
};

describe('folders to choose from', () => {
  it('are folders and links to folders, in the order in which people count', async () => {
    const dir = tempFolder();
    for (const name of ['box 10', 'box 9', 'Ábel', 'zoo']) mkdirSync(join(dir, name));
    symlinkSync(join(dir, 'zoo'), join(dir, 'linked'));
    symlinkSync(join(dir, 'nowhere'), join(dir, 'broken'));
    symlinkSync('circle', join(dir, 'circle'));
    writeFileSync(join(dir, 'file.wav'), '');
    expect(await names(dir)).toMatchObject({
      names: ['Ábel', 'box 9', 'box 10', 'linked', 'zoo'],
      files: 3,
      truncated: false,
    });
  });

  it('are no more than a thousand, and say that there are more', async () => {
    const dir = tempFolder();
    for (let n = 0; n < 1_002; n++) mkdirSync(join(dir, `f${String(n)}`));
    const listed = await names(dir);
    expect(listed.names).toHaveLength(1_000);
    expect(listed.truncated).toBe(true);
    expect(listed.names[999]).toBe('f999');
  });

  it('have no parent at the top, and begin at home', async () => {
    expect((await folders.list(utf8Path('/'))).parent).toBeUndefined();
    expect(displayPath((await folders.list(undefined)).path)).toBe(homedir());
    expect((await folders.places()).map(({ path }) => displayPath(path))).toContain(homedir());
  });

  it('know the room of their volume, where there is one', async () => {
    const space = await folders.space(utf8Path(tempFolder()));
    expect(space?.totalBytes).toBeGreaterThanOrEqual(space?.freeBytes ?? Infinity);
    expect(await folders.space(utf8Path('/no/such/place'))).toBeUndefined();
  });
});
