/** New files are shown to the virus scanner of the machine, where the policy asks for it: a real ClamAV, the built program. */
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clamdThere, startClamd } from '../support/clamd.ts';
import { itWith } from '../support/skips.ts';
import { Place } from './support/place.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const clamav = { that: 'clamd and clamdscan (ClamAV)', available: clamdThere };
const VIRUS = Buffer.from('what the test takes for a virus\n');

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.remove());

interface Taken {
  readonly problems: { path: string; code: string; message: string }[];
}

function take(folder: string, ...more: string[]): Taken {
  const ran = place.json(['accession', folder, '--title', 'Tapes', '--rights-basis', 'other', ...more]);
  expect(ran.code, JSON.stringify(ran.json)).toBeLessThan(2);
  return ran.json as unknown as Taken;
}

/** Virus checks in the log of an accession, the newest first. */
const checks = (accession = 'acc-1'): { outcome: string; note: string }[] =>
  (
    place.json(['show', accession]).json as { events: { type: string; outcome: string; note: string }[] }
  ).events.filter(({ type }) => type === 'virus check');

describe('an archive whose policy asks for it', () => {
  itWith(
    clamav,
    'names the file in which something is found, keeps it, and has an event of who looked',
    async () => {
      const tapes = place.tapes();
      // A name that no argument could carry.
      const odd = Buffer.concat([Buffer.from(`${tapes}/`), Buffer.of(0x6f, 0xe8, 0x0a), Buffer.from('.txt')]);
      writeFileSync(odd, VIRUS);
      const old = new Date('2001-02-03T04:05:06Z');
      for (const name of readdirSync(tapes, { encoding: 'buffer' }))
        utimesSync(Buffer.concat([Buffer.from(`${tapes}/`), name]), old, old);
      const clamd = await startClamd(place.path('clamav'), VIRUS);
      try {
        place.env['PATH'] = `${clamd.bin}${delimiter}${process.env['PATH'] ?? ''}`;
        place.init();
        expect(place.run(['policy', '--virus-check', 'on'])).toMatchObject({ code: 0 });
        const { problems } = take(tapes);
        expect(problems.map(({ code }) => code)).toEqual(['virus_found']);
        expect(problems[0]?.message).toContain('Holdfast.Test');
        expect(checks()).toMatchObject([
          {
            outcome: 'fail',
            note: expect.stringMatching(
              /4 files looked at by ClamAV .*, 1 with a virus \(o.+\.txt\), 0 could not/u,
            ) as string,
          },
        ]);
        expect(place.json(['status']).json).toMatchObject({ replicas: 4 });
        expect(statSync(odd).atimeMs).toBe(old.getTime());
        expect(place.json(['log', 'verify'])).toMatchObject({ code: 0, json: { ok: true } });

        // What goes into a managed location is looked at as well.
        const vault = place.path('vault');
        mkdirSync(vault);
        expect(place.run(['location', 'add', vault, '--name', 'Vault', '--writes', 'managed'])).toMatchObject(
          { code: 0 },
        );
        const more = place.path('more');
        mkdirSync(more);
        writeFileSync(join(more, 'note.txt'), 'nothing in it');
        expect(take(more, '--to', 'Vault').problems).toEqual([]);
        expect(checks('acc-2')).toMatchObject([{ outcome: 'success' }]);
        writeFileSync(join(more, 'bad.txt'), VIRUS);
        expect(take(more, '--to', 'Vault').problems.map(({ code }) => code)).toEqual(['virus_found']);
        expect(checks('acc-2')).toMatchObject([{ outcome: 'fail' }, { outcome: 'success' }]);
      } finally {
        clamd.stop();
      }
    },
  );

  it('takes files all the same where no scanner answers, and says that nobody looked', () => {
    const empty = place.path('empty');
    mkdirSync(empty);
    place.env['PATH'] = empty;
    place.init();
    expect(place.run(['policy', '--virus-check', 'on'])).toMatchObject({ code: 0 });
    expect(take(place.tapes()).problems).toEqual([]);
    expect(checks()).toMatchObject([
      { outcome: 'fail', note: expect.stringContaining('clamdscan is not installed') as string },
    ]);
  });
});

it('an archive that does not ask for it has no event of it', () => {
  place.custody(place.tapes());
  expect(checks()).toEqual([]);
});
