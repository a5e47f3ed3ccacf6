import { z } from 'zod';
import { LOCATION_FACTS, LOCATION_WRITES } from '../domain/vocabulary.ts';
import { attestationWishSchema } from './attesting.ts';
import { dateSchema, idSchema, pathSchema, procedure, timeSchema, textSchema } from './common.ts';
import { jobSchema } from './jobs.ts';

/** One loan of an offline location; open while it has no `backAt`. */
export const loanSchema = z.object({
  to: z.string(),
  purpose: z.string(),
  outAt: timeSchema,
  outBy: z.string(),
  expectedBack: z.string().optional(),
  backAt: timeSchema.optional(),
  backBy: z.string().optional(),
  condition: z.string().optional(),
});

/** What a medium that is not connected is found by. */
const shelfFactsSchema = z.object({
  barcode: textSchema(100).trim().min(1).optional(),
  shelf: textSchema(300).trim().min(1).optional(),
  /** LTO-8, … */
  generation: textSchema(100).trim().min(1).optional(),
  /** By when it is to be read again. */
  recallBy: dateSchema.optional(),
});

/** The same, as it stands recorded, with the loan that is open. */
export const shelfSchema = z.object({
  barcode: z.string().optional(),
  shelf: z.string().optional(),
  generation: z.string().optional(),
  recallBy: z.string().optional(),
  loan: loanSchema.optional(),
});

export const locationSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.enum(['folder', 'offline', 's3', 'partner']),
  root: pathSchema,
  writes: z.enum(LOCATION_WRITES),
  site: z.string().optional(),
  medium: z.string().optional(),
  failureGroup: z.string().optional(),
  fileSystem: z.string().optional(),
  replicas: z.int(),
  bytes: z.int(),
  createdAt: timeSchema,
  lastReachedAt: timeSchema.optional(),
  /** How many of its files are read at once; absent: as its device is detected. */
  readers: z.int().optional(),
  /**
   * The last check that was made elsewhere and taken in, by its date: how many of the copies that it named were as recorded, and how many
   * not. Nothing was read here, so that it verifies nothing.
   */
  lastAttested: z
    .object({ on: dateSchema, by: z.string(), agreeing: z.int(), differing: z.int() })
    .optional(),
  /** Of one that is not connected, as planned. */
  offline: shelfSchema.optional(),
});

export const reachabilitySchema = z.object({
  location: idSchema,
  name: z.string(),
  state: z.enum(['reachable', 'unreachable']),
  /** Why it is held unreachable, and what can be done. */
  reason: z.string().optional(),
  /** Of the volume, as far as the system tells. */
  freeBytes: z.int().optional(),
  totalBytes: z.int().optional(),
});

/** What is known of the replicas of a location. */
export const locationHealthSchema = z.object({
  location: idSchema,
  replicas: z.int(),
  /** By the outcome of the last check. */
  byOutcome: z.record(z.string(), z.int()),
  overdue: z.int(),
  openFindings: z.int(),
  /** Found intact when last looked at, and verified within the archive's policy. */
  verified: z.int(),
  /** When one of them was last looked at. */
  lastCheckedAt: timeSchema.optional(),
  /** The audit or rescan that did; absent where it is not over, and where what looked was no run. */
  lastRun: z
    .object({
      kind: z.enum(['audit', 'rescan']),
      job: idSchema,
      endedAt: timeSchema,
      /** Whether it checked all that it planned, of all places that it was asked for. */
      complete: z.boolean(),
    })
    .optional(),
  /** When the longest unverified one was verified; absent where one never was. */
  oldestVerifiedAt: timeSchema.optional(),
  newestVerifiedAt: timeSchema.optional(),
});

/** What it shares its fate with. One text is one failure group, so that blanks at its ends must not make two. */
const placedSchema = z.object({
  site: textSchema(300).trim().optional(),
  medium: textSchema(300).trim().optional(),
  failureGroup: textSchema(300).trim().optional(),
});

const nameSchema = textSchema(200).trim().min(1);

export const newLocationSchema = placedSchema.extend({
  path: pathSchema,
  name: nameSchema,
  /** `managed`: Holdfast deposits bags there; the folder is made where there is none, and marked. */
  writes: z.enum(LOCATION_WRITES).default('recover'),
  /** The marker that stands there was copied with everything else: the place gets one of its own. */
  copied: z.boolean().default(false),
});

export const newOfflineLocationSchema = shelfFactsSchema.extend({
  ...placedSchema.shape,
  name: nameSchema,
});

/** What is not given stays as it was; null is unknown again. */
const settingSchema = z.object({
  location: z.string(),
  name: nameSchema.optional(),
  site: textSchema(300).trim().nullish(),
  medium: textSchema(300).trim().nullish(),
  failureGroup: textSchema(300).trim().nullish(),
  /** Of one in place. A managed location is one from the start, and stays one. */
  writes: z.enum(['never', 'recover']).optional(),
  /** How many files an audit reads at once; `auto`: one on a disk that turns, several elsewhere. */
  readers: z.union([z.int().min(1).max(16), z.literal('auto')]).optional(),
});

const factValueSchema = z.union([z.string(), z.int()]).optional();

/** What became another, and what that does to the status of items: copies in two failure groups make one replicated. */
const changedSchema = z.object({
  /** A value that is absent was, or is, unknown; of `readers`, as the device asks for. */
  changes: z.array(z.object({ fact: z.enum(LOCATION_FACTS), from: factValueSchema, to: factValueSchema })),
  nowReplicated: z.int(),
  noLongerReplicated: z.int(),
});

/** What is not given stays as it was; null takes it away. */
const shelvingSchema = z.object({
  location: z.string(),
  barcode: shelfFactsSchema.shape.barcode.nullable(),
  shelf: shelfFactsSchema.shape.shelf.nullable(),
  generation: shelfFactsSchema.shape.generation.nullable(),
  recallBy: shelfFactsSchema.shape.recallBy.nullable(),
});

const checkOutSchema = z.object({
  location: z.string(),
  to: textSchema(300).trim().min(1),
  purpose: textSchema(2000).trim().default(''),
  expectedBack: dateSchema.optional(),
});

export const recallRowSchema = shelfSchema.extend({
  location: idSchema,
  name: z.string(),
  /** `lent`: somebody has it. `recall`: it is to be read again. */
  why: z.enum(['lent', 'recall']),
  due: z.string().optional(),
  /** When it was last checked elsewhere: that changes nothing of what is due. */
  lastAttestedOn: dateSchema.optional(),
  /** Whether `due` is over; today is not. */
  isPast: z.boolean(),
});

const placeSchema = z.object({ id: idSchema, name: z.string() });

/** What one failure would take together with a location; see shared/domain/shared-fate.ts. */
export const sharedFateSchema = z.object({
  location: idSchema,
  name: z.string(),
  /** On the same device: the same file system, disk or server, as found now or recorded. */
  sameDevice: z.array(placeSchema),
  /** Of the same failure group, and not known to be on the same device. */
  sameGroup: z.array(placeSchema),
  /** On the same device as one of another failure group: copies on both count as independent, and are not. */
  declaredApart: z.boolean(),
});

/** Where a procedure takes a `location`, it is the location's name or its id. */
export const locations = {
  list: procedure.output(z.object({ rows: z.array(locationSchema), next: z.null() })),
  /** A row for each location that one failure would take together with another. */
  sharedFates: procedure.output(z.object({ rows: z.array(sharedFateSchema), next: z.null() })),
  add: procedure.input(newLocationSchema).output(locationSchema),
  health: procedure.input(z.object({ location: idSchema })).output(locationHealthSchema),
  /** `offline`: those that are not connected, as planned; nothing was looked for there. */
  check: procedure
    .input(z.object({ location: z.string().optional() }))
    .output(
      z.object({ rows: z.array(reachabilitySchema), offline: z.array(locationSchema), next: z.null() }),
    ),
  /** Changes what is known of it. What was not another before is no change, and makes no event. */
  set: procedure.input(settingSchema).output(changedSchema.extend({ location: locationSchema })),
  /** Says that the location now stands at `path`; refused unless its sentinel files are found there unchanged. */
  relink: procedure.input(z.object({ location: z.string(), path: pathSchema })).output(locationSchema),
  /** Adds a medium that is not connected: a tape, a drive on a shelf. It holds nothing that an audit could read. */
  addOffline: procedure.input(newOfflineLocationSchema).output(locationSchema),
  /** Says that a location is not connected, as planned; of one that is offline already, what it is found by. */
  shelve: procedure.input(shelvingSchema).output(locationSchema),
  /** Says that it is connected again where it was. */
  unshelve: procedure.input(z.object({ location: z.string() })).output(locationSchema),
  /** Lends an offline location; refused while it is lent. */
  checkOut: procedure.input(checkOutSchema).output(locationSchema),
  checkIn: procedure
    .input(z.object({ location: z.string(), condition: textSchema(2000).trim().min(1).optional() }))
    .output(locationSchema),
  /** What is lent or to be read again, the earliest first. */
  recall: procedure.output(z.object({ rows: z.array(recallRowSchema), next: z.null() })),
  /**
   * Takes in a check that was made elsewhere, as a job: all of a manifest, or nothing. It verifies nothing. The result is an attestation;
   * what cannot be so from the start (a day that has not come, no such file) is refused before there is a job.
   */
  attest: procedure.input(attestationWishSchema).output(jobSchema),
  /** Every loan of a location, the latest first. */
  loans: procedure
    .input(z.object({ location: z.string() }))
    .output(z.object({ rows: z.array(loanSchema), next: z.null() })),
};

export type Loan = z.infer<typeof loanSchema>;
export type ShelfFacts = z.infer<typeof shelfFactsSchema>;
export type ShelfChange = Omit<z.infer<typeof shelvingSchema>, 'location'>;
export type Shelf = z.infer<typeof shelfSchema>;
export type NewOfflineLocation = z.infer<typeof newOfflineLocationSchema>;
export type LocationSetting = z.infer<typeof settingSchema>;
export type LocationChange = Omit<LocationSetting, 'location'>;
export type LocationChanged = z.infer<typeof changedSchema>;
export type Shelving = z.infer<typeof shelvingSchema>;
export type CheckOut = z.infer<typeof checkOutSchema>;
export type RecallRow = z.infer<typeof recallRowSchema>;
export type Location = z.infer<typeof locationSchema>;
export type NewLocation = z.infer<typeof newLocationSchema>;
export type LocationHealth = z.infer<typeof locationHealthSchema>;
export type Reachability = z.infer<typeof reachabilitySchema>;
