/** A digest in groups of four characters: the first, those between, the last. */
export function digestGroups(value: string): {
  readonly first: string;
  readonly middle: readonly string[];
  readonly last: string;
} {
  const groups = value.match(/.{1,4}/gsu) ?? [];
  return {
    first: groups[0] ?? '',
    middle: groups.slice(1, -1),
    last: groups.length > 1 ? (groups.at(-1) ?? '') : '',
  };
}
