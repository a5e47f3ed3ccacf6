import type { RebuildProblem } from '../../../../shared/contract/rebuild.ts';
import type { Connection } from '../connection.ts';
import { verifyLog } from '../reader/events.ts';
import { BAD_OUTCOMES } from '../writer/item-facts.ts';
import { aboutArchive } from './problems.ts';

/**
 * What another catalogue verified is attested, not verified here (design, invariant 4); what it found damaged stays so until
 * somebody has looked again.
 */
export function forgetChecks({ db }: Connection): void {
  db.exec(`
    INSERT OR REPLACE INTO attested_checks (replica_id, outcome, checked_at, verified_at)
      SELECT id, outcome, checked_at, verified_at FROM replicas WHERE checked_at IS NOT NULL OR verified_at IS NOT NULL;
    UPDATE replicas SET verified_at = NULL,
      outcome = CASE WHEN outcome IN ${BAD_OUTCOMES} THEN outcome ELSE 'not_checked' END,
      checked_at = CASE WHEN outcome IN ${BAD_OUTCOMES} THEN checked_at END
      WHERE checked_at IS NOT NULL OR verified_at IS NOT NULL;
    UPDATE bag_tag_files SET outcome = 'not_checked', checked_at = NULL, verified_at = NULL
      WHERE checked_at IS NOT NULL;`);
}

interface ForeignKey {
  readonly table: string;
  readonly from: string;
  readonly to: string | null;
}

/**
 * Drops rows that refer to what no source held, or their reference where they can do without: such is what supplements of
 * different moments leave. Events are never dropped.
 */
export function dropDangling(connection: Connection): RebuildProblem[] {
  const { db } = connection;
  const tables = (db.pragma('foreign_key_check') as { table: string }[]).map(({ table }) => table);
  const dropped = new Map<string, number>();
  for (let again = tables.length > 0; again;) {
    again = false;
    const affected = new Set(
      (db.pragma('foreign_key_check') as { table: string }[]).map(({ table }) => table),
    );
    affected.delete('events');
    for (const table of affected)
      for (const key of db.pragma(`foreign_key_list(${table})`) as ForeignKey[]) {
        const count = cutOff(connection, table, key);
        if (count > 0) again = true;
        dropped.set(table, (dropped.get(table) ?? 0) + count);
      }
  }
  return [...dropped].map(([table, count]) =>
    aboutArchive(
      'refers_to_nothing',
      'problem',
      `${count} rows of ${table} refer to what none of the places holds, and were left out or cut off from it. Name every place that holds this archive with --from.`,
    ),
  );
}

function cutOff({ db }: Connection, table: string, { table: parent, from, to }: ForeignKey): number {
  const columns = db.prepare(`SELECT name, "notnull", pk FROM pragma_table_info('${table}')`).all() as {
    name: string;
    notnull: number;
    pk: number;
  }[];
  const column = columns.find(({ name }) => name === from);
  const key =
    to ??
    (db.prepare(`SELECT name FROM pragma_table_info('${parent}') WHERE pk = 1`).pluck().get() as string);
  const dangling = `${from} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE p.${key} = ${table}.${from})`;
  const optional = column?.notnull === 0 && column.pk === 0;
  return db
    .prepare(
      optional
        ? `UPDATE ${table} SET ${from} = NULL WHERE ${dangling}`
        : `DELETE FROM ${table} WHERE ${dangling}`,
    )
    .run().changes;
}

/** What the log says of itself, told and never mended: a broken chain is evidence too. */
export function checkLog(connection: Connection): { problems: RebuildProblem[]; holdsTo: number } {
  const { ok, events, firstBad } = verifyLog(connection);
  if (ok) return { problems: [], holdsTo: events };
  const at = firstBad === undefined ? '' : ` at event ${firstBad.seq}: ${firstBad.reason}`;
  return {
    problems: [
      aboutArchive(
        'log_broken',
        'problem',
        `The log of this archive does not hold${at}. It was taken over as it is. Compare it with a head that was lodged with somebody else, or name further places with --from.`,
      ),
    ],
    holdsTo: events,
  };
}
