import { describe, expect, it } from 'vitest';
import {
  cleared,
  filterOf,
  holdingsSearch,
  isArranged,
  sortOf,
  withFilter,
  without,
} from '../../../renderer/features/holdings/holdings-search.ts';
import { addable, chipsOf } from '../../../renderer/features/holdings/filter-chips.ts';
import {
  readColumns,
  readViews,
  viewShown,
  withoutView,
  withView,
  DEFAULT_COLUMNS,
} from '../../../renderer/features/holdings/views.ts';

describe('the address of the holdings', () => {
  it('reads what the contract knows, and passes over the rest', () => {
    expect(
      holdingsSearch({
        text: 1962,
        collection: 'col-3',
        accession: 'item-3',
        role: 'master',
        status: 'safe',
        outcome: 'altered',
        gap: 'rights',
        sort: 'size',
        direction: 'descending',
        open: 'part-7',
        evil: '<script>',
      }),
    ).toEqual({
      text: '1962',
      collection: 'col-3',
      status: 'safe',
      outcome: 'altered',
      gap: 'rights',
      sort: 'size',
      direction: 'descending',
      open: 'part-7',
    });
  });

  it('cuts what is longer than the contract takes', () => {
    expect(holdingsSearch({ text: 'x'.repeat(5000) }).text).toHaveLength(1000);
    expect(holdingsSearch({ open: 'part-0' })).toEqual({});
    expect(holdingsSearch({ text: { toString: () => 'x' }, open: ['part-1'] })).toEqual({});
  });

  it('asks for the whole list where nothing narrows it', () => {
    expect(filterOf({ sort: 'title', open: 'part-1' })).toBeUndefined();
    expect(filterOf({ text: '   ' })).toBeUndefined();
    expect(filterOf({ text: ' blue train ', kind: 'audio', sort: 'title' })).toEqual({
      text: 'blue train',
      kind: 'audio',
    });
  });

  it('sets and takes away filters, and leaves the order and what is open', () => {
    const search = holdingsSearch({ collection: 'col-1', sort: 'title', open: 'part-2' });
    expect(withFilter(search, { accession: 'acc-4', collection: undefined })).toEqual({
      accession: 'acc-4',
      sort: 'title',
      open: 'part-2',
    });
    expect(withFilter(search, { text: '' })).toEqual(search);
    expect(without(search, 'open')).toEqual({ collection: 'col-1', sort: 'title' });
    expect(sortOf({})).toEqual({ column: 'added', direction: 'ascending' });
  });

  it('is cleared of filters and order, and what is open beside the list stays', () => {
    expect(isArranged({ open: 'part-2' })).toBe(false);
    for (const said of [{ text: 'kettle' }, { gap: 'rights' }, { sort: 'size' }] as const) {
      expect(isArranged(said)).toBe(true);
      expect(cleared({ ...said, open: 'part-2' })).toEqual({ open: 'part-2' });
      expect(cleared(said)).toEqual({});
    }
  });
});

describe('chips', () => {
  it('shows a chip for each filter, with names where they are known', () => {
    const names = new Map([['loc-1', 'Studio NAS']]);
    expect(
      chipsOf({ text: 'no chip', location: 'loc-1', collection: 'col-9', role: 'access copy' }, names),
    ).toEqual([
      { key: 'collection', value: 'col-9', name: 'col-9' },
      { key: 'location', value: 'loc-1', name: 'Studio NAS' },
      { key: 'role', value: 'access copy', wordKey: 'role.access copy' },
    ]);
  });

  it('has a word for a status that the menu does not offer', () => {
    expect(chipsOf({ status: 'access-only' }, new Map())).toEqual([
      { key: 'status', value: 'access-only', wordKey: 'status.access-only' },
    ]);
  });

  it('offers what is not set', () => {
    expect(addable({ role: 'documentation', item: 'item-1' })).not.toContain('role');
    expect(addable({})).not.toContain('item');
    expect(addable({})).toContain('gap');
  });
});

describe('what is remembered of the list', () => {
  it('reads columns back with care', () => {
    expect(readColumns(null)).toEqual(DEFAULT_COLUMNS);
    expect(
      readColumns({
        hidden: ['title', 'artist', 7, 'nope'],
        widths: { title: 300, artist: 'x', nope: 90, id: -1 },
      }),
    ).toEqual({ hidden: ['artist'], widths: { title: 300 } });
  });

  it('reads views back with care, and keeps one of each name', () => {
    expect(
      readViews([{ name: '', search: {} }, 'x', { name: 'Gaps', search: { gap: 'rights', open: 'part-1' } }]),
    ).toEqual([{ name: 'Gaps', search: { gap: 'rights' }, columns: DEFAULT_COLUMNS }]);
    const one = withView([], {
      name: ' Gaps ',
      search: { gap: 'rights', open: 'part-1' },
      columns: DEFAULT_COLUMNS,
    });
    const two = withView(one, { name: 'Gaps', search: { gap: 'source' }, columns: DEFAULT_COLUMNS });
    expect(two).toHaveLength(1);
    expect(viewShown(two, { gap: 'source', open: 'part-5' })?.name).toBe('Gaps');
    expect(viewShown(two, { gap: 'rights' })).toBeUndefined();
    expect(withoutView(two, 'Gaps')).toEqual([]);
  });
});
