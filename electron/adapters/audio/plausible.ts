/** 34 years in milliseconds, a thousand gigahertz: no sound has more of anything. */
const MOST = 2 ** 40;

/** A quantity as a header or tag says it, rounded; undefined for what no recording can have, which only damage or malice writes. */
export function plausible(value: number | undefined): number | undefined {
  if (value === undefined || !(value > 0) || value > MOST) return undefined;
  return Math.round(value);
}
