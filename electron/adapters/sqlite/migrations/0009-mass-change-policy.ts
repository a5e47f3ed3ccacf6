import type { Migration } from './migration.ts';

/** From how many files on what changes at once is one finding: what was a constant is the archive's policy. */
export const migration: Migration = {
  version: 9,
  name: 'mass-change-policy',
  sql: `
-- JSON: see MassThresholds in shared/domain/mass-change.ts.
ALTER TABLE archive ADD COLUMN mass_change TEXT NOT NULL DEFAULT '{"share":0.05,"files":100,"least":20}';
`,
};
