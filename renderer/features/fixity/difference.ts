import type { FindingDetail } from '../../../shared/contract/decisions.ts';
import { placesOf } from '../../../shared/domain/finding-evidence.ts';

export interface Difference {
  /** Bytes of the longer of the two. */
  readonly length: number;
  /** Bytes that differ, from and to (exclusive); parts of a mebibyte, as far as digests of parts tell. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  /** Bytes that are expected and not there. */
  readonly lacking?: readonly [from: number, to: number];
  /** Where the sound's own checks fail. */
  readonly timesMs: readonly number[];
}

/** Where what was found differs from what is expected; undefined where nothing of it can be drawn. */
export function differenceOf({
  detail,
  expected,
  found,
}: Pick<FindingDetail, 'detail' | 'expected' | 'found'>): Difference | undefined {
  const { ranges, timesMs } = placesOf(detail);
  const [then, now] = [expected.size ?? 0, found?.size];
  const length = Math.max(then, now ?? 0);
  if (length === 0 || now === undefined) return undefined;
  const lacking = now < then ? ([now, then] as const) : undefined;
  if (ranges.length === 0 && lacking === undefined) return undefined;
  return { length, ranges, ...(lacking === undefined ? {} : { lacking }), timesMs };
}

export interface Mark {
  /** Shares of the length, from 0 to 1. */
  readonly at: number;
  readonly width: number;
  readonly isLacking: boolean;
}

/** A mark is never narrower than this share: a single byte of a hundred gigabytes must be seen. */
const LEAST = 0.006;

/** What is drawn on a bar of the whole length. */
export function marksOf({ length, ranges, lacking }: Difference): readonly Mark[] {
  const mark = (isLacking: boolean) => {
    return ([from, to]: readonly [number, number]): Mark => {
      const width = Math.min(1, Math.max(LEAST, (to - from) / length));
      return { at: Math.min(1 - width, from / length), width, isLacking };
    };
  };
  return [...ranges.map(mark(false)), ...(lacking === undefined ? [] : [mark(true)(lacking)])];
}
