/** Packages for others, when something goes wrong while one is made: a copy rots, a disk fills, the process is stopped or dies. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { Archivist, type Answer } from '../support/archivist.ts';
import { withMishaps } from '../support/mishaps.ts';
import { itWith } from '../support/skips.ts';
import { mountVolume, theRightToMount } from '../support/volumes.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let ada: Archivist;
let out: string;
beforeEach(() => {
  ada = new Archivist();
  ada.keep(ada.tapes('tapes', 3));
  out = ada.path('out');
  mkdirSync(out);
});

function packing(...words: readonly string[]): string[] {
  return ['bag', 'create', '--accession', 'acc-1', '--to', out, '--name', 'tapes', ...words];
}

function handOuts(): unknown[] {
  return ada.ask(['hand-outs', 'list']).json.rows as unknown[];
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    try {
      if (isSo()) return;
    } catch {
      // Not begun yet.
    }
    await delay(25);
  }
  throw new Error('it never came so far');
}

const isMaking = (): boolean => readdirSync(join(out, 'tapes.partial/tapes/data/2026-0001')).length > 0;

describe('a file that rots after it was planned', () => {
  it('is named, and nothing is left of the package', async () => {
    const go = ada.path('go');
    const begun = ada.begin(packing(), { env: withMishaps({ at: 'tapes/3.wav', does: 'hold', until: go }) });
    await until(isMaking);
    writeFileSync(ada.path('tapes', '3.wav'), 'not what it was');
    writeFileSync(go, '');
    const answer = await begun.answer;
    expect(answer).toMatchObject({ status: 1, json: { problemsTotal: 2 } });
    expect(answer.json.handOut).toBeUndefined();
    expect(answer.json.problems).toMatchObject([
      { path: ada.path('tapes', '3.wav'), code: 'copy_differs' },
      { code: 'no_good_copy' },
    ]);
    expect(readdirSync(out)).toEqual([]);
    expect(handOuts()).toMatchObject([{ state: 'withdrawn' }]);
  });
});

describe('a run that is stopped', () => {
  it('leaves nothing, and says so', async () => {
    const go = ada.path('go');
    const { pid, answer } = ada.begin(packing(), {
      env: withMishaps({ at: 'tapes/3.wav', does: 'hold', until: go }),
    });
    await until(isMaking);
    process.kill(pid ?? 0, 'SIGINT');
    writeFileSync(go, '');
    expect((await answer).status).toBe(130);
    expect(readdirSync(out)).toEqual([]);
    expect(handOuts()).toMatchObject([{ state: 'withdrawn' }]);
  });
});

describe('a run that is killed', () => {
  it('leaves what the next takes away; a folder of somebody else with such a name is left', () => {
    mkdirSync(join(out, 'other.partial'));
    writeFileSync(join(out, 'other.partial/mine.txt'), 'mine');
    const died = ada.read(packing(), { env: withMishaps({ at: 'tapes/3.wav', does: 'kill', after: 0 }) });
    expect(died.status).not.toBe(0);
    expect(readdirSync(out).sort()).toEqual(['other.partial', 'tapes.partial']);
    expect(handOuts()).toMatchObject([{ state: 'open' }]);
    expect(ada.ask(packing())).toMatchObject({
      status: 0,
      json: { handOut: { id: 'out-2', state: 'done' } },
    });
    expect(readdirSync(out).sort()).toEqual(['other.partial', 'tapes']);
    expect(readFileSync(join(out, 'other.partial/mine.txt'), 'utf8')).toBe('mine');
    expect(handOuts()).toMatchObject([
      { id: 'out-2', state: 'done' },
      { id: 'out-1', state: 'withdrawn' },
    ]);
    expect(ada.ask(packing('--name', 'other'))).toMatchObject({ status: 2 });
  });

  it.each(['folder', 'tar'])('after it named a %s is recorded by the next: it may have left', (form) => {
    const first = ada.ask(packing('--as', form, '--recipient', 'City Archive'));
    expect(first.status).toBe(0);
    // As it stood before its last transaction.
    const connection = openConnection(join(ada.archive, 'catalogue.sqlite'));
    const events = connection.sql<number>('SELECT max(seq) FROM events').pluck(true).get() ?? 0;
    connection
      .sql(`UPDATE hand_outs SET state = 'sealed', closed_at = NULL, event_seq = NULL WHERE id = 1`)
      .run();
    connection.close();
    const second = ada.ask(packing('--name', 'second'));
    expect(second.status).toBe(0);
    expect(handOuts()).toMatchObject([
      { id: 'out-2', event: `event-${events + 2}` },
      { id: 'out-1', state: 'done', event: `event-${events + 1}`, recipient: 'City Archive' },
    ]);
    expect(ada.ask(['log', 'verify'])).toMatchObject({ status: 0, json: { ok: true } });
  });
});

describe('a volume without room', () => {
  itWith(theRightToMount, 'is refused before anything is written', () => {
    const small = mountVolume(ada.path('small'), '2m');
    const answer = ada.ask(['bag', 'create', '--accession', 'acc-1', '--to', small.at]);
    expect(answer).toMatchObject({ status: 3, json: { error: { code: 'DISK_FULL' } } });
    expect((answer.json.error as Error).message).toMatch(/Nothing was written/);
    expect(readdirSync(small.at)).toEqual([]);
    expect(handOuts()).toEqual([]);
  });

  itWith(theRightToMount, 'that fills while the package is made keeps nothing of it', async () => {
    const small = mountVolume(ada.path('small'), '8m');
    out = small.at;
    const go = ada.path('go');
    const { answer } = ada.begin(packing(), {
      env: withMishaps({ at: 'tapes/3.wav', does: 'hold', until: go }),
    });
    await until(isMaking);
    fill(join(small.at, 'filler'));
    writeFileSync(go, '');
    const ended: Answer = await answer;
    expect(ended).toMatchObject({ status: 3, json: { error: { code: 'DISK_FULL' } } });
    expect(readdirSync(small.at).map((name) => basename(name))).toEqual(['filler']);
    expect(handOuts()).toMatchObject([{ state: 'withdrawn' }]);
  });
});

/** Whatever is left of a volume. */
function fill(path: string): void {
  try {
    for (;;) writeFileSync(path, Buffer.alloc(4096), { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
