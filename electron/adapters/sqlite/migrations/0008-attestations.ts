import type { Migration } from './migration.ts';

/** Checks that were made elsewhere, apart from those that were made here. */
export const migration: Migration = {
  version: 8,
  name: 'attestations',
  sql: `
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
`,
};
