import type { ArchivePolicy } from '../../../../shared/contract/archive.ts';
import type { Shortfall as Shown } from '../../../../shared/contract/integrity.ts';
import { shortfallMessage, shortfallsOf, type Judged } from '../../../../shared/domain/technical-policy.ts';
import type { RepresentationRole } from '../../../../shared/domain/vocabulary.ts';
import type { Connection } from '../connection.ts';
import { json } from './rows.ts';

/** One content may be a part of many items; more than these are not looked at. */
const MOST_PARTS = 50;

interface PartRow {
  readonly part: number;
  readonly role: RepresentationRole;
  readonly item: number;
  readonly accession: number;
}

/** What a content falls short of by the policy of the archive, in the roles that it has. */
export function shortfallsOfObject(
  connection: Connection,
  objectId: number,
  file: Omit<Judged, 'role' | 'carriers'>,
): Shown[] {
  const parts = connection
    .sql<PartRow>(
      `SELECT p.id AS part, r.role, r.item_id AS item, i.accession_id AS accession
       FROM parts p CROSS JOIN representations r ON r.id = p.representation_id CROSS JOIN items i ON i.id = r.item_id
       WHERE p.object_id = ? ORDER BY p.id LIMIT ${MOST_PARTS}`,
    )
    .all(objectId);
  if (parts.length === 0) return [];
  const policy = json(
    connection.sql<string>('SELECT technical_policy FROM archive').pluck(true).get() as string,
  ) as ArchivePolicy['technical'];
  const all = parts.flatMap((part) =>
    shortfallsOf(policy, { ...file, role: part.role, carriers: carriersOf(connection, part) }),
  );
  const shown = all.map((shortfall) => ({ code: shortfall.code, message: shortfallMessage(shortfall) }));
  return [...new Map(shown.map((each) => [each.message, each])).values()];
}

/** As described, of the part itself or of the nearest thing above it of which anybody has said it. */
function carriersOf(connection: Connection, { part, item, accession }: PartRow): string[] {
  for (const [entity, id] of [
    ['part', part],
    ['item', item],
    ['accession', accession],
  ] as const) {
    const value = connection
      .sql<string>(
        `SELECT value FROM descriptions WHERE entity = ? AND entity_id = ? AND field = 'carrier' AND superseded_by IS NULL`,
      )
      .pluck(true)
      .get(entity, id);
    const carriers = value === undefined ? undefined : (json(value) as string[] | null);
    if (carriers != null && carriers.length > 0) return carriers;
  }
  return [];
}
