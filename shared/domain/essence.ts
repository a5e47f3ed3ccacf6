/** The digest of the sound itself, apart from the tags around it; never to be mixed up with the digest of a file. */
import { sameBytes } from './bytes.ts';

declare const essenceBrand: unique symbol;

/**
 * SHA-256 over the audio and the parameters that it is decoded by, as one definition takes them out of a file. It is an
 * object and no bytes, so that nothing that expects a file's digest can be handed one.
 */
export interface EssenceDigest {
  /** Name and version of the rule that chose the bytes, such as `flac-1`. */
  readonly definition: string;
  /** 32 bytes. */
  readonly value: Uint8Array;
  readonly [essenceBrand]: true;
}

export function essenceDigest(definition: string, value: Uint8Array): EssenceDigest {
  return { definition, value } as EssenceDigest;
}

/** Undefined where two definitions made them: then neither sameness nor difference follows from the values. @testonly */
export function sameEssence(a: EssenceDigest, b: EssenceDigest): boolean | undefined {
  return a.definition === b.definition ? sameBytes(a.value, b.value) : undefined;
}
