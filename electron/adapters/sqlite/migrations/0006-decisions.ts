import type { Migration } from './migration.ts';

/** What people decide on findings: one by one, or of many files that changed at once; and what was set aside for it. */
export const migration: Migration = {
  version: 6,
  name: 'decisions',
  sql: `
-- Many files of a location that changed at once: one finding, until a person decides (design, invariant 5).
CREATE TABLE mass_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  location_id INTEGER NOT NULL REFERENCES locations (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  looks_like TEXT NOT NULL CHECK (looks_like IN ('folder not mounted', 'retagged', 'encrypted', 'moved', 'damaged', 'unknown')),
  folder BLOB NOT NULL,                   -- that holds all of them, relative to the location's root; empty: the root itself
  files INTEGER NOT NULL,
  of_files INTEGER NOT NULL,              -- replicas that the location has
  detail TEXT NOT NULL,                   -- JSON: evidence
  opened_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by INTEGER REFERENCES agents (id),
  decision TEXT,
  reason TEXT,
  event_seq INTEGER REFERENCES events (seq)
) STRICT;

CREATE UNIQUE INDEX mass_changes_open ON mass_changes (location_id) WHERE decided_at IS NULL;

ALTER TABLE findings ADD COLUMN mass_change_id INTEGER REFERENCES mass_changes (id);
ALTER TABLE findings ADD COLUMN resolved_by INTEGER REFERENCES agents (id);
ALTER TABLE findings ADD COLUMN reason TEXT;
ALTER TABLE findings ADD COLUMN resolved_act_id INTEGER REFERENCES acts (id);

CREATE INDEX findings_by_replica ON findings (replica_id, opened_at);

-- What an act of decision (a resolution or a recovery) does with each finding it was asked about.
CREATE TABLE finding_steps (
  act_id INTEGER NOT NULL REFERENCES acts (id),
  finding_id INTEGER NOT NULL REFERENCES findings (id),
  -- placing: a good copy stands staged and is about to be moved to the name; what a crash leaves is completed or undone.
  state TEXT NOT NULL CHECK (state IN ('planned', 'placing', 'done', 'refused')),
  detail TEXT NOT NULL DEFAULT '',        -- why it was refused; which copy it came from
  staged_inode INTEGER,                   -- of the copy that is being placed
  damaged_size INTEGER,                   -- of the file that is set aside for it; NULL where none stood there
  damaged_sha256 BLOB CHECK (length(damaged_sha256) = 32),
  PRIMARY KEY (act_id, finding_id)
) STRICT, WITHOUT ROWID;

-- What a replica was expected to be, and where, before a person accepted what was found.
CREATE TABLE former_baselines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  replica_id INTEGER NOT NULL,
  finding_id INTEGER NOT NULL REFERENCES findings (id),
  object_id INTEGER NOT NULL REFERENCES objects (id),
  folder_id INTEGER NOT NULL REFERENCES folders (id),
  name BLOB,                              -- NULL once erased
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  verified_at INTEGER,
  until INTEGER NOT NULL,
  -- The newest event of the log at that moment: acts closed up to it committed to this object, later ones to the next.
  until_event INTEGER NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE INDEX former_baselines_by_replica ON former_baselines (replica_id, until_event);

-- Files that a recovery set aside, on their own volume.
CREATE TABLE quarantined (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  finding_id INTEGER NOT NULL REFERENCES findings (id),
  replica_id INTEGER NOT NULL,
  location_id INTEGER NOT NULL REFERENCES locations (id),
  path BLOB NOT NULL,                     -- relative to the location's root
  size INTEGER NOT NULL,
  sha256 BLOB CHECK (length(sha256) = 32),-- NULL where it could not be read
  at INTEGER NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  released_at INTEGER
) STRICT;
`,
};
