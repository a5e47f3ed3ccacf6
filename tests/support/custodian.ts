/** A custodian: an archivist with a managed location, and an archive that may be lost. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { compareCounters } from '../../electron/adapters/sqlite/writer/counters.ts';
import { compareItems } from '../../electron/adapters/sqlite/writer/item-facts.ts';
import { Archivist, type Answer } from './archivist.ts';
import { everyRow, type Rows } from './rebuilt.ts';

export const TERMS = [
  '--rights-basis',
  'other',
  '--rights-note',
  'Deed of gift',
  '--source',
  'S',
  '--acquired',
  'A',
];

export class Custodian extends Archivist {
  readonly vault = this.path('vault');

  do(...words: readonly string[]): void {
    const { status, stdout, stderr } = this.read(words);
    if (status !== 0) throw new Error(`${words.join(' ')} exited ${String(status)}: ${stdout}${stderr}`);
  }

  /** A box of tapes deposited, and a shelf of records that stay where they are. */
  deposit(): void {
    this.init();
    this.do('location', 'add', this.vault, '--name', 'Vault', '--writes', 'managed', '--group', 'disk-a');
    this.do('accession', this.tapes('tapes', 3), '--title', 'Tapes', '--to', 'Vault', ...TERMS);
    const shelf = this.path('shelf');
    mkdirSync(join(shelf, 'Side A'), { recursive: true });
    this.copyFixture('flac-16-tags-picture.flac', join(shelf, 'Side A', '01 Ukolébavka.flac'));
    this.copyFixture('mp3-cbr-id3v23.mp3', join(shelf, 'Side A', '02.mp3'));
    this.copyFixture('beside/disc.cue', join(shelf, 'Side A', 'disc.cue'));
    writeFileSync(Buffer.from(`${shelf}/caf\xe9.wav`, 'latin1'), 'not really a sound');
    this.do('accession', shelf, '--title', 'Records', '--collection', 'Shelf', ...TERMS);
  }

  rows(archive = this.archive): Rows {
    return everyRow(join(archive, 'catalogue.sqlite'));
  }

  lose(): void {
    rmSync(this.archive, { recursive: true });
  }

  rebuild(...words: readonly string[]): Answer {
    return this.ask(['rebuild', this.archive, '--from', this.vault, ...words]);
  }
}

/** Counters, facts of items and references agree, and SQLite finds nothing. */
export function expectSound(archive: string): void {
  const connection = openConnection(join(archive, 'catalogue.sqlite'), { readonly: true });
  try {
    expect([...compareCounters(connection), ...compareItems(connection)]).toEqual([]);
    expect(connection.db.pragma('foreign_key_check')).toEqual([]);
    expect(connection.db.pragma('integrity_check', { simple: true })).toBe('ok');
  } finally {
    connection.close();
  }
}
