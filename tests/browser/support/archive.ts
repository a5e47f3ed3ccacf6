/** A real archive with real recordings, and the built program that serves it: what the journeys in the browser stand on. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fixturePath } from '../../fixtures/index.ts';
import { holdfastCommand } from '../../support/holdfast.ts';

const READY_MS = 30_000;
const SCREENS = join(import.meta.dirname, '../../../dist/renderer/index.html');

/** What recordings stand on the disk of a small collection: path below its folder, and the fixture that it is. */
const TAPES: Readonly<Record<string, string>> = {
  'Reel 12/side a.wav': 'wav-pcm16.wav',
  'Reel 12/side b.wav': 'wav-pcm24.wav',
  'Field session/TAKE_0001.flac': 'flac-16-tags-picture.flac',
  'Field session/TAKE_0002.flac': 'flac-24-stereo.flac',
  'Broadcast 1962/programme.mp3': 'mp3-vbr-id3v24.mp3',
  'Broadcast 1962/announcement.mp3': 'mp3-cbr-id3v23.mp3',
  'Broadcast 1962/programme.opus': 'ogg-opus.opus',
};

/** The loopback shell of one archive, as a process of its own. */
export interface Served {
  /** As it was printed; opens the app once. */
  readonly url: string;
  /** A link that was not used yet: the printed one, then those that the running server gives. */
  newLink(): string;
  readonly origin: string;
  /** As power failure does. */
  kill(): Promise<void>;
  /** As Ctrl-C does. */
  stop(): Promise<void>;
}

export class BrowserArchive {
  readonly dir = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-browser-')));
  readonly archive = join(this.dir, 'archive');
  /** The home folder of whoever uses this archive. */
  readonly home = join(this.dir, 'home');
  readonly #children = new Set<ChildProcess>();
  /** Nothing of the person who runs the tests is read or written. */
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    HOLDFAST_ARCHIVE: this.archive,
    HOME: this.home,
    XDG_STATE_HOME: join(this.dir, 'state'),
    XDG_CONFIG_HOME: join(this.dir, 'config'),
    XDG_DATA_HOME: join(this.dir, 'data'),
    NO_COLOR: '1',
    TZ: 'UTC',
  };

  constructor() {
    mkdirSync(this.home);
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  init(name = 'Kettle sound archive'): this {
    return this.must(['init', this.archive, '--name', name]);
  }

  /** Lays out the small collection and returns its folder. */
  tapes(name = 'tapes'): string {
    const folder = this.path(name);
    for (const [path, fixture] of Object.entries(TAPES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(fixturePath(fixture), join(folder, path));
    }
    return folder;
  }

  /** Takes a folder into custody in place. */
  custody(folder: string, title = 'Kettle tapes', more: readonly string[] = []): this {
    const words = [
      'accession',
      folder,
      '--title',
      title,
      '--rights-basis',
      'other',
      '--rights-note',
      'Deed of gift',
    ];
    return this.must([...words, '--source', 'Estate of A. Kettle', '--acquired', 'Gift, 2024', ...more]);
  }

  /** Runs a command; `codes` are the exit codes that are no failure. */
  must(words: readonly string[], codes: readonly number[] = [0]): this {
    this.run(words, codes);
    return this;
  }

  /** The same, with what it printed. */
  run(words: readonly string[], codes: readonly number[] = [0]): string {
    const [command, args] = holdfastCommand(words);
    const { status, stdout, stderr } = spawnSync(command, args, {
      encoding: 'utf8',
      env: this.env,
      cwd: this.dir,
    });
    if (status === null || !codes.includes(status))
      throw new Error(`holdfast ${words.join(' ')} exited ${String(status)}: ${stderr}${stdout}`);
    return stdout;
  }

  json(words: readonly string[], codes: readonly number[] = [0]): Record<string, unknown> {
    return JSON.parse(this.run([...words, '--json'], codes)) as Record<string, unknown>;
  }

  /** Starts the loopback shell and waits for its link. */
  async serve(port = 0): Promise<Served> {
    if (!existsSync(SCREENS)) throw new Error('dist/renderer is not built; run: npm run build');
    const [command, args] = holdfastCommand(['serve', '--json', '--port', String(port)]);
    const child = spawn(command, args, { env: this.env, cwd: this.dir, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.add(child);
    const url = await linkOf(child);
    const end = async (signal: NodeJS.Signals): Promise<void> => {
      this.#children.delete(child);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    };
    let unused: string | undefined = url;
    return {
      url,
      newLink: () => {
        const link = unused ?? (this.json(['serve'])['url'] as string);
        unused = undefined;
        return link;
      },
      origin: new URL(url).origin,
      kill: () => end('SIGKILL'),
      stop: () => end('SIGINT'),
    };
  }

  /** Ends what was started here and removes everything. */
  remove(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true });
  }
}

async function linkOf(child: ChildProcess): Promise<string> {
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error(`holdfast serve told no link within ${READY_MS} ms: ${stderr}${stdout}`));
    }, READY_MS);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`holdfast serve exited ${String(code)}: ${stderr}${stdout}`));
    });
    child.stdout?.on('data', (data: Buffer) => {
      stdout += data.toString();
      const url = /"url":\s*"([^"]+)"/.exec(stdout)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    });
  });
}
