import type { Migration } from './migration.ts';

/** What contents were before they came into custody, apart from what is attested of replicas and from what was checked here. */
export const migration: Migration = {
  version: 10,
  name: 'prior-baselines',
  sql: `
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
`,
};
