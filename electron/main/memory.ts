/** What the shell remembers for this user: one small file, replaced whole. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Remembered {
  /** As the window state was kept; whatever else stands there is not believed. */
  readonly window?: unknown;
  /** The archive that was open last. */
  readonly archive?: string;
  /** Jobs that were stopped by quitting, and of which archive. */
  readonly resume?: { readonly archive: string; readonly jobs: readonly string[] };
}

export class Memory {
  readonly #file: string;
  #value: Remembered;

  constructor(file: string) {
    this.#file = file;
    this.#value = read(file);
  }

  get value(): Remembered {
    return this.#value;
  }

  set(change: { readonly [Key in keyof Remembered]: Remembered[Key] | undefined }): void {
    this.#value = Object.fromEntries(
      Object.entries({ ...this.#value, ...change }).filter(([, value]) => value !== undefined),
    );
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#value), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // A full disk: the window stands where it would at a first start.
    }
  }
}

function read(file: string): Remembered {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return {};
    const { window, archive, resume } = value as Record<string, unknown>;
    return {
      ...(window === undefined ? {} : { window }),
      ...(typeof archive === 'string' ? { archive } : {}),
      ...(isResume(resume) ? { resume } : {}),
    };
  } catch {
    return {};
  }
}

function isResume(value: unknown): value is NonNullable<Remembered['resume']> {
  if (typeof value !== 'object' || value === null) return false;
  const { archive, jobs } = value as Record<string, unknown>;
  return typeof archive === 'string' && Array.isArray(jobs) && jobs.every((id) => typeof id === 'string');
}
