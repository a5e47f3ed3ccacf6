import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLEAR, fromCell, parseValue, printValue, toCell } from '../../../shared/domain/description/cells.ts';
import { checkValue } from '../../../shared/domain/description/check.ts';
import { creatorOf, creatorShown } from '../../../shared/domain/description/creators.ts';
import {
  FIELD_NAMES,
  fieldOf,
  nearestFieldName,
  parseFieldName,
  type DescribedEntity,
  type FieldName,
  type FieldValue,
} from '../../../shared/domain/description/fields.ts';

function kept(field: FieldName, text: string, entity: DescribedEntity = 'item'): FieldValue | string {
  const checked = checkValue(entity, field, parseValue(fieldOf(field), text));
  return 'problem' in checked ? `problem: ${checked.problem}` : checked.value;
}

describe('a value is kept in one form', () => {
  it.each<[FieldName, string, FieldValue]>([
    ['title', '  Kettle\u0007  songs\r\n', 'Kettle songs'],
    ['title', 'Dvor\u030Ca\u0301k', 'Dvořák'],
    ['content-note', 'one \r\n\r\n\r\n\r\ntwo', 'one\n\ntwo'],
    ['subject', 'Tea; Water;; Tea', ['Tea', 'Water']],
    ['subject', 'Rock\\; Pop; a\\\\b', ['Rock; Pop', 'a\\b']],
    [
      'contributor',
      'Ada Kettle (Singer); Ben Pot',
      [
        { name: 'Ada Kettle', role: 'singer' },
        { name: 'Ben Pot', role: 'creator' },
      ],
    ],
    ['contributor', 'John (Jack) Pot (interviewee)', [{ name: 'John (Jack) Pot', role: 'interviewee' }]],
    ['date', '1962', '1962'],
    ['date', '1962-06-30', '1962-06-30'],
    ['date', '1962~', '1962~'],
    ['date', '196X', '196X'],
    ['date', '1962/1965', '1962/1965'],
    ['date', '1962/..', '1962/..'],
    ['date', '[1962, 1964]', '[1962,1964]'],
    ['date', '1964-02-29', '1964-02-29'],
    ['language', 'ger; deu; zh-hant; yue; mul', ['de', 'zh-Hant', 'yue', 'mul']],
    ['isrc', 'GB-AYE-69-00531', ['GBAYE6900531']],
    ['iswc', 'T0345246801', ['T-034.524.680-1']],
    ['barcode', '4 006381 333931; 96385074', ['4006381333931', '96385074']],
    ['isni', 'https://isni.org/isni/0000000121032683', ['0000 0001 2103 2683']],
    ['isni', '0000-0001-2146-438X', ['0000 0001 2146 438X']],
    [
      'mbid-work',
      'https://musicbrainz.org/work/5B11F4CE-A62D-471E-81FC-A69A8278C7DA',
      ['5b11f4ce-a62d-471e-81fc-a69a8278c7da'],
    ],
    ['shelf-mark', 'Schrank 3 / 12', ['Schrank 3 / 12']],
  ])('%s %j', (field, text, value) => expect(kept(field, text)).toEqual(value));

  it('is found again where it is checked again', () => {
    for (const [field, text] of [
      ['isni', '0000-0001-2146-438X'],
      ['iswc', 'T0345246801'],
      ['language', 'ger'],
    ] as const) {
      const once = kept(field, text);
      expect(kept(field, printValue(once))).toEqual(once);
    }
  });
});

describe('a value that cannot be says what is wrong and what to do', () => {
  it.each<[FieldName, string, RegExp, DescribedEntity?]>([
    ['date', 'c1962', /"c1962" is no EDTF date\. Write 1962,/],
    ['date', '1962-13', /EDTF/],
    ['date', '1962-02-29', /EDTF/],
    ['date', '1965/1962', /EDTF/],
    ['language', 'German', /no language code/],
    ['language', 'xx', /no language code/],
    ['isrc', 'GBAYE690053', /no ISRC: two letters/],
    ['iswc', 'T-034.524.680-2', /check digit should be 1 and is 2/],
    ['barcode', '4006381333932', /check digit should be 1 and is 2/],
    ['barcode', '123', /8, 12, 13 or 14 digits/],
    ['isni', '0000 0001 2146 4381', /check digit should be X and is 1/],
    ['mbid-recording', '5b11f4ce', /UUID/],
    ['subject', ' ; ', /empty.*clear the field/],
    ['contributor', 'x'.repeat(301), /301 characters are too many/],
    ['isrc', 'GBAYE6900531', /A collection takes no isrc/, 'collection'],
  ])('%s %s', (field, text, message, entity) => {
    expect(kept(field, text, entity)).toMatch(message);
    expect(kept(field, text, entity)).toMatch(/\.$/);
  });

  it('a title of a megabyte', () => {
    expect(kept('title', 'x'.repeat(1 << 20))).toBe(
      'problem: Title: 1,048,576 characters are too many; 1,000 is the most. Shorten it. A long text belongs into content-note.',
    );
  });
});

describe('a cell', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc
      .array(
        fc.constantFrom(
          "'",
          '=',
          '+',
          '-',
          '@',
          ';',
          ',',
          '"',
          '\t',
          '\n',
          '\r',
          '\\',
          '[',
          'clear',
          ']',
          'x',
          '＝',
          ' ',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  );

  it('holds any text, and no spreadsheet executes it', () => {
    fc.assert(
      fc.property(text, (value) => {
        const cell = toCell(value);
        expect(fromCell(cell)).toBe(value);
        // Neither at its beginning, nor where a reader of another separator would begin one.
        expect(cell).not.toMatch(/^[=+\-@|%\t＝＋－＠]|[;,\n"][=+\-@]/);
      }),
      { numRuns: 3_000 },
    );
  });

  it('that holds the word for clearing as a text does not clear', () => {
    expect(toCell(CLEAR)).toBe(`'${CLEAR}`);
    expect(fromCell(`'${CLEAR}`)).toBe(CLEAR);
  });

  it('brings back every value that can be kept', () => {
    const values = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), {
      minLength: 1,
      maxLength: 5,
    });
    const people = fc.array(
      fc.record({
        name: fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
        role: fc.constantFrom('singer', 'recordist'),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom<FieldName>('title', 'content-note', 'subject', 'contributor'),
        values,
        people,
        (field, texts, names) => {
          const { kind } = fieldOf(field);
          const said = kind === 'contributors' ? names : kind === 'list' ? texts : texts.join(' ');
          const checked = checkValue('item', field, said);
          if ('problem' in checked) return;
          const cell = toCell(printValue(checked.value));
          expect(checkValue('item', field, parseValue(fieldOf(field), fromCell(cell)))).toEqual(checked);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('fields', () => {
  it('are known in any spelling, and a near miss is told', () => {
    expect(parseFieldName(' Alternative Title ')).toBe('alternative-title');
    expect(parseFieldName('SHELF_MARK')).toBe('shelf-mark');
    expect(parseFieldName('constructor')).toBeUndefined();
    expect(nearestFieldName('tittle')).toBe('title');
    expect(nearestFieldName('my remarks')).toBeUndefined();
  });

  it('each have a label, a bound, and somebody who takes them', () => {
    for (const name of FIELD_NAMES) {
      const { label, most, entities } = fieldOf(name);
      expect(label).not.toBe('');
      expect(most).toBeGreaterThan(0);
      expect(entities.length).toBeGreaterThan(0);
    }
  });
});

describe('who is shown as creator', () => {
  it('is who performed before who wrote, and never who engineered', () => {
    const bach = { name: 'Bach', role: 'composer' };
    const gould = { name: 'Gould', role: 'performer' };
    const cy = { name: 'Cy', role: 'engineer' };
    expect(creatorOf([cy, bach, gould, { name: 'Ada', role: 'conductor' }])).toBe('Gould; Ada');
    expect(creatorOf([cy, bach])).toBe('Bach');
    expect(creatorOf([cy])).toBeUndefined();
  });

  it('of a part: what was written of it, then of its item where the tag says what all of the item say', () => {
    const tagged = { own: null, artist: 'Unknown', item: 'Ada', itemFiles: 'Unknown', albumArtist: null };
    expect(creatorShown(tagged)).toBe('Ada');
    expect(creatorShown({ ...tagged, artist: 'A guest' })).toBe('A guest');
    expect(creatorShown({ ...tagged, own: 'Ben' })).toBe('Ben');
    expect(creatorShown({ ...tagged, item: null })).toBe('Unknown');
    expect(creatorShown({ ...tagged, item: null, artist: null, albumArtist: 'Various' })).toBe('Various');
  });
});
