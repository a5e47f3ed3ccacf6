/** Removing bags that others succeeded, their accession staying in custody: by the command line, over real files and a real catalogue. */
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { BagKeeper } from '../support/bag-keeper.ts';
import { expectSound } from '../support/custodian.ts';
import { originals } from '../support/originals.ts';
import { archiveFolder } from '../support/rebuilt.ts';
import { writing } from '../support/vault.ts';

vi.setConfig({ testTimeout: 240_000 });

const SAID = ['--reason', 'Room is needed', '--agent', 'A. Novak', '--second-agent', 'J. Miller', '--yes'];

/** A bag in which a change was accepted, and the one that succeeded it. */
function succeeded(): BagKeeper & { number: string } {
  const us = new BagKeeper();
  us.fill();
  us.change('1.wav');
  us.accept('find-1');
  const [{ number } = { number: '' }] = us.query<{ number: string }>('SELECT number FROM accessions');
  return Object.assign(us, { number });
}

function remove(us: BagKeeper & { number: string }, ...words: string[]) {
  return us.ask(['delete', us.number, '--superseded', ...SAID, ...words]);
}

describe('given a bag that was succeeded', () => {
  it('when it is deleted, then it goes and the successor stays; custody, log and counters hold', () => {
    const us = succeeded();
    const [before = '', successor = ''] = us.bags;
    const kept = originals(successor);
    const place = { locationName: 'Vault', files: 5, path: before };
    expect(us.ask(['delete', us.number, '--superseded', '--dry-run'])).toMatchObject({
      status: 0,
      json: { dryRun: true, accession: { number: us.number }, places: [{ ...place, state: 'remove' }] },
    });
    expect(us.bags).toEqual([before, successor]);

    expect(remove(us)).toMatchObject({
      status: 0,
      json: {
        superseded: true,
        complete: true,
        removed: { files: 5 },
        places: [{ ...place, state: 'deleted' }],
      },
    });
    expect(us.bags).toEqual([successor]);
    expect(originals(successor)).toEqual(kept);
    expect(us.ask(['status']).json).toMatchObject({ replicas: 5, openFindings: 0, openJobs: 0 });
    expect(us.ask(['rescan'])).toMatchObject({
      status: 0,
      json: { outcomes: { unchanged: 5, untracked: 0 } },
    });
    expect(us.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 5 } } });
    const [event] = us.query<{ body: string }>(`SELECT body FROM events WHERE type = 'deletion'`);
    const { facts } = JSON.parse(event?.body ?? '') as { facts: unknown };
    expect(facts).toMatchObject({
      kind: 'superseded bags',
      state: 'done',
      bags: [{ id: 1, files: 5, tagManifestSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }],
    });
    const [told] = us.query<{ detail: string }>(
      `SELECT d.detail FROM events e JOIN event_details d ON d.event_seq = e.seq WHERE e.type = 'deletion'`,
    );
    expect(JSON.parse(told?.detail ?? '')).toMatchObject({
      note: expect.stringMatching(/1 bag removed that others succeeded/) as string,
      reason: 'Room is needed',
      secondAgent: 'J. Miller',
      places: [{ location: 'Vault', path: before, state: 'deleted' }],
    });
    us.isSound();

    // And only once.
    expect(remove(us)).toMatchObject({ status: 2, json: { error: { code: 'BAD_INPUT' } } });
  });

  it('when its successor is not verified there, then it stays, and the reason is told', () => {
    const us = succeeded();
    const [before = '', successor = ''] = us.bags;
    appendFileSync(us.inBag('2.wav', successor), 'rot');
    us.ask(['audit']);
    const asItWas = originals(before);
    const kept = { state: 'left', detail: expect.stringMatching(/one file is not verified there/) as string };
    expect(us.ask(['delete', us.number, '--superseded', '--dry-run']).json).toMatchObject({ places: [kept] });
    expect(remove(us)).toMatchObject({
      status: 1,
      json: { complete: false, removed: { files: 0 }, places: [kept] },
    });
    expect(originals(before)).toEqual(asItWas);
    expect(us.query(`SELECT 1 FROM events WHERE type = 'deletion'`)).toEqual([]);
    // Damaged tag files of the successor keep it too.
    const other = succeeded();
    appendFileSync(join(other.bags[1] ?? '', 'bag-info.txt'), 'Contact-Name: nobody\n');
    other.ask(['audit']);
    expect(remove(other)).toMatchObject({ status: 1, json: { places: [kept] } });
    us.isSound();
  });

  it('when a stranger’s file stands in it, then a rescan tells of that, and nothing of the bag is removed until it is gone', () => {
    const us = succeeded();
    const [before = ''] = us.bags;
    mkdirSync(join(before, 'data/side b/notes'));
    const strangers = [
      us.inBag('stranger.wav', before),
      join(before, 'data/side b/notes/mine.txt'),
      join(before, 'x.txt'),
    ];
    for (const path of strangers) writeFileSync(path, 'somebody put this here');
    const { json } = us.ask(['rescan']);
    expect(json).toMatchObject({ outcomes: { unchanged: 5, untracked: 3 } });
    const told = (json['untracked'] as { path: string }[]).map(({ path }) => path);
    expect(told.sort()).toEqual([...strangers].sort());
    const asItWas = originals(before);
    const refused = { state: 'refused', detail: expect.stringMatching(/stranger\.wav/) as string };
    expect(remove(us)).toMatchObject({ status: 1, json: { complete: false, places: [refused] } });
    expect(originals(before)).toEqual(asItWas);
    for (const path of strangers) rmSync(path);
    rmSync(join(before, 'data/side b/notes'), { recursive: true });
    expect(remove(us)).toMatchObject({ status: 0, json: { complete: true } });
    expect(existsSync(before)).toBe(false);
    us.isSound();
  });

  it('when nobody stands for it, or custody has ended, then nothing is recorded', () => {
    const us = succeeded();
    const asItWas = originals(us.vault);
    const alone = ['--reason', 'R', '--agent', 'A. Novak', '--second-agent', 'a. novak', '--yes'];
    for (const words of [
      alone,
      ['--agent', 'A', '--second-agent', 'B', '--yes'],
      ['--reason', 'R', '--agent', 'A', '--yes'],
    ])
      expect(us.ask(['delete', us.number, '--superseded', ...words])).toMatchObject({ status: 2 });
    expect(us.ask(['delete', us.number, '--superseded', '--pending']).status).toBe(2);
    expect(us.query(`SELECT 1 FROM jobs WHERE kind = 'deletion'`)).toEqual([]);
    us.do('deaccession', us.number, '--reason', 'R', '--authority', 'A');
    expect(remove(us)).toMatchObject({
      status: 2,
      json: { error: { message: expect.stringMatching(/has ended/) as string } },
    });
    expect(originals(us.vault).filter((line) => line.includes('/bags/'))).toEqual(
      asItWas.filter((line) => line.includes('/bags/')),
    );
  });

  it('when its removal was begun, then that is completed, whatever was found since, before all else of the accession is deleted', async () => {
    const us = succeeded();
    const agent = { name: 'A. Novak', softwareVersion: '0' };
    await writing(us.archive, (writer) => {
      const opened = writer.beginSupersededDeletion({
        accessionId: 1,
        reason: 'R',
        secondAgent: 'J. Miller',
        resumeKey: 'begun',
        agent,
      });
      writer.beginSupersededRemoval(opened.actId, 1);
    });
    us.do('deaccession', us.number, '--reason', 'R', '--authority', 'A');
    const all = ['delete', us.number, ...SAID];
    expect(us.ask(all)).toMatchObject({ json: { error: { code: 'JOB_DIFFERS' } } });
    const [job] = us.query<{ id: number }>(`SELECT id FROM jobs WHERE kind = 'deletion'`);
    us.do('jobs', 'resume', `job-${String(job?.id)}`);
    expect(us.bags).toHaveLength(1);
    expect(us.ask(all)).toMatchObject({ status: 0, json: { complete: true } });
    expect(us.bags).toEqual([]);
    us.isSound();
  });

  it.each(['what is left', 'nothing but the bag'])(
    'when two were succeeded, then both go, and the archive is made again from %s',
    (left) => {
      const us = succeeded();
      us.change('2.wav', us.bags[1]);
      us.accept('find-2');
      const [, , third = ''] = us.bags;
      expect(remove(us)).toMatchObject({ json: { complete: true, removed: { files: 10 } } });
      expect(us.bags).toEqual([third]);
      us.isSound();
      us.lose();
      if (left === 'nothing but the bag')
        for (const kind of ['snapshots', 'supplements'])
          rmSync(join(archiveFolder(us.vault), kind), { recursive: true });
      expect(us.rebuild('--verify').json).toMatchObject({
        accessions: 1,
        replicas: 5,
        audit: { outcomes: { intact: 5 } },
      });
      expect(us.ask(['rescan']).json).toMatchObject({ outcomes: { unchanged: 5, untracked: 0 } });
      expect(us.bags).toEqual([third]);
      expectSound(us.archive);
    },
  );
});
