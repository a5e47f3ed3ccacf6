/**
 * ClamAV, through `clamdscan` and the daemon behind it (clamdscan(1)). Each file is opened here, without its access time being written,
 * and handed over as an open descriptor: any name will do, and the daemon needs no right to read the folder.
 */
import { execFile, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { VirusScanner, VirusVerdict } from '../../core/ports/virus-scanner.ts';
import type { RawPath } from '../../../shared/domain/path.ts';

const PROGRAM = 'clamdscan';
const PROBE_MS = 10_000;
/** The daemon gives a file up after two minutes by itself (MaxScanTime); one that hangs must not stop an accession for ever. */
const WITHIN_MS = 30 * 60_000;

/** @param open opens a file quietly for reading and returns its descriptor; throws as open(2) fails */
export function clamdscan(open: (path: RawPath) => number): VirusScanner {
  return {
    async probe() {
      try {
        await promisify(execFile)(PROGRAM, ['--ping', '1'], { timeout: PROBE_MS });
        const { stdout } = await promisify(execFile)(PROGRAM, ['--version'], { timeout: PROBE_MS });
        return { name: stdout.trim().split('\n')[0] ?? PROGRAM };
      } catch (error) {
        return { reason: reasonOf(error) };
      }
    },
    async check(path, signal) {
      if (signal.aborted) return undefined;
      let descriptor: number;
      try {
        descriptor = open(path);
      } catch (error) {
        return { verdict: 'unknown', reason: error instanceof Error ? error.message : String(error) };
      }
      try {
        return await ask(descriptor, signal);
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

function ask(descriptor: number, signal: AbortSignal): Promise<VirusVerdict | undefined> {
  return new Promise((resolve) => {
    const child = spawn(PROGRAM, ['--no-summary', '--fdpass', '-'], {
      stdio: [descriptor, 'pipe', 'pipe'],
      signal,
      timeout: WITHIN_MS,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-2_000)));
    child.once('error', (error) => {
      resolve(signal.aborted ? undefined : { verdict: 'unknown', reason: error.message });
    });
    // Its exit codes: 0 no virus found, 1 virus found, 2 an error.
    child.once('close', (code) => {
      if (signal.aborted) resolve(undefined);
      else if (child.killed)
        resolve({ verdict: 'unknown', reason: `${PROGRAM} did not answer within half an hour` });
      else if (code === 0) resolve({ verdict: 'clean' });
      else if (code === 1)
        resolve({ verdict: 'virus', name: /: (.+) FOUND\s*$/mu.exec(said)?.[1] ?? 'unnamed' });
      else resolve({ verdict: 'unknown', reason: said.trim() || `${PROGRAM} ended with ${String(code)}` });
    });
  });
}

function reasonOf(error: unknown): string {
  const { code, stderr } = error as { code?: unknown; stderr?: unknown };
  if (code === 'ENOENT') return `${PROGRAM} is not installed`;
  const said = typeof stderr === 'string' ? stderr.trim().split('\n')[0] : undefined;
  return said === undefined || said === '' ? 'its daemon, clamd, does not answer' : said;
}
