import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPreferences } from '../../electron/adapters/preferences/preference-files.ts';
import { tempFolder } from '../support/temp.ts';

describe('preferences', () => {
  it('outlive the program, a file for each archive', async () => {
    const dir = tempFolder();
    const one = openPreferences(dir, 'one');
    await Promise.all([one.set('a', 1), one.set('b', { deep: ['x'] }), one.set('c', null)]);
    await one.set('a', undefined);
    const again = openPreferences(dir, 'one');
    expect(await Promise.all(['a', 'b', 'c'].map((key) => again.get(key)))).toEqual([
      undefined,
      { deep: ['x'] },
      null,
    ]);
    expect(await openPreferences(dir, 'two').get('b')).toBeUndefined();
    expect(readdirSync(join(dir, 'preferences'))).toEqual(['one.json']);
  });

  it('refuse what is too much or no JSON, and keep what was there', async () => {
    const dir = tempFolder();
    const kept = openPreferences(dir, 'one');
    await kept.set('a', 'x'.repeat(64 * 1024 - 2));
    const circle: { of?: unknown } = {};
    circle.of = circle;
    await expect(kept.set('a', 'x'.repeat(64 * 1024 - 1))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(kept.set('a', () => 1)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(kept.set('a', circle)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await kept.get('a')).toHaveLength(64 * 1024 - 2);
    await expect(
      Promise.all(Array.from({ length: 501 }, (_, n) => kept.set(`k${String(n)}`, n))),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('set a damaged file aside and begin anew', async () => {
    for (const damaged of ['{"a": 1', '[]', 'null', '\0\0\0', '']) {
      const dir = tempFolder();
      mkdirSync(join(dir, 'preferences'));
      writeFileSync(join(dir, 'preferences', 'one.json'), damaged);
      const kept = openPreferences(dir, 'one');
      expect(await kept.get('a')).toBeUndefined();
      await kept.set('a', 2);
      expect(await openPreferences(dir, 'one').get('a')).toBe(2);
      const aside = readdirSync(join(dir, 'preferences')).find((name) => name.includes('.damaged-')) ?? '';
      expect(readFileSync(join(dir, 'preferences', aside), 'utf8')).toBe(damaged);
    }
  });

  it('hold until the program ends where nothing can be written', async () => {
    const dir = tempFolder();
    writeFileSync(join(dir, 'preferences'), 'a file in the way');
    const kept = openPreferences(dir, 'one');
    await kept.set('a', 1);
    await kept.set('b', 2);
    expect([await kept.get('a'), await kept.get('b')]).toEqual([1, 2]);
    expect(existsSync(join(dir, 'preferences', 'one.json'))).toBe(false);
  });

  it('know which archives were opened last, and not those that are gone', async () => {
    const dir = tempFolder();
    const state = join(dir, 'state');
    const paths = Array.from({ length: 23 }, (_, n) => join(dir, `archive-${String(n)}`));
    const kept = openPreferences(state, 'one');
    for (const path of paths) {
      mkdirSync(path);
      writeFileSync(join(path, 'archive.json'), '{}');
      await kept.opened({ name: path.slice(-4), path });
    }
    await kept.opened({ name: 'renamed', path: paths[5] ?? '' });
    rmSync(paths[22] ?? '', { recursive: true });
    const recent = await openPreferences(state, 'two').recentArchives();
    expect(recent[0]).toEqual({ name: 'renamed', path: paths[5] });
    expect(recent[1]?.path).toBe(paths[21]);
    expect(recent).toHaveLength(19);
    writeFileSync(join(state, 'recent-archives.json'), '{"archives": [1, {"name": 2}, {"path": "x"}]}');
    expect(await kept.recentArchives()).toEqual([]);
  });
});
