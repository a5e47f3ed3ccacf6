/** What `--json` and `--ndjson` print: one object with `schema`, paths as display strings with bytes beside them. */
import type { PathValue } from '../../shared/contract/common.ts';

/** Grows when a field is renamed or taken away, never when one is added. */
const SCHEMA = 1;

export type JsonObject = Readonly<Record<string, unknown>>;

/** JSON.stringify leaves these as they are, and a terminal would obey or hide them. Escaped they mean the same. */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

export function toJson(value: JsonObject, indent = 0): string {
  const text = JSON.stringify({ schema: SCHEMA, ...(flatten(value) as JsonObject) }, undefined, indent);
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The contract's `{display, bytes?}` under `path` becomes `path`, and `pathBytes` where there are bytes. */
function flatten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => flatten(isPath(each) ? { path: each } : each));
  if (typeof value !== 'object' || value === null) return value;
  const flat: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    if (!isPath(each)) flat[key] = flatten(each);
    else {
      flat[key] = each.display;
      if (each.bytes !== undefined) flat[`${key}Bytes`] = each.bytes;
    }
  }
  return flat;
}

function isPath(value: unknown): value is PathValue {
  if (typeof value !== 'object' || value === null || !('display' in value)) return false;
  return (
    typeof value.display === 'string' &&
    Object.keys(value).every((key) => key === 'display' || key === 'bytes')
  );
}
