/** Bags made by hand, one piece at a time, so that one thing about them can be wrong; and how they are judged. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { bagValidator } from '../../electron/adapters/bagit/validate-bag.ts';
import type { BagReport, BagValidationMode } from '../../electron/core/ports/bag-validation.ts';
import { createFiles } from '../../electron/workers/files.ts';
import type { BagProfile } from '../../shared/domain/bag-profile.ts';
import type { BagFindingCode } from '../../shared/domain/bag-findings.ts';
import { displayPath, utf8Path } from '../../shared/domain/path.ts';
import { tempFolder } from './temp.ts';

export interface MadeBag {
  readonly version?: string;
  readonly encoding?: string;
  /** Payload by path below `data/`. */
  readonly payload?: Readonly<Record<string, string>>;
  readonly algorithms?: readonly string[];
  readonly tagAlgorithms?: readonly string[];
  readonly info?: string;
  /** Further files, by path below the bag. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

export const digestOf = (algorithm: string, content: string | Uint8Array): string =>
  createHash(algorithm).update(content).digest('hex');

/** A valid bag (1.0, two recordings, SHA-256) unless it is asked for something else. */
export class TestBag {
  readonly dir: string;
  readonly #tagAlgorithms: readonly string[];

  constructor(made: MadeBag = {}, dir = tempFolder()) {
    const { payload = { 'a.wav': 'one', 'side/b.wav': 'two' }, algorithms = ['sha256'] } = made;
    this.dir = dir;
    this.#tagAlgorithms = made.tagAlgorithms ?? algorithms;
    const size = Object.values(payload).reduce((sum, content) => sum + Buffer.byteLength(content), 0);
    mkdirSync(join(dir, 'data'), { recursive: true });
    for (const [path, content] of Object.entries(payload)) this.write(`data/${path}`, content);
    this.write(
      'bagit.txt',
      `BagIt-Version: ${made.version ?? '1.0'}\nTag-File-Character-Encoding: ${made.encoding ?? 'UTF-8'}\n`,
    );
    const oxum = `Payload-Oxum: ${size}.${Object.keys(payload).length}\n`;
    this.write('bag-info.txt', made.info ?? `Source-Organization: Kitchen\n${oxum}`);
    for (const algorithm of algorithms) {
      const lines = Object.entries(payload).map(
        ([path, content]) => `${digestOf(algorithm, content)}  data/${path}\n`,
      );
      this.write(`manifest-${algorithm}.txt`, lines.join(''));
    }
    for (const [path, content] of Object.entries(made.files ?? {})) this.write(path, content);
    this.seal();
  }

  path(file: string): string {
    return join(this.dir, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, content: string | Uint8Array): this {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), content);
    return this;
  }

  /** Changes a tag file and seals the bag anew, so that only the change itself is wrong. */
  change(file: string, how: (text: string) => string): this {
    return this.write(file, how(this.read(file))).seal();
  }

  /** Writes the tag manifests over what stands there now. */
  seal(files: readonly string[] = this.#tagFiles()): this {
    for (const algorithm of this.#tagAlgorithms) {
      const lines = files.map((file) => `${digestOf(algorithm, readFileSync(this.path(file)))}  ${file}\n`);
      this.write(`tagmanifest-${algorithm}.txt`, lines.join(''));
    }
    return this;
  }

  #tagFiles(): string[] {
    return ['bagit.txt', 'bag-info.txt', 'fetch.txt', 'package-info.txt', 'about.txt']
      .concat(
        ['md5', 'sha1', 'sha256', 'sha512', 'sha-256', 'SHA256', 'sha3512'].map(
          (name) => `manifest-${name}.txt`,
        ),
      )
      .filter((file) => {
        try {
          readFileSync(this.path(file));
          return true;
        } catch {
          return false;
        }
      });
  }
}

const files = createFiles({ threads: 1 });
afterAll(() => files.close());

export async function judge(
  dir: string | Uint8Array,
  mode: BagValidationMode = 'full',
  signal: Parameters<typeof bagValidator.validate>[1]['signal'] = new AbortController().signal,
  beforePayload: () => void = () => undefined,
  profile?: BagProfile,
): Promise<BagReport> {
  let isRead = false;
  const report = await bagValidator.validate(typeof dir === 'string' ? utf8Path(dir) : (dir as never), {
    mode,
    ...(profile === undefined ? {} : { profile }),
    concurrency: files.concurrency,
    signal,
    digest: (paths, further) => {
      if (!isRead && paths.some((path) => Buffer.from(path).includes('/data/'))) {
        isRead = true;
        beforePayload();
      }
      return files.digestAll(paths, signal, undefined, further);
    },
  });
  if (report === undefined) throw new Error('it was aborted');
  return report;
}

/** Code and file of each finding: `BAG-MISSING data/a.wav`. */
export function told({ findings }: BagReport): string[] {
  return findings.map(({ code, file }) => (file === undefined ? code : `${code} ${displayPath(file)}`));
}

export function codes(report: BagReport): BagFindingCode[] {
  return [...report.counts.keys()].sort();
}
