import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { Custodian, expectSound, TERMS } from '../support/custodian.ts';
import { archiveFolder, differences, filesIn } from '../support/rebuilt.ts';

describe('a managed location', () => {
  it('is given a snapshot and supplements that sha256sum can check', () => {
    const us = new Custodian();
    us.deposit();
    expect(filesIn(us.vault, 'supplements').map((path) => path.split('/').at(-1))).toEqual(
      ['2026-0001.json', '2026-0002.json', 'archive.json'].map((name) =>
        name.replace('2026', String(new Date().getUTCFullYear())),
      ),
    );
    for (const kind of ['snapshots', 'supplements']) {
      const folder = join(archiveFolder(us.vault), kind);
      const digests = readdirSync(folder).filter((name) => name.endsWith('.sha256'));
      expect(digests.length).toBeGreaterThan(0);
      const checked = spawnSync('sha256sum', ['-c', ...digests], { cwd: folder, encoding: 'utf8' });
      expect(checked.status, checked.stdout + checked.stderr).toBe(0);
    }
    expect(us.ask(['status']).json['catalogueHasCopy'] ?? true).toBe(true);
  });

  it('is left alone by a session in which nothing happened', () => {
    const us = new Custodian();
    us.deposit();
    const before = [...filesIn(us.vault, 'snapshots'), ...filesIn(us.vault, 'supplements')];
    us.do('rescan');
    expect([...filesIn(us.vault, 'snapshots'), ...filesIn(us.vault, 'supplements')]).toEqual(before);
  });

  it('gets the supplement of what changed, and of nothing else', () => {
    const us = new Custodian();
    us.deposit();
    const [first, second] = filesIn(us.vault, 'supplements').map(
      (path) => spawnSync('stat', ['-c', '%i', path], { encoding: 'utf8' }).stdout,
    );
    us.do('describe', 'acc-1', '--set', 'title=Tapes of the kettle');
    const [firstNow, secondNow] = filesIn(us.vault, 'supplements').map(
      (path) => spawnSync('stat', ['-c', '%i', path], { encoding: 'utf8' }).stdout,
    );
    expect(firstNow).not.toBe(first);
    expect(secondNow).toBe(second);
  });

  it('that cannot be reached is told, and the session ends well', () => {
    const us = new Custodian();
    us.deposit();
    renameSync(us.vault, us.path('unplugged'));
    const told = us.read(['accession', us.tapes('more', 1), '--title', 'More', ...TERMS]);
    expect(told.status).toBe(0);
    expect(told.stderr).toContain('The copy of the catalogue at "Vault" is not up to date');
  });
});

describe('rebuild', () => {
  it('makes an equal catalogue from a snapshot, when the archive is gone', () => {
    const us = new Custodian();
    us.deposit();
    us.do('audit');
    const before = us.rows();
    us.lose();
    const { status, json } = us.rebuild();
    expect(status, JSON.stringify(json)).toBe(0);
    expect(json).toMatchObject({
      accessions: 2,
      bags: 1,
      supplements: 0,
      problems: [],
      archive: { path: us.archive },
    });
    expect(differences(before, us.rows())).toEqual({});
    expectSound(us.archive);
    expect(us.ask(['log', 'verify']).json).toMatchObject({
      ok: true,
      events: (before['events']?.length ?? 0) + 1,
    });
    expect(us.ask(['status']).json).toMatchObject({ byOutcome: { not_checked: json['replicas'] } });
  });

  it('makes the same from supplements alone', () => {
    const us = new Custodian();
    us.deposit();
    us.do('describe', 'acc-1', '--set', 'title=Tapes of the kettle');
    us.attestShelf();
    us.importShelf();
    us.do('audit');
    const before = us.rows();
    us.lose();
    rmSync(join(archiveFolder(us.vault), 'snapshots'), { recursive: true });
    const { status, json } = us.rebuild();
    expect(status, JSON.stringify(json)).toBe(0);
    expect(json).toMatchObject({ snapshot: null, supplements: 3 });
    expect(differences(before, us.rows())).toEqual({});
    expectSound(us.archive);
    expect(us.ask(['log', 'verify']).json).toMatchObject({ ok: true });
  });

  it('adds to a snapshot what supplements know since', () => {
    const us = new Custodian();
    us.deposit();
    const old = us.path('old-snapshots');
    cpSync(join(archiveFolder(us.vault), 'snapshots'), old, { recursive: true });
    us.do('describe', 'acc-1', '--set', 'title=Tapes of the kettle');
    us.do('accession', us.tapes('tapes', 5), '--title', 'Tapes', '--to', 'Vault', ...TERMS);
    us.do('accession', us.tapes('more', 2), '--title', 'More', '--to', 'Vault', ...TERMS);
    const before = us.rows();
    us.lose();
    rmSync(join(archiveFolder(us.vault), 'snapshots'), { recursive: true });
    renameSync(old, join(archiveFolder(us.vault), 'snapshots'));
    const { status, json } = us.rebuild();
    expect(status, JSON.stringify(json)).toBe(0);
    expect(json['snapshot']).not.toBeNull();
    expect(json['supplements']).toBe(3);
    expect(differences(before, us.rows())).toEqual({});
    expectSound(us.archive);
  });

  it('verifies everything where it is asked to', () => {
    const us = new Custodian();
    us.deposit();
    us.lose();
    const { status, json } = us.rebuild('--verify');
    expect(status, JSON.stringify(json)).toBe(0);
    expect(json['audit']).toMatchObject({ outcomes: { intact: json['replicas'] } });
    expect(us.ask(['status']).json).toMatchObject({ byOutcome: { intact: json['replicas'] }, overdue: 0 });
  });

  it('takes what a bag alone tells, with its gaps', () => {
    const us = new Custodian();
    us.deposit();
    us.lose();
    for (const kind of ['snapshots', 'supplements'])
      rmSync(join(archiveFolder(us.vault), kind), { recursive: true });
    const { status, json } = us.rebuild('--verify');
    expect(status).toBe(1);
    expect(json).toMatchObject({
      archive: { name: 'Test archive' },
      accessions: 1,
      replicas: 3,
      bagsWithoutSupplement: 1,
      problems: [{ code: 'no_supplement' }],
      audit: { outcomes: { intact: 3 } },
    });
    expectSound(us.archive);
    expect(us.ask(['status']).json).toMatchObject({ gaps: { rights: 1, source: 1, acquired: 1 } });
  });

  it('goes on where the lost archive was: the next accession, the next deposit, the log', () => {
    const us = new Custodian();
    us.deposit();
    us.lose();
    us.rebuild();
    const answer = us.ask(['accession', us.tapes('after', 1), '--title', 'After', '--to', 'Vault', ...TERMS]);
    expect(answer.json['accession']).toMatchObject({ id: 'acc-3' });
    expect(us.ask(['log', 'verify']).json).toMatchObject({ ok: true });
    const events = us.ask(['log', 'verify']).json['events'];
    us.lose();
    expect(us.rebuild().json).toMatchObject({ accessions: 3, events: Number(events) + 1 });
  });

  it('keeps what was verified before as attested', () => {
    const us = new Custodian();
    us.deposit();
    us.do('audit');
    us.lose();
    const { json } = us.rebuild();
    const connection = openConnection(join(us.archive, 'catalogue.sqlite'), { readonly: true });
    const attested = connection
      .sql('SELECT count(*) FROM attested_checks WHERE verified_at IS NOT NULL')
      .pluck(true)
      .get();
    connection.close();
    expect(attested).toBe(json['replicas']);
  });

  it('asks whether a location that stands elsewhere was moved or copied', () => {
    const us = new Custodian();
    us.deposit();
    us.lose();
    const elsewhere = us.path('elsewhere');
    renameSync(us.vault, elsewhere);
    const asked = us.ask(['rebuild', us.archive, '--from', elsewhere]);
    expect(asked.status).toBe(1);
    expect(asked.json).toMatchObject({ problems: [{ code: 'moved_or_copied', severity: 'question' }] });
    us.lose();
    const said = us.ask(['rebuild', us.archive, '--from', elsewhere, '--moved', '--verify']);
    expect(said.status, JSON.stringify(said.json)).toBe(0);
  });

  it('never merges two places that bear one marker', () => {
    const us = new Custodian();
    us.deposit();
    us.lose();
    const clone = us.path('clone');
    cpSync(us.vault, clone, { recursive: true });
    const { status, json } = us.rebuild('--from', clone);
    expect(status).toBe(1);
    expect(json).toMatchObject({ problems: [{ code: 'marker_twice', path: clone }], bags: 1 });
  });

  it('takes the newer state of two locations, and tells that they differ', () => {
    const us = new Custodian();
    us.deposit();
    const second = us.path('second');
    us.do('location', 'add', second, '--name', 'Second', '--writes', 'managed', '--group', 'disk-b');
    us.do('replicate', '--all', '--to', 'Second');
    renameSync(second, us.path('unplugged'));
    us.read(['describe', 'acc-1', '--set', 'title=Tapes of the kettle']);
    renameSync(us.path('unplugged'), second);
    const before = us.rows();
    us.lose();
    for (const vault of [us.vault, second])
      rmSync(join(archiveFolder(vault), 'snapshots'), { recursive: true });
    const { status, json } = us.ask(['rebuild', us.archive, '--from', second, '--from', us.vault]);
    expect(status, JSON.stringify(json)).toBe(0);
    expect(json['notes']).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'older_state' })]));
    expect(differences(before, us.rows())).toEqual({});
    expectSound(us.archive);
  });

  it('refuses a folder that is used, a place that is none, and a choice between archives that nobody made', () => {
    const us = new Custodian();
    us.deposit();
    expect(us.rebuild()).toMatchObject({ status: 2, json: { error: { code: 'ARCHIVE_EXISTS' } } });
    expect(us.ask(['rebuild', us.path('tapes'), '--from', us.vault]).json).toMatchObject({
      error: { code: 'BAD_INPUT' },
    });
    expect(us.ask(['rebuild', us.path('new'), '--from', us.path('tapes')]).json).toMatchObject({
      error: { code: 'BAD_INPUT' },
    });
    const other = us.path('other');
    us.do('init', other, '--name', 'Other');
    us.do('location', 'add', us.vault, '--name', 'Shared', '--writes', 'managed', '--archive', other);
    us.do(
      'accession',
      us.tapes('other tapes', 1),
      '--title',
      'O',
      '--to',
      'Shared',
      '--archive',
      other,
      ...TERMS,
    );
    const [mine, theirs] = [us.archive, other].map(
      (dir) => us.ask(['rebuild', us.path('new'), '--from', us.vault]).json && dir,
    );
    expect([mine, theirs]).toEqual([us.archive, other]);
    const refused = us.ask(['rebuild', us.path('new'), '--from', us.vault]);
    expect(refused).toMatchObject({ status: 2, json: { error: { code: 'BAD_INPUT' } } });
    const ids = /[0-9a-f-]{36}/g.exec(JSON.stringify(refused.json));
    const chosen = us.ask(['rebuild', us.path('new'), '--from', us.vault, '--archive-id', String(ids?.[0])]);
    expect(chosen.status, JSON.stringify(chosen.json)).toBe(0);
    expect(existsSync(us.path('.new.rebuilding'))).toBe(false);
  });
});
