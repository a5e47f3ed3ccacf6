import type { Migration } from './migration.ts';

/** What an audit was asked for and how it read; and to whom heads of the log were handed, who can prove tampering by them. */
export const migration: Migration = {
  version: 5,
  name: 'audit-runs',
  sql: `
-- JSON: the budget of a run, see AuditBudget in shared/domain/audit-budget.ts; {} where everything was asked for.
ALTER TABLE runs ADD COLUMN asked TEXT NOT NULL DEFAULT '{}';
-- 1: what was read may have come from the system's cache, and not from the medium; NULL: of before this was known.
ALTER TABLE runs ADD COLUMN cached INTEGER CHECK (cached IN (0, 1));

-- How many files of a location are read at once; NULL: as its device is detected.
ALTER TABLE locations ADD COLUMN readers INTEGER CHECK (readers BETWEEN 1 AND 16);

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
`,
};
