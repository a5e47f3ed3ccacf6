import { z } from 'zod';
import { AUDIT_OUTCOMES } from '../domain/audit-outcome.ts';
import { HOLDINGS_SORTS } from '../domain/holdings-list.ts';
import { PRESERVATION_STATUSES } from '../domain/preservation-status.ts';
import { REPRESENTATION_ROLES } from '../domain/vocabulary.ts';
import { describedFieldSchema } from './description.ts';
import { integritySchema, shortfallSchema } from './integrity.ts';
import { relationSchema, trackSchema } from './items.ts';
import {
  dateSchema,
  digestHexSchema,
  idSchema,
  pageInput,
  pageOf,
  pathSchema,
  procedure,
  timeSchema,
  textSchema,
} from './common.ts';
import { replicaHistorySchema } from './replica-history.ts';

/** One part of one item: a recording, or what documents it. */
export const holdingSchema = z.object({
  id: idSchema,
  item: idSchema,
  itemTitle: z.string(),
  accession: z.string(),
  role: z.string(),
  kind: z.string(),
  title: z.string(),
  artist: z.string(),
  album: z.string(),
  date: z.string(),
  format: z.string(),
  durationMs: z.int(),
  size: z.int(),
  sha256: digestHexSchema,
  replicas: z.int(),
  /** Where one replica stands. */
  path: pathSchema,
  location: idSchema,
  outcome: z.string(),
  verifiedAt: timeSchema.optional(),
  /** Of its item. */
  status: z.enum(PRESERVATION_STATUSES),
});

/** What a list of holdings is narrowed to; everything that is said holds at once. */
export const holdingsFilterSchema = z.object({
  /** Words and prefixes, as `search` takes them. */
  text: textSchema(1000).optional(),
  /** With what lies below it. */
  collection: idSchema.optional(),
  accession: idSchema.optional(),
  item: idSchema.optional(),
  location: idSchema.optional(),
  role: z.enum(REPRESENTATION_ROLES).optional(),
  /** `audio`, `image`, …: see shared/domain/file-kind.ts. */
  kind: textSchema(40).optional(),
  /** As `archive.status` names it. */
  format: textSchema(200).optional(),
  status: z.enum(PRESERVATION_STATUSES).optional(),
  /** Of the last check of any of its replicas. */
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  /** Of its accession. */
  gap: z.enum(['rights', 'source', 'acquired']).optional(),
});

const countedSchema = z.object({ count: z.int(), capped: z.boolean() });

export const replicaSchema = z.object({
  id: idSchema,
  location: idSchema,
  locationName: z.string(),
  path: pathSchema,
  size: z.int(),
  modifiedAt: timeSchema,
  outcome: z.string(),
  checkedAt: timeSchema.optional(),
  verifiedAt: timeSchema.optional(),
  /** What somebody else last said of it, and whether that agrees with what is recorded; it was not read here for it. */
  attested: z.object({ on: dateSchema, by: z.string(), agrees: z.boolean() }).optional(),
});

/** A copy that custody has ended of: when, why, and whether its bytes were removed. */
export const formerReplicaSchema = z.object({
  id: idSchema,
  location: idSchema,
  locationName: z.string(),
  /** Absent once it was erased. */
  path: pathSchema.optional(),
  size: z.int(),
  accession: z.string(),
  accessionId: idSchema,
  custodyEndedAt: timeSchema,
  reason: z.string(),
  authority: z.string(),
  deletedAt: timeSchema.optional(),
  deletionReason: z.string().optional(),
});

export const eventSummarySchema = z.object({
  id: idSchema,
  type: z.string(),
  at: timeSchema,
  outcome: z.enum(['success', 'fail', 'warning']),
  agent: z.string(),
  note: z.string(),
});

export const objectSchema = z.object({
  id: idSchema,
  size: z.int(),
  kind: z.string(),
  format: z.object({ name: z.string(), mime: z.string(), puid: z.string() }),
  /** Algorithm to lower-case hex; `sha256` is always there. */
  digests: z.record(z.string(), digestHexSchema),
  technical: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Every tag as found. */
  tags: z.record(z.string(), z.array(z.tuple([z.string(), z.unknown()]))),
  recordedAt: timeSchema,
  /** What older manifests say of it, oldest first: since when it is known to be what it is. Nothing of it was read here. */
  priorBaselines: z
    .array(z.object({ on: dateSchema, by: z.string(), made: z.string(), ofSamples: z.boolean() }))
    .optional(),
  /** Of sound whose format is walked, and that was taken in since there are walkers. */
  integrity: integritySchema.optional(),
  shortfalls: z.array(shortfallSchema),
});

/** Everything about one thing: what it is, what it is made of, where it stands, what happened to it. */
export const entitySchema = z.object({
  kind: z.string(),
  id: idSchema,
  title: z.string(),
  /** Plain facts of this kind of entity, for people and scripts. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  parts: z.array(holdingSchema),
  object: objectSchema.optional(),
  replicas: z.array(replicaSchema),
  /** Absent where there never was one. */
  formerReplicas: z.array(formerReplicaSchema).optional(),
  identifiers: z.array(z.object({ scheme: z.string(), value: z.string(), source: z.string() })),
  /** How it stands to other items and contents; absent where nothing is recorded. */
  relations: z.array(relationSchema).optional(),
  /** Tracks inside its files, as cue sheets tell them. */
  tracks: z.array(trackSchema).optional(),
  events: z.array(eventSummarySchema),
  /** What is said of it, field by field, and by whom; absent for what takes no description. */
  description: z.array(describedFieldSchema).optional(),
});

export const holdings = {
  /**
   * A page after `cursor`, or the page that begins at `offset` of the whole order. With a filter only the first MOST_FILTERED
   * rows of the order can be reached. A page with a filter tells how many rows the list has, as `count` does: they were found
   * together.
   */
  list: procedure
    .input(
      z.object({
        filter: holdingsFilterSchema.optional(),
        offset: z.int().min(0).optional(),
        sort: z.enum(HOLDINGS_SORTS).default('added'),
        direction: z.enum(['ascending', 'descending']).default('ascending'),
        ...pageInput,
      }),
    )
    .output(pageOf(holdingSchema).extend({ counted: countedSchema.optional() })),
  /** How many rows the list has; `capped` where a filter finds more than can be reached. */
  count: procedure.input(z.object({ filter: holdingsFilterSchema.optional() })).output(countedSchema),
  /**
   * Words and prefixes over title, artist, album, path, identifiers and description; after these, recordings whose accession or
   * collection has the words. `capped` when more matched than were ranked.
   */
  search: procedure
    .input(z.object({ text: textSchema(1000), limit: z.int().min(1).max(500).default(50) }))
    .output(z.object({ rows: z.array(holdingSchema), next: z.null(), capped: z.boolean() })),
  /** By public id, by SHA-256, or by the path of a replica. */
  show: procedure
    .input(z.object({ id: z.string().optional(), path: pathSchema.optional() }))
    .output(entitySchema),
  /** Of a replica in custody: when it was checked, what was found, and what was decided. */
  history: procedure.input(z.object({ id: idSchema })).output(replicaHistorySchema),
};

export type HoldingsFilter = z.infer<typeof holdingsFilterSchema>;
export type Holding = z.infer<typeof holdingSchema>;
export type Replica = z.infer<typeof replicaSchema>;
export type FormerReplica = z.infer<typeof formerReplicaSchema>;
export type Entity = z.infer<typeof entitySchema>;
export type EventSummary = z.infer<typeof eventSummarySchema>;
