import Database from 'better-sqlite3';

/** A run over what is in custody already makes no accrual, and tells its problems once more. */
const LATER = `(SELECT id FROM acts WHERE kind = 'accession' AND id NOT IN (SELECT act_id FROM accruals WHERE act_id IS NOT NULL))`;

/**
 * What a catalogue says, without ids, times and events: two runs over the same files must agree on every line. Each
 * query names things by what they are (digests, paths, keys), so that the order of recording does not matter.
 */
const QUERIES: Readonly<Record<string, string>> = {
  locations: `SELECT name, hex(root), writes FROM locations`,
  accessions: `SELECT number, title, source, acquired, agreement, mode FROM accessions`,
  accruals: `SELECT a.number, c.number, c.sealed_at IS NOT NULL FROM accruals c JOIN accessions a ON a.id = c.accession_id`,
  objects: `SELECT hex(o.sha256), o.size, o.kind, f.name, f.mime, f.puid FROM objects o JOIN formats f ON f.id = o.format_id`,
  digests: `SELECT hex(o.sha256), d.algorithm, hex(d.value) FROM digests d JOIN objects o ON o.id = d.object_id`,
  technical: `SELECT hex(o.sha256), t.container, t.codec, t.lossless, t.duration_ms, t.sample_rate, t.bit_depth, t.channels, t.bit_rate
    FROM technical_metadata t JOIN objects o ON o.id = t.object_id`,
  embedded: `SELECT hex(o.sha256), e.title, e.artist, e.album, e.album_artist, e.date, e.disc, e.track, e.found
    FROM embedded_metadata e JOIN objects o ON o.id = e.object_id`,
  replicas: `SELECT l.name, hex(f.path), hex(r.name), hex(o.sha256), r.size, r.mtime_ns, r.ctime_ns, r.inode, r.outcome
    FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN locations l ON l.id = f.location_id JOIN objects o ON o.id = r.object_id`,
  items: `SELECT a.number, i.grouping_key, i.title, i.creator, i.date, i.parts, i.parts_held, i.copies, i.duration_ms
    FROM items i JOIN accessions a ON a.id = i.accession_id`,
  parts: `SELECT a.number, i.grouping_key, n.role, hex(o.sha256), p.position, p.name_title, p.title_key, p.artist_key, p.album_key, p.duration_ms, p.size
    FROM parts p JOIN representations n ON n.id = p.representation_id JOIN items i ON i.id = n.item_id
    JOIN accessions a ON a.id = i.accession_id JOIN objects o ON o.id = p.object_id`,
  identifiers: `SELECT d.entity, hex(o.sha256), d.scheme, d.value, d.source FROM identifiers d
    LEFT JOIN objects o ON d.entity = 'object' AND o.id = d.entity_id`,
  rights: `SELECT s.basis, s.note, k.entity FROM rights_statements s JOIN rights_links k ON k.statement_id = s.id`,
  problems: `SELECT l.name, hex(p.path), p.code, p.severity, p.message FROM problems p LEFT JOIN locations l ON l.id = p.location_id
    WHERE p.act_id NOT IN ${LATER}`,
  outcomes: `SELECT k.kind, hex(o.sha256), hex(f.path), hex(r.name), hex(p.path), p.code, x.outcome FROM act_outcomes x JOIN acts k ON k.id = x.act_id
    LEFT JOIN replicas r ON r.id = x.replica_id LEFT JOIN objects o ON o.id = r.object_id
    LEFT JOIN folders f ON f.id = r.folder_id LEFT JOIN problems p ON p.id = x.problem_id
    WHERE x.act_id NOT IN ${LATER}`,
  counters: `SELECT facet, key, count, bytes, duration_ms FROM counters WHERE count <> 0`,
  search: `SELECT term, doc, cnt FROM temp.vocabulary`,
  open: `SELECT count(*) FROM open_folders`,
};

/** Sorted lines by table; times of day in `verified` and `item` counters are days and agree within a day. */
export function dumpCatalogue(path: string): Record<string, string[]> {
  const db = new Database(path, { readonly: true });
  try {
    db.exec(`CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, row)`);
    return Object.fromEntries(
      Object.entries(QUERIES).map(([name, query]) => [
        name,
        db
          .prepare(query)
          .raw()
          .safeIntegers()
          .all()
          .map((row) =>
            JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
          )
          .sort(),
      ]),
    );
  } finally {
    db.close();
  }
}
