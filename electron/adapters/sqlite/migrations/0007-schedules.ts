import type { Migration } from './migration.ts';

/** When audits are due, whom their results are told, and where media that are not connected lie. */
export const migration: Migration = {
  version: 7,
  name: 'schedules',
  sql: `
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

-- JSON: see Telling in shared/domain/telling.ts; a password is never in it.
ALTER TABLE archive ADD COLUMN telling TEXT NOT NULL DEFAULT '{}';

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

-- What never was verified counts by the day on which custody of it was taken, negative, and no more as 0 for all of it.
DELETE FROM counters WHERE facet = 'verified' AND key = '0';
INSERT INTO counters (facet, key, count, bytes, duration_ms)
  SELECT 'verified', CAST(0 - c.opened_at / 86400000 AS TEXT), count(*), sum(r.size), sum(coalesce(t.duration_ms, 0))
  FROM replicas r JOIN accruals c ON c.id = r.accrual_id LEFT JOIN technical_metadata t ON t.object_id = r.object_id
  WHERE r.verified_at IS NULL GROUP BY 2;
`,
};
