import type { Migration } from './migration.ts';

/** What left the archive as a package, to whom, when and under which decision. */
export const migration: Migration = {
  version: 11,
  name: 'hand-outs',
  sql: `
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
`,
};
