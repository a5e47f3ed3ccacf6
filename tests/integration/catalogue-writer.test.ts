import { createHash, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../electron/core/events/canonical-json.ts';
import { opensCommitment, verifyChain, type SealedEvent } from '../../electron/core/events/chain.ts';
import { MerkleAccumulator } from '../../electron/core/events/merkle.ts';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { tempFolder } from '../support/temp.ts';
import { album, rowsOf as rows } from '../support/catalogue-rows.ts';
import { agent, writtenCatalogue } from '../support/written-catalogue.ts';

interface LeafRow {
  readonly ordinal: number;
  readonly outcome: string;
  readonly replica_id: number | null;
  readonly sha256: Buffer | null;
  readonly salt: Buffer | null;
  readonly path: Buffer | null;
  readonly code: string | null;
}

describe('an accession', () => {
  it('records files once, and proposes items with their parts in order', () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    expect(opened.accession).toEqual({
      id: 1,
      number: expect.stringMatching(/^\d{4}-0001$/) as string,
      accrual: 1,
    });
    record(opened, 'box/Album 1', [...album(1), { name: 'cover.jpg', kind: 'image' }]);
    record(opened, 'box/Album 1', album(1));
    record(opened, 'box/Loose', [{ name: 'tape 10.flac' }, { name: 'tape 9.flac' }]);
    const { tally } = writer.closeAccession(opened.actId, 'done');
    expect(tally).toEqual({
      files: 6,
      objects: 6,
      bytes: 6000,
      items: 2,
      problems: 0,
      refused: 0,
      leftOut: 0,
    });
    expect(writer.checkCounters()).toEqual([]);
    expect(
      rows(path, 'SELECT title, creator, date, parts, parts_held, bytes, duration_ms FROM items ORDER BY id'),
    ).toEqual([
      {
        title: 'Album 1',
        creator: 'Artist 1',
        date: '1910',
        parts: 4,
        parts_held: 4,
        bytes: 4000,
        duration_ms: 183_000,
      },
      {
        title: 'Loose',
        creator: null,
        date: null,
        parts: 2,
        parts_held: 2,
        bytes: 2000,
        duration_ms: 122_000,
      },
    ]);
    expect(
      rows(
        path,
        `SELECT r.role, p.position, p.name_title FROM parts p JOIN representations r ON r.id = p.representation_id
        WHERE r.item_id = 1 ORDER BY p.position`,
      ),
    ).toEqual([
      { role: 'preservation master', position: 10, name_title: null },
      { role: 'preservation master', position: 20, name_title: null },
      { role: 'preservation master', position: 30, name_title: null },
      { role: 'documentation', position: 1_040_000_000, name_title: 'cover' },
    ]);
    expect(rows(path, `SELECT count(*) AS n FROM search WHERE search MATCH 'x11'`)).toEqual([{ n: 1 }]);
    expect(rows(path, 'SELECT * FROM open_folders')).toEqual([]);
    writer.close();
  });

  it('commits to what it did with an event that holds', () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    record(opened, 'box', album(1));
    writer.recordFiles({
      actId: opened.actId,
      accrualId: opened.accrualId,
      locationId: 1,
      folder: utf8Path('box'),
      files: [
        {
          name: Buffer.from('bad.wav'),
          outcome: { status: 'failed', problem: { code: 'io_error', detail: 'EIO' }, offset: 7 },
        },
        { name: Buffer.from([0xff, 0x2e]), outcome: { status: 'failed', problem: { code: 'protected' } } },
      ],
    });
    writer.recordNotes(opened.actId, 1, utf8Path(''), [
      {
        name: Buffer.from('.DS_Store'),
        problem: { code: 'left_out', detail: 'folder view settings of macOS' },
      },
    ]);
    const { tally } = writer.closeAccession(opened.actId, 'cancelled');
    expect(tally).toMatchObject({ files: 3, problems: 1, refused: 1, leftOut: 1 });
    writer.close();

    const [key] = rows<{ id: string; public_key: string }>(path, 'SELECT id, public_key FROM signing_keys');
    const events = rows<SealedEvent & { key_id: string; outcome: string }>(
      path,
      'SELECT * FROM events ORDER BY seq',
    );
    const sealed = events.map((event) => ({ ...event, keyId: event.key_id }));
    const report = verifyChain(sealed, new Map([[key?.id ?? '', createPublicKey(key?.public_key ?? '')]]));
    expect(report).toMatchObject({ ok: true, events: 2 });
    const body = JSON.parse(sealed[1]?.body ?? '') as {
      merkle: { root: string };
      outcome: string;
      commitment: string;
    };
    expect(body).toMatchObject({
      type: 'accession',
      outcome: 'warning',
      act: opened.actId,
      merkle: { leaves: 6 },
    });
    expect(sealed[1]?.body).not.toMatch(/bad\.wav|Kettle|box/);
    const [detail] = rows<{ salt: Buffer; detail: string }>(
      path,
      'SELECT salt, detail FROM event_details WHERE event_seq = 2',
    );
    expect(
      opensCommitment(
        JSON.parse(detail?.detail ?? '') as string,
        detail?.salt.toString('hex') ?? '',
        body.commitment,
      ),
    ).toBe(true);

    const tree = new MerkleAccumulator();
    const leaves = rows<LeafRow>(
      path,
      `SELECT a.ordinal, a.outcome, a.replica_id, o.sha256, p.salt, p.path, p.code FROM act_outcomes a
       LEFT JOIN replicas r ON r.id = a.replica_id LEFT JOIN objects o ON o.id = r.object_id
       LEFT JOIN problems p ON p.id = a.problem_id ORDER BY a.ordinal`,
    );
    expect(leaves.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'failed',
      'refused',
      'left out',
    ]);
    for (const { ordinal, outcome, replica_id: replica, sha256, salt, path: at, code } of leaves) {
      if (replica !== null && sha256 !== null)
        tree.add(canonicalJson({ ordinal, outcome, replica, sha256: sha256.toString('hex') }));
      else {
        const commitment = createHash('sha256')
          .update(salt ?? '')
          .update(at ?? '')
          .update(code ?? '')
          .digest('hex');
        tree.add(canonicalJson({ ordinal, outcome, commitment }));
      }
    }
    expect(tree.root().toString('hex')).toBe(body.merkle.root);
  });

  it('is refused nothing by what another act holds already, and leaves it as it is', () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const first = begin('First');
    record(first, 'box', album(1));
    writer.closeAccession(first.actId, 'done');
    const second = writer.beginAccession({
      accession: { paths: [], title: 'First', rightsBasis: 'other', rightsNote: '' },
      accessionId: first.accession.id,
      roots: [{ location: { id: 1 }, path: utf8Path('box') }],
      resumeKey: 'again',
      agent,
    });
    expect(second.accession).toEqual({ ...first.accession, accrual: 2 });
    record(second, 'box', [...album(1).map((file) => ({ ...file, content: 'other' })), { name: 'new.flac' }]);
    expect(writer.closeAccession(second.actId, 'done')).toMatchObject({
      accrual: 2,
      tally: { files: 1, objects: 1, items: 1 },
    });
    expect(writer.checkCounters()).toEqual([]);
    expect(rows(path, 'SELECT count(*) AS n FROM replicas')).toEqual([{ n: 4 }]);
    expect(() => writer.closeAccession(second.actId, 'done')).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    expect(() => writer.reopenAccession(second.jobId)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    writer.close();
  });

  it('chooses the same few files to know a location by', () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    const many = Array.from({ length: 12 }, (_, n) => ({ name: `${n}.flac`, size: n === 3 ? 0 : 10 }));
    record(opened, 'box', many);
    writer.closeAccession(opened.actId, 'done');
    const chosen = rows<{ path: Buffer; sha256: Buffer }>(
      path,
      'SELECT path, sha256 FROM location_sentinels ORDER BY sha256',
    );
    const smallest = rows<{ sha256: Buffer }>(
      path,
      'SELECT sha256 FROM objects WHERE size > 0 ORDER BY sha256 LIMIT 5',
    );
    expect(chosen.map((row) => row.sha256)).toEqual(smallest.map((row) => row.sha256));
    expect(chosen.every((row) => row.path.toString().startsWith('box/'))).toBe(true);
    writer.close();
  });

  it('chooses them from as many folders as there are, so that no one folder takes all of them along', () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    const named = (folder: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({ name: `${folder}-${n}.flac`, size: 10 }));
    record(opened, 'large', named('large', 40));
    record(opened, 'small', named('small', 1));
    record(opened, 'other', named('other', 2));
    writer.closeAccession(opened.actId, 'done');
    const folders = rows<{ path: Buffer }>(path, 'SELECT path FROM location_sentinels').map(
      (row) => row.path.toString().split('/')[0],
    );
    expect(folders).toHaveLength(5);
    expect(new Set(folders)).toEqual(new Set(['large', 'small', 'other']));
    writer.close();
  });
});

describe('what stands recorded', () => {
  it.each([
    [`UPDATE events SET outcome = 'fail'`, 'the log only grows'],
    ['DELETE FROM events', 'the log only grows'],
    ['REPLACE INTO events SELECT * FROM events', 'the log only grows'],
    [`UPDATE objects SET sha256 = zeroblob(32)`, 'never replaced'],
    ['UPDATE objects SET size = 1', 'never replaced'],
    [`UPDATE digests SET value = x'00'`, 'never replaced'],
    ['DELETE FROM digests', 'never removed'],
    ['REPLACE INTO digests SELECT * FROM digests', 'never removed'],
  ])('refuses %s', (statement, why) => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    record(opened, 'box', album(1));
    writer.closeAccession(opened.actId, 'done');
    writer.close();
    const connection = openConnection(path);
    expect(() => connection.db.exec(statement)).toThrow(why);
    connection.close();
  });
});

describe('jobs', () => {
  const progress = {
    phase: 'reading',
    files: 1,
    bytes: 2,
    bytesPerSecond: 3,
    filesPerSecond: 4,
    problems: 0,
  };

  it('keep the newest version, and are interrupted when their process died', () => {
    const { path, writer, begin } = writtenCatalogue(tempFolder());
    const { jobId: id } = begin();
    writer.saveJob(id, { version: 5, state: 'running', progress });
    expect(writer.markInterrupted()).toEqual([id]);
    expect(writer.markInterrupted()).toEqual([]);
    writer.saveJob(id, { version: 9, state: 'done', progress, result: { files: 1 } });
    expect(rows(path, 'SELECT state, version, result, finished_at IS NOT NULL AS ended FROM jobs')).toEqual([
      { state: 'done', version: 9, result: '{"files":1}', ended: 1 },
    ]);
    expect(() => writer.saveJob(99, { version: 1, state: 'done', progress })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    writer.close();
  });

  it('save their progress with the bulk work before it, and say so', () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    expect(writer.saveJob(opened.jobId, { version: 2, state: 'running', progress })).toBe(true);
    const files = album(1);
    record(opened, 'box', files);
    expect(writer.saveJob(opened.jobId, { version: 3, state: 'running', progress })).toBe(false);
    expect(rows(path, 'SELECT version FROM jobs')).toEqual([{ version: 2 }]);
    expect(writer.saveJob(opened.jobId, { version: 4, state: 'paused', progress })).toBe(true);
    expect(rows(path, 'SELECT version FROM jobs')).toEqual([{ version: 4 }]);
    expect(rows(path, 'SELECT count(*) AS files FROM replicas')).toEqual([{ files: files.length }]);
    writer.close();
  });
});

describe('a virus check', () => {
  it.each([
    ['of all files is vouched for', { looked: 2 }, 'success', { checked: 2, found: 0, before: 0 }],
    [
      'is not vouched for of what came before an interruption',
      { looked: 1 },
      'warning',
      { checked: 1, before: 1 },
    ],
  ])('%s', (_, seen, outcome, facts) => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    record(opened, 'box', [{ name: 'a.flac' }, { name: 'b.flac' }]);
    writer.closeAccession(opened.actId, 'done', { scanner: 'ClamAV', ...seen });
    const [event] = rows(
      path,
      `SELECT outcome, json_extract(body, '$.facts') AS facts FROM events WHERE type = 'virus check'`,
    );
    expect(event).toMatchObject({ outcome });
    expect(JSON.parse((event as { facts: string }).facts)).toMatchObject({ scanner: 'ClamAV', ...facts });
    writer.close();
  });
});
