import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeCollection, type CollectionOptions } from '../fixtures/generate/collection.ts';
import { run, type Command, type Finished } from './measure.ts';
import type { FigureResult } from './report.ts';

export interface Figure {
  readonly name: string;
  /** What is held against what, for --help. */
  readonly about: string;
  measure(context: BenchContext): Promise<FigureResult>;
}

/** An archive of a million files that one figure leaves for another. */
export interface LargeArchive {
  readonly archive: string;
  readonly replicas: number;
}

const READ_AGAIN = 20_000;

/** Where a run works and with what. */
export class BenchContext {
  /** Work folder of this run, deleted at its end. */
  readonly dir: string;
  /** Where collections stand: the same, or a folder on another file system; deleted as well. */
  readonly #collections: string;
  readonly quick: boolean;
  /** How long the app is used before its heap is weighed. */
  readonly minutes: number;
  readonly #bundle: string;
  /** Set by the figure that takes a million files into custody. */
  large: LargeArchive | undefined;

  constructor(dir: string, collections: string, bundle: string, quick: boolean, minutes: number) {
    this.dir = dir;
    this.#collections = collections;
    this.#bundle = bundle;
    this.quick = quick;
    this.minutes = minutes;
  }

  path(...parts: readonly string[]): string {
    return join(this.dir, ...parts);
  }

  /** The built screens, beside the bundle. */
  get renderer(): string {
    return join(dirname(this.#bundle), 'renderer');
  }

  say(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Makes a collection, once in a run. */
  collection(name: string, options: Omit<CollectionOptions, 'dir'>): string {
    const dir = join(this.#collections, name);
    if (!existsSync(dir)) {
      this.say(`making ${options.files.toLocaleString('en')} files in ${dir}`);
      makeCollection({ ...options, dir });
    }
    return dir;
  }

  /** Reads what stands below a folder, so that the next round finds it in the page cache whoever else has used it. */
  warm(dir: string): void {
    eachFile(dir, (path) => readFileSync(path));
  }

  /** Microseconds that a bare loop takes to look at and read a file, over the first of them. */
  readCost(dir: string): number {
    let files = 0;
    const began = performance.now();
    eachFile(dir, (path) => {
      lstatSync(path);
      readFileSync(path);
      files += 1;
      return files < READ_AGAIN;
    });
    return ((performance.now() - began) * 1000) / Math.max(1, files);
  }

  /** The same for folders and inodes alone. */
  warmNames(dir: string): void {
    eachFile(dir, (path) => lstatSync(path));
  }

  remove(path: string): void {
    rmSync(path, { recursive: true, force: true });
  }

  /** The built bundle with these words, started by its own first line as a person's shell does. */
  holdfast(...words: readonly string[]): Command {
    return { argv: [this.#bundle, ...words], stdout: this.path('holdfast.json') };
  }

  /** An empty archive of that name, the one that stood there removed. */
  async freshArchive(name: string): Promise<string> {
    const archive = this.path(name);
    this.remove(archive);
    await run(this.holdfast('init', archive, '--name', 'Bench', '--json'));
    return archive;
  }

  /** A managed location. */
  async managed(archive: string, root: string, name: string): Promise<void> {
    await run(
      this.holdfast(
        'location',
        'add',
        root,
        '--name',
        name,
        '--writes',
        'managed',
        '--archive',
        archive,
        '--json',
      ),
    );
  }

  /** Waits until nothing is left to be written: neither side pays for what came before. */
  settle(): void {
    execFileSync('sync');
  }

  accession(dir: string, archive: string, ...further: readonly string[]): Command {
    const words = [
      '--title',
      'Bench',
      '--rights-basis',
      'license',
      '--source',
      'generated',
      '--acquired',
      'today',
    ];
    return this.holdfast('accession', dir, '--archive', archive, ...words, ...further, '--json');
  }
}

/** Throws unless an accession's answer says that it took that many files without a problem. */
export function expectAccession(files: number): (finished: Finished) => void {
  return ({ stdout }) => {
    const answer = JSON.parse(stdout) as { files: number; problems: unknown[]; refused: unknown[] };
    if (answer.files !== files || answer.problems.length > 0 || answer.refused.length > 0)
      throw new Error(`the accession should have taken ${files} files: ${stdout.slice(0, 500)}`);
  };
}

/** Until `look` answers false. */
function eachFile(dir: string, look: (path: string) => unknown): boolean {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory() ? !eachFile(path, look) : look(path) === false) return false;
  }
  return true;
}
