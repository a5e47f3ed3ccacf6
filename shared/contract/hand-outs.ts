import { z } from 'zod';
import { BAG_INFO_LABEL, PACKAGE_DIGESTS, PACKAGE_FORMS } from '../domain/package-forms.ts';
import { RESERVATIONS, WITHHELD_REASONS } from '../domain/may-leave.ts';
import { FIELD_NAMES } from '../domain/description/fields.ts';
import {
  digestHexSchema,
  idSchema,
  pageInput,
  pageOf,
  pathSchema,
  procedure,
  textSchema,
  timeSchema,
} from './common.ts';
import { jobSchema } from './jobs.ts';

const nameSchema = textSchema(300).trim().min(1);

export const packageWishSchema = z
  .object({
    /** Collections with those below them, accessions, items, parts or replicas. */
    ids: z.array(idSchema).min(1).max(10_000).optional(),
    /** Id or number. */
    accession: textSchema(500).optional(),
    /** Id, or path of names; with those below it. */
    collection: textSchema(2_000).optional(),
    search: textSchema(1_000).optional(),
    /** The folder that it is made in, absolute; made where it is missing. */
    to: pathSchema,
    /** Of the package; default: what it is of and the day. */
    name: textSchema(100).optional(),
    as: z.enum(PACKAGE_FORMS).default('folder'),
    /** Of its manifests; none named: SHA-256 and SHA-512, or what the profile asks for. */
    digests: z.array(z.enum(PACKAGE_DIGESTS)).max(PACKAGE_DIGESTS.length).default([]),
    /** A BagIt profile, as a JSON file, that it must meet. */
    profile: pathSchema.optional(),
    /** Further elements of bag-info.txt, in their order; one that the archive would fill in takes its place. */
    tags: z
      .array(
        z.tuple([
          z.string().regex(BAG_INFO_LABEL, 'a label has no colon and no space around it').max(100),
          textSchema(2_000),
        ]),
      )
      .max(100)
      .default([]),
    /** To whom it goes: the hand-out is then recorded as a dissemination. */
    recipient: nameSchema.optional(),
    /** What is reserved, and by whom; it stands machine-readable in the package. */
    reservation: z.object({ uses: z.array(z.enum(RESERVATIONS)).min(1).max(2), by: nameSchema }).optional(),
    /** Fields of description that stay behind, beside what always does. */
    withholdFields: z
      .array(z.enum(FIELD_NAMES as [string, ...string[]]))
      .max(FIELD_NAMES.length)
      .default([]),
    /** Why files without a documented basis or origin leave all the same; recorded with whoever acts. */
    overrideRights: textSchema(2_000).trim().min(1).optional(),
  })
  .refine(
    ({ ids, accession, collection, search }) =>
      [ids, accession, collection, search].filter((each) => each !== undefined).length === 1,
    { message: 'say one of: ids, accession, collection, search' },
  );

/** Files and bytes of the payload. */
const amountSchema = z.object({ files: z.int(), bytes: z.int() });

/** What stays behind, of which accession and why. */
export const withheldSchema = amountSchema.extend({
  accession: idSchema,
  number: z.string(),
  reason: z.enum(WITHHELD_REASONS),
  /** What it means and what can be done. */
  message: z.string(),
});

/** What a package would hold. */
export const packagePlanSchema = z.object({
  /** What it is of, for people. */
  of: z.string(),
  name: z.string(),
  leaving: amountSchema,
  /** Contents of which no copy can be reached now; a package cannot be made while there are any. */
  unreachable: z.int(),
  withheld: z.array(withheldSchema),
  digests: z.array(z.enum(PACKAGE_DIGESTS)),
  /** Bytes that it needs at its destination while it is made, and that are free there. */
  needs: z.int(),
  free: z.int(),
});

export const HAND_OUT_STATES = ['open', 'sealed', 'done', 'withdrawn'] as const;

export const handOutSchema = z.object({
  id: idSchema,
  /** `open` and `sealed`: being made; `withdrawn`: nothing left. */
  state: z.enum(HAND_OUT_STATES),
  of: z.string(),
  name: z.string(),
  as: z.enum(PACKAGE_FORMS),
  /** Where it was made. */
  path: pathSchema,
  recipient: z.string().optional(),
  reservation: z.object({ uses: z.array(z.enum(RESERVATIONS)), by: z.string() }).optional(),
  overrideRights: z.string().optional(),
  files: z.int(),
  bytes: z.int(),
  /** Files that stayed behind. */
  withheld: z.int(),
  digests: z.array(z.enum(PACKAGE_DIGESTS)),
  /**
   * What the event commits to: the SHA-256 of the tag manifest `of`, which speaks for every file of the package, and of the `file` that
   * it is, where it is one.
   */
  seal: z.object({ of: z.string(), sha256: digestHexSchema, file: digestHexSchema.optional() }).optional(),
  agent: z.string(),
  openedAt: timeSchema,
  closedAt: timeSchema.optional(),
  /** The log as it stood before; its head stands in the package. */
  log: z.object({ events: z.int(), head: digestHexSchema }),
  event: idSchema.optional(),
});

/** The result of a finished job. */
export const packageResultSchema = z.object({
  /** Absent where a file had no good copy that could be reached: then nothing is left, and `problems` says which. */
  handOut: handOutSchema.optional(),
  plan: packagePlanSchema,
  /** The first hundred. */
  problems: z.array(z.object({ path: pathSchema, code: z.string(), message: z.string() })),
  problemsTotal: z.int(),
});

export const handOuts = {
  /** What a package would hold and what would stay behind. Reads no recording, writes nothing. */
  plan: procedure.input(packageWishSchema).output(packagePlanSchema),

  /**
   * Makes a package for others: a BagIt 1.0 bag in a folder, a tar or a zip, whose every file was compared with what is recorded while
   * it was copied, validated in full, and only then named. Answers with a job. Never written over anything; stopped, nothing is left.
   */
  create: procedure.input(packageWishSchema).output(jobSchema),

  /** Newest first. */
  list: procedure.input(z.object(pageInput)).output(pageOf(handOutSchema)),

  show: procedure.input(z.object({ id: idSchema })).output(handOutSchema),
};

export type PackageWish = z.infer<typeof packageWishSchema>;
/** As it is asked for, with what has a default left away. */
export type PackageWishInput = z.input<typeof packageWishSchema>;
export type PackagePlan = z.infer<typeof packagePlanSchema>;
export type PackageResult = z.infer<typeof packageResultSchema>;
export type HandOut = z.infer<typeof handOutSchema>;
export type WithheldRow = z.infer<typeof withheldSchema>;
