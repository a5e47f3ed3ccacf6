/** One archive of many replicas, made once and copied to each test that wants it. */
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createSigningKey } from '../../../electron/adapters/keys/signing-keys.ts';
import { writeArchiveFile } from '../../../electron/adapters/sqlite/archive-file.ts';
import { makeCatalogue } from '../../fixtures/generate/catalogue.ts';
import type { BrowserArchive } from './archive.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Places a catalogue of so many replicas where `archive` looks for it. Its files are nowhere: nothing of it can be played. */
export function placeLargeCatalogue(archive: BrowserArchive, replicas: number): void {
  cpSync(madeOnce(replicas), archive.archive, { recursive: true });
}

/** Kept under .cache by what makes it, so that a change of the schema or of the generator makes it anew. */
function madeOnce(replicas: number): string {
  const kept = join(ROOT, '.cache', 'browser', `catalogue-${replicas}-${fingerprint()}`);
  if (existsSync(kept)) return kept;
  const building = `${kept}.${randomBytes(4).toString('hex')}`;
  mkdirSync(building, { recursive: true });
  makeLargeArchive(building, replicas);
  // Two test files may make it at once: the first one's stands.
  if (existsSync(kept)) rmSync(building, { recursive: true });
  else renameSync(building, kept);
  return kept;
}

/** Makes an archive of so many replicas in an empty folder, one that can be opened to be written. */
export function makeLargeArchive(dir: string, replicas: number): void {
  const path = join(dir, 'catalogue.sqlite');
  // Now, so that the share which is verified in time stays what it is.
  makeCatalogue({ path, replicas, now: Date.now() });
  mkdirSync(join(dir, 'keys'));
  const key = createSigningKey(join(dir, 'keys'));
  const db = new Database(path);
  // The generator signs with a key that it forgets; what the host records is signed with this one.
  const insert = db.prepare('INSERT INTO signing_keys (id, public_key, since) VALUES (?, ?, ?)');
  insert.run(key.id, key.publicKey, Date.now() + 1);
  const { id, name } = db.prepare('SELECT id, name FROM archive').get() as { id: string; name: string };
  const schemaVersion = db.pragma('user_version', { simple: true }) as number;
  db.close();
  writeArchiveFile(dir, { id, name, schemaVersion });
}

function fingerprint(): string {
  const files = globSync(['tests/fixtures/generate/catalogue*.ts', 'electron/adapters/sqlite/schema.sql'], {
    cwd: ROOT,
  }).sort();
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const file of files) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 12);
}
