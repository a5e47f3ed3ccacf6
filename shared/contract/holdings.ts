import { z } from 'zod';
import { describedFieldSchema } from './description.ts';
import { relationSchema, trackSchema } from './items.ts';
import {
  digestHexSchema,
  idSchema,
  pageInput,
  pageOf,
  pathSchema,
  procedure,
  timeSchema,
  textSchema,
} from './common.ts';

/** The closed list of sorts that stay fast over a million rows. */
export const HOLDINGS_SORTS = ['added', 'title', 'artist', 'album', 'duration', 'size'] as const;

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
});

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
  list: procedure
    .input(
      z.object({
        sort: z.enum(HOLDINGS_SORTS).default('added'),
        direction: z.enum(['ascending', 'descending']).default('ascending'),
        ...pageInput,
      }),
    )
    .output(pageOf(holdingSchema)),
  /** Words and prefixes over title, artist, album, path and identifiers; `capped` when more matched than were ranked. */
  search: procedure
    .input(z.object({ text: textSchema(1000), limit: z.int().min(1).max(500).default(50) }))
    .output(z.object({ rows: z.array(holdingSchema), next: z.null(), capped: z.boolean() })),
  /** By public id, by SHA-256, or by the path of a replica. */
  show: procedure
    .input(z.object({ id: z.string().optional(), path: pathSchema.optional() }))
    .output(entitySchema),
};

export type HoldingsSort = (typeof HOLDINGS_SORTS)[number];
export type Holding = z.infer<typeof holdingSchema>;
export type Replica = z.infer<typeof replicaSchema>;
export type FormerReplica = z.infer<typeof formerReplicaSchema>;
export type Entity = z.infer<typeof entitySchema>;
export type EventSummary = z.infer<typeof eventSummarySchema>;
