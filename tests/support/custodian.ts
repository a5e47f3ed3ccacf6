/** A custodian: an archivist with a managed location, and an archive that may be lost. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  /** Somebody else has checked one of the records on the shelf. */
  attestShelf(): void {
    const name = 'Side A/02.mp3';
    const digest = createHash('sha256')
      .update(readFileSync(this.path('shelf', name)))
      .digest('hex');
    const manifest = this.path('keeper.sha256');
    writeFileSync(manifest, `${digest}  ${name}\n`);
    this.do(
      'location',
      'attest',
      'loc-2',
      '--manifest',
      manifest,
      '--by',
      'The keeper',
      '--on',
      '2026-01-03',
    );
  }

  /** Whoever gave the records had written down what two of them were. */
  importShelf(): void {
    const lines = ['Side A/02.mp3', 'Side A/disc.cue'].map((name) => {
      const digest = createHash('sha256')
        .update(readFileSync(this.path('shelf', name)))
        .digest('hex');
      return `${name === 'Side A/disc.cue' ? 'e'.repeat(64) : digest}  ${name}\n`;
    });
    const manifest = this.path('donor.sha256');
    writeFileSync(manifest, lines.join(''));
    const words = ['--location', 'loc-2', '--by', 'The donor', '--on', '1999-01-03'];
    const { status, json } = this.ask(['manifest', 'import', manifest, ...words]);
    expect({ status, ...json }).toMatchObject({ status: 1, agreeing: 1, findings: 1 });
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
