/** The deep check of FLAC: the MD5 of the decoded samples (RFC 9639 §8.2), by the reference decoder where one is installed. */
import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { DeepCheck, DeepFinding } from '../../core/ports/deep-check.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import { formats } from './formats.ts';

const mostWords = 8 * 1024;

interface Ran {
  readonly code: number | null;
  readonly words: string;
}

/** @param open opens a file to be read, leaving its access time alone; throws as open(2) fails */
export function flacProgram(open: (path: RawPath) => number): DeepCheck {
  let version: Promise<string | undefined> | undefined;
  return {
    async check(path, mime, signal) {
      if (mime !== formats.flac.mime) return undefined;
      const decoder = await (version ??= versionOf());
      if (decoder === undefined) return { outcome: 'absent', detail: 'no program "flac" is installed' };
      // Handed over open, so that no name is read as an option or lost for not being text.
      const file = open(path);
      try {
        return judge(decoder, await run(['-t', '-s', '-'], file, signal));
      } finally {
        closeSync(file);
      }
    },
  };
}

async function versionOf(): Promise<string | undefined> {
  try {
    const { code, words } = await run(['--version'], 'ignore');
    return code === 0 ? words.trim() : undefined;
  } catch {
    return undefined; // not installed
  }
}

/** Never by the exit code alone: what is no matter of a CRC or the MD5 is a limitation of the decoder. */
function judge(decoder: string, { code, words }: Ran): DeepFinding {
  if (/MD5 signature mismatch/.test(words)) {
    return { outcome: 'damaged', detail: `the samples are not those of the MD5 in STREAMINFO (${decoder})` };
  }
  if (/CRC_MISMATCH/.test(words)) return { outcome: 'damaged', detail: `a CRC is wrong (${decoder})` };
  if (code !== 0) {
    const [last = ''] = /[A-Z]+_STATUS_[A-Z_]+/.exec(words) ?? [];
    return { outcome: 'limited', detail: `${decoder} gave up${last === '' ? '' : `: ${last}`}` };
  }
  if (/cannot check MD5/.test(words)) return { outcome: 'not_set', detail: decoder };
  return { outcome: 'proved', detail: `MD5 of the decoded samples (${decoder})` };
}

function run(words: readonly string[], input: number | 'ignore', signal?: AbortSignal): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn('flac', words, {
      stdio: [input, 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      ...(signal === undefined ? {} : { signal }),
    });
    let said = '';
    const hear = (bytes: Buffer): void => {
      if (said.length < mostWords) said += bytes.toString('latin1');
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, words: said.slice(0, mostWords) });
    });
  });
}
