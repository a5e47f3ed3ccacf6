/** An archivist at the command line: the built program, an archive of the test's own, recordings to keep. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, chmodSync, cpSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdfastCommand, type Ran } from './holdfast.ts';
import { tempFolder } from './temp.ts';

const fixtures = join(import.meta.dirname, '../fixtures/audio');
/** Somebody without rights, as whom root can try what only others are refused. */
const NOBODY = 65534;

export interface Answer extends Ran {
  /** The one document that was printed. */
  readonly json: Record<string, unknown>;
}

interface Manner {
  readonly env?: NodeJS.ProcessEnv;
  /** Without root's rights. */
  readonly asNobody?: boolean;
}

export class Archivist {
  readonly dir = realpathSync(tempFolder());
  readonly archive = join(this.dir, 'archive');

  path(...names: readonly string[]): string {
    return join(this.dir, ...names);
  }

  /** A folder of small recordings, all different: `count` of them, named 1.wav and so on. */
  tapes(name = 'tapes', count = 3): string {
    const folder = this.path(name);
    mkdirSync(folder, { recursive: true });
    const sound = readFileSync(join(fixtures, 'wav-pcm16.wav'));
    for (let n = 1; n <= count; n += 1)
      writeFileSync(join(folder, `${n}.wav`), Buffer.concat([sound, Buffer.from(`${name} ${n}`)]));
    return folder;
  }

  copyFixture(fixture: string, to: string): void {
    cpSync(join(fixtures, fixture), to);
  }

  init(): void {
    this.#succeed(['init', this.archive, '--name', 'Test archive']);
  }

  /** Takes folders into custody and expects nothing to be wrong with them. */
  keep(...folders: readonly string[]): void {
    this.init();
    this.#succeed(this.accession(...folders));
  }

  accession(...folders: readonly string[]): string[] {
    return [
      'accession',
      ...folders,
      '--title',
      'Tapes',
      '--rights-basis',
      'other',
      '--source',
      'S',
      '--acquired',
      'A',
    ];
  }

  /** What a person reads. */
  read(words: readonly string[], manner: Manner = {}): Ran {
    const [command, args] = holdfastCommand(words);
    const { status, stdout, stderr } = spawnSync(command, args, {
      encoding: 'utf8',
      env: this.#environment(manner),
      cwd: '/',
      maxBuffer: 256 * 1024 * 1024,
      ...userOf(manner),
    });
    return { status, stdout, stderr };
  }

  /** What a script reads. */
  ask(words: readonly string[], manner: Manner = {}): Answer {
    return answerOf(words, this.read([...words, '--json'], manner));
  }

  /** The same while something else goes on. */
  begin(
    words: readonly string[],
    manner: Manner = {},
  ): { readonly pid: number | undefined; readonly answer: Promise<Answer> } {
    const [command, args] = holdfastCommand([...words, '--json']);
    const child = spawn(command, args, {
      env: this.#environment(manner),
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      ...userOf(manner),
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    const answer = once(child, 'close').then(([status]) =>
      answerOf(words, { status: status as number | null, ...said }),
    );
    return { pid: child.pid, answer };
  }

  /** Gives a folder, what is in it, and the way to it, to somebody without rights. */
  giveToNobody(...paths: readonly string[]): void {
    chmodSync(this.dir, 0o755);
    for (const path of paths) chownSync(path, NOBODY, NOBODY);
  }

  #environment({ env = {} }: Manner): NodeJS.ProcessEnv {
    return {
      ...process.env,
      HOLDFAST_ARCHIVE: this.archive,
      NO_COLOR: '',
      TZ: 'UTC',
      HOME: this.path('home'),
      ...env,
    };
  }

  #succeed(words: readonly string[]): void {
    const { status, stdout, stderr } = this.read(words);
    if (status !== 0) throw new Error(`${words.join(' ')} exited ${String(status)}: ${stdout}${stderr}`);
  }
}

function userOf({ asNobody }: Manner): { uid?: number; gid?: number } {
  return asNobody === true && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** A process that was killed has no answer. */
function answerOf(words: readonly string[], ran: Ran): Answer {
  if (ran.stdout === '' && ran.status !== null)
    throw new Error(`no JSON from ${words.join(' ')}: ${ran.stderr}`);
  return { ...ran, json: ran.stdout === '' ? {} : (JSON.parse(ran.stdout) as Record<string, unknown>) };
}
