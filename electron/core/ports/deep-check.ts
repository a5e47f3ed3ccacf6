import type { RawPath } from '../../../shared/domain/path.ts';

/** What a decoder made of a file. */
export interface DeepFinding {
  /**
   * `proved`: the decoded samples are those that the file says. `not_set`: they could be decoded, and the file does not say
   * which they should be. `limited`: the decoder failed for another reason than damage. `absent`: there is no decoder here.
   */
  readonly outcome: 'proved' | 'damaged' | 'not_set' | 'limited' | 'absent';
  /** The decoder and its version, and what it said. */
  readonly detail: string;
}

/** Decodes whole files, which takes its time: only where it was asked for. */
export interface DeepCheck {
  /** Undefined where nothing can be decoded of this format that would prove more. Rejects only when aborted. */
  check(path: RawPath, mime: string, signal: AbortSignal): Promise<DeepFinding | undefined>;
}
