/**
 * Entities carry small numbers, unique and never reused within their archive; people and scripts see them with their
 * kind in front (`item-12`). The archive's own id, a UUID, makes them unique in the world.
 */
export const ENTITY_PREFIXES = {
  collection: 'col',
  accession: 'acc',
  item: 'item',
  part: 'part',
  object: 'obj',
  replica: 'rep',
  location: 'loc',
  finding: 'find',
  massChange: 'mass',
  event: 'event',
  agent: 'agent',
  appraisal: 'appraisal',
  job: 'job',
  run: 'run',
  edit: 'edit',
  handOut: 'out',
} as const;

export type EntityKind = keyof typeof ENTITY_PREFIXES;

/** The id that people see. */
export function publicId(kind: EntityKind, id: number): string {
  return `${ENTITY_PREFIXES[kind]}-${String(id)}`;
}

/** Reads a public id back; undefined where the text is none. */
export function parsePublicId(text: string): { kind: EntityKind; id: number } | undefined {
  const match = /^([a-z]+)-([1-9]\d{0,14})$/.exec(text);
  if (!match) return undefined;
  const kind = (Object.keys(ENTITY_PREFIXES) as EntityKind[]).find(
    (key) => ENTITY_PREFIXES[key] === match[1],
  );
  return kind === undefined ? undefined : { kind, id: Number(match[2]) };
}
