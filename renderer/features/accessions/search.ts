/** What the addresses of these pages say; anything else in them is passed over. */
import type { PathValue } from '../../../shared/contract/common.ts';
import { parsePublicId, type EntityKind } from '../../../shared/domain/ids.ts';
import { STEPS, type Step } from './steps.ts';

const GAPS = ['rights', 'source', 'acquired'] as const;
export type Gap = (typeof GAPS)[number];

const ACCESSION_SORTS = ['openedAt', 'number', 'title', 'agent'] as const;
export type AccessionSort = (typeof ACCESSION_SORTS)[number];

export interface AccessionsSearch {
  readonly text?: string;
  readonly gap?: Gap;
  readonly sort?: AccessionSort;
  readonly direction?: 'ascending' | 'descending';
}

export function accessionsSearch(raw: Record<string, unknown>): AccessionsSearch {
  const gap = GAPS.find((each) => each === raw['gap']);
  const sort = ACCESSION_SORTS.find((each) => each === raw['sort']);
  const direction = (['ascending', 'descending'] as const).find((each) => each === raw['direction']);
  const text = textOf(raw['text']);
  return {
    ...(text === undefined ? {} : { text }),
    ...(gap === undefined ? {} : { gap }),
    ...(sort === undefined ? {} : { sort }),
    ...(direction === undefined ? {} : { direction }),
  };
}

export interface NewAccessionSearch {
  readonly step?: Step;
  /** The job of the accession, once begun. */
  readonly job?: string;
  /** The open appraisal that would be accepted. */
  readonly appraisal?: string;
  /** The accession to which something is added, or whose gaps are closed. */
  readonly again?: string;
  /** A folder to begin with, as it is dropped on the window or named by another screen; base64 where its name is not UTF-8. */
  readonly path?: string;
  readonly pathBytes?: string;
  /** Several of them, where more than one was dropped. */
  readonly paths?: readonly PathValue[];
}

export function newAccessionSearch(raw: Record<string, unknown>): NewAccessionSearch {
  const step = STEPS.find((each) => each === raw['step']);
  const path = textOf(raw['path']);
  const pathBytes = textOf(raw['pathBytes']);
  const paths = Array.isArray(raw['paths']) ? raw['paths'].flatMap(pathValueOf) : [];
  return {
    ...(step === undefined ? {} : { step }),
    ...idOf(raw, 'job', 'job'),
    ...idOf(raw, 'appraisal', 'appraisal'),
    ...idOf(raw, 'again', 'accession'),
    ...(path === undefined ? {} : { path }),
    ...(path === undefined || pathBytes === undefined || !BASE64.test(pathBytes) ? {} : { pathBytes }),
    ...(paths.length === 0 ? {} : { paths }),
  };
}

/** The folders that an address names. */
export function pathsOfSearch({ path, pathBytes, paths }: NewAccessionSearch): readonly PathValue[] {
  if (paths !== undefined) return paths;
  if (path === undefined) return [];
  return [pathBytes === undefined ? { display: path } : { display: path, bytes: pathBytes }];
}

function pathValueOf(value: unknown): PathValue[] {
  if (typeof value !== 'object' || value === null) return [];
  const { display, bytes } = value as Record<string, unknown>;
  const shown = textOf(display);
  if (shown === undefined) return [];
  const raw = textOf(bytes);
  return [raw === undefined || !BASE64.test(raw) ? { display: shown } : { display: shown, bytes: raw }];
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function textOf(value: unknown): string | undefined {
  // A router reads `?text=1962` as a number.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' && text.length <= 8192 ? text : undefined;
}

function idOf<Key extends string>(
  raw: Record<string, unknown>,
  key: Key,
  kind: EntityKind,
): { [K in Key]?: string } {
  const text = textOf(raw[key]);
  if (text === undefined || parsePublicId(text)?.kind !== kind) return {};
  return { [key]: text } as { [K in Key]?: string };
}
