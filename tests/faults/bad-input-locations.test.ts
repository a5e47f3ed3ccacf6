/** Places that go away, come back, or are other places, in the middle of an act or before it: never a loss that is none. */
import { mkdirSync, renameSync, rmdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { withMishaps, type Mishap } from '../support/mishaps.ts';
import { itWith } from '../support/skips.ts';
import { mountVolume, theRightToMount } from '../support/volumes.ts';

/** A folder, and one below it whose first file is opened when the place is taken away. */
function collection(archivist: Archivist): string {
  const tapes = archivist.tapes('tapes', 4);
  archivist.tapes('tapes/last', 3);
  return tapes;
}

describe('given a location that goes away while an act runs', () => {
  const ways = {
    'its disk is pulled out': (tapes: string): Mishap => ({
      at: 'last/1.wav',
      does: 'rename',
      path: tapes,
      to: `${tapes}-away`,
    }),
    'an empty folder takes its place': (tapes: string): Mishap => ({
      at: 'last/1.wav',
      does: 'swap',
      path: tapes,
      to: `${tapes}-away`,
    }),
  };
  const putBack = (tapes: string): void => {
    rmSync(tapes, { recursive: true, force: true });
    renameSync(`${tapes}-away`, tapes);
  };

  for (const [way, mishap] of Object.entries(ways)) {
    it(`when ${way} in an accession, then it stays open, and goes on once the place is back`, () => {
      const archivist = new Archivist();
      const tapes = collection(archivist);
      archivist.init();
      const lost = archivist.ask(archivist.accession(tapes), { env: withMishaps(mishap(tapes)) });
      expect(lost).toMatchObject({ status: 3, json: { error: { code: 'LOCATION_UNREACHABLE' } } });
      expect(archivist.ask(['jobs', 'list']).json.rows).toMatchObject([
        { kind: 'accession', state: 'interrupted' },
      ]);
      // Neither the command nor its job takes what stands there now for the collection.
      expect(archivist.ask(archivist.accession(tapes)).status).toBeGreaterThanOrEqual(2);
      expect(archivist.ask(['jobs', 'resume', 'job-1'])).toMatchObject({
        status: 3,
        json: { error: { code: 'LOCATION_UNREACHABLE' } },
      });
      putBack(tapes);
      expect(archivist.ask(archivist.accession(tapes))).toMatchObject({
        status: 0,
        json: { files: 7, problems: [] },
      });
      expect(archivist.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 7 } } });
    });

    it(`when ${way} in an audit, then the rest is not checked, and nothing is missing`, () => {
      const archivist = new Archivist();
      const tapes = collection(archivist);
      archivist.keep(tapes);
      const audit = archivist.ask(['audit'], { env: withMishaps(mishap(tapes)) });
      expect(audit).toMatchObject({
        status: 1,
        json: { run: { complete: false }, planned: 7, findings: [], unreachable: [{ name: 'tapes' }] },
      });
      const outcomes = audit.json.outcomes as Record<string, number>;
      expect(outcomes).toMatchObject({ missing: 0, unreadable: 0, altered: 0 });
      expect((outcomes.intact ?? 0) + (outcomes.not_checked ?? 0)).toBe(7);
      expect(outcomes.not_checked).toBeGreaterThan(0);
      putBack(tapes);
      expect(archivist.ask(['status']).json).toMatchObject({ openFindings: 0, openJobs: 0 });
      expect(archivist.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 7 } } });
    });

    it(`when ${way} in a rescan that reads what changed, then nothing is gone and nothing missing`, () => {
      const archivist = new Archivist();
      const tapes = collection(archivist);
      archivist.keep(tapes);
      for (const name of ['last/1.wav', 'last/2.wav', '1.wav']) utimesSync(join(tapes, name), 1, 1);
      const rescan = archivist.ask(['rescan'], { env: withMishaps(mishap(tapes)) });
      expect(rescan).toMatchObject({
        status: 1,
        json: {
          run: { complete: false },
          outcomes: { gone: 0, changed: 0 },
          findings: [],
          gone: [],
          unreachable: [{ name: 'tapes' }],
        },
      });
      putBack(tapes);
      expect(archivist.ask(['rescan'])).toMatchObject({
        status: 0,
        json: { outcomes: { gone: 0, not_checked: 0 } },
      });
      expect(archivist.ask(['status']).json).toMatchObject({ openFindings: 0 });
    });
  }

  it('when one file is away for a moment only, then it is read once more before it is called missing', () => {
    const archivist = new Archivist();
    const tapes = collection(archivist);
    archivist.keep(tapes);
    const file = join(tapes, '2.wav');
    const env = withMishaps(
      { at: 'tapes/2.wav', does: 'rename', path: file, to: `${file}.moment` },
      { at: 'last/1.wav', does: 'link', path: `${file}.moment`, to: file },
    );
    expect(archivist.ask(['audit'], { env })).toMatchObject({
      status: 0,
      json: { outcomes: { intact: 7, missing: 0 } },
    });
  });

  it('when an act is given up whose place is gone, then it can be', () => {
    const archivist = new Archivist();
    const tapes = collection(archivist);
    archivist.init();
    archivist.ask(archivist.accession(tapes), { env: withMishaps(ways['its disk is pulled out'](tapes)) });
    expect(archivist.ask(['jobs', 'cancel', 'job-1'])).toMatchObject({
      status: 0,
      json: { job: { state: 'cancelled' } },
    });
    expect(archivist.ask(['status']).json).toMatchObject({ openJobs: 0 });
  });
});

describe('given a location that is not there, or is another', () => {
  it('when an empty folder stands at its path, then nothing is missing and nothing is taken from it', () => {
    const archivist = new Archivist();
    const tapes = collection(archivist);
    archivist.keep(tapes);
    renameSync(tapes, `${tapes}-away`);
    mkdirSync(tapes);
    for (const act of ['audit', 'rescan']) {
      const { status, json } = archivist.ask([act]);
      expect([status, json]).toMatchObject([
        1,
        { outcomes: { not_checked: 7 }, findings: [], unreachable: [{ name: 'tapes' }] },
      ]);
    }
    const { stdout } = archivist.read(['audit']);
    expect(stdout).toMatch(
      /^Nothing could be verified: 7 not checked\.\n0 of 7 planned copies were checked; the rest stays due\.\n/,
    );
    expect(stdout).toMatch(
      /stands another folder than the one known as "tapes"\..* holdfast location relink "tapes" PATH/,
    );
    writeFileSync(join(tapes, 'other.wav'), 'other');
    expect(archivist.ask(archivist.accession(tapes))).toMatchObject({
      status: 3,
      json: { error: { code: 'LOCATION_UNREACHABLE' } },
    });
    rmSync(tapes, { recursive: true });
    renameSync(`${tapes}-away`, tapes);
    expect(archivist.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 7 } } });
  });

  itWith(
    theRightToMount,
    'when its volume is not mounted, or another one is, then it is not checked until it is back',
    () => {
      const archivist = new Archivist();
      const disk = mountVolume(archivist.path('disk'), '4m');
      archivist.tapes('disk', 6);
      archivist.keep(disk.at);
      const unreachable = { status: 1, json: { outcomes: { not_checked: 6, missing: 0 }, findings: [] } };
      disk.unmount();
      expect(archivist.ask(['audit'])).toMatchObject(unreachable);
      // Another volume: its root has the same inode, and it has no id of its own.
      const other = mountVolume(disk.at, '4m');
      expect(archivist.ask(['audit'])).toMatchObject(unreachable);
      archivist.tapes('disk', 6);
      expect(archivist.ask(['location', 'check'])).toMatchObject({
        status: 0,
        json: { rows: [{ state: 'reachable' }] },
      });
      expect(archivist.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 6 } } });
      other.unmount();
      rmdirSync(disk.at);
    },
  );
});
