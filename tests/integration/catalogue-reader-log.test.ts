import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { openReaderMethods } from '../../electron/adapters/sqlite/reader/reader.ts';
import type { LogVerification } from '../../shared/contract/events.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';
import { agent, writtenCatalogue } from '../support/written-catalogue.ts';

const dir = sharedFolder();
const original = join(dir, 'catalogue.sqlite');
const EVENTS = 4;

beforeAll(() => {
  const { writer, begin, record } = writtenCatalogue(dir);
  const opened = begin();
  const [root] = opened.roots;
  const locationId = root?.locationId ?? 0;
  record(opened, 'box', [{ name: '01.flac' }, { name: '02.flac' }]);
  writer.recordNotes(opened.actId, locationId, (root?.path ?? new Uint8Array()) as never, [
    { name: Buffer.from('link'), problem: { code: 'symlink_not_followed' } },
  ]);
  writer.closeAccession(opened.actId, 'done');
  const run = writer.beginRun({
    kind: 'audit',
    title: 'Audit',
    resumeKey: 'audit',
    params: {},
    locationIds: [locationId],
    agent,
  });
  writer.recordChecks(run.actId, [
    { replicaId: 1, outcome: 'intact', bytesRead: 1_000 },
    { replicaId: 2, outcome: 'altered', detail: '{}', bytesRead: 1_000 },
  ]);
  writer.closeRun(run.actId, {
    planned: 2,
    complete: true,
    outcomes: { intact: 1, altered: 1 },
    bytesRead: 2_000,
  });
  writer.addLocation({
    name: 'Backup',
    root: Buffer.from('/mnt/backup') as never,
    inode: 3n,
    writes: 'recover',
    agent,
  });
  writer.close();
});

/** What is said of a copy of the catalogue after somebody with the file in hand changed it. */
function after(...statements: string[]): LogVerification {
  const path = join(tempFolder(), 'catalogue.sqlite');
  copyFileSync(original, path);
  const db = new Database(path);
  db.pragma('foreign_keys = OFF');
  db.exec('DROP TRIGGER events_refuse_update; DROP TRIGGER events_refuse_delete;');
  for (const statement of statements) db.exec(statement);
  db.close();
  const reader = openReaderMethods(path, {});
  try {
    return reader.verifyLog();
  } finally {
    reader.close();
  }
}

describe('verifyLog', () => {
  it('holds for what the writer wrote', () => {
    expect(after()).toEqual({
      ok: true,
      events: EVENTS,
      lodged: { heads: 0, broken: [] },
      head: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it('holds when words were lawfully erased', () => {
    expect(after('DELETE FROM event_details WHERE event_seq = 2').ok).toBe(true);
  });

  it.each([
    ['an edited body', 2, `UPDATE events SET body = replace(body, '"files":2', '"files":3') WHERE seq = 2`],
    ['an edited hash', 2, `UPDATE events SET hash = zeroblob(32) WHERE seq = 2`],
    ['an edited signature', 3, `UPDATE events SET signature = zeroblob(64) WHERE seq = 3`],
    ['a deleted first event', 1, `DELETE FROM events WHERE seq = 1`],
    ['a deleted event in the middle', 2, `DELETE FROM events WHERE seq = 2`],
    [
      'a deleted event, the rest renumbered',
      2,
      `DELETE FROM events WHERE seq = 2; UPDATE events SET seq = seq - 1 WHERE seq > 2`,
    ],
    [
      'two events in the other order',
      2,
      `UPDATE events SET seq = 99 WHERE seq = 2; UPDATE events SET seq = 2 WHERE seq = 3; UPDATE events SET seq = 3 WHERE seq = 99`,
    ],
    ['an unknown key', 1, `DELETE FROM signing_keys`],
    ['a key that is none', 1, `UPDATE signing_keys SET public_key = 'x'`],
    ['another type in its row', 3, `UPDATE events SET type = 'validation' WHERE seq = 3`],
    ['another outcome in its row', 3, `UPDATE events SET outcome = 'success' WHERE seq = 3`],
    ['another time in its row', 3, `UPDATE events SET at = at + 1 WHERE seq = 3`],
    ['another agent in its row', 2, `UPDATE events SET agent_id = 2 WHERE seq = 2`],
    [
      'edited words',
      2,
      `UPDATE event_details SET detail = replace(detail, 'Kettle', 'Kottle') WHERE event_seq = 2`,
    ],
    ['words that are no JSON', 2, `UPDATE event_details SET detail = '{' WHERE event_seq = 2`],
    ['another salt', 2, `UPDATE event_details SET salt = zeroblob(32) WHERE event_seq = 2`],
    ['a link that was not signed', 3, `INSERT INTO event_links VALUES (3, 'item', 1)`],
    ['a link that is gone', 2, `DELETE FROM event_links WHERE event_seq = 2 AND entity = 'accession'`],
    [
      'an edited outcome of an audit',
      3,
      `UPDATE act_outcomes SET outcome = 'intact' WHERE outcome = 'altered'`,
    ],
    ['a deleted outcome', 2, `DELETE FROM act_outcomes WHERE act_id = 1 AND ordinal = 1`],
    ['a baseline put in the place of another', 2, `UPDATE replicas SET object_id = 1 WHERE id = 2`],
    ['a problem at another path', 2, `UPDATE problems SET path = x'61'`],
  ])('finds %s', (_, seq, statements) => {
    const found = after(statements);
    expect(found.ok).toBe(false);
    expect(found.firstBad?.seq).toBe(seq);
    expect(found.firstBad?.reason).toMatch(/\w/);
    expect(found.events).toBe(seq - 1);
  });

  it('cannot see that the newest events were cut off: only the head tells', () => {
    const whole = after();
    const cut = after(
      `DELETE FROM events WHERE seq = ${EVENTS}`,
      `DELETE FROM event_links WHERE event_seq = ${EVENTS}`,
    );
    expect(cut.ok).toBe(true);
    expect(cut.head).not.toBe(whole.head);
  });
});
