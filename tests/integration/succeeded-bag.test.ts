/** What becomes of a bag that another one succeeded: copied, deposited to again, let go, rebuilt from. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { bagsIn, sha256sum } from '../support/bag-folders.ts';
import { BagKeeper } from '../support/bag-keeper.ts';
import { expectSound, TERMS } from '../support/custodian.ts';
import { archiveFolder, differences } from '../support/rebuilt.ts';

vi.setConfig({ testTimeout: 240_000 });

describe('given a bag that was succeeded', () => {
  it('when it is copied, then the successor is, to the last byte', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    us.accept('find-1');
    const shelf = us.path('shelf');
    us.do('location', 'add', shelf, '--name', 'Shelf', '--writes', 'managed');
    us.do('replicate', '--all', '--to', 'Shelf');
    const [copy = ''] = bagsIn(shelf);
    sha256sum(copy);
    for (const name of ['manifest-sha256.txt', 'bag-info.txt', 'tagmanifest-sha256.txt'])
      expect(readFileSync(join(copy, name), 'utf8')).toBe(readFileSync(join(us.bags[1] ?? '', name), 'utf8'));
    expect(us.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 10 } } });
    us.isSound();
  });

  it('when another location has the bag as it was, then a third gets what was accepted', () => {
    const us = new BagKeeper();
    us.fill();
    const [shelf, attic] = [us.path('shelf'), us.path('attic')];
    us.do('location', 'add', shelf, '--name', 'Shelf', '--writes', 'managed');
    us.do('replicate', '--all', '--to', 'Shelf');
    us.change('1.wav');
    us.accept('find-1');
    us.do('location', 'add', attic, '--name', 'Attic', '--writes', 'managed');
    us.do('replicate', '--all', '--to', 'Attic');
    sha256sum(bagsIn(attic)[0] ?? '');
    const accepted = readFileSync(us.inBag('1.wav', us.bags[1]));
    expect(readFileSync(us.inBag('1.wav', bagsIn(attic)[0])).equals(accepted)).toBe(true);
    expect(readFileSync(us.inBag('1.wav', bagsIn(shelf)[0])).equals(accepted)).toBe(false);
    us.isSound();
  });

  it('when its folder was deposited from is deposited again, then only what differs from what was accepted is new', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    us.accept('find-1');
    const again = us.ask(['accession', us.path('tapes'), '--title', 'Tapes', '--to', 'Vault', ...TERMS]);
    expect(again.json).toMatchObject({ files: 1 });
    us.isSound();
  });

  it('when the accession is let go and deleted, then both bags go, and nothing of another', () => {
    const us = new BagKeeper();
    us.fill();
    us.do('accession', us.tapes('others', 1), '--title', 'Others', '--to', 'Vault', ...TERMS);
    us.change('1.wav');
    us.accept('find-1');
    us.do('deaccession', 'acc-1', '--reason', 'R', '--authority', 'A');
    const looked = us.ask(['rescan']).json;
    expect(looked).toMatchObject({ outcomes: { untracked: 0 } });
    us.do(
      'delete',
      'acc-1',
      '--reason',
      'R',
      '--agent',
      'Ada Kettle',
      '--second-agent',
      'Jo Miller',
      '--yes',
    );
    expect(us.bags.map((bag) => basename(bag))).toEqual([expect.stringMatching(/-0002$/)]);
    us.isSound();
  });

  it.each(['snapshots', 'supplements'] as const)(
    'when the archive is lost, then %s bring back the same',
    (kind) => {
      const us = new BagKeeper();
      us.fill();
      us.change('1.wav');
      us.accept('find-1');
      us.do('audit');
      const before = us.rows();
      us.lose();
      const other = kind === 'snapshots' ? 'supplements' : 'snapshots';
      rmSync(join(archiveFolder(us.vault), other), { recursive: true });
      const { status, json } = us.rebuild('--verify');
      expect(status, JSON.stringify(json)).toBe(0);
      expect(json).toMatchObject({ problems: [], replicas: 5, audit: { outcomes: { intact: 5 } } });
      const found = differences(before, us.rows());
      for (const table of [
        'bags',
        'replicas',
        'folders',
        'objects',
        'findings',
        'former_baselines',
        'bag_tag_files',
        'parts',
      ])
        expect(found[table]).toBeUndefined();
      expect(us.ask(['rescan'])).toMatchObject({ status: 0, json: { outcomes: { untracked: 0 } } });
      expectSound(us.archive);
    },
  );

  it('when nothing but the bags is left, then the last one is what is held', () => {
    const us = new BagKeeper();
    us.fill();
    us.change('1.wav');
    us.accept('find-1');
    us.lose();
    for (const kind of ['snapshots', 'supplements'])
      rmSync(join(archiveFolder(us.vault), kind), { recursive: true });
    const { json } = us.rebuild('--verify');
    expect(json).toMatchObject({
      accessions: 1,
      replicas: 5,
      bags: 2,
      problems: [{ code: 'no_supplement' }],
      audit: { outcomes: { intact: 5 } },
    });
    expect(us.ask(['rescan']).json).toMatchObject({ outcomes: { unchanged: 5, untracked: 0 } });
    expectSound(us.archive);
  });

  it('when what is left tells only of the bag before, then the successor is told and taken for nothing', () => {
    const us = new BagKeeper();
    us.fill();
    const old = us.path('old');
    us.change('1.wav');
    const folder = archiveFolder(us.vault);
    for (const kind of ['snapshots', 'supplements'])
      spawnSync('cp', ['-a', join(folder, kind), `${old}-${kind}`]);
    us.accept('find-1');
    us.lose();
    for (const kind of ['snapshots', 'supplements']) {
      rmSync(join(folder, kind), { recursive: true });
      spawnSync('cp', ['-a', `${old}-${kind}`, join(folder, kind)]);
    }
    const { json } = us.rebuild();
    expect(json).toMatchObject({ replicas: 5, bags: 1 });
    const { problems } = json as { problems: { code: string; message: string }[] };
    expect(problems.filter(({ code }) => code === 'no_supplement')).toMatchObject([
      { message: expect.stringMatching(/succeeds a bag that the catalogue knows/) as string },
    ]);
    expect(us.ask(['findings', 'list']).json).toMatchObject({ rows: [{ outcome: 'tags_changed' }] });
    expectSound(us.archive);
  });

  it('when somebody has copied its folder beside it, then a rebuild does not take that for a successor', () => {
    const us = new BagKeeper();
    us.fill();
    const [bag = ''] = us.bags;
    spawnSync('cp', ['-a', bag, `${bag} (copy)`]);
    us.lose();
    const { json } = us.rebuild('--verify');
    expect(json).toMatchObject({ replicas: 5, bags: 1, audit: { outcomes: { intact: 5 } } });
    expect((json as { problems: unknown[] }).problems).toMatchObject([
      { code: 'no_supplement', message: expect.stringMatching(/under another name too/) as string },
    ]);
    appendFileSync(join(bag, 'bag-info.txt'), 'Contact-Name: nobody\n');
    expect(us.ask(['audit'])).toMatchObject({ status: 1, json: { tagFiles: { findingsTotal: 1 } } });
    expectSound(us.archive);
  });
});
