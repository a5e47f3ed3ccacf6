import { REGROUPINGS } from '../domain/structure-terms.ts';
import { z } from 'zod';
import { RELATION_PREDICATES, REPRESENTATION_ROLES } from '../domain/vocabulary.ts';
import { idSchema, pageInput, pageOf, pathSchema, procedure, textSchema } from './common.ts';
import { collectionWordSchema } from './collections.ts';

export const roleSchema = z.enum(REPRESENTATION_ROLES);
export const predicateSchema = z.enum(RELATION_PREDICATES);

/** An item as lists show it. */
export const itemSchema = z.object({
  id: idSchema,
  title: z.string(),
  creator: z.string().optional(),
  date: z.string().optional(),
  /** The number of its accession. */
  accession: z.string(),
  accessionId: idSchema,
  parts: z.int(),
  /** Parts by role. */
  roles: z.partialRecord(roleSchema, z.int()),
  bytes: z.int(),
  durationMs: z.int(),
  /** By hand or by rule: no accrual takes it apart. */
  arranged: z.boolean(),
});

/** Between items and contents (`obj-7`); a part that is named stands for its content. */
export const relationSchema = z.object({
  subject: idSchema,
  predicate: predicateSchema,
  object: idSchema,
});

/** A track inside one file, as a cue sheet tells it. Frames are 1/75 s, as on a disc. */
export const trackSchema = z.object({
  part: idSchema,
  number: z.int(),
  title: z.string().optional(),
  performer: z.string().optional(),
  isrc: z.string().optional(),
  /** Where the pause before it begins, if it has one. */
  gapFrame: z.int().optional(),
  startFrame: z.int(),
  /** Absent: it runs to the end of a file of unknown length. */
  endFrame: z.int().optional(),
  /** The cue sheet's content. */
  cue: idSchema,
});

export const regroupInputSchema = z.object({
  /** By id or number. */
  accession: textSchema(1000),
  by: z.enum(REGROUPINGS).optional(),
  /** File-name rules, the first that matches counts; see shared/domain/name-rule.ts. */
  rules: z.array(textSchema(1000)).max(20).default([]),
  /**
   * A table with the columns `path` (or `pathBytes`, base64) and `item`, and where they are wanted `role`, `position` and `title`.
   * A path is absolute or relative to the accession's folder; an item is a name, or the id of one of the accession.
   */
  csv: pathSchema.optional(),
  /** WHATWG label; found by looking where it is absent. */
  encoding: textSchema(100).optional(),
  /** Passes over rows that cannot be applied. */
  skipBad: z.boolean().default(false),
  /** Also takes apart what was arranged before. */
  arranged: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});

/** What a regrouping makes, or would make. Lists carry the first 200 rows. */
export const regroupResultSchema = z.object({
  applied: z.boolean(),
  items: z.array(
    z.object({
      title: z.string(),
      /** Absent: a new item; present after it was made. */
      id: idSchema.optional(),
      parts: z.int(),
      roles: z.partialRecord(roleSchema, z.int()),
      durationMs: z.int(),
    }),
  ),
  itemsTotal: z.int(),
  /** Parts that come to another item, role or place. */
  moved: z.int(),
  /** Items that have no part left and end; those they went to answer for them. */
  dissolved: z.int(),
  relations: z.int(),
  /** Files that no rule or row speaks of: they stay where they are. */
  unmatched: z.array(pathSchema),
  unmatchedTotal: z.int(),
  /** Files of items that were arranged before and are left alone. */
  leftAlone: z.int(),
  /** Rows that cannot be applied; while there is one that is not passed over, nothing is. */
  faults: z.array(z.object({ row: z.int(), message: z.string() })),
  faultsTotal: z.int(),
});

const partIds = z.array(idSchema).min(1).max(10_000);

export const items = {
  list: procedure
    .input(
      z.object({
        accession: textSchema(1000).optional(),
        collection: collectionWordSchema.optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(itemSchema)),
  /** Takes parts out of an item into a new one. */
  split: procedure
    .input(z.object({ item: idSchema, parts: partIds, title: textSchema(1000).trim().min(1).optional() }))
    .output(z.object({ item: itemSchema, from: itemSchema })),
  /** Takes the items into the first; their ids lead to it from then on. */
  merge: procedure.input(z.object({ into: idSchema, items: partIds })).output(itemSchema),
  /** Moves parts to an item of the same accession. */
  move: procedure.input(z.object({ parts: partIds, to: idSchema })).output(itemSchema),
  /** The named parts come first, in this order; the others of the item follow as they stand. */
  order: procedure.input(z.object({ item: idSchema, parts: partIds })).output(itemSchema),
  /** Gives a part, or the recordings of an item, another role. */
  role: procedure.input(z.object({ id: idSchema, role: roleSchema })).output(itemSchema),
  relate: procedure
    .input(relationSchema)
    .output(z.object({ relation: relationSchema, changed: z.boolean() })),
  unrelate: procedure
    .input(relationSchema)
    .output(z.object({ relation: relationSchema, changed: z.boolean() })),
  /** Of an item or a part. */
  tracks: procedure
    .input(z.object({ id: idSchema }))
    .output(z.object({ rows: z.array(trackSchema), next: z.null() })),
  regroup: procedure.input(regroupInputSchema).output(regroupResultSchema),
};

export type Item = z.infer<typeof itemSchema>;
export type Relation = z.infer<typeof relationSchema>;
export type Track = z.infer<typeof trackSchema>;
export type RegroupInput = z.infer<typeof regroupInputSchema>;
export type RegroupResult = z.infer<typeof regroupResultSchema>;
