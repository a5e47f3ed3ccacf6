/** Description at the command line: one thing, many, and a table that goes to a spreadsheet and comes back. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Place } from './support/place.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let place: Place;
beforeEach(() => {
  place = new Place();
  place.custody(place.tapes());
});
afterEach(() => place.remove());

describe('an archivist', () => {
  it('gives a tape its title, finds it by that, sees who said so, and takes it back', () => {
    const set = place.json([
      'describe',
      'item-1',
      '--set',
      'title=Kettle night',
      '--set',
      'contributor=Ada Kettle (singer); Ben Pot (recordist)',
      '--set',
      'date=1962~',
      '--agent',
      'Eva Rada',
    ]);
    expect(set).toMatchObject({ code: 0, json: { schema: 1, edit: 'edit-1', total: 3 } });
    expect(set.json.changes).toContainEqual({ id: 'item-1', field: 'title', from: null, to: 'Kettle night' });
    expect(place.run(['describe', 'item-1', '--history']).stdout).toMatch(/Kettle night \(Eva Rada, /);
    expect(place.json(['search', 'ben pot']).json.rows).not.toEqual([]);
    expect(place.json(['show', 'item-1']).json).toMatchObject({
      entity: { title: 'Kettle night', facts: { creator: 'Ada Kettle', date: '1962~' } },
    });
    expect(place.run(['describe', 'item-1', '--clear', 'date']).stdout).toMatch(/date +1962~ +\(cleared\)/);
    expect(place.json(['describe', '--undo', 'edit-1'])).toMatchObject({
      code: 2,
      json: { error: { code: 'EDIT_CONFLICT' } },
    });
    expect(place.json(['describe', '--undo', 'edit-2'])).toMatchObject({ code: 0, json: { edit: 'edit-3' } });
    expect(place.json(['describe', '--undo', 'edit-1'])).toMatchObject({ code: 0, json: { total: 3 } });
    expect(place.json(['describe', '--edits']).json.rows).toHaveLength(4);
    expect(place.json(['log', 'verify'])).toMatchObject({ code: 0, json: { ok: true } });
  });

  it('takes everything that carries description through a table: out, edited, looked at, applied, taken back', () => {
    for (const words of [
      ['collection', 'add', 'Radio'],
      ['collection', 'add', 'Jazz/Live', '--parent', 'Radio'],
      ['collection', 'assign', 'acc-1', '--to', 'col-2'],
    ])
      expect(place.run(words), words.join(' ')).toMatchObject({ code: 0 });
    const file = place.path('all.csv');
    expect(place.run(['describe', '--export', file])).toMatchObject({ code: 0 });
    const [header = [], ...rows] = parse(readFileSync(file), { bom: true });
    const at = (name: string): number => header.indexOf(name);
    const ids = rows.map((row) => row[at('id')] ?? '');
    expect(ids.slice(0, 4)).toEqual(['col-1', 'col-2', 'acc-1', 'item-1']);
    expect(ids).toContain('part-1');
    expect(rows.map((row) => row[at('collection')]).slice(0, 3)).toEqual([
      'Radio',
      'Radio/Jazz\\/Live',
      'Radio/Jazz\\/Live',
    ]);
    expect(rows.map((row) => row[at('file-title')]).slice(0, 3)).toEqual(['Radio', 'Jazz/Live', 'Tapes']);

    for (const row of rows) row[at('title')] = `Called ${row[at('id')] ?? ''}`;
    writeFileSync(file, stringify([header, ...rows]));
    const dry = place.json(['describe', '--csv', file, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, json: { edit: null, total: rows.length, entities: rows.length } });
    expect(place.json(['describe', 'col-2']).json).toMatchObject({ title: 'Jazz/Live' });
    const applied = place.json(['describe', '--csv', file]);
    expect(applied).toMatchObject({ code: 0, json: { total: rows.length } });
    for (const id of ['col-2', 'acc-1', 'item-1', 'part-1'])
      expect(place.json(['describe', id]).json).toMatchObject({ title: `Called ${id}` });
    expect(place.json(['describe', '--undo', String(applied.json.edit)]).json).toMatchObject({
      total: rows.length,
    });
    expect(place.json(['describe', 'col-2']).json).toMatchObject({ title: 'Jazz/Live' });
    expect(place.json(['describe', 'acc-1']).json).toMatchObject({ title: 'Tapes' });

    const narrowed = (name: string, ...words: string[]): string[] => {
      expect(place.run(['describe', '--export', place.path(name), ...words])).toMatchObject({ code: 0 });
      return parse(readFileSync(place.path(name)), { bom: true })
        .slice(1)
        .map(([id = '']) => id);
    };
    expect(narrowed('fonds.csv', '--only', 'collections,accessions')).toEqual(['col-1', 'col-2', 'acc-1']);
    expect(narrowed('below.csv', '--collection', 'Radio', '--only', 'collections')).toEqual([
      'col-1',
      'col-2',
    ]);
    expect(narrowed('one.csv', '--accession', 'acc-1', '--only', 'accessions,items')[0]).toBe('acc-1');
    expect(place.run(['describe', '--export', place.path('no.csv'), '--only', 'tapes'])).toMatchObject({
      code: 2,
    });
  });

  it('edits a table: looks first, is told all that is wrong, applies, takes back', () => {
    const file = place.path('tapes.csv');
    expect(place.run(['describe', '--export', file]).stdout).toMatch(/rows? written to .*tapes\.csv/);
    expect(place.run(['describe', '--export', file])).toMatchObject({ code: 2 });
    const [header = '', ...rows] = readFileSync(file, 'utf8')
      .split('\r\n')
      .filter((line) => line !== '');
    const at = header.split(',').indexOf('"genre"');
    const withGenre = (row: string, genre: string) =>
      row
        .split(/,(?=")/)
        .map((cell, i) => (i === at ? `"${genre}"` : cell))
        .join(',');
    writeFileSync(file, [header, ...rows.map((row, i) => withGenre(row, `G ${i}`))].join('\r\n'));
    const dry = place.json(['describe', '--csv', file, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, json: { edit: null, total: rows.length, dryRun: true } });
    expect(place.run(['describe', '--csv', file, '--dry-run']).stdout).toMatch(
      /would change\. Nothing was changed/,
    );

    const wrong = place.path('wrong.csv');
    writeFileSync(wrong, 'id;date;tittle\nitem-1;1962;x\nitem-2;soon;y\n');
    const refused = place.run(['describe', '--csv', wrong]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stdout).toMatch(/3 +date +soon +"soon" is no EDTF date/);
    expect(refused.stderr).toMatch(/"tittle" is no field and was passed over; perhaps title is meant/);
    expect(place.json(['describe', '--csv', wrong])).toMatchObject({
      code: 2,
      json: { error: { code: 'BAD_INPUT' }, changes: [], problems: [{ row: 3, column: 'date' }] },
    });
    expect(place.json(['describe', '--csv', wrong, '--skip-bad'])).toMatchObject({
      code: 1,
      json: { total: 1 },
    });

    expect(place.json(['describe', '--csv', file])).toMatchObject({ code: 0, json: { edit: 'edit-2' } });
    expect(place.json(['describe', '--undo', 'edit-2'])).toMatchObject({
      code: 0,
      json: { total: rows.length },
    });
  });

  it('edits many at once and finds and replaces, each with a look before', () => {
    const many = ['describe', '--search', 'wav', '--set', 'language=ces', '--only', 'parts'];
    expect(place.json([...many, '--dry-run'])).toMatchObject({ code: 0, json: { edit: null, total: 1 } });
    expect(place.json(many).json.changes).toMatchObject([{ field: 'language', to: ['cs'] }]);
    const replace = [
      'describe',
      '--replace',
      'reel',
      '--with',
      'Reel',
      '--field',
      'title',
      '--search',
      'reel',
    ];
    expect(place.json([...replace, '--dry-run']).json).toMatchObject({
      edit: null,
      changes: [{ from: 'reel', to: 'Reel' }],
    });
    expect(place.json(replace)).toMatchObject({ code: 0, json: { edit: 'edit-2' } });
  });

  it.each([
    [['describe'], /Name one thing/],
    [['describe', 'item-1', '--set', 'tittle=x'], /Perhaps title is meant/],
    [['describe', 'item-1', '--set', 'title'], /FIELD=VALUE/],
    [['describe', '--set', 'title=x'], /Say what to describe/],
    [['describe', 'item-1', '--set', 'title=x', '--undo', 'edit-1'], /several acts/],
    [['describe', 'item-1', '--set', 'title=x', '--clear', 'title'], /both set and cleared/],
    [['describe', '--replace', 'x', '--field', 'title', '--search', 'x'], /--with/],
    [['describe', 'job-1', '--set', 'title=x'], /takes no description/],
    [['describe', 'item-99'], /no item-99/],
    [['describe', '--undo', 'x'], /no.* id of an edit/],
  ])('is told what is wrong with %j', (words, message) => {
    const { code, stderr } = place.run(words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
