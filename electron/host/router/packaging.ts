import { findBags } from '../../core/packaging/find-bags.ts';
import { validateBags } from '../../core/packaging/validate-bag.ts';
import { pathFromJson } from '../../../shared/domain/path.ts';
import { profileAsks } from '../../../shared/domain/profile-asks.ts';
import { host } from './base.ts';

export const packaging = {
  validate: host.packaging.validate.handler(async ({ context, input }) => {
    const { files, validator, serialisedBags } = context;
    const profile = input.profile && (await context.bagProfiles.read(pathFromJson(input.profile)));
    const bags = await findBags({ files, serialisedBags }, input.paths);
    const id = context.passingJobs.open('validation', 'Validation of bags', context.agent);
    return context.passingJobs.runner.start(id, (job) =>
      validateBags(
        { files, validator, serialisedBags },
        bags,
        { mode: input.mode, ...(profile === undefined ? {} : { profile }) },
        job,
      ),
    );
  }),

  profile: host.packaging.profile.handler(async ({ context, input }) => {
    const profile = await context.bagProfiles.read(pathFromJson(input.path));
    return { identifier: profile.identifier, version: profile.version, asks: profileAsks(profile) };
  }),
};
