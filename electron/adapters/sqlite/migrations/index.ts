import type { Migration } from './migration.ts';
import { migration as catalogue } from './0001-catalogue.ts';
import { migration as collections } from './0002-collections.ts';

/** All migrations in order; a new one is a file beside this one and a line here. */
export const migrations: readonly Migration[] = [catalogue, collections];
