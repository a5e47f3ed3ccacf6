/** One row of a batch, from the cells that a person typed to the accession that it asks for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesOf } from '../../../electron/core/intake/batch-columns.ts';
import { accessionOfRow } from '../../../electron/core/intake/batch-row.ts';
import type { TemplateDefaults } from '../../../shared/contract/intake.ts';
import { pathFromJson, utf8Path } from '../../../shared/domain/path.ts';

const templates = new Map<string, TemplateDefaults>([
  ['radio', { rightsBasis: 'license', source: 'Radio Bern', collection: 'Radio' }],
]);

function read(header: readonly string[], cells: readonly string[]) {
  const { places, problems } = placesOf(header);
  expect(problems).toEqual([]);
  const context = {
    places,
    width: header.length,
    folder: utf8Path('/in'),
    templates,
    managed: new Set(['Deep']),
  };
  return accessionOfRow({ row: 2, cells }, context);
}

const HEADER = ['paths', 'title', 'rightsBasis', 'template', 'to', 'pathBase64', 'source'];

describe('the header', () => {
  it('names columns as people write them', () => {
    expect(placesOf(['Path', 'TITLE', 'Rights basis', 'rights_note', '']).places).toEqual({
      paths: 0,
      title: 1,
      rightsBasis: 2,
      rightsNote: 3,
    });
  });

  it.each([
    [['paths', 'title', 'rigthsBasis'], 'rigthsBasis', /columns are/],
    [['paths', 'title', 'rightsBasis', 'Title'], 'Title', /twice/],
    [['paths', 'rightsBasis'], 'title', /missing/],
    [['title', 'rightsBasis'], 'paths', /missing/],
    [['paths', 'title'], 'rightsBasis', /missing/],
  ])('%j is told to be wrong at %s', (header, column, message) => {
    expect(placesOf(header).problems).toContainEqual({
      column,
      message: expect.stringMatching(message) as string,
    });
  });
});

describe('a row', () => {
  it('is an accession: relative paths start from the folder of the file, empty cells say nothing', () => {
    const { accession } = read(HEADER, ['a | /b\nc', ' Tapes ', 'Licence', '', '', '', '']);
    expect(accession).toEqual({
      paths: [{ display: '/in/a' }, { display: '/b' }, { display: '/in/c' }],
      title: 'Tapes',
      rightsBasis: 'license',
      rightsNote: '',
    });
  });

  it('takes a name that is no UTF-8, or holds the separator, as base64', () => {
    const names = [Buffer.from('odd-\xff', 'latin1'), Buffer.from('/a|b')];
    const { accession } = read(HEADER, [
      '',
      'T',
      'other',
      '',
      '',
      names.map((name) => name.toString('base64')).join(' '),
      '',
    ]);
    expect(accession?.paths.map((path) => Buffer.from(pathFromJson(path)))).toEqual([
      Buffer.from('/in/odd-\xff', 'latin1'),
      Buffer.from('/a|b'),
    ]);
  });

  it('takes from a template what it does not say itself', () => {
    expect(read(HEADER, ['a', 'T', '', 'radio', '', '', '']).accession).toMatchObject({
      rightsBasis: 'license',
      source: 'Radio Bern',
      collection: 'Radio',
    });
    expect(read(HEADER, ['a', 'T', 'other', 'radio', '', '', 'Studio']).accession).toMatchObject({
      rightsBasis: 'other',
      source: 'Studio',
    });
  });

  it.each([
    ['a basis that is none', ['a', 'T', 'mine', '', '', '', ''], 'rightsBasis', 'mine'],
    ['no basis', ['a', 'T', '', '', '', '', ''], 'rightsBasis', ''],
    ['no title', ['a', '', 'other', '', '', '', ''], 'title', ''],
    ['no path', ['', 'T', 'other', '', '', '', ''], 'paths', ''],
    ['a template that is not there', ['a', 'T', '', 'film', '', '', ''], 'template', 'film'],
    ['a location that takes no deposits', ['a', 'T', 'other', '', 'Shelf', '', ''], 'to', 'Shelf'],
    ['base64 that is none', ['', 'T', 'other', '', '', 'a!', ''], 'pathBase64', 'a!'],
    ['a formula that failed', ['a', '#REF!', 'other', '', '', '', ''], 'title', '#REF!'],
    ['a NUL', ['a', 'T\0', 'other', '', '', '', ''], 'title', 'T\0'],
    [
      'a title of a megabyte',
      ['a', 'T'.repeat(1_000_000), 'other', '', '', '', ''],
      'title',
      'T'.repeat(1_000_000),
    ],
    ['a cell too many', ['a', 'T', 'other', '', '', '', '', 'Miller'], '', 'Miller'],
  ])('with %s is told with column and value', (_, cells, column, value) => {
    const { accession, problems } = read(HEADER, cells);
    expect(accession).toBeUndefined();
    expect(problems).toContainEqual({
      column,
      value,
      message: expect.stringMatching(/\.$|characters/) as string,
    });
  });

  it('tells everything that is wrong with it at once', () => {
    expect(
      read(HEADER, ['', '', 'mine', 'film', 'Shelf', '', ''])
        .problems.map(({ column }) => column)
        .sort(),
    ).toEqual(['paths', 'rightsBasis', 'template', 'title', 'to']);
  });

  it('keeps any title as the text that it is, formulas too', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }),
          fc.constantFrom('=1+1', '=HYPERLINK("http://x")', '+41', '-', '@cmd'),
        ),
        (title) => {
          fc.pre(title.trim() !== '' && !title.includes('\0') && !title.startsWith('#'));
          expect(read(HEADER, ['a', title, 'other', '', '', '', '']).accession?.title).toBe(title.trim());
        },
      ),
    );
  });
});
