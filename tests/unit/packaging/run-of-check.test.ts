import { describe, expect, it } from 'vitest';
import { RunOfCheck } from '../../../electron/core/packaging/run-of-check.ts';

const locations = [
  { id: 1, name: 'Shelf' },
  { id: 2, name: 'Vault' },
];
const run = (event: number, openedAt: number, closedAt: number, locationId?: number) => ({
  event,
  openedAt,
  closedAt,
  ...(locationId !== undefined && { locationId }),
});

describe('the run that a check belongs to', () => {
  it('is the one that ran there at that time', () => {
    const finder = new RunOfCheck({
      locations,
      runs: [run(5, 100, 200, 1), run(6, 300, 400), run(7, 300, 400, 2), run(8, 500, 600, 1)],
    });
    expect(finder.eventOf(1, 100)).toBe(5);
    expect(finder.eventOf(1, 200)).toBe(5);
    expect(finder.eventOf(1, 350)).toBe(6);
    expect(finder.eventOf(1, 501)).toBe(8);
    expect(finder.eventOf(2, 150)).toBeUndefined();
    expect(finder.eventOf(1, 250)).toBeUndefined();
    expect(finder.eventOf(9, 350)).toBeUndefined();
  });

  it('is none where several ran there at once: nothing is guessed', () => {
    const finder = new RunOfCheck({
      locations,
      runs: [run(5, 100, 900, 1), run(6, 300, 400), run(7, 450, 460, 1)],
    });
    expect(finder.eventOf(1, 350)).toBeUndefined();
    expect(finder.eventOf(1, 420)).toBe(5);
    expect(finder.eventOf(1, 470)).toBe(5);
  });
});
