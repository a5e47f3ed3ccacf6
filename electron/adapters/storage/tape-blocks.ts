/**
 * Where files begin on an LTFS tape. The file system tells it as an extended attribute (`ltfs.startblock`, LTFS Format Specification,
 * annex on extended attributes; on Linux in the namespace `user`), which Node cannot read: `getfattr` (package attr) does, fed by
 * `xargs -0`, since names need not be UTF-8 and Node passes no others as arguments.
 */
import { spawn } from 'node:child_process';
import type { RawPath } from '../../../shared/domain/path.ts';

const ATTRIBUTE = 'user.ltfs.startblock';
const READ = ['-0', 'getfattr', '--absolute-names', '--encoding=text', `--name=${ATTRIBUTE}`, '--'] as const;
const WITHIN_MS = 10 * 60_000;

/**
 * The block at which each file begins, in the order of `paths`; undefined where the file system tells none, as of empty files, and of
 * all of them where the programs are not there. Never rejects: that a tape is read in another order is no fault of its files.
 */
export async function tapeBlocks(
  paths: readonly RawPath[],
  signal: AbortSignal,
): Promise<(number | undefined)[]> {
  const told = process.platform === 'linux' ? blocksIn(await ask(paths, signal)) : new Map<string, number>();
  return paths.map((path) => told.get(Buffer.from(path).toString('latin1')));
}

/** What `getfattr` prints; it exits above 0 where one file has no such attribute, and prints the others. */
function ask(paths: readonly RawPath[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('xargs', READ, {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
      signal,
      timeout: WITHIN_MS,
    });
    let text = '';
    child.stdout.setEncoding('latin1').on('data', (more: string) => (text += more));
    child.once('error', () => resolve(''));
    child.once('close', () => resolve(text));
    // It may end before it has read them all.
    child.stdin.on('error', () => undefined);
    child.stdin.end(Buffer.concat(paths.flatMap((path) => [path, Buffer.of(0)])));
  });
}

/** By path, a character a byte. `# file:` and the path, in which a backslash and line ends are octal; then the attribute. */
function blocksIn(text: string): Map<string, number> {
  const blocks = new Map<string, number>();
  let path = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('# file: '))
      path = line
        .slice(8)
        .replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));
    else if (line.startsWith(`${ATTRIBUTE}="`)) {
      const block = Number(line.slice(ATTRIBUTE.length + 2, -1));
      if (Number.isSafeInteger(block) && block >= 0) blocks.set(path, block);
    }
  }
  return blocks;
}
