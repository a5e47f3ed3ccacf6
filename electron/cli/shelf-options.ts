import type { Command } from 'commander';
import type { Options } from './options.ts';

export interface ShelfWords {
  readonly barcode?: string;
  readonly shelf?: string;
  readonly generation?: string;
  readonly recallBy?: string;
}

const NAMES = ['barcode', 'shelf', 'generation'] as const;

/** What a medium that is not connected is found by. */
export function addShelfOptions(command: Command): void {
  command
    .option('--barcode <B>', 'its barcode; no two media have the same')
    .option('--shelf <S>', 'where it lies')
    .option('--generation <G>', 'of the medium, such as LTO-8')
    .option('--recall-by <DATE>', 'by when it is to be read again, such as 2027-06-30');
}

/** @throws UsageError where --recall-by is no date */
export function shelfWords(options: Options): ShelfWords {
  const recallBy = options.date('recallBy');
  const words: { -readonly [Name in keyof ShelfWords]: string } = recallBy === undefined ? {} : { recallBy };
  for (const name of NAMES) {
    const text = options.text(name);
    if (text !== undefined) words[name] = text;
  }
  return words;
}

/**
 * The same of a medium that has some of it already: an empty word takes a fact away.
 * @throws UsageError where --recall-by is no date
 */
export function shelfChange(options: Options): { [Name in keyof ShelfWords]?: string | null } {
  const change: { -readonly [Name in keyof ShelfWords]?: string | null } = {};
  for (const name of NAMES) {
    const text = options.text(name);
    if (text !== undefined) change[name] = text.trim() === '' ? null : text;
  }
  const isTakenAway = options.text('recallBy')?.trim() === '';
  const recallBy = isTakenAway ? null : options.date('recallBy');
  return recallBy === undefined ? change : { ...change, recallBy };
}
