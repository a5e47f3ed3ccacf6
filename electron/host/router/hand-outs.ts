import { premis } from '../../adapters/premis/premis.ts';
import { utf8Path } from '../../../shared/domain/path.ts';
import { writable, type HostContext } from '../context.ts';
import type { PlanningTools } from '../../core/packaging/plan-package.ts';
import { host } from './base.ts';
import { found, numberOf } from './numbers.ts';

// Loaded when a package is asked for: its pages are no business of a status.
const planning = () => import('../../core/packaging/plan-package.ts');
const making = () => import('../../core/packaging/make-package.ts');

function planningTools(context: HostContext): PlanningTools {
  const { reader, files, packagePlace, bagProfiles, agent } = context;
  return {
    reader,
    files,
    place: packagePlace,
    profiles: bagProfiles,
    premis,
    archivePath: utf8Path(context.archivePath),
    agent: agent.name,
    software: `Holdfast ${agent.softwareVersion}`,
  };
}

export const handOuts = {
  plan: host.handOuts.plan.handler(async ({ context, input, signal }) => {
    const { planPackage, shownPlan, wantedPackage } = await planning();
    const tools = planningTools(context);
    const wanted = await wantedPackage(tools, input);
    return shownPlan(await planPackage(tools, wanted, signal ?? new AbortController().signal));
  }),

  create: host.handOuts.create.handler(async ({ context, input }) => {
    const { wantedPackage } = await planning();
    const { makePackage } = await making();
    const { bags, validator, serialisedBags, handOutsUnderWay: underWay, agent, passingJobs } = context;
    const planner = planningTools(context);
    const catalogue = writable(context);
    const wanted = await wantedPackage(planner, input);
    const id = passingJobs.open('exporting', `Package of ${wanted.of}`, agent);
    const tools = { ...planner, catalogue, bags, validator, serialisedBags, underWay };
    return passingJobs.runner.start(id, (job) => makePackage(tools, wanted, agent, job));
  }),

  list: host.handOuts.list.handler(({ context, input }) => context.reader.handOuts(input)),

  show: host.handOuts.show.handler(async ({ context, input }) =>
    found('handOut', input.id, await context.reader.handOut(numberOf('handOut', input.id))),
  ),
};
