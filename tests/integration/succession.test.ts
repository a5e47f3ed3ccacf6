/** Accepting a change in a sealed bag makes a bag that succeeds it: by the command line, over real files and a real catalogue. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { bagsIn, sha256sum } from '../support/bag-folders.ts';
import { BagKeeper, bagInfoOf, REASON } from '../support/bag-keeper.ts';
import { TERMS } from '../support/custodian.ts';
import { originals } from '../support/originals.ts';
import { aVolumeOf, realVolume } from '../support/real-volumes.ts';
import { itWith } from '../support/skips.ts';

vi.setConfig({ testTimeout: 240_000 });

describe('given a change in a sealed bag', () => {
  it('when it is accepted, then a valid bag succeeds that one, which stays as it was', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    const [before = ''] = us.bags;
    const asItWas = originals(before);

    const dry = us.ask(['findings', 'resolve', 'find-1', '--as', 'accept', ...REASON, '--dry-run']);
    const planned = {
      location: { name: 'Vault' },
      path: `${before}-s2`,
      supersedes: before,
      files: 5,
    };
    expect(dry).toMatchObject({ status: 0, json: { refused: [], successors: [planned] } });
    expect(Number(dry.json['bytes'])).toBeGreaterThan(0);
    expect(us.bags).toEqual([before]);
    const told = us.read(['findings', 'resolve', 'find-1', '--as', 'accept', ...REASON, '--dry-run']).stdout;
    expect(told).toMatch(/A bag would be made at Vault \(5 files/);

    expect(us.accept('find-1')).toMatchObject({ done: 1, refusedTotal: 0, successors: [planned] });
    const [, successor = ''] = us.bags;
    expect(us.bags).toEqual([before, `${before}-s2`]);
    expect(originals(before)).toEqual(asItWas);
    sha256sum(successor);
    for (const manifest of ['tagmanifest-sha512.txt', 'manifest-sha512.txt'])
      expect(spawnSync('sha512sum', ['-c', '--strict', '--quiet', manifest], { cwd: successor }).status).toBe(
        0,
      );
    expect(us.ask(['bag', 'validate', successor]).json).toMatchObject({ bags: [{ verdict: 'valid' }] });
    expect(readFileSync(us.inBag('1.wav', successor)).equals(readFileSync(us.inBag('1.wav', before)))).toBe(
      true,
    );
    expect(readFileSync(join(successor, 'holdfast/original-names.tsv'), 'utf8')).toContain('what?.wav');

    const [first, second] = [bagInfoOf(before), bagInfoOf(successor)];
    const identifier = /External-Identifier: (.*)/.exec(first)?.[1] ?? '';
    expect(second).toContain(`External-Identifier: ${identifier}-s2\n`);
    const seal = spawnSync('sha256sum', ['tagmanifest-sha256.txt'], { cwd: before, encoding: 'utf8' });
    expect(second).toContain(`Internal-Sender-Description: Succeeds ${identifier} `);
    expect(second).toContain(seal.stdout.slice(0, 64));
    us.isSound();
  });

  it('when it was accepted, then its files are expected in the successor, verified, and nothing in the bag before is told of', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    us.accept('find-1');
    const [before = '', successor = ''] = us.bags;
    // Read back and compared when the bag was made: no audit is needed to say so.
    expect(us.ask(['status']).json).toMatchObject({ replicas: 5, openFindings: 0, byOutcome: { intact: 5 } });
    const folders = us.query<{ path: Buffer }>(
      'SELECT DISTINCT f.path FROM replicas r JOIN folders f ON f.id = r.folder_id',
    );
    const name = basename(successor);
    for (const { path } of folders) expect(path.toString()).toMatch(new RegExp(`/bags/${name}/data`));
    const looked = us.ask(['rescan']);
    expect(looked).toMatchObject({ status: 0, json: { outcomes: { unchanged: 5, untracked: 0, gone: 0 } } });
    // What becomes of the bag before is no finding; of a tag file of the successor it is.
    writeFileSync(join(before, 'bag-info.txt'), 'somebody was here\n');
    expect(us.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 5 } } });
    rmSync(before, { recursive: true });
    expect(us.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 5 } } });
    expect(us.ask(['rescan'])).toMatchObject({ status: 0, json: { outcomes: { unchanged: 5, gone: 0 } } });
    appendFileSync(join(successor, 'bag-info.txt'), 'Contact-Name: nobody\n');
    expect(us.ask(['audit'])).toMatchObject({ status: 1, json: { tagFiles: { findingsTotal: 1 } } });
    us.isSound();
  });

  it('when it was accepted, then the log, the finding and the replica tell it', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    us.accept('find-1');
    const [before = ''] = us.bags;
    const events = us.query<{ type: string; outcome: string }>(
      'SELECT type, outcome FROM events ORDER BY seq DESC LIMIT 2',
    );
    expect(events).toEqual([
      { type: 'message digest calculation', outcome: 'success' },
      { type: 'information package creation', outcome: 'success' },
    ]);
    const finding = us.ask(['findings', 'show', 'find-1']).json;
    expect(finding['finding']).toMatchObject({
      path: us.inBag('1.wav', before),
      resolution: { as: 'accepted', reason: REASON[1] },
    });
    const [{ id } = { id: 0 }] = us.query<{ id: number }>('SELECT replica_id AS id FROM findings');
    expect(us.read(['show', `rep-${String(id)}`]).stdout).toMatch(
      /copied into a bag that succeeds the one before/,
    );
    us.isSound();
  });

  it('when another is accepted in the successor, then that one is succeeded in turn', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    us.accept('find-1');
    us.change('2.wav', us.bags[1]);
    expect(us.accept('find-2')).toMatchObject({ done: 1 });
    const [before = '', second = '', third = ''] = us.bags;
    expect(third).toBe(`${before}-s3`);
    sha256sum(third);
    expect(bagInfoOf(third)).toContain(
      `Succeeds ${/External-Identifier: (.*)/.exec(bagInfoOf(second))?.[1] ?? ''} `,
    );
    expect(us.ask(['rescan'])).toMatchObject({
      status: 0,
      json: { outcomes: { unchanged: 5, untracked: 0 } },
    });
    expect(us.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 5 } } });
    us.isSound();
  });

  it('when many are accepted at once, then one bag is made for all of them', () => {
    const us = new BagKeeper();
    us.fill();
    for (const name of ['1.wav', '2.wav', 'side b/4.wav']) appendFileSync(us.inBag(name), 'changed');
    us.ask(['audit']);
    const accepted = us.accept('--location', 'Vault');
    expect(accepted).toMatchObject({ done: 3, refusedTotal: 0 });
    expect(us.bags).toHaveLength(2);
    sha256sum(us.bags[1] ?? '');
    expect(bagInfoOf(us.bags[1] ?? '')).toContain('changes to 3 files accepted');
    us.isSound();
  });

  it('when another file of that bag is not what was sealed, then nothing is made until that is decided', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    // Rots after it was verified: no finding tells of it yet.
    appendFileSync(us.inBag('3.wav'), 'rot');
    expect(us.accept('find-1')).toMatchObject({
      done: 0,
      refused: [
        { reason: expect.stringMatching(/every other file as it was sealed, and "data\/3\.wav"/) as string },
      ],
    });
    expect(us.bags).toHaveLength(1);
    us.isSound();
    us.ask(['audit']);
    expect(us.accept('--all')).toMatchObject({ done: 2, refusedTotal: 0 });
    us.isSound();
  });

  it('when the file has changed once more since it was found, then nobody has decided on that', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    appendFileSync(us.inBag('1.wav'), 'again');
    expect(us.accept('find-1')).toMatchObject({
      done: 0,
      refused: [{ reason: expect.stringMatching(/changed once more/) as string }],
    });
    expect(us.bags).toHaveLength(1);
    expect(us.ask(['status']).json).toMatchObject({ openFindings: 1 });
    us.isSound();
  });

  it('when the table of original names is damaged and no other bag has it, then nothing is made', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    const table = join(us.bags[0] ?? '', 'holdfast/original-names.tsv');
    const good = readFileSync(table);
    appendFileSync(table, 'x');
    expect(us.accept('find-1')).toMatchObject({
      refused: [
        { reason: expect.stringMatching(/original-names\.tsv of its bag is not as it was sealed/) as string },
      ],
    });
    expect(us.bags).toHaveLength(1);
    writeFileSync(table, good);
    expect(us.accept('find-1')).toMatchObject({ done: 1 });
    us.isSound();
  });

  it('when something stands where the successor belongs, then it is not touched, and the next run completes the act', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    const place = `${us.bags[0] ?? ''}-s2`;
    mkdirSync(place);
    writeFileSync(join(place, 'somebody.txt'), 'not ours');
    const words = ['findings', 'resolve', 'find-1', '--as', 'accept', ...REASON];
    expect(us.ask(words)).toMatchObject({ status: 3, json: { error: { code: 'LOCATION_UNREACHABLE' } } });
    expect(readdirSync(place)).toEqual(['somebody.txt']);
    // It is sealed, and may stand in its place already: custody does not end in between.
    const early = ['deaccession', '1', '--reason', 'R', '--authority', 'A'];
    expect(us.ask([...early.slice(0, 1), 'acc-1', ...early.slice(2)])).toMatchObject({
      json: { error: { code: 'JOB_DIFFERS' } },
    });
    rmSync(place, { recursive: true });
    const { rows } = us.ask(['jobs', 'list']).json as { rows: { id: string; kind: string }[] };
    const job = rows.find(({ kind }) => kind === 'resolution')?.id ?? '';
    expect(us.ask(['jobs', 'cancel', job]).json).toMatchObject({ job: { kind: 'resolution' } });
    sha256sum(place);
    expect(us.ask(['status']).json).toMatchObject({ openFindings: 0, byOutcome: { intact: 5 } });
    us.isSound();
  });

  it('when the bag is being copied, then it waits for that; and while it is succeeded, it is not copied', () => {
    const us = new BagKeeper();
    us.fill();
    const [bag = ''] = us.bags;
    const shelf = us.path('shelf');
    us.do('location', 'add', shelf, '--name', 'Shelf', '--writes', 'managed');
    const inTheWay = bag.replace(us.vault, shelf);
    mkdirSync(inTheWay, { recursive: true });
    const copying = ['replicate', '--all', '--to', 'Shelf'];
    expect(us.ask(copying)).toMatchObject({ json: { error: { code: 'LOCATION_UNREACHABLE' } } });
    us.change('1.wav');
    expect(us.accept('find-1')).toMatchObject({
      done: 0,
      refused: [{ reason: expect.stringMatching(/^job-\d+ is not over, and fills a bag/) as string }],
    });
    rmSync(inTheWay, { recursive: true });
    us.do(...copying);

    mkdirSync(`${bag}-s2`);
    expect(us.accept('find-1')).toMatchObject({ error: { code: 'LOCATION_UNREACHABLE' } });
    const attic = us.path('attic');
    us.do('location', 'add', attic, '--name', 'Attic', '--writes', 'managed');
    expect(us.ask(['replicate', '--all', '--to', 'Attic'])).toMatchObject({
      json: { error: { code: 'JOB_DIFFERS' } },
    });
    rmSync(`${bag}-s2`, { recursive: true });
    expect(us.accept('find-1')).toMatchObject({ done: 1 });
    us.do('replicate', '--all', '--to', 'Attic');
    sha256sum(bagsIn(attic)[0] ?? '');
    us.isSound();
  });

  it('when nobody may write there, then it stays open, with the reason', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    const staging = join(us.vault, '.holdfast/staging');
    rmSync(staging, { recursive: true });
    writeFileSync(staging, 'a file where a folder belongs');
    expect(us.accept('find-1')).toMatchObject({
      done: 0,
      refused: [{ reason: expect.stringMatching(/No successor of its bag can be made there/) as string }],
    });
    rmSync(staging);
    expect(us.accept('find-1')).toMatchObject({ done: 1 });
    us.isSound();
  });
});

itWith(
  aVolumeOf('ext4'),
  'a successor for which there is no room is refused before anything is written',
  () => {
    const us = new BagKeeper();
    us.init();
    const { at } = realVolume('ext4', us.path('disk'), 24);
    const store = join(at, 'store');
    const tapes = us.tapes('tapes', 1);
    writeFileSync(join(tapes, 'long.bin'), Buffer.alloc(12 * 1024 * 1024, 'sound'));
    us.do('location', 'add', store, '--name', 'Small', '--writes', 'managed');
    us.do('accession', tapes, '--title', 'Tapes', '--to', 'Small', ...TERMS);
    const [bag = ''] = bagsIn(store);
    us.change('1.wav', bag);
    const words = ['findings', 'resolve', 'find-1', '--as', 'accept', ...REASON];
    const reason = expect.stringMatching(
      /"Small" has room for .* are needed for a successor of its bag/,
    ) as string;
    expect(us.ask([...words, '--dry-run']).json).toMatchObject({ willDo: [], refused: [{ reason }] });
    expect(us.ask(words).json).toMatchObject({ done: 0, refused: [{ reason }] });
    expect(bagsIn(store)).toEqual([bag]);
    expect(us.ask(['status']).json).toMatchObject({ openFindings: 1, openJobs: 0 });
  },
);
