import { HoldfastError } from '../../../shared/domain/errors.ts';
import { pathFromJson } from '../../../shared/domain/path.ts';
import type { Describing } from '../../core/description/drafting.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';
import { numberOf } from './numbers.ts';

// Loaded when the first of them is called: tables of dates and languages are no business of a status.
const editing = () => import('../../core/description/edit.ts');
const files = async () => (await import('../../adapters/csv/description-files.ts')).descriptionFiles;

/** What would change can be seen in an archive that cannot be written to. */
function describing(context: HostContext, dryRun: boolean): Describing {
  return dryRun ? { reader: context.reader, writer: undefined } : writable(context);
}

export const description = {
  get: host.description.get.handler(async ({ context, input }) => {
    const { describable } = await import('../../core/description/targets.ts');
    const found = await context.reader.description(describable(input.id), input.history);
    if (found !== undefined) return found;
    throw new HoldfastError('NOT_FOUND', `There is no ${input.id} in this archive.`);
  }),

  edit: host.description.edit.handler(async ({ context, input }) => {
    const { editOne } = await editing();
    return editOne(writable(context), input.id, input.changes, context.agent);
  }),

  editMany: host.description.editMany.handler(async ({ context, input }) => {
    const { editMany } = await editing();
    return editMany(describing(context, input.dryRun), input, context.agent);
  }),

  replacePreview: host.description.replacePreview.handler(async ({ context, input }) => {
    const { replaceText } = await editing();
    return replaceText(describing(context, true), input, context.agent);
  }),

  replace: host.description.replace.handler(async ({ context, input }) => {
    const { replaceText } = await editing();
    return replaceText(writable(context), input, context.agent);
  }),

  exportCsv: host.description.exportCsv.handler(async ({ context, input }) => {
    const { exportCsv } = await import('../../core/description/export-csv.ts');
    const { target, of, separator } = input;
    const path = pathFromJson(input.path);
    const rows = await exportCsv(context.reader, await files(), { path, target, of, separator });
    return { path: input.path, rows };
  }),

  importCsv: host.description.importCsv.handler(async ({ context, input }) => {
    const { importCsv } = await import('../../core/description/import-csv.ts');
    const wish = { ...input, path: pathFromJson(input.path) };
    return importCsv(describing(context, input.dryRun), await files(), wish, context.agent);
  }),

  undo: host.description.undo.handler(async ({ context, input }) => {
    const { undo } = await editing();
    return undo(writable(context), numberOf('edit', input.edit), input.shown, context.agent);
  }),

  edits: host.description.edits.handler(({ context, input }) => context.reader.edits(input)),
};
