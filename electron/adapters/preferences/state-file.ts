import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export type Json = Readonly<Record<string, unknown>>;

/** A JSON object in a file. Where the folder cannot be written to, what was changed holds until the program ends. */
export class StateFile {
  readonly #path: string;
  #unwritten: Json | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<Json> {
    await this.#last.catch(() => undefined);
    return this.#unwritten ?? this.#load();
  }

  /** One after another, each on what stands then: another window of this archive writes through the same host. */
  change(make: (before: Json) => Json): Promise<void> {
    const done = this.#last
      .catch(() => undefined)
      .then(async () => {
        const after = make(this.#unwritten ?? (await this.#load()));
        this.#unwritten = (await this.#replace(after)) ? undefined : after;
      });
    this.#last = done;
    return done;
  }

  async #load(): Promise<Json> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch {
      return {};
    }
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
    } catch {
      // Set aside below, like any other JSON that is no object.
    }
    await rename(this.#path, `${this.#path}.damaged-${String(Date.now())}`).catch(() => undefined);
    return {};
  }

  async #replace(value: Json): Promise<boolean> {
    const part = `${this.#path}.${randomUUID()}.part`;
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      const file = await open(part, 'wx', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(value, undefined, 1)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, this.#path);
      return true;
    } catch {
      await rm(part, { force: true }).catch(() => undefined);
      return false;
    }
  }
}
