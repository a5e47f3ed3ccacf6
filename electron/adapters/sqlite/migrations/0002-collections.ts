import type { Migration } from './migration.ts';

/** What a collection needs beyond custody: description, structure, people, managed locations, and letting go. */
export const migration: Migration = {
  version: 2,
  name: 'collections',
  sql: `
-- One act of describing: one value or ten thousand rows of a CSV, undone as one.
CREATE TABLE description_edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('edit', 'replace', 'import', 'undo')),
  note TEXT NOT NULL DEFAULT '',
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  undoes INTEGER REFERENCES description_edits (id),
  event_seq INTEGER REFERENCES events (seq),
  at INTEGER NOT NULL
) STRICT;
ALTER TABLE descriptions ADD COLUMN edit_id INTEGER REFERENCES description_edits (id);
CREATE INDEX descriptions_by_edit ON descriptions (edit_id);

-- Managed locations: what Holdfast writes, and may write again.
ALTER TABLE locations ADD COLUMN marker TEXT;  -- id in .holdfast/location.json; NULL for a location in place

-- One sealed BagIt bag of one accrual in one managed location.
CREATE TABLE bags (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  accrual_id INTEGER NOT NULL REFERENCES accruals (id),
  location_id INTEGER NOT NULL REFERENCES locations (id),
  path BLOB NOT NULL,                     -- relative to the location's root
  octets INTEGER NOT NULL,                -- Payload-Oxum: bytes and files of the payload
  files INTEGER NOT NULL,
  sealed_at INTEGER NOT NULL,
  deleted_at INTEGER,
  UNIQUE (location_id, path)
) STRICT;
CREATE INDEX bags_by_accrual ON bags (accrual_id);

-- What stands in a bag beside its payload; audited too, and never counted as replicas.
CREATE TABLE bag_tag_files (
  bag_id INTEGER NOT NULL REFERENCES bags (id),
  name BLOB NOT NULL,                     -- relative to the bag
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  outcome TEXT NOT NULL DEFAULT 'not_checked',
  checked_at INTEGER,
  verified_at INTEGER,
  PRIMARY KEY (bag_id, name)
) STRICT, WITHOUT ROWID;

-- Copies of the catalogue that stand in managed locations.
CREATE TABLE snapshots (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  location_id INTEGER NOT NULL REFERENCES locations (id),
  name TEXT NOT NULL,                     -- file name below the location's folder of snapshots
  event_seq INTEGER NOT NULL,             -- head of the log that it holds
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  taken_at INTEGER NOT NULL,
  removed_at INTEGER                      -- rotated away
) STRICT;

-- Custody that has ended. The bytes may still be there: removing them is another act.
CREATE TABLE deaccessions (
  accession_id INTEGER PRIMARY KEY REFERENCES accessions (id),
  reason TEXT NOT NULL,
  authority TEXT NOT NULL,
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  event_seq INTEGER NOT NULL REFERENCES events (seq),
  at INTEGER NOT NULL
) STRICT;

-- Removal of bytes, by two people; open as long as a place could not be reached.
CREATE TABLE deletions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  accession_id INTEGER NOT NULL REFERENCES accessions (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  reason TEXT NOT NULL,
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  second_agent_id INTEGER NOT NULL REFERENCES agents (id),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  event_seq INTEGER REFERENCES events (seq),
  CHECK (agent_id <> second_agent_id)
) STRICT;

-- What a deletion removes or leaves, a copy each.
CREATE TABLE deletion_copies (
  deletion_id INTEGER NOT NULL REFERENCES deletions (id),
  replica_id INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'deleted', 'absent', 'left')),
  detail TEXT NOT NULL DEFAULT '',        -- why it is left or pending
  at INTEGER NOT NULL,
  PRIMARY KEY (deletion_id, replica_id)
) STRICT, WITHOUT ROWID;

-- Tombstones: what a replica was. The log commits to it by id and digest; its path can be erased.
CREATE TABLE removed_replicas (
  id INTEGER PRIMARY KEY,                 -- as it was in replicas
  object_id INTEGER NOT NULL REFERENCES objects (id),
  accrual_id INTEGER NOT NULL REFERENCES accruals (id),
  location_id INTEGER NOT NULL REFERENCES locations (id),
  path BLOB,                              -- relative to the location's root; NULL once erased
  size INTEGER NOT NULL,
  verified_at INTEGER,
  removed_at INTEGER NOT NULL,
  deletion_id INTEGER REFERENCES deletions (id)
) STRICT;
CREATE INDEX removed_replicas_by_object ON removed_replicas (object_id);
`,
};
