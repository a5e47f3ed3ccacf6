import { describe, expect, it } from 'vitest';
import { Turns } from '../../../electron/adapters/sqlite/turns.ts';

describe('Turns', () => {
  it('asks one after another, and never what was given up before its turn', async () => {
    const turns = new Turns();
    const asked: string[] = [];
    let answer: ((text: string) => void) | undefined;
    const first = turns.take(() => {
      asked.push('m');
      return new Promise<string>((resolve) => (answer = resolve));
    }, undefined);
    const overtaken = new AbortController();
    const second = turns.take(() => {
      asked.push('mi');
      return Promise.resolve('mi');
    }, overtaken.signal);
    const third = turns.take(() => {
      asked.push('mil');
      return Promise.resolve('mil');
    }, new AbortController().signal);
    await Promise.resolve();
    overtaken.abort();
    expect(asked).toEqual(['m']);
    answer?.('m');
    expect(await first).toBe('m');
    await expect(second).rejects.toThrow();
    expect(await third).toBe('mil');
    expect(asked).toEqual(['m', 'mil']);
  });

  it('goes on after a failure, which is told to whoever asked', async () => {
    const turns = new Turns();
    const failing = turns.take(() => Promise.reject(new Error('damaged')), undefined);
    const next = turns.take(() => Promise.resolve(1), undefined);
    await expect(failing).rejects.toThrow('damaged');
    expect(await next).toBe(1);
  });
});
