import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ImportWish } from '../../electron/core/description/import-csv.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { consistent, described, refusal } from '../support/described-catalogue.ts';

describe('a table', () => {
  it('goes out and comes back: nothing changes until somebody changes it', async () => {
    const all = described();
    const { set, give, take, table, reader } = all;
    await set('item-1', 'title', '=HYPERLINK("http://x")');
    await set('item-1', 'subject', ['Tea; hot', 'a\\b', '+1']);
    await set('item-1', 'content-note', 'one\n\ntwo "quoted", and so on');
    await set('part-1', 'contributor', [{ name: 'Čeněk (the elder)', role: 'singer' }]);
    const file = table('out.csv');
    expect(await give(file)).toBe(12);
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith('\ufeff"id","version",')).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(await take(file)).toMatchObject({
      edit: null,
      total: 0,
      rows: 12,
      wrongRows: 0,
      encoding: 'utf-8',
    });
    writeFileSync(file, text.replace(/("part-2",.*?"Artist 1","1910",)""/, '$1"New title"'));
    expect(await take(file, {}, true)).toMatchObject({
      edit: null,
      total: 1,
      changes: [{ id: 'part-2', row: 4 }],
    });
    expect(reader.entity('part-2')?.title).toBe('Title 1/1');
    expect(await take(file)).toMatchObject({ total: 1, changes: [{ from: null, to: 'New title' }] });
    expect(reader.entity('part-2')?.title).toBe('New title');
    expect((await refusal(give(file))).message).toContain('there already');
    expect(readdirSync(all.dir).filter((name) => name.startsWith('.'))).toEqual([]);
    consistent(all);
  });

  it.each<[string, (text: string) => Buffer, Partial<ImportWish>]>([
    ['UTF-8', (text) => Buffer.from(text), {}],
    ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`), {}],
    ['UTF-16LE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), {}],
    ['UTF-16LE without a mark', (text) => Buffer.from(text, 'utf16le'), {}],
    ['UTF-16BE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), {}],
    ['semicolons', (text) => Buffer.from(text.replaceAll(',', ';')), {}],
    ['tabs and CRLF', (text) => Buffer.from(text.replaceAll(',', '\t').replaceAll('\n', '\r\n')), {}],
    ['old line ends', (text) => Buffer.from(text.replaceAll('\n', '\r')), {}],
    ['Excel saying which separator', (text) => Buffer.from(`sep=;\n${text.replaceAll(',', ';')}`), {}],
    ['a separator that is said', (text) => Buffer.from(text.replaceAll(',', '|')), { separator: '|' }],
  ])('comes in as %s', async (_, bytes, wish) => {
    const { take, table, reader } = described();
    writeFileSync(
      table('in.csv'),
      bytes('ID,Title,my remarks\nITEM-1,"Dvořák\n""New World""",x\n\nitem-2,雨上がり,y\n'),
    );
    const taken = await take(table('in.csv'), wish);
    expect(taken).toMatchObject({ total: 2, wrongRows: 0, unknownColumns: [{ column: 'my remarks' }] });
    expect(reader.entity('item-1')?.title).toBe('Dvořák "New World"');
    expect(reader.entity('item-2')?.title).toBe('雨上がり');
  });

  it.each<[string, string, Record<string, number>]>([
    [
      'windows-1252',
      'Mélodie à la crème, Größe, niño',
      { é: 0xe9, à: 0xe0, è: 0xe8, ö: 0xf6, ß: 0xdf, ñ: 0xf1 },
    ],
    [
      'windows-1250',
      'Příliš žluťoučký kůň, łódź',
      {
        ř: 0xf8,
        í: 0xed,
        š: 0x9a,
        ž: 0x9e,
        ť: 0x9d,
        č: 0xe8,
        ý: 0xfd,
        ů: 0xf9,
        ň: 0xf2,
        ł: 0xb3,
        ó: 0xf3,
        ź: 0x9f,
      },
    ],
  ])('in %s is known by its letters', async (encoding, title, letters) => {
    const { take, table, reader } = described();
    const bytes = Array.from(
      `id;title\nitem-1;${title}\n`,
      (letter) => letters[letter] ?? letter.charCodeAt(0),
    );
    writeFileSync(table('in.csv'), Buffer.from(bytes));
    expect(await take(table('in.csv'))).toMatchObject({ encoding, total: 1 });
    expect(reader.entity('item-1')?.title).toBe(title);
  });

  it('tells all that is wrong at once and does nothing, until that is waived; the waiver stands in the event', async () => {
    const all = described();
    const { take, table, path, reader } = all;
    writeFileSync(
      table('in.csv'),
      [
        'id,version,title,date,isrc,barcode',
        'item-1,0,Good,1962,,',
        'item-2,0,Bad date,c1962,,',
        'itm-3,0,No id,,,',
        'item-99,0,Not there,,,',
        'item-1,0,Again,,,',
        'item-3,x,Version,,,',
        'part-1,0,,,GBAYE6900531,4006381333931',
        'part-2,0,One,1963,,,,too many',
        `part-3,0,${'x'.repeat(1 << 20)},,,`,
        'part-4,0,[clear],[CLEAR],,',
      ].join('\n'),
    );
    const refused = await take(table('in.csv'));
    expect(refused).toMatchObject({ edit: null, rows: 10, wrongRows: 8 });
    expect(refused.problems.map(({ row, column }) => [row, column])).toEqual([
      [3, 'date'],
      [4, 'id'],
      [5, 'id'],
      [6, 'id'],
      [7, 'version'],
      [8, 'barcode'],
      [9, 'id'],
      [10, 'title'],
    ]);
    expect(refused.problems.every(({ message, value }) => /\.$/.test(message) && value.length <= 61)).toBe(
      true,
    );
    expect(reader.entity('item-1')?.title).toBe('Album 1');
    expect(rowsOf(path, 'SELECT * FROM description_drafts')).toEqual([]);
    expect(await take(table('in.csv'), { skipBad: true })).toMatchObject({ edit: 'edit-1', total: 2 });
    const [event] = rowsOf<{ body: string }>(path, 'SELECT body FROM events ORDER BY seq DESC LIMIT 1');
    expect(JSON.parse(event?.body ?? '{}')).toMatchObject({
      facts: { kind: 'import', waived: 8, changes: 2 },
    });
    consistent(all);
  });

  it('that was exported before a later edit is refused where it contradicts that', async () => {
    const { set, give, take, table, reader } = described();
    await set('item-1', 'title', 'At the export');
    const file = table('out.csv');
    await give(file);
    await set('item-1', 'title', 'Of somebody else');
    await set('item-2', 'genre', ['Tea']);
    const late = await take(file);
    expect(late).toMatchObject({ edit: null, wrongRows: 1, problems: [{ row: 2, column: 'title' }] });
    expect(late.problems[0]?.message).toContain('"Of somebody else"');
    // What the table leaves empty it leaves alone, whoever wrote it.
    expect(await take(file, { skipBad: true })).toMatchObject({ edit: null, total: 0 });
    expect(reader.entity('item-1')?.title).toBe('Of somebody else');
  });

  it.each([
    ['no id', 'title\nx\n', /no column "id".*--export/],
    ['no field', 'id,tittle\nitem-1,x\n', /No column of the table is a field: tittle/],
    ['a field twice', 'id,title,Title\nitem-1,x,y\n', /title is there twice/],
    ['nothing', '', /first row is empty/],
    ['an open quote', 'id,title\nitem-1,x\nitem-2,"y\nitem-3,z\n', /opened in row 3 is never closed/],
  ])('with %s is refused as a whole', async (_, text, message) => {
    const { take, table } = described();
    writeFileSync(table('in.csv'), text);
    expect(await refusal(take(table('in.csv')))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message) as string,
    });
  });

  it('in another encoding than was said, or that is not there, says so', async () => {
    const { take, table } = described();
    writeFileSync(table('in.csv'), Buffer.from('id,title\nitem-1,\xe9\n', 'latin1'));
    expect((await refusal(take(table('in.csv'), { encoding: 'utf-8' }))).message).toMatch(/not utf-8/);
    expect((await refusal(take(table('in.csv'), { encoding: 'klingon' }))).message).toMatch(/no encoding/);
    expect((await refusal(take(table('gone.csv')))).message).toMatch(/is not there/);
    expect(existsSync(table('gone.csv'))).toBe(false);
  });
});
