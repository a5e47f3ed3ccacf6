import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { InFlight } from '../../../electron/core/jobs/in-flight.ts';

describe('work in flight', () => {
  it('never exceeds its limit, and all of it is done', async () => {
    const inFlight = new InFlight(3);
    let running = 0;
    let most = 0;
    let done = 0;
    for (let n = 0; n < 20; n += 1) {
      await inFlight.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await delay(n % 4);
        running -= 1;
        done += 1;
      });
    }
    await inFlight.drain();
    expect({ most, done }).toEqual({ most: 3, done: 20 });
  });

  it('tells the first failure at the next chance, and starts nothing after it', async () => {
    const inFlight = new InFlight(1);
    await inFlight.run(() => Promise.reject(new Error('first')));
    let started = false;
    const next = inFlight.run(async () => {
      started = true;
      await delay(0);
    });
    await expect(next).rejects.toThrow('first');
    expect(started).toBe(false);
    await expect(inFlight.drain()).rejects.toThrow('first');
    await inFlight.settle();
  });
});
