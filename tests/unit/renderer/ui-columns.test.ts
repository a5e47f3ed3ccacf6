import { describe, expect, it } from 'vitest';
import { asText, boundedWidth, nextSort, tracks, type Column } from '../../../renderer/ui/table/columns.ts';

interface Tape {
  readonly title: string;
  readonly bytes: number;
}

const columns: Column<Tape>[] = [
  { id: 'title', header: 'Title', width: 240, cell: (tape) => tape.title, text: (tape) => tape.title },
  { id: 'play', header: 'Play', width: 60, cell: () => null },
  {
    id: 'bytes',
    header: 'Size',
    width: 90,
    align: 'end',
    cell: (tape) => tape.bytes,
    text: (tape) => `${tape.bytes}`,
  },
];

describe('columns', () => {
  it('let the widest text column grow, until a person gives it a width', () => {
    expect(tracks(columns, {})).toEqual({ template: 'minmax(240px, 1fr) 60px 90px', least: 390 });
    expect(tracks(columns, { title: 180 }).template).toBe('180px minmax(60px, 1fr) 90px');
    expect(tracks(columns, { title: 180, play: 60 }).template).toBe('180px 60px 90px minmax(0, 1fr)');
  });

  it('stay within bounds', () => {
    expect(boundedWidth({ id: 'a', width: 100 }, 3)).toBe(56);
    expect(boundedWidth({ id: 'a', width: 100, minWidth: 80 }, 3)).toBe(80);
    expect(boundedWidth({ id: 'a', width: 100 }, 99_999)).toBe(1_600);
  });

  it('sort up first, then down', () => {
    expect(nextSort(undefined, 'title')).toEqual({ column: 'title', direction: 'ascending' });
    expect(nextSort({ column: 'title', direction: 'ascending' }, 'title').direction).toBe('descending');
    expect(nextSort({ column: 'title', direction: 'ascending' }, 'bytes').direction).toBe('ascending');
  });

  it('are copied as lines of cells, whatever a tag holds', () => {
    const rows = [
      { title: 'Side\tA\nlive', bytes: 3 },
      { title: 'B', bytes: 4 },
    ];
    expect(asText(columns, rows)).toBe('Title\tSize\nSide A live\t3\nB\t4');
    expect(asText(columns, rows.slice(1))).toBe('B\t4');
  });
});
