import { z } from 'zod';
import { newAccessionSchema } from './accession.ts';
import { digestHexSchema, idSchema, pathSchema, procedure, textSchema, timeSchema } from './common.ts';

/** Short enough to be typed, and to stand in a cell of a table. */
const templateNameSchema = textSchema(100).trim().min(1, 'A template needs a name.');

/** What an accession says unless it says otherwise. Never paths or title: those are its own. */
export const templateDefaultsSchema = newAccessionSchema
  .omit({ paths: true, title: true, asFolder: true })
  .extend({ rightsNote: newAccessionSchema.shape.rightsNote.unwrap() })
  .partial();

export const templateSchema = z.object({
  name: z.string(),
  defaults: templateDefaultsSchema,
  agent: z.string(),
  savedAt: timeSchema,
});

/** One wrong cell; `column` is empty where the row as a whole is wrong. Rows count as in a spreadsheet: the header is row 1. */
export const batchProblemSchema = z.object({
  row: z.int(),
  column: z.string(),
  value: z.string(),
  message: z.string(),
});

export const batchCheckSchema = z.object({
  encoding: z.string(),
  separator: z.string(),
  /** Rows that hold anything. */
  total: z.int(),
  /** What can be taken into custody, in the order of the file. */
  rows: z.array(z.object({ row: z.int(), accession: newAccessionSchema })),
  wrongRows: z.int(),
  /** The first thousand. */
  problems: z.array(batchProblemSchema),
  problemsTotal: z.int(),
});

export const receiptSchema = z.object({
  accession: z.object({ id: idSchema, number: z.string() }),
  accruals: z.array(z.int()),
  files: z.int(),
  bytes: z.int(),
  refused: z.int(),
  problems: z.int(),
  /** What was written. */
  written: z.array(z.object({ path: pathSchema, size: z.int(), sha256: digestHexSchema })),
});

/** What stands around an accession: many at once, defaults for them, and the receipt that a depositor gets. */
export const intake = {
  /**
   * Reads a CSV with a row for each accession, and says of every row whether it could begin. Nothing is begun. Columns:
   * paths (several parted by `|`, relative to the folder of the file), pathBase64, title, rightsBasis, rightsNote, source,
   * acquired, agreement, collection, template.
   */
  checkBatch: procedure
    .input(z.object({ file: pathSchema, encoding: textSchema(40).optional() }))
    .output(batchCheckSchema),
  templates: procedure.output(z.object({ rows: z.array(templateSchema), next: z.null() })),
  /** Saves a template, in the place of the one of this name. */
  saveTemplate: procedure
    .input(z.object({ name: templateNameSchema, defaults: templateDefaultsSchema }))
    .output(templateSchema),
  removeTemplate: procedure.input(z.object({ name: templateNameSchema })).output(templateSchema),
  /**
   * Writes the receipt of an accession (by id or number), or of one accrual, as HTML and as plain text. Into the archive's
   * `exports/` unless a folder is named; a file that is there already is left alone, and another name chosen.
   */
  receipt: procedure
    .input(
      z.object({
        accession: textSchema(200).trim().min(1),
        accrual: z.int().positive().optional(),
        folder: pathSchema.optional(),
      }),
    )
    .output(receiptSchema),
};

export type Template = z.infer<typeof templateSchema>;
export type TemplateDefaults = z.infer<typeof templateDefaultsSchema>;
export type BatchCheck = z.infer<typeof batchCheckSchema>;
export type BatchProblem = z.infer<typeof batchProblemSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
