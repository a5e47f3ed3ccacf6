import type { Migration } from './migration.ts';
import { migration as catalogue } from './0001-catalogue.ts';
import { migration as collections } from './0002-collections.ts';
import { migration as audioIntegrity } from './0003-audio-integrity.ts';
import { migration as technicalPolicy } from './0004-technical-policy.ts';
import { migration as auditRuns } from './0005-audit-runs.ts';
import { migration as decisions } from './0006-decisions.ts';
import { migration as schedules } from './0007-schedules.ts';
import { migration as attestations } from './0008-attestations.ts';
import { migration as massChangePolicy } from './0009-mass-change-policy.ts';
import { migration as priorBaselines } from './0010-prior-baselines.ts';
import { migration as handOuts } from './0011-hand-outs.ts';

/** All migrations in order; a new one is a file beside this one and a line here. */
export const migrations: readonly Migration[] = [
  catalogue,
  collections,
  audioIntegrity,
  technicalPolicy,
  auditRuns,
  decisions,
  schedules,
  attestations,
  massChangePolicy,
  priorBaselines,
  handOuts,
];
