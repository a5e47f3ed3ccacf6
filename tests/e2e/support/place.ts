/** A folder of its own for one test, with an archive and recordings, and the built bundle to run there. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');
export const bundle = join(root, 'dist/holdfast.mjs');
const audio = join(root, 'tests/fixtures/audio');

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Place {
  readonly dir = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-cli-')));
  readonly archive = join(this.dir, 'archive');
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    HOLDFAST_ARCHIVE: this.archive,
    NO_COLOR: '',
    TZ: 'UTC',
  };

  path(name: string): string {
    return join(this.dir, name);
  }

  /** Three recordings of three formats, all different. */
  tapes(): string {
    const tapes = this.path('tapes');
    mkdirSync(join(tapes, 'side b'), { recursive: true });
    cpSync(join(audio, 'wav-pcm16.wav'), join(tapes, 'reel.wav'));
    cpSync(join(audio, 'flac-16-tags-picture.flac'), join(tapes, 'side b/01.flac'));
    cpSync(join(audio, 'mp3-vbr-id3v24.mp3'), join(tapes, 'side b/02.mp3'));
    return tapes;
  }

  /** A folder whose name, and that of the file in it, are bytes. */
  folderNamed(name: Buffer): Buffer {
    const folder = Buffer.concat([Buffer.from(`${this.dir}/`), name]);
    mkdirSync(folder);
    const file = Buffer.concat([folder, Buffer.from('/reel\xe8.wav', 'latin1')]);
    copyFileSync(join(audio, 'wav-pcm16.wav'), file);
    return folder;
  }

  move(from: string, to: string): void {
    renameSync(from, this.path(to));
  }

  init(): void {
    this.succeed(['init', this.archive, '--name', 'Test archive']);
  }

  custody(folder: string): void {
    this.init();
    this.succeed(['accession', folder, '--title', 'Tapes', '--rights-basis', 'other']);
  }

  run(words: readonly string[], env = this.env): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...words], {
      encoding: 'utf8',
      env,
      cwd: this.dir,
    });
    return { code: status, stdout, stderr };
  }

  json(words: readonly string[], env = this.env): Ran & { json: Record<string, unknown> } {
    const ran = this.run([...words, '--json'], env);
    if (ran.stdout === '') throw new Error(`no JSON from ${words.join(' ')}: ${ran.stderr}`);
    return { ...ran, json: JSON.parse(ran.stdout) as Record<string, unknown> };
  }

  start(words: readonly string[]): ChildProcess {
    return spawn(process.execPath, [bundle, ...words], {
      env: this.env,
      cwd: this.dir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private succeed(words: readonly string[]): void {
    const { code, stderr } = this.run(words);
    if (code !== 0) throw new Error(`${words.join(' ')} exited ${String(code)}: ${stderr}`);
  }
}
