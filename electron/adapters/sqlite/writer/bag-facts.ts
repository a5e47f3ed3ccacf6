import type { Json } from '../../../core/events/canonical-json.ts';

export interface RecordedBag {
  readonly id: number;
  readonly locationId: number;
  readonly oxum: string;
  /** SHA-256 of its tag manifest, which speaks for all of it. */
  readonly sealedBy: string;
  /** Whether every byte was read back past the page cache. */
  readonly direct: boolean;
}

/** What an event says of a bag. */
export function bagFacts({ id, oxum, sealedBy, direct }: RecordedBag): Json {
  return { id, payloadOxum: oxum, tagManifestSha256: sealedBy, readBack: direct ? 'medium' : 'cache' };
}
