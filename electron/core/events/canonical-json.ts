/** Canonical JSON (RFC 8785): one text for one value, so that it can be hashed, signed and compared byte by byte. */
import canonicalize from 'canonicalize';

/** A value that JSON can hold exactly. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

// Events nest a handful of levels; a bound turns a cycle into an error instead of an endless walk.
const MAX_DEPTH = 100;

/**
 * The canonical text of `value` (RFC 8785: keys sorted by UTF-16 units, ECMAScript numbers, no white space).
 * @throws TypeError for what JSON would drop or alter without a word: undefined (also as a property), NaN and infinities,
 *   integers beyond 2^53, bigint, functions, symbols, instances of classes (Date, Map, Uint8Array), holes in arrays, lone
 *   surrogates, cycles. The message names the place.
 */
export function canonicalJson(value: Json): string {
  refuseLossy(value, '$', 0);
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('$: has no JSON form');
  return text;
}

function refuseLossy(value: unknown, at: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new TypeError(`${at}: nested too deeply, or in a circle`);
  switch (typeof value) {
    case 'boolean':
      return;
    case 'string':
      if (!value.isWellFormed()) throw new TypeError(`${at}: holds half a surrogate pair`);
      return;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${at}: ${value} has no JSON form`);
      // Another program may read such a number as its neighbour (RFC 8785 §3.2.2.3, I-JSON).
      if (Number.isInteger(value) && !Number.isSafeInteger(value))
        throw new TypeError(`${at}: beyond 2^53; write it as text`);
      return;
    case 'object':
      if (value !== null) refuseLossyContainer(value, at, depth);
      return;
    default:
      throw new TypeError(`${at}: ${typeof value} has no JSON form`);
  }
}

function refuseLossyContainer(value: object, at: string, depth: number): void {
  if (Array.isArray(value)) {
    // By index, since forEach would pass over holes.
    for (let i = 0; i < value.length; i++) refuseLossy(value[i], `${at}[${i}]`, depth + 1);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${at}: is not a plain object`);
  for (const [key, member] of Object.entries(value)) {
    if (!key.isWellFormed()) throw new TypeError(`${at}: a key holds half a surrogate pair`);
    refuseLossy(member, `${at}.${key}`, depth + 1);
  }
}
