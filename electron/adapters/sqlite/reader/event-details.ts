import type { EventDetail, EventFilter } from '../../../../shared/contract/events.ts';
import { ENTITY_PREFIXES, publicId, type EntityKind } from '../../../../shared/domain/ids.ts';
import type { EventBody } from '../../../core/events/chain.ts';
import type { ProvenEvent } from '../../../core/ports/log.ts';
import { pathOf } from '../collection-names.ts';
import type { Connection } from '../connection.ts';
import { eventTest } from './event-filter.ts';
import { EVENT, summaryOf, type EventRow } from './events.ts';
import { holdingsOf } from './holdings.ts';
import { hex } from './rows.ts';

interface SealedRow extends EventRow {
  readonly body: string;
  readonly hash: Buffer;
  readonly signature: Buffer;
  readonly key_id: string;
}

const SEALED = EVENT.replace('FROM events e', ', e.body, e.hash, e.signature, e.key_id FROM events e');

export function eventDetail(connection: Connection, seq: number): EventDetail | undefined {
  return connection.db.transaction(() => {
    const row = connection.sql<SealedRow>(`${SEALED} WHERE e.seq = ?`).get(seq);
    return row && detailOf(connection, row);
  })();
}

/** In the order of the log. */
export function provenEvents(
  connection: Connection,
  filter: EventFilter,
  after: number,
  limit: number,
): ProvenEvent[] {
  const { where, values, passes } = eventTest(filter);
  return connection.db.transaction(() => {
    const events: ProvenEvent[] = [];
    const rows = connection.db
      .prepare(`${SEALED} WHERE ${['e.seq > ?', ...where].join(' AND ')} ORDER BY e.seq`)
      .iterate(after, ...values) as IterableIterator<SealedRow>;
    for (const row of rows) {
      if (!passes(summaryOf(row).note)) continue;
      events.push({
        ...detailOf(connection, row),
        body: row.body,
        signature: hex(row.signature),
        keyId: row.key_id,
      });
      if (events.length >= limit) break;
    }
    return events;
  })();
}

function detailOf(connection: Connection, row: SealedRow): EventDetail {
  const body = JSON.parse(row.body) as EventBody;
  return {
    ...summaryOf(row),
    seq: row.id,
    digest: hex(row.hash),
    previous: body.previous,
    ...(body.merkle !== undefined && { merkleRoot: body.merkle.root, outcomes: body.merkle.leaves }),
    links: body.links.map(({ kind, id }) => ({
      kind,
      id: isEntity(kind) ? publicId(kind, id) : `${kind}-${String(id)}`,
      title: titleOf(connection, kind, id),
    })),
    facts: body.facts as Record<string, unknown>,
  };
}

function isEntity(kind: string): kind is EntityKind {
  return kind in ENTITY_PREFIXES;
}

const TITLES: Readonly<Record<string, string>> = {
  archive: 'SELECT name FROM archive WHERE one = ?',
  accession: `SELECT number || ' · ' || title FROM accessions WHERE id = ?`,
  accrual: `SELECT a.number || ', accrual ' || c.number FROM accruals c JOIN accessions a ON a.id = c.accession_id WHERE c.id = ?`,
  item: 'SELECT coalesce(described_title, title) FROM items WHERE id = ?',
  location: 'SELECT name FROM locations WHERE id = ?',
  agent: 'SELECT name FROM agents WHERE id = ?',
  appraisal: 'SELECT title FROM appraisals WHERE id = ?',
  template: 'SELECT name FROM accession_templates WHERE id = ?',
  job: 'SELECT title FROM jobs WHERE id = ?',
  run: 'SELECT j.title FROM acts a JOIN jobs j ON j.id = a.job_id WHERE a.id = ?',
  edit: 'SELECT note FROM description_edits WHERE id = ?',
};

/** As it is called today; empty where it has no name, or is gone. */
function titleOf(connection: Connection, kind: string, id: number): string {
  switch (kind) {
    case 'collection':
      return connection.sql('SELECT 1 FROM collections WHERE id = ?').get(id) === undefined
        ? ''
        : pathOf(connection, id);
    case 'part':
      return holdingsOf(connection, [id])[0]?.title ?? '';
    case 'object':
      return ofObject(connection, id);
    default: {
      const sql = TITLES[kind];
      return sql === undefined ? '' : (connection.sql<string>(sql).pluck(true).get(id) ?? '');
    }
  }
}

function ofObject(connection: Connection, id: number): string {
  const part = connection.sql<number>('SELECT min(id) FROM parts WHERE object_id = ?').pluck(true).get(id);
  return part == null ? '' : (holdingsOf(connection, [part])[0]?.title ?? '');
}
