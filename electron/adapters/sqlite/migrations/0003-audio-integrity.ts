import type { Migration } from './migration.ts';

/** What a file of sound can prove about itself, made from the same read as its digests. */
export const migration: Migration = {
  version: 3,
  name: 'audio-integrity',
  sql: `
-- The sound itself, apart from tags. Another definition is another row: values of two definitions never compare.
CREATE TABLE essences (
  object_id INTEGER NOT NULL REFERENCES objects (id),
  definition TEXT NOT NULL,               -- rule and version, such as flac-1
  value BLOB NOT NULL CHECK (length(value) = 32),
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (object_id, definition)
) STRICT, WITHOUT ROWID;
CREATE INDEX essences_by_value ON essences (value, definition);
CREATE TRIGGER essences_keep_baseline BEFORE UPDATE ON essences
BEGIN SELECT raise(ABORT, 'a recorded digest is never replaced'); END;
CREATE TRIGGER essences_refuse_delete BEFORE DELETE ON essences
BEGIN SELECT raise(ABORT, 'a recorded digest is never removed'); END;

-- The last internal check of each depth: quick with every accession, deep on demand.
CREATE TABLE internal_checks (
  object_id INTEGER NOT NULL REFERENCES objects (id),
  depth TEXT NOT NULL CHECK (depth IN ('quick', 'deep')),
  verdict TEXT NOT NULL,                  -- see shared/domain/integrity.ts
  report TEXT NOT NULL,                   -- JSON: proofs, lacks, problems, version, protection, checker
  checked_at INTEGER NOT NULL,
  PRIMARY KEY (object_id, depth)
) STRICT, WITHOUT ROWID;

-- CRC-32 of each MiB, four bytes big-endian each: they locate damage. NULL proves nothing; contents of up to one MiB have none.
CREATE TABLE chunk_digests (
  object_id INTEGER PRIMARY KEY REFERENCES objects (id),
  crc32 BLOB NOT NULL
) STRICT;

-- Parts that tell where a recording comes from: bext, iXML, cue points, embedded pictures and cue sheets.
CREATE TABLE evidence (
  object_id INTEGER NOT NULL REFERENCES objects (id),
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('chunk', 'picture', 'cue sheet')),
  name TEXT NOT NULL,                     -- as the format names it
  offset INTEGER NOT NULL,                -- bytes from the beginning of the file, of its content
  length INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  fields TEXT,                            -- JSON: what was read out of it, by the names of its specification
  content BLOB,                           -- where it is a chunk small enough to be kept
  PRIMARY KEY (object_id, ordinal)
) STRICT, WITHOUT ROWID;
`,
};
