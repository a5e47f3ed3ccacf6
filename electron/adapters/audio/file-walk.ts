import type { AudioReading } from '../../core/ports/audio-reading.ts';
import type { Content } from './content.ts';
import type { Identified } from './identify.ts';
import { mostInView, type Walk, WalkedFile } from './walked-file.ts';
import { walkerOf } from './walkers.ts';
import { WalkReport } from './walk-report.ts';

/** How often a walker may ask for what it has already got without moving on: a loop that would never end. */
const mostStandstills = 64;

/**
 * Drives the walker of one file: is fed the chunks of the full pass in order, of any size, and at the end says what the
 * walker found. Never throws: a walker that does has met what it was not written for, which is a limitation of this
 * program and never a damaged or a lost file.
 *
 * Of a file that is no sound there is no reading; of one whose format has no line in the table an honest one: not followed.
 */
export class FileWalk {
  readonly #file: WalkedFile;
  readonly #report = new WalkReport();
  readonly #definition: string | undefined;
  #walk: Walk | undefined;
  #wanted = 0;
  readonly #isSound: boolean;

  /** @param content the file's size, and reads out of order; its head need not be filled yet */
  constructor(
    content: Content,
    { kind, format, problems }: Pick<Identified, 'kind' | 'format' | 'problems'>,
  ) {
    const isSound = kind === 'audio' || kind === 'video';
    const walker = isSound ? walkerOf(format.mime) : undefined;
    const protection = problems.find(({ code }) => code === 'protected');
    if (protection !== undefined) this.#report.isProtected(protection.detail ?? '');
    else if (isSound && walker === undefined) {
      this.#report.limited({ offset: 0 }, 'no rule says yet what the essence of this format is');
    }
    this.#file = new WalkedFile(content);
    this.#definition = walker?.definition;
    this.#walk = walker?.walk(this.#file, this.#report);
    this.#isSound = isSound;
  }

  /** The next bytes of the file; they are not used after the call. */
  write(chunk: Uint8Array): void {
    if (this.#walk === undefined || chunk.length === 0) return;
    this.#file.give(chunk);
    this.#resume();
    if (this.#walk !== undefined && this.#file.held > 0) this.#file.keep();
  }

  /** Undefined of what is no sound. */
  end(): AudioReading | undefined {
    if (!this.#isSound) return undefined;
    this.#file.end();
    this.#resume();
    return this.#report.reading(this.#definition);
  }

  #resume(): void {
    const file = this.#file;
    let standstills = 0;
    try {
      while (this.#walk !== undefined && (file.held >= this.#wanted || file.hasEnded)) {
        const before = file.position;
        const { done, value } = this.#walk.next();
        if (done === true) {
          this.#walk = undefined;
          return;
        }
        if (value > mostInView) throw new RangeError('more than may be in view at once');
        this.#wanted = value;
        standstills = file.position > before ? 0 : standstills + 1;
        if (standstills > mostStandstills) throw new RangeError('no way on was found');
      }
    } catch (error) {
      this.#walk = undefined;
      const word = error instanceof Error ? error.message : String(error);
      this.#report.limited({ offset: file.position }, word.slice(0, 200));
    }
  }
}
