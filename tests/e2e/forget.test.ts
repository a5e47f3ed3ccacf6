/** Forgetting somebody, as far as what the program put into managed locations goes. */
import { copyFileSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { Custodian } from '../support/custodian.ts';
import { archiveFolder, filesIn } from '../support/rebuilt.ts';

vi.setConfig({ testTimeout: 180_000 });

const WORDS = ['Zacharias Quillfeather', 'Zach Q. Before', 'zq@quill.example'];

/** Files below a folder whose bytes hold any of the words. */
function holding(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    if (!statSync(join(folder, name)).isFile()) return false;
    const bytes = readFileSync(join(folder, name));
    return WORDS.some((word) => bytes.includes(word));
  });
}

it('forgets somebody in the copies of the catalogue too, and tells where it could not yet', () => {
  const keeper = new Custodian();
  keeper.deposit();
  const shelf = keeper.path('other');
  keeper.do('location', 'add', shelf, '--name', 'Shelf', '--writes', 'managed');
  keeper.do('agent', 'add', 'Zach Q. Before', '--contact', 'zq@quill.example');
  keeper.do('agent', 'rename', 'Zach Q. Before', 'Zacharias Quillfeather');
  keeper.do('agent', 'assign', 'Zacharias Quillfeather', '--role', 'donor', '--of', 'acc-1');
  keeper.do('collection', 'add', 'Jazz', '--agent', 'Zacharias Quillfeather');
  for (const place of [keeper.vault, shelf]) {
    const found = holding(place).join('\n');
    expect(found).toContain('snapshots/');
    expect(found).toContain('supplements/');
  }
  // One that the catalogue does not know, as is left when it was itself rebuilt from it.
  const snapshots = join(archiveFolder(keeper.vault), 'snapshots');
  const newest = filesIn(keeper.vault, 'snapshots').at(-1) ?? '';
  copyFileSync(newest, join(snapshots, 'catalogue-1.sqlite'));

  renameSync(shelf, `${shelf}-away`);
  const would = keeper.read(['agent', 'forget', 'Zacharias Quillfeather']);
  expect(would.stdout).toMatch(/"Vault" would be written anew/);
  const forgotten = keeper.ask(['agent', 'forget', 'Zacharias Quillfeather', '--yes']);
  expect(forgotten.status).toBe(0);
  expect(forgotten.json['copies']).toMatchObject([
    { name: 'Vault', reachable: true },
    { name: 'Shelf', reachable: false, reason: expect.stringContaining('There is no folder') as string },
  ]);
  expect(forgotten.stderr).toContain('"Shelf"');
  expect(holding(keeper.vault)).toEqual([]);
  expect(filesIn(keeper.vault, 'snapshots')).toHaveLength(1);
  expect(holding(`${shelf}-away`)).not.toEqual([]);
  expect(keeper.ask(['log', 'verify']).json).toMatchObject({ ok: true });

  renameSync(`${shelf}-away`, shelf);
  keeper.do('collection', 'add', 'Blues');
  expect(holding(shelf)).toEqual([]);

  // The last good ones are there, and good.
  keeper.lose();
  expect(keeper.rebuild().status).toBe(0);
  expect(keeper.ask(['log', 'verify']).json).toMatchObject({ ok: true });
  expect(JSON.stringify(keeper.ask(['agent', 'list']).json)).toContain('forgotten agent');
});
