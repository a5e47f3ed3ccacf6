import { describe, expect, it } from 'vitest';
import type { Accession } from '../../../shared/contract/accession.ts';
import type { Collection } from '../../../shared/contract/collections.ts';
import type { Entity, Replica } from '../../../shared/contract/holdings.ts';
import {
  collectionNodes,
  filterOfNode,
  selectedNode,
} from '../../../renderer/features/holdings/collection-nodes.ts';
import { tagRows } from '../../../renderer/features/holdings/detail/tag-rows.ts';
import { draftOf, unsaid, valueOfDraft } from '../../../renderer/features/holdings/field-draft.ts';
import {
  copiesToPlay,
  faultOf,
  trackAt,
  tracksOfPart,
} from '../../../renderer/features/holdings/listening.ts';
import { scopeOfView } from '../../../renderer/features/holdings/scope.ts';
import { evidenceOf, evidenceOfCopies } from '../../../renderer/features/holdings/status-evidence.ts';
import { moved } from '../../../renderer/features/holdings/structure-acts.ts';
import { textsOf } from '../../../renderer/ui/i18n.ts';

const copy = (given: Partial<Replica>): Replica => ({
  id: 'rep-1',
  location: 'loc-1',
  locationName: 'Studio NAS',
  path: { display: '/tapes/a.wav' },
  size: 41_200_000,
  modifiedAt: '2026-01-01T00:00:00.000Z',
  outcome: 'intact',
  ...given,
});

describe('what is said of preservation', () => {
  it('says verified only of bytes that were read, where and when', () => {
    expect(
      evidenceOfCopies([
        copy({ verifiedAt: '2026-11-03T10:00:00Z' }),
        copy({ id: 'rep-2', locationName: 'Vault', verifiedAt: '2026-10-01T10:00:00Z' }),
      ]),
    ).toEqual([
      { key: 'verified', at: '2026-11-03T10:00:00Z', size: 41_200_000, location: 'Studio NAS' },
      { key: 'verifiedAlso', count: 1 },
    ]);
    expect(evidenceOfCopies([copy({ outcome: 'not_checked' })])).toEqual([
      { key: 'neverVerified', count: 1, location: 'Studio NAS' },
    ]);
  });

  it('tells of damage first, and where a good copy is', () => {
    const damaged = copy({
      outcome: 'altered',
      checkedAt: '2026-11-04T10:00:00Z',
      verifiedAt: '2026-01-01T10:00:00Z',
    });
    const good = copy({ id: 'rep-2', locationName: 'Vault', verifiedAt: '2026-10-01T10:00:00Z' });
    expect(evidenceOfCopies([damaged, good]).map(({ key }) => key)).toEqual([
      'damaged',
      'goodElsewhere',
      'verified',
    ]);
    expect(evidenceOfCopies([damaged]).map(({ key }) => key)).toEqual([
      'damaged',
      'noGoodCopy',
      'lastVerified',
    ]);
  });

  it('does not call a copy verified that was not found when it was looked for last', () => {
    expect(
      evidenceOfCopies([copy({ outcome: 'not_checked', verifiedAt: '2026-01-01T10:00:00Z' })])[0]?.key,
    ).toBe('lastVerified');
    expect(evidenceOfCopies([])).toEqual([{ key: 'notHeld' }]);
  });

  it('says of an item what stands among its facts', () => {
    const item: Entity = {
      kind: 'item',
      id: 'item-1',
      title: 'Tape',
      facts: { parts: 4, partsHeld: 3, verifiedOn: '2026-11-03', bytes: 10, independentCopies: 2 },
      parts: [],
      replicas: [],
      identifiers: [],
      events: [],
    };
    expect(evidenceOf(item)).toEqual([
      { key: 'itemPartly', held: 3, parts: 4 },
      { key: 'itemVerified', at: '2026-11-03', size: 10 },
      { key: 'copies', count: 2 },
    ]);
  });
});

describe('listening', () => {
  it('tries the copy that was verified last, a damaged one at the end, and none that was not there', () => {
    expect(
      copiesToPlay([
        copy({ id: 'rep-1', outcome: 'altered' }),
        copy({ id: 'rep-2', outcome: 'missing' }),
        copy({ id: 'rep-3', verifiedAt: '2026-01-01T00:00:00Z' }),
        copy({ id: 'rep-4', verifiedAt: '2026-02-01T00:00:00Z' }),
        copy({ id: 'rep-5', outcome: 'not_checked' }),
      ]).map(({ id }) => id),
    ).toEqual(['rep-4', 'rep-3', 'rep-5', 'rep-1']);
  });

  it('knows which track sounds', () => {
    const tracks = tracksOfPart(
      [
        { part: 'part-1', number: 1, startFrame: 0, endFrame: 750, cue: 'obj-2' },
        { part: 'part-1', number: 2, startFrame: 750, cue: 'obj-2' },
        { part: 'part-2', number: 1, startFrame: 0, cue: 'obj-2' },
      ],
      'part-1',
    );
    expect(tracks.map(({ startMs, lengthMs }) => [startMs, lengthMs])).toEqual([
      [0, 10_000],
      [10_000, undefined],
    ]);
    expect(trackAt(tracks, 9_990)?.track.number).toBe(1);
    expect(trackAt(tracks, 10_000)?.track.number).toBe(2);
  });

  it('tells a place that is away from a format that no window knows', () => {
    expect(faultOf(4, 0, false).why).toBe('notServed');
    expect(faultOf(4, 0, true).why).toBe('cannotDecode');
    expect(faultOf(3, 90_000, true)).toEqual({ why: 'brokeOff', atMs: 90_000 });
  });
});

describe('writing a field', () => {
  it('takes lists by lines and people with roles, and clears what is empty', () => {
    expect(valueOfDraft({ as: 'lines', text: ' jazz \n\n blues' })).toEqual(['jazz', 'blues']);
    expect(valueOfDraft({ as: 'lines', text: ' \n' })).toBeNull();
    expect(valueOfDraft({ as: 'text', text: ' ' })).toBeNull();
    expect(
      valueOfDraft({
        as: 'people',
        people: [
          { name: ' Ada ', role: '' },
          { name: '', role: 'x' },
        ],
      }),
    ).toEqual([{ name: 'Ada', role: 'creator' }]);
    expect(draftOf('contributor', 'Ada')).toEqual({
      as: 'people',
      people: [{ name: 'Ada', role: 'creator' }],
    });
    expect(draftOf('genre', ['a', 'b'])).toEqual({ as: 'lines', text: 'a\nb' });
  });

  it('offers what a thing of this kind takes and does not have', () => {
    expect(unsaid('part', [{ field: 'title' }])).not.toContain('title');
    expect(unsaid('part', [])).not.toContain('barcode');
    expect(unsaid('item', [])).toContain('barcode');
  });
});

describe('what an act over many is about', () => {
  it('names a collection as such, however long, and gathers anything else', () => {
    expect(scopeOfView({ collection: 'col-1' }, 500_000, false)).toEqual({
      by: 'target',
      target: { collection: 'col-1' },
    });
    expect(scopeOfView({ collection: 'col-1', kind: 'audio' }, 500, false)).toEqual({ by: 'rows' });
    expect(scopeOfView({ kind: 'audio' }, 10_001, false)).toEqual({ by: 'tooMany' });
    expect(scopeOfView(undefined, 10_001, true)).toEqual({ by: 'all' });
    expect(scopeOfView(undefined, 10_001, false)).toEqual({ by: 'tooMany' });
  });

  it('moves a part by one place', () => {
    expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 'a', -1)).toBeUndefined();
  });
});

describe('the tree of collections', () => {
  const collection = (id: string, name: string, path: string, parent?: string): Collection => ({
    id,
    name,
    path,
    ...(parent !== undefined && { parent }),
    depth: 0,
    createdAt: '2026-01-01T00:00:00Z',
    ownAccessions: 0,
    totals: { collections: 1, accessions: 0, items: 7, replicas: 0, bytes: 0, hours: 0 },
  });
  const accession = (id: string, number: string, inCollection?: string): Accession => ({
    id,
    number,
    title: 'Tapes',
    ...(inCollection !== undefined && { collection: inCollection }),
    mode: 'in-place',
    rightsBasis: 'unknown',
    rightsNote: '',
    agent: 'Ada',
    openedAt: '2026-01-01T00:00:00Z',
    roots: [],
    accruals: [],
  });
  const labels = { all: 'All', inNone: 'In none', accession: ({ number }: Accession) => number };

  it('has accessions below the collections that they came into', () => {
    const nodes = collectionNodes(
      [collection('col-1', 'Jazz', 'Jazz'), collection('col-2', 'Bebop', 'Jazz/Bebop', 'col-1')],
      [accession('acc-1', '2026-1', 'Jazz/Bebop'), accession('acc-2', '2026-2')],
      12,
      labels,
    );
    expect(nodes).toEqual([
      { id: 'all', label: 'All', count: 12 },
      {
        id: 'col-1',
        label: 'Jazz',
        count: 7,
        children: [{ id: 'col-2', label: 'Bebop', count: 7, children: [{ id: 'acc-1', label: '2026-1' }] }],
      },
      { id: 'in-none', label: 'In none', children: [{ id: 'acc-2', label: '2026-2' }] },
    ]);
  });

  it('chooses by collection or by accession', () => {
    expect(filterOfNode('col-1')).toEqual({ collection: 'col-1', accession: undefined });
    expect(filterOfNode('acc-1')).toEqual({ collection: undefined, accession: 'acc-1' });
    expect(filterOfNode('in-none')).toBeUndefined();
    expect(selectedNode({ accession: 'acc-1' })).toBe('acc-1');
    expect(selectedNode({})).toBe('all');
  });
});

describe('tags as found', () => {
  const t = textsOf('holdings');
  const rowsOf = (...values: unknown[]) =>
    tagRows({ vorbis: values.map((value) => ['TAG', value]), empty: [] }, t).flatMap(({ rows }) => rows);

  it('makes text of whatever was in the file', () => {
    const rows = rowsOf('a', { no: 1, of: 2 }, { picture: 'x'.repeat(50_000) }, null, ['b', 3, null], true);
    expect(rows.map(({ value }) => value.slice(0, 20))).toEqual([
      'a',
      'no: 1; of: 2',
      'picture: xxxxxxxxxxx',
      '',
      'b, 3',
      'true',
    ]);
    expect(rows[2]?.value).toHaveLength(20_000);
  });

  it('says a picture in words, with the digest of its bytes', () => {
    const picture = {
      type: 'Cover (front)',
      format: 'image/jpeg',
      description: '',
      bytes: 1676,
      sha256: 'ab12',
    };
    expect(rowsOf(picture, { ...picture, width: 96, height: 1_200, description: 'Sleeve' })).toEqual([
      { name: 'TAG', value: 'picture, image/jpeg, Cover (front), 1.7 kB', sha256: 'ab12' },
      {
        name: 'TAG',
        value: 'picture, image/jpeg, 96 × 1,200 pixels, Cover (front), Sleeve, 1.7 kB',
        sha256: 'ab12',
      },
    ]);
  });

  it('says who gave an identifier that is no text, and how much there is of anything else', () => {
    const owner_identifier = 'http://musicbrainz.org';
    expect(
      rowsOf({ owner_identifier, identifier: { bytes: 36, sha256: 'cd34' } }, { bytes: 64, sha256: 'ef56' }),
    ).toEqual([
      { name: 'TAG', value: `an identifier of 36 bytes, given by ${owner_identifier}`, sha256: 'cd34' },
      { name: 'TAG', value: '64 bytes that are no text', sha256: 'ef56' },
    ]);
  });

  it('ends where values hold values without end', () => {
    const endless: Record<string, unknown> = {};
    endless['in'] = endless;
    expect(rowsOf(endless)).toEqual([{ name: 'TAG', value: '' }]);
  });
});
