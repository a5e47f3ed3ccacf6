import { z } from 'zod';
import { pathSchema, procedure } from './common.ts';

export const folderListingSchema = z.object({
  path: pathSchema,
  /** Absent at the top. */
  parent: pathSchema.optional(),
  /** Folders in it by name, at most a thousand. */
  rows: z.array(z.object({ name: z.string(), path: pathSchema, hidden: z.boolean() })),
  truncated: z.boolean(),
  /** Files that stand in it itself. */
  files: z.int(),
});

/** Choosing a folder of the host's machine where there is no native dialog. It lists names, and reads nothing else. */
export const folders = {
  /** Without a path: the user's home. */
  list: procedure.input(z.object({ path: pathSchema.optional() })).output(folderListingSchema),
  /** Where to begin: home, mounted volumes, the folders of known locations; and the sample collection of the program. */
  places: procedure.output(
    z.object({
      rows: z.array(
        z.object({
          name: z.string(),
          path: pathSchema,
          kind: z.enum(['home', 'volume', 'location', 'sample']),
        }),
      ),
      next: z.null(),
    }),
  ),
};

export type FolderListing = z.infer<typeof folderListingSchema>;
