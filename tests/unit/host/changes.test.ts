import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TOPICS } from '../../../electron/host/change-topics.ts';
import { Changes } from '../../../electron/host/changes.ts';
import type { CatalogueWriter } from '../../../electron/core/ports/catalogue.ts';
import { CHANGE_TOPICS, type ChangeTopic } from '../../../shared/contract/archive.ts';

describe('hints of change', () => {
  it('are gathered for a watcher that is slow, never queued', async () => {
    const changes = new Changes();
    const watched = changes.watch();
    const first = watched.next();
    changes.tell(['holdings']);
    expect((await first).value).toEqual({ topics: ['holdings'] });
    for (let n = 0; n < 10_000; n++) changes.tell([n % 2 === 0 ? 'holdings' : 'events']);
    expect((await watched.next()).value).toEqual({ topics: ['holdings', 'events'] });
    const nothing = watched.next();
    expect(await Promise.race([nothing, wait(400, 'nothing more')])).toBe('nothing more');
    changes.tell(['jobs']);
    expect((await nothing).value).toEqual({ topics: ['jobs'] });
    await watched.return(undefined);
  });

  it('come at most four times a second to each watcher', async () => {
    const changes = new Changes();
    const end = new AbortController();
    const counts = [0, 0];
    const watching = counts.map(async (_, i) => {
      for await (const { topics } of changes.watch(end.signal)) {
        expect(topics).toEqual(['events']);
        counts[i] = (counts[i] ?? 0) + 1;
      }
    });
    const until = Date.now() + 1_100;
    while (Date.now() < until) {
      changes.tell(['events']);
      await wait(5);
    }
    end.abort();
    await Promise.all(watching);
    for (const count of counts) {
      expect(count).toBeGreaterThanOrEqual(3);
      expect(count).toBeLessThanOrEqual(6);
    }
  });

  it('end with their signal, also while nothing happens, and leave nobody listening', async () => {
    const changes = new Changes();
    const end = new AbortController();
    const next = changes.watch(end.signal).next();
    await wait(10);
    end.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    const never = AbortSignal.abort();
    expect(await changes.watch(never).next()).toEqual({ done: true, value: undefined });
  });

  it('are told once a method has done its work, those of open transactions with the next commit', async () => {
    const told: (readonly ChangeTopic[])[] = [];
    const changes = new Changes();
    changes.listen((topics) => told.push(topics));
    const done = (): Promise<unknown> => Promise.resolve();
    const committed = [false, true];
    const bare = {
      recordFiles: done,
      saveJob: () => Promise.resolve(committed.shift()),
      openDraft: done,
      addCollection: () => Promise.reject(new Error('no')),
    } as unknown as CatalogueWriter;
    const writer = changes.telling(bare);
    await writer.openDraft();
    await writer.recordFiles(undefined as never);
    await expect(writer.addCollection('a', null, undefined as never)).rejects.toThrow('no');
    expect(told).toEqual([]);
    // Progress that joins the open transaction cannot be seen yet, nor what came before it.
    await writer.saveJob(1, undefined as never);
    expect(told).toEqual([]);
    await writer.saveJob(1, undefined as never);
    expect(told).toEqual([['jobs', ...TOPICS.recordFiles]]);
  });

  it('name only topics that the contract knows', () => {
    const known = new Set<string>(CHANGE_TOPICS);
    for (const topics of Object.values(TOPICS))
      for (const topic of topics) expect(known.has(topic)).toBe(true);
  });
});
