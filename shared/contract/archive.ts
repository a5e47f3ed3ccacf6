import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { MASS_BOUNDS } from '../domain/mass-change.ts';
import { JUDGED_ROLES } from '../domain/technical-policy.ts';
import { FURTHER_DIGESTS } from '../domain/vocabulary.ts';
import { agentRefSchema } from './agents.ts';
import { digestHexSchema, pathSchema, procedure, tallySchema, timeSchema } from './common.ts';

const MOST_WORDS = 200;
const wordsSchema = z.array(z.string().trim().min(1).max(100)).max(MOST_WORDS);

const requirementsSchema = z.object({
  /** Hz. */
  sampleRate: z.int().min(1).max(10_000_000).optional(),
  bitDepth: z.int().min(1).max(64).optional(),
  lossless: z.boolean().optional(),
});

/** What is asked of files technically. A shortfall is shown and blocks nothing. */
export const technicalPolicySchema = z.object({
  /** Of what was transferred from an analogue carrier, by the role of the file. */
  analogueTransfers: z.partialRecord(z.enum(JUDGED_ROLES), requirementsSchema),
  /** Words by which a described carrier is known to be digital. */
  digitalCarriers: wordsSchema,
  /** By the names that files are identified by. */
  formatsAtRisk: wordsSchema,
});

const { share, files, least } = MASS_BOUNDS;

/** From when on what changes at once is one finding, which a person decides on before anything is built on it. */
const massThresholdsSchema = z.object({
  share: z.number().min(share.from).max(share.to),
  files: z.int().min(files.from).max(files.to),
  least: z.int().min(least.from).max(least.to),
});

export const policySchema = z.object({
  accessionPattern: z.string(),
  furtherDigests: z.array(z.enum(FURTHER_DIGESTS)),
  verifyWithinDays: z.int().positive(),
  technical: technicalPolicySchema,
  /** Whether new files are shown to the virus scanner of the system, where there is one. */
  virusCheck: z.boolean(),
  massChange: massThresholdsSchema,
});

export const archiveSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  path: pathSchema,
  schemaVersion: z.int(),
  readOnly: z.boolean(),
  createdAt: timeSchema,
  policy: policySchema,
});

export const statusSchema = z.object({
  archive: z.object({ id: z.uuid(), name: z.string() }),
  items: z.int(),
  objects: z.int(),
  replicas: z.int(),
  bytes: z.int(),
  hours: z.number(),
  /** Replicas by the outcome of their last check. */
  byOutcome: z.record(z.string(), z.int()),
  /** Items and hours by preservation status. */
  byStatus: z.record(z.string(), tallySchema),
  byFormat: z.record(z.string(), tallySchema),
  byLocation: z.record(z.string(), tallySchema),
  /** Replicas whose last verification, or, never verified, whose accession is longer ago than the policy allows. */
  overdue: z.int(),
  /** Replicas that never were verified and are not overdue yet. */
  awaitingFirstCheck: z.int(),
  /** What is not connected, as planned. `toFetch`: lent and due back, or to be read again, with the date past. */
  offline: z.object({ locations: z.int(), replicas: z.int(), toFetch: z.int() }),
  openFindings: z.int(),
  /** Mass changes that nobody has decided on; their findings are among the open ones. */
  openMassChanges: z.int(),
  untracked: z.int(),
  /** Gaps that block sharing: accessions of unknown rights basis, source or acquisition. */
  gaps: z.object({ rights: z.int(), source: z.int(), acquired: z.int() }),
  /** Places where a deletion is not done: they could not be reached, or hold what the catalogue does not know. */
  pendingDeletions: z.int(),
  openJobs: z.int(),
  /** Who answers for the archive today, and who takes over; empty where nobody is named. */
  responsible: z.array(agentRefSchema),
  successors: z.array(agentRefSchema),
  /** Collections and accessions with somebody of their own responsible, and nobody to take over from them. */
  withoutSuccessor: z.int(),
  lastAudit: z
    .object({
      at: timeSchema,
      checked: z.int(),
      complete: z.boolean(),
      outcomes: z.record(z.string(), z.int()),
    })
    .nullable(),
  /** False while no managed location holds a snapshot of the catalogue. */
  catalogueHasCopy: z.boolean(),
  /** Why copies of the catalogue are out of date: what went wrong when they were last to be written. Absent where nothing did. */
  copyProblems: z.array(z.string()).optional(),
  log: z.object({ events: z.int(), head: digestHexSchema }),
});

/** What takes longer to count than `status` may: recordings by role, by the rights basis of their accession, and by kind. */
export const breakdownSchema = z.object({
  byRole: z.record(z.string(), tallySchema),
  byRights: z.record(z.string(), tallySchema),
  byKind: z.record(z.string(), tallySchema),
});

/** Parts of what is shown that may have changed; a screen asks again for what it shows of them. */
export const CHANGE_TOPICS = [
  'archive',
  'accession',
  'holdings',
  'description',
  'collections',
  'items',
  'locations',
  'events',
  'fixity',
  'jobs',
  'agents',
  'appraisals',
  'intake',
  'handOuts',
  'preferences',
] as const;

export const changeSetSchema = z.object({ topics: z.array(z.enum(CHANGE_TOPICS)) });

export const archive = {
  info: procedure.output(archiveSchema),
  /** Under whose name acts of this connection are recorded. */
  me: procedure.output(z.object({ name: z.string() })),
  status: procedure.output(statusSchema),
  breakdown: procedure.output(breakdownSchema),
  /** A coalesced hint, at most four a second, whoever made the change; so that two windows stay in step. */
  changes: procedure.output(eventIterator(changeSetSchema)),
  /** Changes what is named of the policy, with a `policy assignment` event. The pattern and digests hold for what comes. */
  updatePolicy: procedure.input(policySchema.partial()).output(archiveSchema),
};

export type ArchiveInfo = z.infer<typeof archiveSchema>;
export type ArchivePolicy = z.infer<typeof policySchema>;
export type ArchiveBreakdown = z.infer<typeof breakdownSchema>;
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];
export type ArchiveStatus = z.infer<typeof statusSchema>;
