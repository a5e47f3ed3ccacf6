/**
 * The formats that are walked, one a line: the MIME type that its signature gave, its walker, and the definition under which it digests
 * essence. A definition's number grows with every change of what is essence: digests of two definitions never compare.
 *
 * A walker is one generator in one file. It is handed a file to read from and a report to speak to:
 *
 *     export function* walkSome(file: WalkedFile, report: WalkReport): Walk {
 *       const header = yield* file.take(8);                 // 8 bytes in order; fewer where the file ends
 *       report.essence.parameter('header', header);
 *       yield* file.pass(length, (piece) => report.essence.audio(piece));
 *       if (file.position < end) report.truncated({ offset: file.position }, 'the audio ends early');
 *     }
 *
 * - `peek`, `take`, `skip`, `pass` read in order and wait for the full pass; `view` and `yield n` do the same without a
 *   call, for loops over many small things; `readAt` reads anywhere, 8 MiB at most: an index at the end, trailing tags.
 * - Nothing that the file claims is allocated: lengths are passed over, not held. Work is bounded by the bytes there are.
 * - It states what it found (`proved`, `essenceDamaged`, `truncated`, `headerDamaged`, `limited`, `odd`, …) and the report
 *   draws the verdict. In doubt it is `odd` or `limited`: a healthy unusual file is never called damaged.
 * - It need not catch: a throw becomes a decoder limitation (`FileWalk`).
 * - What it says must not depend on how the file is cut into chunks: `tests/unit/audio/walkers` feeds every fixture whole,
 *   byte by byte, cut at random, cut short at every offset, with bits flipped and with bytes moved about.
 */
import { walkAdts } from './adts.ts';
import { walkAiff } from './aiff.ts';
import { walkFlac } from './flac.ts';
import { walkMp3 } from './mp3.ts';
import { walkMp4 } from './mp4.ts';
import { walkOgg } from './ogg.ts';
import { walkWavPack } from './wavpack.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { WalkReport } from './walk-report.ts';
import { walkWave } from './wave.ts';
import { walkAsf } from './wma.ts';

export interface Walker {
  readonly walk: (file: WalkedFile, report: WalkReport) => Walk;
  /** Absent: no rule says yet what is essence, and none is digested. */
  readonly definition?: string;
}

const walkers: Readonly<Record<string, Walker>> = {
  'audio/aac': { walk: walkAdts, definition: 'adts-1' },
  'audio/aiff': { walk: walkAiff, definition: 'aiff-1' },
  'audio/flac': { walk: walkFlac, definition: 'flac-1' },
  'audio/mp4': { walk: walkMp4, definition: 'mp4-1' },
  'audio/mpeg': { walk: walkMp3, definition: 'mpeg-1' },
  'audio/ogg': { walk: walkOgg, definition: 'ogg-1' },
  'audio/vnd.wave': { walk: walkWave, definition: 'wave-1' },
  'audio/x-ms-wma': { walk: walkAsf, definition: 'asf-1' },
  'audio/x-wavpack': { walk: walkWavPack, definition: 'wavpack-1' },
  'video/x-ms-asf': { walk: walkAsf, definition: 'asf-1' },
  'video/mp4': { walk: walkMp4, definition: 'mp4-1' },
};

/** @param mime as identified by signature, see formats.ts: one for all versions of a format */
export function walkerOf(mime: string): Walker | undefined {
  return Object.hasOwn(walkers, mime) ? walkers[mime] : undefined;
}
