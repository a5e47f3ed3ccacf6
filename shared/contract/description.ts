import { z } from 'zod';
import { DESCRIBED_ENTITIES, FIELD_NAMES } from '../domain/description/fields.ts';
import { idSchema, pageInput, pageOf, pathSchema, procedure, textSchema, timeSchema } from './common.ts';

/** Larger than any value that is taken, so that what is too long is refused by name and not by position. */
const MOST_TYPED = 4_000_000;

export const fieldNameSchema = z.enum(FIELD_NAMES);

/** A text, a list of texts, or a list of contributors, as the kind of the field wants. */
export const fieldValueSchema = z.union([
  z.string().max(MOST_TYPED),
  z.array(z.string().max(MOST_TYPED)),
  z.array(z.object({ name: z.string().max(MOST_TYPED), role: z.string().max(MOST_TYPED) })),
]);

/** Null where nothing stands, or where what stood was cleared. */
const valueOrNone = fieldValueSchema.nullable();

export const describedFieldSchema = z.object({
  field: fieldNameSchema,
  value: valueOrNone,
  /** `archivist` or `import` where somebody wrote it; `tag` or `file name` where only the file says so. */
  source: z.enum(['tag', 'file name', 'import', 'archivist']),
  agent: z.string().optional(),
  at: timeSchema.optional(),
  /** What an edit names that was made on this value; 0 where nobody has written anything yet. */
  version: z.int(),
});

/** One value that stands or stood, newest first; null for a field that was cleared. */
export const versionSchema = describedFieldSchema.extend({
  edit: idSchema.optional(),
  /** Whether it stands now. */
  current: z.boolean(),
});

export const descriptionSchema = z.object({
  id: idSchema,
  title: z.string(),
  /** What stands, field by field in the order of the list of fields; what an archivist wrote before what the file says. */
  fields: z.array(describedFieldSchema),
  /** What the file itself says where an archivist has written something else. */
  fileSays: z.array(describedFieldSchema),
  /** Of every field, where it was asked for. */
  history: z.array(versionSchema).optional(),
});

/** `from` and `to` are null where nothing stood or stands. */
export const changeSchema = z.object({
  id: idSchema,
  field: fieldNameSchema,
  from: valueOrNone,
  to: valueOrNone,
  /** Of a CSV: the row that says so, counted as a spreadsheet does. */
  row: z.int().optional(),
});

/** An edit and what it changes. `edit` is null where nothing was changed, or nothing was to be: a preview, a dry run. */
export const editResultSchema = z.object({
  edit: idSchema.nullable(),
  /** How many values are changed, of how many things. */
  total: z.int(),
  entities: z.int(),
  /** The first of them. */
  changes: z.array(changeSchema),
});

export const rowProblemSchema = z.object({
  row: z.int(),
  column: z.string(),
  /** What stands there, shortened. */
  value: z.string(),
  message: z.string(),
});

export const importResultSchema = editResultSchema.extend({
  rows: z.int(),
  encoding: z.string(),
  separator: z.string(),
  /** Columns that are no fields, with the field that was perhaps meant. */
  unknownColumns: z.array(z.object({ column: z.string(), nearest: fieldNameSchema.optional() })),
  /** Rows of which nothing was taken, or would be: at least one cell of them is wrong. */
  wrongRows: z.int(),
  problems: z.array(rowProblemSchema),
});

/** Exactly one: these things, or everything that an accession, a collection or a search holds. */
export const targetSchema = z
  .object({
    ids: z.array(idSchema).min(1).max(10_000).optional(),
    /** Id or number. */
    accession: textSchema(500).optional(),
    /** Id, or path of names. */
    collection: textSchema(2_000).optional(),
    search: textSchema(1_000).optional(),
  })
  .refine((target) => Object.values(target).filter((each) => each !== undefined).length === 1, {
    message: 'say one of: ids, accession, collection, search',
  });

/** Which things of a target, where it is not ids: an accession is among what it holds, and a collection with those below it. */
const kindsInput = z.array(z.enum(DESCRIBED_ENTITIES)).min(1);

const shownInput = z.int().min(0).max(1_000_000).default(1_000);

const replaceInput = z.object({
  target: targetSchema,
  of: kindsInput.default(['item', 'part']),
  field: fieldNameSchema,
  /** Found as it is written, upper and lower case apart. */
  find: textSchema(1_000).min(1),
  replaceWith: textSchema(1_000),
  shown: shownInput,
});

export const editSummarySchema = z.object({
  id: idSchema,
  kind: z.enum(['edit', 'replace', 'import', 'undo']),
  note: z.string(),
  agent: z.string(),
  at: timeSchema,
  changes: z.int(),
  waived: z.int(),
  event: idSchema.optional(),
  undoes: idSchema.optional(),
  undoneBy: idSchema.optional(),
});

/** Description: what people say of what is held, apart from the files; every value with its history. */
export const description = {
  get: procedure
    .input(z.object({ id: idSchema, history: z.boolean().default(false) }))
    .output(descriptionSchema),

  /** Each change names the version that it was made on; EDIT_CONFLICT when another value stands there by now. */
  edit: procedure
    .input(
      z.object({
        id: idSchema,
        changes: z
          .array(z.object({ field: fieldNameSchema, value: valueOrNone, version: z.int().min(0) }))
          .min(1)
          .max(FIELD_NAMES.length),
      }),
    )
    .output(editResultSchema),

  /** The same value for many things at once, whatever stands there. */
  editMany: procedure
    .input(
      z.object({
        target: targetSchema,
        of: kindsInput.default(['item']),
        changes: z
          .array(z.object({ field: fieldNameSchema, value: valueOrNone }))
          .min(1)
          .max(FIELD_NAMES.length),
        dryRun: z.boolean().default(false),
        shown: shownInput,
      }),
    )
    .output(editResultSchema),

  replacePreview: procedure.input(replaceInput).output(editResultSchema),
  replace: procedure.input(replaceInput).output(editResultSchema),

  /** Writes a CSV of one row for each thing; never over a file that is there. Of everything where no target is given. */
  exportCsv: procedure
    .input(
      z.object({
        path: pathSchema,
        target: targetSchema.optional(),
        of: kindsInput.default([...DESCRIBED_ENTITIES]),
        separator: z.enum([',', ';', '\t']).default(','),
      }),
    )
    .output(z.object({ path: pathSchema, rows: z.int() })),

  /** All rows of a CSV or, where one is wrong and `skipBad` does not waive it, none of them. */
  importCsv: procedure
    .input(
      z.object({
        path: pathSchema,
        dryRun: z.boolean().default(false),
        skipBad: z.boolean().default(false),
        /** WHATWG label; found by looking where it is absent. */
        encoding: textSchema(40).optional(),
        separator: z.enum([',', ';', '\t', '|']).optional(),
        shown: shownInput,
      }),
    )
    .output(importResultSchema),

  /** Takes an edit back, by an edit of its own; refused where a value has changed since. */
  undo: procedure.input(z.object({ edit: idSchema, shown: shownInput })).output(editResultSchema),

  /** Newest first. */
  edits: procedure.input(z.object({ ...pageInput })).output(pageOf(editSummarySchema)),
};

export type Description = z.infer<typeof descriptionSchema>;
export type DescribedField = z.infer<typeof describedFieldSchema>;
export type DescriptionChange = z.infer<typeof changeSchema>;
export type EditResult = z.infer<typeof editResultSchema>;
export type ImportResult = z.infer<typeof importResultSchema>;
export type RowProblem = z.infer<typeof rowProblemSchema>;
export type DescriptionTarget = z.infer<typeof targetSchema>;
export type EditSummary = z.infer<typeof editSummarySchema>;
