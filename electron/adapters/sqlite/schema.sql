-- The catalogue's schema, version 11. Made by `npm run schema` from the migrations; not to be edited.

-- The archive itself, one row.
CREATE TABLE archive (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  accession_pattern TEXT NOT NULL,
  further_digests TEXT NOT NULL,          -- JSON array: algorithms beside SHA-256
  verify_within_days INTEGER NOT NULL,    -- a replica is overdue when its last verification is older
  created_at INTEGER NOT NULL
, technical_policy TEXT NOT NULL DEFAULT '{"analogueTransfers":{"preservation master":{"sampleRate":48000,"bitDepth":24,"lossless":true}},"digitalCarriers":["CD","CD-R","CD-ROM","compact disc","DVD","Blu-ray","SACD","DAT","R-DAT","MiniDisc","DCC","ADAT","PCM","DASH","digital","file","files","download","hard disk","memory card","USB"],"formatsAtRisk":["Windows Media Audio","Advanced Systems Format","RealAudio 3","RealAudio 4","RealMedia","Monkey''s Audio","TTA 1","TTA 2","Shorten","DSF","DSDIFF","Musepack","TAK","OptimFROG"]}', virus_check INTEGER NOT NULL DEFAULT 0, telling TEXT NOT NULL DEFAULT '{}', mass_change TEXT NOT NULL DEFAULT '{"share":0.05,"files":100,"least":20}') STRICT;

-- Public halves of the keys that sign the log; private halves stand in keys/ and are never copied into snapshots.
CREATE TABLE signing_keys (
  id TEXT PRIMARY KEY,                    -- hex SHA-256 of the SPKI, first 16 bytes
  public_key TEXT NOT NULL,               -- PEM
  since INTEGER NOT NULL,
  retired_at INTEGER
) STRICT;

CREATE TABLE agents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'software', 'hardware')),
  name TEXT NOT NULL,
  version TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL, contact TEXT NOT NULL DEFAULT '', forgotten_at INTEGER,
  UNIQUE (kind, name, version)
) STRICT;

CREATE TABLE collections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  parent_id INTEGER REFERENCES collections (id),
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX collections_by_name ON collections (coalesce(parent_id, 0), name);

-- Places that hold replicas. In place: known by file system, root inode and sentinels; nothing is written there.
CREATE TABLE locations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('folder', 'offline', 's3', 'partner')),
  root BLOB NOT NULL,
  writes TEXT NOT NULL CHECK (writes IN ('never', 'recover', 'managed')),
  site TEXT,
  medium TEXT,
  failure_group TEXT,                     -- NULL counts as dependent on everything
  file_system TEXT,                       -- the file system's own id, NULL where it has none
  root_inode INTEGER,
  created_at INTEGER NOT NULL,
  last_reached_at INTEGER
, marker TEXT, readers INTEGER CHECK (readers BETWEEN 1 AND 16)) STRICT;

-- Files whose digests vouch that a root is the place it claims to be.
CREATE TABLE location_sentinels (
  location_id INTEGER NOT NULL REFERENCES locations (id),
  path BLOB NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  PRIMARY KEY (location_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE accessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL UNIQUE,
  collection_id INTEGER REFERENCES collections (id),
  title TEXT NOT NULL,
  source TEXT,                            -- from whom; NULL is a gap that blocks sharing
  acquired TEXT,                          -- how and when; NULL is a gap that blocks sharing
  agreement TEXT,
  mode TEXT NOT NULL CHECK (mode IN ('in-place', 'managed')),
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  opened_at INTEGER NOT NULL
) STRICT;

-- Accrual 1 is the accession itself; each later one a sealed addition.
CREATE TABLE accruals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  accession_id INTEGER NOT NULL REFERENCES accessions (id),
  number INTEGER NOT NULL,
  act_id INTEGER REFERENCES acts (id),
  opened_at INTEGER NOT NULL,
  sealed_at INTEGER,
  UNIQUE (accession_id, number)
) STRICT;

CREATE TABLE accession_roots (
  accession_id INTEGER NOT NULL REFERENCES accessions (id),
  location_id INTEGER NOT NULL REFERENCES locations (id),
  path BLOB NOT NULL,                     -- relative to the location's root, empty for the root itself
  PRIMARY KEY (accession_id, location_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  accession_id INTEGER NOT NULL REFERENCES accessions (id),
  grouping_key TEXT NOT NULL,             -- why these parts are one item; see shared/domain/grouping.ts
  title TEXT NOT NULL,
  creator TEXT,
  date TEXT,
  -- The facts from which preservation status is derived, kept by the writer for each touched item:
  parts INTEGER NOT NULL DEFAULT 0,
  parts_held INTEGER NOT NULL DEFAULT 0,  -- parts with at least one replica not known to be bad
  verified_day INTEGER NOT NULL DEFAULT 0,-- oldest of the parts' latest verifications, day number UTC, 0 = never
  copies INTEGER NOT NULL DEFAULT 0,      -- fewest independent verified replicas over the parts
  bytes INTEGER NOT NULL DEFAULT 0,       -- of the parts, each once
  duration_ms INTEGER NOT NULL DEFAULT 0, described_title TEXT, described_creator TEXT, described_date TEXT, arranged INTEGER NOT NULL DEFAULT 0 CHECK (arranged BETWEEN 0 AND 2),
  UNIQUE (accession_id, grouping_key)
) STRICT;

CREATE TABLE representations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  item_id INTEGER NOT NULL REFERENCES items (id),
  role TEXT NOT NULL CHECK (role IN ('preservation master', 'production master', 'access copy', 'documentation')),
  UNIQUE (item_id, role)
) STRICT;

CREATE TABLE formats (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  puid TEXT NOT NULL DEFAULT '',          -- empty where PRONOM has no entry, never a wrong one
  UNIQUE (name, mime, puid)
) STRICT;

-- One distinct content. Its SHA-256 is the baseline of every audit.
CREATE TABLE objects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  size INTEGER NOT NULL CHECK (size >= 0),
  format_id INTEGER NOT NULL REFERENCES formats (id),
  kind TEXT NOT NULL,                     -- audio, cue, log, image, …; see shared/domain/file-kind.ts
  recorded_at INTEGER NOT NULL
) STRICT;

-- Digests beside the SHA-256: what the policy asks for, and later essence digests and imported baselines.
CREATE TABLE digests (
  object_id INTEGER NOT NULL REFERENCES objects (id),
  algorithm TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (object_id, algorithm)
) STRICT, WITHOUT ROWID;

-- A baseline is never silently replaced (design, invariant 3).
CREATE TRIGGER objects_keep_baseline BEFORE UPDATE OF sha256, size ON objects
BEGIN SELECT raise(ABORT, 'a recorded digest is never replaced'); END;

CREATE TRIGGER digests_keep_baseline BEFORE UPDATE ON digests
BEGIN SELECT raise(ABORT, 'a recorded digest is never replaced'); END;

CREATE TRIGGER digests_refuse_delete BEFORE DELETE ON digests
BEGIN SELECT raise(ABORT, 'a recorded digest is never removed'); END;

CREATE TABLE technical_metadata (
  object_id INTEGER PRIMARY KEY REFERENCES objects (id),
  container TEXT,
  codec TEXT,
  lossless INTEGER,
  duration_ms INTEGER,
  sample_rate INTEGER,                    -- Hz
  bit_depth INTEGER,
  channels INTEGER,
  bit_rate INTEGER                        -- bit/s
) STRICT;

-- What the file says of itself: the words that lists and search use, and every tag as found, as JSON
-- {"<tag type>": [["id", value], …]}; never edited. What an archivist writes stands in descriptions and wins.
CREATE TABLE embedded_metadata (
  object_id INTEGER PRIMARY KEY REFERENCES objects (id),
  title TEXT,
  artist TEXT,
  album TEXT,
  album_artist TEXT,
  date TEXT,
  disc INTEGER,
  track INTEGER,
  found TEXT NOT NULL
) STRICT;

-- What a representation is made of, in order.
CREATE TABLE parts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  representation_id INTEGER NOT NULL REFERENCES representations (id),
  object_id INTEGER NOT NULL REFERENCES objects (id),
  replica_id INTEGER,                     -- whose folder and name gave position and name_title
  position INTEGER NOT NULL,
  name_title TEXT,                        -- from the file name, only where the file has no title of its own
  title_key TEXT NOT NULL,                -- folded for sorting; see sortKey()
  artist_key TEXT NOT NULL DEFAULT '',
  album_key TEXT NOT NULL DEFAULT '',
  duration_ms INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL, described_title TEXT, described_creator TEXT, described_date TEXT, described_words TEXT,
  UNIQUE (representation_id, object_id)
) STRICT;

CREATE INDEX parts_by_object ON parts (object_id);

CREATE INDEX parts_by_title ON parts (title_key, id);

CREATE INDEX parts_by_artist ON parts (artist_key, id);

CREATE INDEX parts_by_album ON parts (album_key, id);

CREATE INDEX parts_by_duration ON parts (duration_ms, id);

CREATE INDEX parts_by_size ON parts (size, id);

CREATE TABLE folders (
  id INTEGER PRIMARY KEY,
  location_id INTEGER NOT NULL REFERENCES locations (id),
  path BLOB NOT NULL,                     -- relative to the location's root
  UNIQUE (location_id, path)
) STRICT;

-- Folders whose files are recorded and not yet wholly proposed as items; empty when no accession is open.
CREATE TABLE open_folders (
  accrual_id INTEGER NOT NULL REFERENCES accruals (id),
  folder_id INTEGER NOT NULL REFERENCES folders (id),
  recordings_proposed INTEGER NOT NULL DEFAULT 0, -- 1: its papers wait until every recording of the accrual is known
  PRIMARY KEY (accrual_id, folder_id)
) STRICT, WITHOUT ROWID;

-- One copy of an object at an expected path.
CREATE TABLE replicas (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  object_id INTEGER NOT NULL REFERENCES objects (id),
  folder_id INTEGER NOT NULL REFERENCES folders (id),
  accrual_id INTEGER NOT NULL REFERENCES accruals (id),
  name BLOB NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  ctime_ns INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  outcome TEXT NOT NULL DEFAULT 'not_checked',  -- of the last check
  checked_at INTEGER,
  verified_at INTEGER,                    -- last time its bytes were read and found equal to the baseline
  UNIQUE (folder_id, name)
) STRICT;

CREATE INDEX replicas_by_object ON replicas (object_id);

-- Files present in a location and in nobody's custody, as the last rescan or audit saw them.
CREATE TABLE untracked (
  folder_id INTEGER NOT NULL REFERENCES folders (id),
  name BLOB NOT NULL,
  size INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (folder_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE identifiers (
  entity TEXT NOT NULL,                   -- item, object, collection, accession
  entity_id INTEGER NOT NULL,
  scheme TEXT NOT NULL,                   -- isrc, mbid-recording, barcode, …
  value TEXT NOT NULL,
  source TEXT NOT NULL,                   -- tag, import, archivist
  PRIMARY KEY (entity, entity_id, scheme, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX identifiers_by_value ON identifiers (value, scheme);

CREATE TABLE relations (
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  predicate TEXT NOT NULL CHECK (predicate IN ('part of', 'derived from', 'documents', 'same essence')),
  object TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  PRIMARY KEY (subject, subject_id, predicate, object, object_id)
) STRICT, WITHOUT ROWID;

-- The versioned layer of description: what people and imports say, apart from the files.
CREATE TABLE descriptions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('tag', 'file name', 'import', 'archivist')),
  agent_id INTEGER REFERENCES agents (id),
  recorded_at INTEGER NOT NULL,
  superseded_by INTEGER REFERENCES descriptions (id)
, edit_id INTEGER REFERENCES description_edits (id), salt BLOB, written_of INTEGER) STRICT;

CREATE INDEX descriptions_by_entity ON descriptions (entity, entity_id, field);

CREATE TABLE rights_statements (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  basis TEXT NOT NULL CHECK (basis IN ('copyright', 'license', 'statute', 'other', 'unknown')),
  note TEXT NOT NULL DEFAULT '',
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE rights_links (
  statement_id INTEGER NOT NULL REFERENCES rights_statements (id),
  entity TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  PRIMARY KEY (entity, entity_id, statement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'interrupted', 'done', 'failed', 'cancelled')),
  resume_key TEXT NOT NULL,               -- the same act over the same roots finds its open job by this
  params TEXT NOT NULL,                   -- JSON
  progress TEXT NOT NULL,                 -- JSON
  result TEXT,                            -- JSON
  error TEXT,                             -- JSON {code, message}
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;

CREATE INDEX jobs_by_resume_key ON jobs (resume_key);

-- An act closes with one event that commits to its outcomes by a Merkle root.
CREATE TABLE acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  job_id INTEGER REFERENCES jobs (id),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  tally TEXT NOT NULL DEFAULT '{}',       -- JSON counts of what the act did so far
  event_seq INTEGER
) STRICT;

CREATE INDEX acts_by_job ON acts (job_id);

CREATE TABLE act_outcomes (
  act_id INTEGER NOT NULL REFERENCES acts (id),
  ordinal INTEGER NOT NULL,
  replica_id INTEGER,                     -- NULL for what never became a replica: see problem_id
  problem_id INTEGER,
  outcome TEXT NOT NULL,
  PRIMARY KEY (act_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What went wrong or was left out, a file each; paths stand here and not in the log, so that they can be erased.
CREATE TABLE problems (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  location_id INTEGER REFERENCES locations (id),
  path BLOB NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('problem', 'advisory', 'refusal')),
  message TEXT NOT NULL,
  salt BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Once for each act, however often it was resumed; UNIQUE alone would take every NULL location for another one.
CREATE UNIQUE INDEX problems_once ON problems (act_id, coalesce(location_id, 0), path, code);

-- One act that read or looked: an audit or a rescan.
CREATE TABLE runs (
  act_id INTEGER PRIMARY KEY REFERENCES acts (id),
  kind TEXT NOT NULL CHECK (kind IN ('audit', 'rescan')),
  location_id INTEGER REFERENCES locations (id),
  planned INTEGER NOT NULL DEFAULT 0,
  checked INTEGER NOT NULL DEFAULT 0,
  bytes_read INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0,
  outcomes TEXT NOT NULL DEFAULT '{}'     -- JSON counts
, asked TEXT NOT NULL DEFAULT '{}', cached INTEGER CHECK (cached IN (0, 1))) STRICT;

-- Append-only, hash-chained, signed (design, invariant 6).
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  act_id INTEGER,
  outcome TEXT NOT NULL CHECK (outcome IN ('success', 'fail', 'warning')),
  body TEXT NOT NULL,                     -- RFC 8785 canonical JSON
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  signature BLOB NOT NULL,
  key_id TEXT NOT NULL REFERENCES signing_keys (id)
) STRICT;

CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'the log only grows'); END;

CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'the log only grows'); END;

CREATE TABLE event_links (
  event_seq INTEGER NOT NULL REFERENCES events (seq),
  entity TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  PRIMARY KEY (entity, entity_id, event_seq)
) STRICT, WITHOUT ROWID;

-- Words that an event is committed to by a salted digest; erasing them leaves the chain whole.
CREATE TABLE event_details (
  event_seq INTEGER PRIMARY KEY REFERENCES events (seq),
  salt BLOB NOT NULL,
  detail TEXT NOT NULL
) STRICT;

-- Kept by the writer in the transaction that changes what they count; recount() proves them.
CREATE TABLE counters (
  facet TEXT NOT NULL,
  key TEXT NOT NULL,
  count INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  PRIMARY KEY (facet, key)
) STRICT, WITHOUT ROWID;

-- Rowids are parts. The words are folded before they come here (shared/domain/search-text.ts).
CREATE VIRTUAL TABLE search USING fts5 (
  title, artist, album, path, identifiers,
  content = '', contentless_delete = 1, detail = 'column', prefix = '1 2 3',
  tokenize = 'unicode61 remove_diacritics 0'
);

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

CREATE INDEX descriptions_by_edit ON descriptions (edit_id);

-- Changes of a CSV while it is read: nothing of it stands before all of it can. Empty when none is under way.
CREATE TABLE description_drafts (
  draft INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  changes TEXT NOT NULL,                  -- JSON: a slice of them
  PRIMARY KEY (draft, ordinal)
) STRICT, WITHOUT ROWID;

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
, mass_change_id INTEGER REFERENCES mass_changes (id), resolved_by INTEGER REFERENCES agents (id), reason TEXT, resolved_act_id INTEGER REFERENCES acts (id)) STRICT;

CREATE UNIQUE INDEX findings_open ON findings (replica_id) WHERE resolved_at IS NULL;

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

-- What went missing is looked for among files of its size that nobody has custody of.
CREATE INDEX untracked_by_size ON untracked (size);

-- Heads of the log that somebody else holds.
CREATE TABLE lodged_heads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_seq INTEGER NOT NULL REFERENCES events (seq),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  lodged_with TEXT NOT NULL,              -- whoever holds it: a person, an institution, a file that was handed out
  how TEXT NOT NULL,                      -- proof, receipt, certificate, by hand, …
  at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE schedules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('audit', 'rescan')),
  location_id INTEGER REFERENCES locations (id), -- NULL: all
  words TEXT NOT NULL,                    -- as a person said it: "a twelfth every month"
  cron TEXT NOT NULL,                     -- five fields, in the time zone below
  time_zone TEXT NOT NULL,                -- IANA
  budget TEXT NOT NULL,                   -- JSON: see AuditBudget in shared/domain/audit-budget.ts
  paused INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL REFERENCES agents (id),
  removed_at INTEGER,
  last_due_at INTEGER,                    -- the due time that was last run or given up, before the last job
  last_job_id INTEGER REFERENCES jobs (id),
  last_job_due_at INTEGER,                -- what that job is for: run or given up once it is done or cancelled
  last_job_missed INTEGER NOT NULL DEFAULT 0, -- earlier due times that passed without a run
  told TEXT                               -- "<job> <state>": what people were last told of
) STRICT;

CREATE UNIQUE INDEX schedules_by_name ON schedules (name) WHERE removed_at IS NULL;

-- What a medium that is not connected is found by; only of locations of the kind offline.
CREATE TABLE shelf_media (
  location_id INTEGER PRIMARY KEY REFERENCES locations (id),
  barcode TEXT UNIQUE,
  shelf TEXT,
  generation TEXT,                        -- LTO-8, …
  recall_by TEXT                          -- ISO 8601 date by which it is to be read again
) STRICT;

-- Who has such a medium, and since when; one row a loan.
CREATE TABLE check_outs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  location_id INTEGER NOT NULL REFERENCES locations (id),
  out_at INTEGER NOT NULL,
  out_by INTEGER NOT NULL REFERENCES agents (id),
  lent_to TEXT NOT NULL,
  purpose TEXT NOT NULL DEFAULT '',
  expected_back TEXT,                     -- ISO 8601 date
  back_at INTEGER,
  back_by INTEGER REFERENCES agents (id),
  condition TEXT
) STRICT;

CREATE UNIQUE INDEX check_outs_open ON check_outs (location_id) WHERE back_at IS NULL;

-- What somebody else says of a location's files: one row a manifest that was taken in. Nothing of it was read here.
CREATE TABLE attestations (
  act_id INTEGER PRIMARY KEY REFERENCES acts (id),
  location_id INTEGER NOT NULL REFERENCES locations (id),
  attested_by TEXT NOT NULL,
  attested_on TEXT NOT NULL,              -- ISO 8601 date
  manifest_sha256 BLOB NOT NULL CHECK (length(manifest_sha256) = 32),
  outcomes TEXT NOT NULL                  -- JSON counts: attested, attested_altered, not_comparable, unmatched, passed_over
) STRICT;

CREATE INDEX attestations_by_location ON attestations (location_id, attested_on);

-- The last attestation of each replica, by its date. Never a verification: that is in replicas alone.
CREATE TABLE attested_replicas (
  replica_id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES attestations (act_id),
  outcome TEXT NOT NULL CHECK (outcome IN ('attested', 'attested_altered'))
) STRICT;

-- An older manifest that was taken in: somebody's digests of a past day. One row a manifest.
CREATE TABLE prior_manifests (
  act_id INTEGER PRIMARY KEY REFERENCES acts (id),
  location_id INTEGER NOT NULL REFERENCES locations (id),
  stated_by TEXT NOT NULL,
  stated_on TEXT NOT NULL,                -- ISO 8601 date
  made TEXT NOT NULL,                     -- dialect, program where it is named, character set
  manifest_sha256 BLOB NOT NULL CHECK (length(manifest_sha256) = 32),
  outcomes TEXT NOT NULL                  -- JSON counts: prior_agrees, prior_differs, not_comparable, unmatched, passed_over
) STRICT;

-- Contents of which a manifest says what is recorded. Their past reaches back to its day; nothing of it was read here.
CREATE TABLE prior_baselines (
  object_id INTEGER NOT NULL REFERENCES objects (id),
  act_id INTEGER NOT NULL REFERENCES prior_manifests (act_id),
  of_samples INTEGER NOT NULL CHECK (of_samples IN (0, 1)), -- 1: only what the sound decodes to
  PRIMARY KEY (object_id, act_id)
) STRICT, WITHOUT ROWID;

-- One row a package, from before its first byte is written, so that what an interruption left is known to be ours.
CREATE TABLE hand_outs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL CHECK (state IN ('open', 'sealed', 'done', 'withdrawn')), -- sealed: whole, valid, about to get its name
  of TEXT NOT NULL,                       -- for people
  name TEXT NOT NULL,
  form TEXT NOT NULL CHECK (form IN ('folder', 'tar', 'zip')),
  path BLOB NOT NULL,                     -- absolute; what it is called once it is whole
  token TEXT NOT NULL,                    -- stands in the folder in which it is made
  recipient TEXT,
  reserved TEXT NOT NULL DEFAULT '[]',    -- JSON: uses that somebody reserves
  reserved_by TEXT,
  override_reason TEXT,                   -- why files without documented rights or origin left all the same
  selection TEXT NOT NULL,                -- JSON: things with their ids, or a search
  files INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  withheld TEXT NOT NULL DEFAULT '[]',    -- JSON [{accession, reason, files, bytes}]
  digests TEXT NOT NULL,                  -- JSON: algorithms of its manifests
  seal_of TEXT,                           -- the tag manifest that speaks for all of it
  seal BLOB CHECK (length(seal) = 32),    -- its SHA-256
  seal_file BLOB CHECK (length(seal_file) = 32), -- SHA-256 of the tar or zip
  log_events INTEGER NOT NULL,
  log_head TEXT NOT NULL,                 -- as it stands in the package
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  event_seq INTEGER REFERENCES events (seq),
  CHECK ((reserved_by IS NULL) = (reserved = '[]')),
  CHECK (state <> 'done' OR (seal IS NOT NULL AND event_seq IS NOT NULL))
) STRICT;

CREATE INDEX hand_outs_unfinished ON hand_outs (state) WHERE state IN ('open', 'sealed');
