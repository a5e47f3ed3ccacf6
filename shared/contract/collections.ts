import { z } from 'zod';
import { idSchema, procedure, textSchema, timeSchema } from './common.ts';

/** An id (`col-3`), a path of names (`Jazz/Bebop`, a slash of a name as `\/`), or a name that only one collection has. */
export const collectionWordSchema = textSchema(10_000);

/** A collection, its totals with everything below it. */
export const collectionSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Names from the top, as `collection` is given. */
  path: z.string(),
  parent: idSchema.optional(),
  /** 0 at the top. */
  depth: z.int(),
  createdAt: timeSchema,
  /** Accessions that are assigned to it itself. */
  ownAccessions: z.int(),
  /** Of it and all that lies below it; each part of each item once, and every copy that came with an accession. */
  totals: z.object({
    collections: z.int(),
    accessions: z.int(),
    items: z.int(),
    replicas: z.int(),
    bytes: z.int(),
    hours: z.number(),
  }),
});

export const collections = {
  /** The whole tree, each collection before what lies in it, siblings by name; or what lies at and below one. */
  list: procedure
    .input(z.object({ under: collectionWordSchema.optional() }))
    .output(z.object({ rows: z.array(collectionSchema), next: z.null() })),
  get: procedure.input(z.object({ collection: collectionWordSchema })).output(collectionSchema),
  add: procedure
    .input(z.object({ name: textSchema(1000), parent: collectionWordSchema.optional() }))
    .output(collectionSchema),
  rename: procedure
    .input(z.object({ collection: collectionWordSchema, name: textSchema(1000) }))
    .output(collectionSchema),
  /** Without `parent` it goes to the top. Refused where it would come to lie within itself. */
  move: procedure
    .input(z.object({ collection: collectionWordSchema, parent: collectionWordSchema.optional() }))
    .output(collectionSchema),
  /** An accession by id or number; without `collection` it belongs to none. */
  assign: procedure
    .input(z.object({ accession: textSchema(1000), collection: collectionWordSchema.optional() }))
    .output(z.object({ accession: idSchema, number: z.string(), collection: collectionSchema.optional() })),
};

export type Collection = z.infer<typeof collectionSchema>;
