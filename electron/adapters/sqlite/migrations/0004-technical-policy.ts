import type { Migration } from './migration.ts';

/** What an archive asks of its files technically, the default as IASA-TC 04 has it; and whether new ones are shown to a virus scanner. */
export const migration: Migration = {
  version: 4,
  name: 'technical-policy',
  sql: `
-- JSON: see TechnicalPolicy in shared/domain/technical-policy.ts. Written out, so that a later default changes no archive.
ALTER TABLE archive ADD COLUMN technical_policy TEXT NOT NULL DEFAULT '{"analogueTransfers":{"preservation master":{"sampleRate":48000,"bitDepth":24,"lossless":true}},"digitalCarriers":["CD","CD-R","CD-ROM","compact disc","DVD","Blu-ray","SACD","DAT","R-DAT","MiniDisc","DCC","ADAT","PCM","DASH","digital","file","files","download","hard disk","memory card","USB"],"formatsAtRisk":["Windows Media Audio","Advanced Systems Format","RealAudio 3","RealAudio 4","RealMedia","Monkey''s Audio","TTA 1","TTA 2","Shorten","DSF","DSDIFF","Musepack","TAK","OptimFROG"]}';
-- 1: new files are shown to the virus scanner of the system.
ALTER TABLE archive ADD COLUMN virus_check INTEGER NOT NULL DEFAULT 0;
`,
};
