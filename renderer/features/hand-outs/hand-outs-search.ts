/** What the addresses of the hand-outs say; anything else in them is passed over. */
import type { PathValue } from '../../../shared/contract/common.ts';
import { parsePublicId, type EntityKind } from '../../../shared/domain/ids.ts';

export interface CheckSearch {
  /** The validation that is shown. */
  readonly job?: string;
  /** What is to be checked. */
  readonly paths?: readonly PathValue[];
}

/** A drop names one path, or several with what their names are in bytes. */
export function checkSearch(raw: Record<string, unknown>): CheckSearch {
  const several = Array.isArray(raw['paths']) ? raw['paths'].flatMap(pathOf) : [];
  const paths =
    several.length > 0 ? several : pathOf({ display: raw['path'], bytes: raw['pathBytes'] ?? undefined });
  return { ...idOf(raw, 'job', 'job'), ...(paths.length === 0 ? {} : { paths }) };
}

export const MADE = ['manifest', 'package', 'report'] as const;
export type Made = (typeof MADE)[number];

/** What is handed out: a thing of the catalogue by its id, or what a search finds. */
export interface MakeSearch {
  /** The making that is shown. */
  readonly job?: string;
  /** What is made; a manifest where it is not said. */
  readonly as?: Made;
  readonly accession?: string;
  readonly collection?: string;
  readonly location?: string;
}

export function makeSearch(raw: Record<string, unknown>): MakeSearch {
  const as = MADE.find((each) => each === raw['as']);
  return {
    ...idOf(raw, 'job', 'job'),
    ...(as === undefined ? {} : { as }),
    ...idOf(raw, 'accession', 'accession'),
    ...idOf(raw, 'collection', 'collection'),
    ...idOf(raw, 'location', 'location'),
  };
}

export interface HistorySearch {
  /** The package whose record is open. */
  readonly record?: string;
}

export function historySearch(raw: Record<string, unknown>): HistorySearch {
  return idOf(raw, 'record', 'handOut');
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function pathOf(value: unknown): PathValue[] {
  if (typeof value !== 'object' || value === null) return [];
  const { display, bytes } = value as Record<string, unknown>;
  if (typeof display !== 'string' || display === '' || display.length > 8192) return [];
  return [typeof bytes === 'string' && BASE64.test(bytes) ? { display, bytes } : { display }];
}

function idOf<Key extends string>(
  raw: Record<string, unknown>,
  key: Key,
  kind: EntityKind,
): { [K in Key]?: string } {
  const id = raw[key];
  if (typeof id !== 'string' || parsePublicId(id)?.kind !== kind) return {};
  return { [key]: id } as { [K in Key]?: string };
}
