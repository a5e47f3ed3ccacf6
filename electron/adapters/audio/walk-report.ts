import { createHash } from 'node:crypto';
import type { AudioProblem, AudioReading, Evidence } from '../../core/ports/audio-reading.ts';
import type { InternalVerdict } from '../../../shared/domain/integrity.ts';
import { Essence } from './essence.ts';
import type { Walk, WalkedFile } from './walked-file.ts';

const mostProblems = 50;
const mostEvidence = 300;
/** Of one part, and of all parts of a file together. */
const mostKept = 64 * 1024;
const mostKeptInAll = 512 * 1024;

const gravest = [
  'essence_damaged',
  'truncated',
  'checksum_differs',
  'header_damaged',
  'decoder_limitation',
] as const;

/** Where something is: bytes from the beginning of the file; milliseconds from the beginning of the recording, if known. */
export interface Place {
  readonly offset: number;
  readonly timeMs?: number | undefined;
}

/**
 * What a walker found. It states facts; the verdict follows from them here, the gravest first, in one order for all
 * formats. A walker that is in doubt says `odd`, which harms nobody.
 */
export class WalkReport {
  readonly essence = new Essence();
  readonly #problems: AudioProblem[] = [];
  readonly #evidence: Evidence[] = [];
  readonly #proofs: string[] = [];
  readonly #lacks: string[] = [];
  readonly #seen = new Set<AudioProblem['code']>();
  #unlisted = 0;
  #kept = 0;
  #protection: string | undefined;
  #version: string | undefined;
  #samplesMd5: string | undefined;

  /** A check of the file's own that covers all of its audio has passed. */
  proved(check: string): void {
    this.#proofs.push(check);
  }

  /** A check that the format knows and this file does not carry. */
  lacks(check: string): void {
    // Each link of a chained Ogg file may lack the same.
    if (!this.#lacks.includes(check)) this.#lacks.push(check);
  }

  /** The audio, or what it cannot be decoded without, is not as it was written: a check of the file's own says so. */
  essenceDamaged(place: Place, detail: string): void {
    this.#add('essence_damaged', place, detail);
  }

  /**
   * The audio is not as its encoder wrote it, and a change on purpose explains that as well as damage does: nobody can
   * tell which. For checksums that programs which change the audio leave as they were.
   */
  checksumDiffers(place: Place, detail: string): void {
    this.#add('checksum_differs', place, detail);
  }

  /** The file ends before its audio does. `place`: where bytes were expected and are not there. */
  truncated(place: Place, detail: string): void {
    this.#add('truncated', place, detail);
  }

  /** What describes the audio contradicts it, or cannot be right; the audio itself was found. */
  headerDamaged(place: Place, detail: string): void {
    this.#add('header_damaged', place, detail);
  }

  /** Something that this program cannot follow. Says nothing against the file. */
  limited(place: Place, detail: string): void {
    this.#add('decoder_limitation', place, detail);
  }

  /** Unusual, and no harm: bytes behind the end, a missing pad byte. Leaves the verdict alone. */
  odd(place: Place, detail: string): void {
    this.#add('structure_odd', place, detail);
  }

  isProtected(scheme: string): void {
    this.#protection ??= scheme;
  }

  get isTruncated(): boolean {
    return this.#seen.has('truncated');
  }

  versionIs(version: string): void {
    this.#version = version;
  }

  /** What the file says its decoded samples have as MD5; 16 bytes. */
  samplesMd5Is(bytes: Uint8Array): void {
    this.#samplesMd5 = Buffer.from(bytes).toString('hex');
  }

  /** Evidence whose bytes are at hand; they are copied where they are small enough to be kept. */
  evidence(
    part: Omit<Evidence, 'length' | 'sha256' | 'bytes'>,
    bytes: Uint8Array,
    sha256: Uint8Array = createHash('sha256').update(bytes).digest(),
    length = bytes.length,
  ): void {
    if (this.#evidence.length === mostEvidence) {
      this.#unlisted++;
      return;
    }
    const keeps = length === bytes.length && length <= mostKept && this.#kept + length <= mostKeptInAll;
    if (keeps) this.#kept += length;
    this.#evidence.push({
      ...part,
      length,
      sha256: Uint8Array.from(sha256),
      ...(keeps ? { bytes: Uint8Array.from(bytes) } : {}),
    });
  }

  /**
   * Takes the next `length` bytes of the file as evidence, of any size, digested as they pass.
   * @param parse reads fields out of the content, of which it sees the first 64 KiB
   * @returns how many bytes there were
   */
  *evidenceFrom(
    file: WalkedFile,
    part: Pick<Evidence, 'kind' | 'id'>,
    length: number,
    parse?: (content: Uint8Array) => Evidence['fields'],
  ): Walk<number> {
    if (this.#evidence.length === mostEvidence) {
      this.#unlisted++;
      return yield* file.skip(length);
    }
    const offset = file.position;
    const beginning = yield* file.peek(Math.min(length, mostKept));
    const fields = parse?.(beginning);
    const known = { ...part, offset, ...(fields === undefined ? {} : { fields }) };
    if (length <= mostKept) {
      this.evidence(known, beginning);
      file.advance(beginning.length);
      return beginning.length;
    }
    const digest = createHash('sha256');
    const there = yield* file.pass(length, (piece) => digest.update(piece));
    this.evidence(known, new Uint8Array(0), digest.digest(), there);
    return there;
  }

  /** For the driver. @param definition under which essence is digested; undefined: there is no rule yet */
  reading(definition: string | undefined): AudioReading {
    const essence = definition === undefined ? undefined : this.essence.digest(definition);
    return {
      verdict: this.#verdict(),
      proofs: this.#proofs,
      lacks: this.#lacks,
      ...(essence === undefined ? {} : { essence }),
      ...(this.#version === undefined ? {} : { version: this.#version }),
      ...(this.#samplesMd5 === undefined ? {} : { samplesMd5: this.#samplesMd5 }),
      ...(this.#protection === undefined ? {} : { protection: this.#protection }),
      evidence: this.#evidence,
      problems: this.#problems,
      unlisted: this.#unlisted,
    };
  }

  #verdict(): InternalVerdict {
    if (this.#protection !== undefined) return 'protected';
    for (const code of gravest) {
      if (this.#seen.has(code)) return code;
    }
    return this.#proofs.length > 0 ? 'intact' : 'unverifiable';
  }

  #add(code: AudioProblem['code'], { offset, timeMs }: Place, detail: string): void {
    this.#seen.add(code);
    if (this.#problems.length === mostProblems) {
      this.#unlisted++;
      return;
    }
    const time = timeMs === undefined ? {} : { timeMs: Math.round(timeMs) };
    this.#problems.push({ code, offset, ...time, detail });
  }
}
