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
  changes INTEGER NOT NULL DEFAULT 0,     -- rows of descriptions
  waived INTEGER NOT NULL DEFAULT 0,      -- wrong rows of a CSV that were passed over on request
  event_seq INTEGER REFERENCES events (seq),
  at INTEGER NOT NULL
) STRICT;
ALTER TABLE descriptions ADD COLUMN edit_id INTEGER REFERENCES description_edits (id);
CREATE INDEX descriptions_by_edit ON descriptions (edit_id);
-- For the leaf in the Merkle tree of the edit's event: it holds the entity that the value was written of, whatever that became
-- a part of since, and a salted digest of the value.
ALTER TABLE descriptions ADD COLUMN salt BLOB;
ALTER TABLE descriptions ADD COLUMN written_of INTEGER; -- entity_id, as it was then

-- What an archivist wrote, where lists, sorts and search look. It wins over what the files say, which stands where it stood:
-- NULL where nobody wrote anything.
ALTER TABLE items ADD COLUMN described_title TEXT;
ALTER TABLE items ADD COLUMN described_creator TEXT;
ALTER TABLE items ADD COLUMN described_date TEXT;
ALTER TABLE parts ADD COLUMN described_title TEXT;
ALTER TABLE parts ADD COLUMN described_creator TEXT;
ALTER TABLE parts ADD COLUMN described_date TEXT;
ALTER TABLE parts ADD COLUMN described_words TEXT; -- all that was written of it and its item, folded as for search

-- Changes of a CSV while it is read: nothing of it stands before all of it can. Empty when none is under way.
CREATE TABLE description_drafts (
  draft INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  changes TEXT NOT NULL,                  -- JSON: a slice of them
  PRIMARY KEY (draft, ordinal)
) STRICT, WITHOUT ROWID;

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

-- Where a managed accession was copied from, so that running it again finds it.
CREATE TABLE deposit_sources (
  accession_id INTEGER NOT NULL REFERENCES accessions (id),
  path BLOB NOT NULL,                     -- absolute
  PRIMARY KEY (accession_id, path)
) STRICT, WITHOUT ROWID;

-- What an open deposit has copied into staging so far; empty when none is open. No custody rests on these rows.
CREATE TABLE staged_files (
  act_id INTEGER NOT NULL REFERENCES acts (id),
  path TEXT NOT NULL,                     -- below data/, as in the bag
  original BLOB NOT NULL,                 -- the name that it had, where the bag cannot have it; else empty
  object_id INTEGER REFERENCES objects (id), -- of a replication
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,              -- of what was copied
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  sha512 BLOB NOT NULL CHECK (length(sha512) = 64),
  reading BLOB,                           -- what one pass over it said, as the thread keeps it; of an accession
  copy_mtime_ns INTEGER,                  -- of the copy, once it was read back and found equal
  copy_ctime_ns INTEGER,
  copy_inode INTEGER,
  read_back_at INTEGER,
  PRIMARY KEY (act_id, path)
) STRICT, WITHOUT ROWID;

-- The bag that is about to be moved to its place: told before it is, so that a crash in between is understood.
CREATE TABLE staged_bags (
  act_id INTEGER PRIMARY KEY REFERENCES acts (id),
  accrual_id INTEGER NOT NULL REFERENCES accruals (id),
  location_id INTEGER NOT NULL REFERENCES locations (id),
  path BLOB NOT NULL,                     -- where it goes, relative to the location's root
  octets INTEGER NOT NULL DEFAULT 0,
  files INTEGER NOT NULL DEFAULT 0,
  direct INTEGER NOT NULL DEFAULT 0,      -- 1: every byte was read back past the page cache
  tag_files TEXT                          -- JSON [[name, size, sha256 in hex]], NULL until the bag is whole
) STRICT;

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

-- Which state of what the supplements in managed locations hold; accession 0 is what belongs to no accession.
CREATE TABLE supplements (
  location_id INTEGER NOT NULL REFERENCES locations (id),
  accession_id INTEGER NOT NULL,
  event_seq INTEGER NOT NULL,             -- head of the log that it was written at
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  written_at INTEGER NOT NULL,
  PRIMARY KEY (location_id, accession_id)
) STRICT, WITHOUT ROWID;

-- What the catalogue that this one was rebuilt from said of replicas; nothing of it was verified here.
CREATE TABLE attested_checks (
  replica_id INTEGER PRIMARY KEY,
  outcome TEXT NOT NULL,
  checked_at INTEGER,
  verified_at INTEGER
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

-- Removal of bytes, by two people; open as long as a place could not be reached or was refused.
CREATE TABLE deletions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  accession_id INTEGER NOT NULL UNIQUE REFERENCES accessions (id),
  act_id INTEGER NOT NULL REFERENCES acts (id), -- the last one: each run of it is an act with its event
  reason TEXT NOT NULL,
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  second_agent_id INTEGER NOT NULL REFERENCES agents (id),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  event_seq INTEGER REFERENCES events (seq),    -- of the last act that closed
  CHECK (agent_id <> second_agent_id)
) STRICT;

-- What a deletion comes to, a bag or the rest of a location each; their copies are in removed_replicas.
CREATE TABLE deletion_places (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deletion_id INTEGER NOT NULL REFERENCES deletions (id),
  location_id INTEGER NOT NULL REFERENCES locations (id),
  bag_id INTEGER REFERENCES bags (id),    -- NULL for what stands in no bag of ours: never removed
  state TEXT NOT NULL CHECK (state IN ('pending', 'removing', 'deleted', 'absent', 'left', 'refused')),
  detail TEXT NOT NULL DEFAULT '',        -- why it is pending, left or refused
  act_id INTEGER REFERENCES acts (id),    -- the one that brought it into this state
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX deletion_places_by_deletion ON deletion_places (deletion_id);

-- Tombstones: what a replica was, from the end of custody on. The log commits to it by id and digest; its name can be erased.
CREATE TABLE removed_replicas (
  id INTEGER PRIMARY KEY,                 -- as it was in replicas
  object_id INTEGER NOT NULL REFERENCES objects (id),
  accrual_id INTEGER NOT NULL REFERENCES accruals (id),
  folder_id INTEGER NOT NULL REFERENCES folders (id),
  name BLOB,                              -- NULL once erased
  bag_id INTEGER REFERENCES bags (id),    -- in which it stands
  size INTEGER NOT NULL,
  outcome TEXT NOT NULL,                  -- of its last check
  checked_at INTEGER,
  verified_at INTEGER,
  ended_at INTEGER NOT NULL,              -- of custody
  deleted_at INTEGER                      -- when its bytes were found removed; NULL while they are not ours to know of
) STRICT;
CREATE INDEX removed_replicas_by_object ON removed_replicas (object_id);
CREATE INDEX removed_replicas_by_accrual ON removed_replicas (accrual_id, bag_id);
CREATE INDEX removed_replicas_by_path ON removed_replicas (folder_id, name);

-- Parts of items that are in custody no longer: out of every list, and still there for whoever asks what it was.
CREATE TABLE removed_parts (
  id INTEGER PRIMARY KEY,                 -- as it was in parts
  representation_id INTEGER NOT NULL REFERENCES representations (id),
  object_id INTEGER NOT NULL REFERENCES objects (id),
  replica_id INTEGER,
  position INTEGER NOT NULL,
  name_title TEXT,
  duration_ms INTEGER NOT NULL,
  size INTEGER NOT NULL
) STRICT;
CREATE INDEX removed_parts_by_representation ON removed_parts (representation_id);
CREATE INDEX removed_parts_by_object ON removed_parts (object_id);

-- A finding outlives the custody of its replica: replica_id then names a row of removed_replicas.
CREATE TABLE findings_before AS SELECT * FROM findings;
DROP TABLE findings;
CREATE TABLE findings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  replica_id INTEGER NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL,                   -- JSON: evidence
  opened_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  resolved_at INTEGER,
  resolution TEXT
) STRICT;
INSERT INTO findings SELECT * FROM findings_before;
DROP TABLE findings_before;
CREATE UNIQUE INDEX findings_open ON findings (replica_id) WHERE resolved_at IS NULL;

-- People and institutions. Name and contact are personal data: erased on request, and never in the chained log.
ALTER TABLE agents ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE agents ADD COLUMN forgotten_at INTEGER; -- when name and contact were replaced by a pseudonym

-- Who holds which role towards what, with its history: a role ends, its row stays.
CREATE TABLE agent_roles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  role TEXT NOT NULL CHECK (role IN ('responsible', 'successor', 'custodian', 'depositor', 'donor', 'rights holder')),
  entity TEXT NOT NULL CHECK (entity IN ('archive', 'collection', 'accession')),
  entity_id INTEGER NOT NULL,             -- 1 for the archive
  since TEXT NOT NULL,                    -- ISO 8601 date, reduced precision allowed: 1998, 1998-05, 1998-05-03
  until TEXT,                             -- the same: over on that day, or with the last day of that year or month
  event_seq INTEGER NOT NULL REFERENCES events (seq),
  ended_event_seq INTEGER REFERENCES events (seq)
) STRICT;
CREATE INDEX agent_roles_by_entity ON agent_roles (entity, entity_id);
CREATE INDEX agent_roles_by_agent ON agent_roles (agent_id);

-- What was looked at before custody: open, then accepted or declined, by whom and why.
CREATE TABLE appraisals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  source TEXT,
  state TEXT NOT NULL CHECK (state IN ('surveyed', 'accepted', 'declined')),
  summary TEXT NOT NULL,                  -- JSON: what the survey found
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  surveyed_at INTEGER NOT NULL,
  reason TEXT,
  decided_by INTEGER REFERENCES agents (id),
  decided_at INTEGER,
  job_id INTEGER REFERENCES jobs (id),    -- of the accession that the acceptance started
  accession_id INTEGER REFERENCES accessions (id),
  CHECK ((state = 'surveyed') = (decided_at IS NULL)),
  CHECK ((state = 'accepted') = (accession_id IS NOT NULL))
) STRICT;
CREATE TABLE appraisal_paths (
  appraisal_id INTEGER NOT NULL REFERENCES appraisals (id),
  path BLOB NOT NULL,                     -- absolute, as it was named
  PRIMARY KEY (appraisal_id, path)
) STRICT, WITHOUT ROWID;

-- Named sets of defaults for accessions.
CREATE TABLE accession_templates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  defaults TEXT NOT NULL,                 -- JSON
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  saved_at INTEGER NOT NULL
) STRICT;

-- Structure. 1: arranged by hand or by rule, so that no accrual takes it apart; 2: put into order by hand as well.
ALTER TABLE items ADD COLUMN arranged INTEGER NOT NULL DEFAULT 0 CHECK (arranged BETWEEN 0 AND 2);

-- Further keys that lead to an item: of items that it took in, and what a rule calls it.
CREATE TABLE item_aliases (
  accession_id INTEGER NOT NULL REFERENCES accessions (id),
  grouping_key TEXT NOT NULL,
  item_id INTEGER NOT NULL REFERENCES items (id),
  merged_id INTEGER UNIQUE,               -- as it was in items: who asks for it by this id is shown the other
  PRIMARY KEY (accession_id, grouping_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_aliases_by_item ON item_aliases (item_id);

-- Contents that a person took from where their key would put them: a further copy is not proposed there again.
CREATE TABLE placed_contents (
  accession_id INTEGER NOT NULL REFERENCES accessions (id),
  grouping_key TEXT NOT NULL,
  object_id INTEGER NOT NULL REFERENCES objects (id),
  PRIMARY KEY (accession_id, grouping_key, object_id)
) STRICT, WITHOUT ROWID;

-- Cue sheets as they were read, by their content.
CREATE TABLE cue_sheets (
  object_id INTEGER PRIMARY KEY REFERENCES objects (id),
  sheet TEXT NOT NULL                     -- JSON: CueSheet of electron/core/ports/cue-sheet.ts
) STRICT;

-- Tracks inside one file of sound, as a cue sheet that stands beside it tells them. In frames of 1/75 second.
CREATE TABLE tracks (
  audio_object_id INTEGER NOT NULL REFERENCES objects (id),
  cue_object_id INTEGER NOT NULL REFERENCES cue_sheets (object_id),
  number INTEGER NOT NULL,
  title TEXT,
  performer TEXT,
  isrc TEXT,
  gap_frame INTEGER,                      -- INDEX 00, where the pause before the track begins
  start_frame INTEGER NOT NULL,           -- INDEX 01
  end_frame INTEGER,                      -- where the next one starts; NULL: at the end of the file
  PRIMARY KEY (audio_object_id, cue_object_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX tracks_by_cue ON tracks (cue_object_id);

CREATE INDEX relations_by_object ON relations (object, object_id);
CREATE INDEX accessions_by_collection ON accessions (collection_id);
CREATE INDEX collections_by_parent ON collections (parent_id);
CREATE INDEX replicas_by_accrual ON replicas (accrual_id);
`,
};
