import { z } from 'zod';
import { LOCATION_WRITES } from '../domain/vocabulary.ts';
import { idSchema, pathSchema, procedure, timeSchema, textSchema } from './common.ts';

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
});

export const reachabilitySchema = z.object({
  location: idSchema,
  name: z.string(),
  state: z.enum(['reachable', 'unreachable']),
  /** Why it is held unreachable, and what can be done. */
  reason: z.string().optional(),
});

export const newLocationSchema = z.object({
  path: pathSchema,
  name: textSchema(200).trim().min(1),
  /** `managed`: Holdfast deposits bags there; the folder is made where there is none, and marked. */
  writes: z.enum(LOCATION_WRITES).default('recover'),
  /** The marker that stands there was copied with everything else: the place gets one of its own. */
  copied: z.boolean().default(false),
  site: z.string().optional(),
  medium: z.string().optional(),
  failureGroup: z.string().optional(),
});

/** Where a procedure takes a `location`, it is the location's name or its id. */
export const locations = {
  list: procedure.output(z.object({ rows: z.array(locationSchema), next: z.null() })),
  add: procedure.input(newLocationSchema).output(locationSchema),
  check: procedure
    .input(z.object({ location: z.string().optional() }))
    .output(z.object({ rows: z.array(reachabilitySchema), next: z.null() })),
  /** Says that the location now stands at `path`; refused unless its sentinel files are found there unchanged. */
  relink: procedure.input(z.object({ location: z.string(), path: pathSchema })).output(locationSchema),
};

export type Location = z.infer<typeof locationSchema>;
export type NewLocation = z.infer<typeof newLocationSchema>;
export type Reachability = z.infer<typeof reachabilitySchema>;
