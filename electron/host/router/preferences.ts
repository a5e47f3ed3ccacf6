import { host } from './base.ts';

export const preferences = {
  get: host.preferences.get.handler(async ({ context, input }) => ({
    value: await context.preferences.get(input.key),
  })),
  set: host.preferences.set.handler(async ({ context, input }) => {
    await context.preferences.set(input.key, input.value);
    context.changes.tell(['preferences']);
    return { value: input.value };
  }),
  recentArchives: host.preferences.recentArchives.handler(async ({ context }) => ({
    rows: await context.preferences.recentArchives().then((rows) => [...rows]),
    next: null,
  })),
};
