import { join } from 'node:path';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { pathFromJson, utf8Path } from '../../../shared/domain/path.ts';
import { checkBatch } from '../../core/intake/check-batch.ts';
import { writeReceipt } from '../../core/intake/write-receipt.ts';
import { writable, type HostContext } from '../context.ts';
import type { Template } from '../../../shared/contract/intake.ts';
import { host } from './base.ts';

export const intake = {
  checkBatch: host.intake.checkBatch.handler(({ context, input }) =>
    checkBatch(context, pathFromJson(input.file), input.encoding),
  ),

  templates: host.intake.templates.handler(async ({ context }) => ({
    rows: await context.reader.templates(),
    next: null,
  })),

  saveTemplate: host.intake.saveTemplate.handler(async ({ context, input }) => {
    await writable(context).writer.saveTemplate(input.name, input.defaults, context.agent);
    return templateNamed(context, input.name);
  }),

  removeTemplate: host.intake.removeTemplate.handler(async ({ context, input }) => {
    const { writer } = writable(context);
    const template = await templateNamed(context, input.name);
    await writer.removeTemplate(input.name, context.agent);
    return template;
  }),

  receipt: host.intake.receipt.handler(({ context, input }) =>
    writeReceipt(
      { catalogue: writable(context), exports: context.exports },
      input,
      input.folder === undefined
        ? utf8Path(join(context.archivePath, 'exports'))
        : pathFromJson(input.folder),
      context.agent,
    ),
  ),
};

async function templateNamed({ reader }: HostContext, name: string): Promise<Template> {
  const template = (await reader.templates()).find((each) => each.name === name);
  if (template !== undefined) return template;
  throw new HoldfastError(
    'NOT_FOUND',
    `There is no template "${name}". holdfast template list tells which there are.`,
  );
}
