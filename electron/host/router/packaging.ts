import { identifyRoots } from '../../core/accession/plan-accession.ts';
import { validateBags } from '../../core/packaging/validate-bag.ts';
import { host } from './base.ts';

export const packaging = {
  validate: host.packaging.validate.handler(async ({ context, input }) => {
    const roots = await identifyRoots(context.files, input.paths);
    const id = context.passingJobs.open('validation', 'Validation of bags', context.agent);
    return context.passingJobs.runner.start(id, (job) =>
      validateBags({ files: context.files, validator: context.validator }, roots, input.mode, job),
    );
  }),
};
