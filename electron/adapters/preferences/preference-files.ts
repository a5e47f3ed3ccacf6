import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { Preferences } from '../../core/ports/preferences.ts';
import { StateFile, type Json } from './state-file.ts';

const MOST_BYTES = 64 * 1024;
const MOST_KEYS = 500;
const MOST_RECENT = 20;

interface Recent {
  readonly name: string;
  readonly path: string;
}

/** Preferences as one JSON file for each archive below a folder of the user's, replaced as a whole with every change. */
export function openPreferences(stateFolder: string, archiveId: string): Preferences {
  const values = new StateFile(join(stateFolder, 'preferences', `${archiveId}.json`));
  const recent = new StateFile(join(stateFolder, 'recent-archives.json'));
  return {
    async get(key) {
      return (await values.read())[key];
    },

    async set(key, value) {
      const text = value === undefined ? '' : jsonOf(value);
      if (Buffer.byteLength(text) > MOST_BYTES)
        throw new HoldfastError(
          'BAD_INPUT',
          `What is to be remembered as ${key} is larger than 64 KiB. Save less of it, for instance fewer views.`,
        );
      await values.change((before) => {
        const others = Object.entries(before).filter(([name]) => name !== key);
        if (value !== undefined && others.length >= MOST_KEYS)
          throw new HoldfastError('BAD_INPUT', `No more than ${String(MOST_KEYS)} preferences are kept.`);
        return Object.fromEntries(value === undefined ? others : [...others, [key, JSON.parse(text)]]);
      });
    },

    async recentArchives() {
      const known = recentIn(await recent.read());
      const there = await Promise.all(known.map(({ path }) => stands(join(path, 'archive.json'))));
      return known.filter((_, i) => there[i] === true);
    },

    async opened({ name, path }) {
      await recent.change((before) => ({
        archives: [{ name, path }, ...recentIn(before).filter((other) => other.path !== path)].slice(
          0,
          MOST_RECENT,
        ),
      }));
    },
  };
}

function jsonOf(value: unknown): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return text;
  } catch {
    // Told below, as for a value that JSON leaves out.
  }
  throw new HoldfastError('BAD_INPUT', 'What is to be remembered is no JSON.');
}

function recentIn({ archives }: Json): Recent[] {
  if (!Array.isArray(archives)) return [];
  return archives.filter(
    (each: unknown): each is Recent =>
      typeof each === 'object' &&
      each !== null &&
      typeof (each as Partial<Recent>).name === 'string' &&
      typeof (each as Partial<Recent>).path === 'string',
  );
}

async function stands(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
