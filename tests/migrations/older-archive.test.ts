/** An archive that an older program has left: whatever command comes first, it is brought up to date, and a volume that is only read stays as it is. */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrateCatalogue, SCHEMA_VERSION } from '../../electron/adapters/sqlite/migrate.ts';
import { migrations } from '../../electron/adapters/sqlite/migrations/index.ts';
import { createArchive, openHost } from '../../electron/host/index.ts';
import { itWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';
import { mountVolume, theRightToMount } from '../support/volumes.ts';

const OLD = SCHEMA_VERSION - 2;

/** An archive whose catalogue has the schema of two versions ago, with what the newer one says in the columns of both. */
async function olderArchive(dir: string): Promise<string> {
  const archive = join(dir, 'archive');
  await createArchive({ dir: archive, name: 'Of before', agent: 'Tester' });
  const [path, made] = [join(archive, 'catalogue.sqlite'), join(dir, 'made.sqlite')];
  migrateCatalogue(made, migrations.slice(0, OLD));
  const db = new Database(made);
  db.pragma('foreign_keys = OFF');
  db.exec(`ATTACH '${path}' AS newer`);
  for (const table of [
    'archive',
    'agents',
    'signing_keys',
    'events',
    'event_details',
    'event_links',
    'counters',
  ]) {
    const columns = db.prepare<[], { name: string }>(`PRAGMA main.table_info(${table})`).all();
    const names = columns.map(({ name }) => name).join(', ');
    db.exec(`INSERT OR REPLACE INTO main.${table} (${names}) SELECT ${names} FROM newer.${table}`);
  }
  db.exec('DETACH newer');
  db.pragma('journal_mode = DELETE');
  db.close();
  for (const name of readdirSync(archive)) if (name.startsWith('catalogue')) rmSync(join(archive, name));
  renameSync(made, path);
  return archive;
}

function versionOf(archive: string): number {
  const db = new Database(join(archive, 'catalogue.sqlite'), { readonly: true });
  try {
    return db.pragma('user_version', { simple: true }) as number;
  } finally {
    db.close();
  }
}

async function nameOf(archive: string, mode: 'read' | 'write'): Promise<string> {
  const host = await openHost({ archive, agent: 'Tester', mode, command: 'test' });
  try {
    const { name, policy } = await host.client.archive.info();
    expect(policy.massChange.files).toBeGreaterThan(0);
    expect((await host.client.events.verify()).ok).toBe(true);
    return name;
  } finally {
    await host.close();
  }
}

describe('an archive of an older program', () => {
  for (const mode of ['read', 'write'] as const)
    it(`is brought up to date by what opens it to ${mode}, after a backup`, async () => {
      const archive = await olderArchive(tempFolder());
      expect(versionOf(archive)).toBe(OLD);
      expect(await nameOf(archive, mode)).toBe('Of before');
      expect(versionOf(archive)).toBe(SCHEMA_VERSION);
      expect(readdirSync(join(archive, 'backups'))).toHaveLength(1);
      expect(await nameOf(archive, mode)).toBe('Of before');
      expect(readdirSync(join(archive, 'backups'))).toHaveLength(1);
    });

  itWith(theRightToMount, 'is read from a volume that is only read, and stays as it is', async () => {
    const volume = mountVolume(join(tempFolder(), 'volume'), '16m');
    mkdirSync(join(volume.at, 'box'));
    const archive = await olderArchive(join(volume.at, 'box'));
    volume.remount('ro');
    expect(await nameOf(archive, 'read')).toBe('Of before');
    expect(versionOf(archive)).toBe(OLD);
  });
});
