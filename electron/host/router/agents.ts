import { agentOf, assignRole, chooseAgent, endRole, forgetAgent, today } from '../../core/agents/agents.ts';
import { writable } from '../context.ts';
import { host } from './base.ts';

export const agents = {
  add: host.agents.add.handler(async ({ context, input }) => {
    const { reader, writer } = writable(context);
    return agentOf(reader, await writer.addAgent(input, context.agent));
  }),

  list: host.agents.list.handler(({ context, input }) => context.reader.agents({ ...input, today: today() })),

  get: host.agents.get.handler(async ({ context, input }) =>
    agentOf(context.reader, await chooseAgent(context.reader, input.agent)),
  ),

  rename: host.agents.rename.handler(async ({ context, input }) => {
    const { reader, writer } = writable(context);
    const id = await chooseAgent(reader, input.agent);
    await writer.renameAgent(id, input.name, context.agent);
    return agentOf(reader, id);
  }),

  assign: host.agents.assign.handler(({ context, input }) =>
    assignRole(writable(context), input, context.agent),
  ),

  end: host.agents.end.handler(({ context, input }) => endRole(writable(context), input, context.agent)),

  forget: host.agents.forget.handler(({ context, input }) =>
    forgetAgent(writable(context), context.files, input, context.agent),
  ),
};
