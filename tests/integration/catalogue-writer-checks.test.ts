import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WriterMethods } from '../../electron/adapters/sqlite/writer/writer.ts';
import type { CheckRecorded } from '../../electron/core/ports/auditing.ts';
import { AUDIT_OUTCOMES } from '../../shared/domain/audit-outcome.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { album, rowsOf as rows } from '../support/catalogue-rows.ts';
import { tempFolder } from '../support/temp.ts';
import { agent, stampOf, writtenCatalogue } from '../support/written-catalogue.ts';

function audit(
  writer: WriterMethods,
  checks: readonly CheckRecorded[],
  kind: 'audit' | 'rescan' = 'audit',
): void {
  const { actId, jobId } = writer.beginRun({
    kind,
    title: 'Audit',
    resumeKey: 'a',
    params: {},
    locationIds: [1],
    agent,
  });
  writer.recordChecks(actId, checks);
  expect(writer.reopenRun(jobId)).toEqual({ actId, jobId });
  const outcomes: Record<string, number> = {};
  for (const { outcome } of checks) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  writer.closeRun(actId, {
    planned: checks.length,
    complete: true,
    cancelled: false,
    outcomes,
    bytesRead: 0,
  });
}

describe('checks', () => {
  it('verify what is intact, keep what is found, and say nothing of what was not checked', () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    record(opened, 'box', album(1));
    writer.closeAccession(opened.actId, 'done');
    const stamp = { ...stampOf({ name: 'x' }), mtimeNs: 99n, inode: 12n };
    audit(writer, [
      { replicaId: 1, outcome: 'intact', stamp, bytesRead: 10 },
      { replicaId: 2, outcome: 'altered', detail: '{"why":1}', bytesRead: 10 },
      { replicaId: 3, outcome: 'intact', stamp, bytesRead: 10 },
    ]);
    const today = Math.floor(Date.now() / 86_400_000);
    const item = (): unknown => rows(path, 'SELECT parts_held, verified_day, copies FROM items')[0];
    expect(item()).toEqual({ parts_held: 2, verified_day: 0, copies: 0 });
    audit(writer, [{ replicaId: 2, outcome: 'missing', detail: '{"why":2}', bytesRead: 0 }]);
    audit(writer, [{ replicaId: 2, outcome: 'not_checked', bytesRead: 0 }]);
    expect(rows(path, 'SELECT outcome, detail, resolved_at FROM findings')).toEqual([
      { outcome: 'missing', detail: '{"why":2}', resolved_at: null },
    ]);
    expect(
      rows(path, 'SELECT outcome, mtime_ns, inode, verified_at IS NULL AS never FROM replicas WHERE id < 3'),
    ).toEqual([
      { outcome: 'intact', mtime_ns: 99, inode: 12, never: 0 },
      { outcome: 'missing', mtime_ns: 1_700_000_000_123_456_800, inode: 9_007_199_254_740_992, never: 1 },
    ]);
    audit(writer, [{ replicaId: 2, outcome: 'intact', stamp, bytesRead: 10 }]);
    expect(item()).toEqual({ parts_held: 3, verified_day: today, copies: 1 });
    expect(rows(path, 'SELECT resolved_at FROM findings')).toEqual([{ resolved_at: null }]);
    expect(rows(path, `SELECT type, outcome FROM events WHERE type = 'fixity check' ORDER BY seq`)).toEqual(
      ['fail', 'fail', 'success', 'success'].map((outcome) => ({ type: 'fixity check', outcome })),
    );
    expect(writer.checkCounters()).toEqual([]);
    writer.close();
  });

  it('of a rescan that read nothing leave no event', () => {
    const { path, writer } = writtenCatalogue(tempFolder());
    const { actId } = writer.beginRun({
      kind: 'rescan',
      title: 'R',
      resumeKey: 'r',
      params: {},
      locationIds: [],
      agent,
    });
    writer.closeRun(actId, {
      planned: 0,
      complete: true,
      cancelled: false,
      outcomes: { unchanged: 0 },
      bytesRead: 0,
    });
    expect(rows(path, 'SELECT * FROM events')).toEqual([]);
    expect(rows(path, 'SELECT complete, outcomes FROM runs')).toEqual([
      { complete: 1, outcomes: '{"unchanged":0}' },
    ]);
    writer.close();
  });

  it('note untracked files until they are taken or gone', () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    record(opened, 'box', [{ name: 'a.flac' }]);
    writer.closeAccession(opened.actId, 'done');
    const run = (): number =>
      writer.beginRun({ kind: 'rescan', title: 'R', resumeKey: 'r', params: {}, locationIds: [1], agent })
        .actId;
    const names = ['new.flac', 'gone.flac'].map((name) => ({ name: Buffer.from(name), size: 5n }));
    writer.recordUntracked(run(), 1, utf8Path('box'), names);
    const next = writer.beginAccession({
      accession: { paths: [], title: 'Next', rightsBasis: 'other', rightsNote: '' },
      roots: [{ location: { id: 1 }, path: utf8Path('box') }],
      resumeKey: 'next',
      agent,
    });
    record(next, 'box', [{ name: 'new.flac' }]);
    writer.closeAccession(next.actId, 'done');
    expect(rows(path, 'SELECT CAST(name AS TEXT) AS name FROM untracked')).toEqual([{ name: 'gone.flac' }]);
    while (Date.now() === rows<{ at: number }>(path, 'SELECT seen_at AS at FROM untracked')[0]?.at);
    writer.forgetUntracked(run(), [1]);
    writer.markInterrupted();
    expect(rows(path, 'SELECT * FROM untracked')).toEqual([]);
    writer.close();
  });

  it('keep counters and items right, whatever is checked, taken and grouped in between', () => {
    const check = fc.record({ replica: fc.nat(100), outcome: fc.constantFrom(...AUDIT_OUTCOMES) });
    const step = fc.oneof(
      fc.record({ audit: fc.array(check, { maxLength: 8 }) }),
      fc.record({
        take: fc.array(fc.nat(9), { minLength: 1, maxLength: 6 }),
        group: fc.constantFrom(undefined, '', 'A', 'B'),
      }),
      fc.record({ location: fc.nat(9), group: fc.constantFrom(null, 'A', 'B') }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 7 }), (steps) => {
        const dir = tempFolder();
        const { path, writer, begin, record } = writtenCatalogue(dir);
        const first = begin('0');
        record(first, 'box', album(1, 4));
        writer.closeAccession(first.actId, 'done');
        for (const [n, one] of steps.entries()) {
          if ('audit' in one) {
            const ids = rows<{ id: number }>(path, 'SELECT id FROM replicas');
            audit(
              writer,
              one.audit.map(({ replica, outcome }) => ({
                replicaId: ids[replica % ids.length]?.id ?? 1,
                outcome,
                bytesRead: 1,
              })),
            );
          } else if ('location' in one) {
            const ids = rows<{ id: number }>(path, 'SELECT id FROM locations');
            writer.setLocation(ids[one.location % ids.length]?.id ?? 1, { failureGroup: one.group }, agent);
          } else {
            const locationId = writer.addLocation({
              name: `L${n}`,
              root: utf8Path(`/l${n}`),
              inode: BigInt(n),
              writes: 'never',
              ...(one.group !== undefined && { failureGroup: one.group }),
              agent,
            });
            const opened = writer.beginAccession({
              accession: { paths: [], title: `T${n}`, rightsBasis: 'unknown', rightsNote: '' },
              roots: [{ location: { id: locationId }, path: utf8Path('') }],
              resumeKey: `${n}`,
              agent,
            });
            const made = one.take.map((content, at) => ({ name: `${at}.flac`, content: `1/${content}` }));
            record(opened, `f${n}`, made);
            writer.closeAccession(opened.actId, 'done');
          }
          expect(writer.checkCounters()).toEqual([]);
        }
        writer.close();
      }),
      { numRuns: 25 },
    );
  });
});
