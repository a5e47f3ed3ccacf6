/** A custodian with a sealed bag, in which something is changed and accepted. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { bagsIn } from './bag-folders.ts';
import { rowsOf } from './catalogue-rows.ts';
import { Custodian, expectSound, TERMS } from './custodian.ts';

export const REASON = ['--reason', 'Tags corrected by the cataloguer'];

export class BagKeeper extends Custodian {
  /** Recordings in a bag, two of them in a folder below, one under a name that no bag can have. */
  fill(): void {
    this.init();
    this.do('location', 'add', this.vault, '--name', 'Vault', '--writes', 'managed', '--group', 'disk-a');
    const tapes = this.tapes('tapes', 3);
    mkdirSync(join(tapes, 'side b'));
    for (const name of ['4.wav', 'what?.wav']) writeFileSync(join(tapes, 'side b', name), `sound of ${name}`);
    this.do('accession', tapes, '--title', 'Tapes', '--to', 'Vault', ...TERMS);
  }

  get bags(): string[] {
    return bagsIn(this.vault);
  }

  inBag(name: string, bag = this.bags[0] ?? ''): string {
    return join(bag, 'data', name);
  }

  change(name: string, bag?: string): void {
    appendFileSync(this.inBag(name, bag), 'tags, corrected');
    this.ask(['audit']);
  }

  accept(...words: string[]): Record<string, unknown> {
    const { json } = this.ask(['findings', 'resolve', ...words, '--as', 'accept', ...REASON]);
    return json;
  }

  query<Row>(sql: string): Row[] {
    return rowsOf<Row>(join(this.archive, 'catalogue.sqlite'), sql);
  }

  isSound(): void {
    expect(this.ask(['log', 'verify']).json).toMatchObject({ ok: true });
    expectSound(this.archive);
    const staging = join(this.vault, '.holdfast/staging');
    const left = readdirSync(staging, { recursive: true }).map(String);
    expect(left.filter((path) => path.split('/').length > 2)).toEqual([]);
  }
}

/** bag-info.txt with its folded lines in one. */
export function bagInfoOf(bag: string): string {
  return readFileSync(join(bag, 'bag-info.txt'), 'utf8').replaceAll(/\n[ \t]+/g, ' ');
}
