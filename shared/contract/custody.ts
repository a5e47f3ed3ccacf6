import { z } from 'zod';
import { DELETION_STATES } from '../domain/letting-go.ts';
import { idSchema, pageInput, pageOf, pathSchema, procedure, textSchema, timeSchema } from './common.ts';
import { jobSchema } from './jobs.ts';

/** An accession by its id or its number. */
const accessionReference = textSchema(200).trim().min(1);

const whySchema = textSchema(10_000).trim().min(1);

/** How and why custody of an accession ended. */
export const deaccessionSchema = z.object({
  at: timeSchema,
  reason: z.string(),
  authority: z.string(),
  agent: z.string(),
  event: idSchema,
});

export const deaccessionedSchema = deaccessionSchema.extend({
  accession: z.object({ id: idSchema, number: z.string() }),
  items: z.int(),
  replicas: z.int(),
  bytes: z.int(),
  /** Contents that this archive holds no longer: no other accession has them. */
  objects: z.int(),
});

/** What a deletion comes to in one place. */
export const deletionPlaceSchema = z.object({
  location: idSchema,
  locationName: z.string(),
  /** A bag, or the location's root where what stands there is in no bag. */
  path: pathSchema,
  state: z.enum(DELETION_STATES),
  /** Why it is as it is, and what can be done; empty where nothing is to be said. */
  detail: z.string(),
  files: z.int(),
  bytes: z.int(),
});

/** The same before it is done: `remove` is what would be removed now. */
export const previewedPlaceSchema = deletionPlaceSchema.extend({
  state: z.enum(['remove', 'pending', 'deleted', 'absent', 'left', 'refused']),
});

/** Contents of the accession that another accession holds too, and those that nobody holds once its bytes are gone. */
const contentsSchema = z.object({ objects: z.int(), bytes: z.int() });

export const deletionPreviewSchema = z.object({
  accession: z.object({ id: idSchema, number: z.string(), title: z.string() }),
  deaccession: deaccessionSchema,
  places: z.array(previewedPlaceSchema),
  /** Stays, since the same contents are held under these accessions too. */
  heldElsewhere: contentsSchema.extend({ accessions: z.array(z.string()) }),
  /** Held nowhere else in this archive. */
  heldNowhereElse: contentsSchema,
});

export const certificateSchema = z.object({ html: pathSchema, text: pathSchema });

/** What removing the bags of an accession that others succeeded would do now. */
export const supersededPreviewSchema = z.object({
  accession: z.object({ id: idSchema, number: z.string(), title: z.string() }),
  places: z.array(previewedPlaceSchema),
});

/** The result of a run of a deletion. */
export const deletionResultSchema = z.object({
  accession: z.object({ id: idSchema, number: z.string() }),
  /** Only bags that others succeeded were to be removed: the accession stays in custody. */
  superseded: z.literal(true).optional(),
  /** False while a place is pending or was refused: running it again takes those up. */
  complete: z.boolean(),
  places: z.array(deletionPlaceSchema),
  /** Removed by this run, its interrupted beginnings included. */
  removed: z.object({ files: z.int(), bytes: z.int() }),
  /** Not of superseded bags. */
  certificate: certificateSchema.optional(),
});

export const pendingDeletionSchema = deletionPlaceSchema.extend({
  accession: z.object({ id: idSchema, number: z.string() }),
  since: timeSchema,
});

export const custody = {
  /** Ends custody of an accession; of the bytes nothing is touched. */
  deaccession: procedure
    .input(z.object({ accession: accessionReference, reason: whySchema, authority: whySchema }))
    .output(deaccessionedSchema),
  /** What a deletion would do now; nothing is changed. */
  previewDeletion: procedure.input(z.object({ accession: accessionReference })).output(deletionPreviewSchema),
  /**
   * Removes the bytes of a deaccessioned accession from managed locations, or goes on with that. Reason and second agent
   * are asked for once; who goes on with it need not say them again, and may not say others.
   */
  delete: procedure
    .input(
      z.object({
        accession: accessionReference,
        reason: whySchema.optional(),
        secondAgent: textSchema(1000).trim().min(1).optional(),
      }),
    )
    .output(jobSchema),
  /** What `deleteSuperseded` would do now; nothing is changed. */
  previewSuperseded: procedure
    .input(z.object({ accession: accessionReference }))
    .output(supersededPreviewSchema),
  /**
   * Removes bags of an accession in custody that others succeeded, where every file of the successor was read in that location and
   * found intact. Who goes on with an interrupted one need not say reason and second agent again.
   */
  deleteSuperseded: procedure
    .input(
      z.object({
        accession: accessionReference,
        reason: whySchema.optional(),
        secondAgent: textSchema(1000).trim().min(1).optional(),
      }),
    )
    .output(jobSchema),
  /** Places where a deletion is not done, the oldest first. */
  pending: procedure.input(z.object(pageInput)).output(pageOf(pendingDeletionSchema)),
  /** Writes the certificate of a deletion anew. */
  certificate: procedure.input(z.object({ accession: accessionReference })).output(certificateSchema),
};

export type Deaccession = z.infer<typeof deaccessionSchema>;
export type Deaccessioned = z.infer<typeof deaccessionedSchema>;
export type DeletionPlace = z.infer<typeof deletionPlaceSchema>;
export type PreviewedPlace = z.infer<typeof previewedPlaceSchema>;
export type DeletionPreview = z.infer<typeof deletionPreviewSchema>;
export type SupersededPreview = z.infer<typeof supersededPreviewSchema>;
export type DeletionResult = z.infer<typeof deletionResultSchema>;
export type PendingDeletion = z.infer<typeof pendingDeletionSchema>;
export type Certificate = z.infer<typeof certificateSchema>;
