import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldText,
  searchDocument,
  searchQuery,
  searchTokens,
  sortKey,
} from '../../../shared/domain/search-text.ts';

/** The full-text index as the catalogue has it: what the tokens must pass through unchanged. */
function makeIndex() {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE doc USING fts5(text, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');
           CREATE VIRTUAL TABLE term USING fts5vocab(doc, 'instance')`);
  const insert = db.prepare('INSERT INTO doc(rowid, text) VALUES (?, ?)');
  const match = db.prepare('SELECT rowid FROM doc WHERE doc MATCH ?').pluck();
  return {
    db,
    add: (id: number, text: string) => insert.run(id, searchDocument(text)),
    find: (text: string) => match.all(searchQuery(text) ?? '""') as number[],
  };
}

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      'a',
      'É',
      'ß',
      '東',
      '京',
      'が',
      'ー',
      '한',
      ' ',
      '"',
      '*',
      '7',
      'й',
      '\u0301',
      'İ',
    ),
  }),
);

describe('search tokens', () => {
  it.each([
    ['Dvořák: Symphony No. 9', ['dvorak', 'symphony', 'no', '9']],
    ['STRASSE Straße', ['strasse', 'strasse']],
    ['Ærø Łódź đến œuvre Þór', ['aero', 'lodz', 'den', 'oeuvre', 'thor']],
    ['İstanbul ISPARTA ılık', ['istanbul', 'isparta', 'ilik']],
    ['Ёлка Чайковский', ['елка', 'чаиковскии']],
    ['ΟΔΟΣ οδός', ['οδοσ', 'οδοσ']],
    ['東京', ['東京', '京']],
    ['東京放送 1965', ['東京', '京放', '放送', '送', '1965']],
    ['東', ['東']],
    ['が か', ['が', 'か']],
    ['ｶﾞｷﾞ ＮＨＫ', ['ガギ', 'ギ', 'nhk']],
    ['한국', ['한국', '국']],
    ['NHK東京', ['nhk', '東京', '京']],
    ['ﬁn ² Ⅳ', ['fin', '2', 'iv']],
    ['?! …', []],
    ['', []],
  ])('of %o', (text, tokens) => {
    expect(searchTokens(text)).toEqual(tokens);
  });

  it('are the same for NFC and NFD, upper and lower case', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(searchTokens(text.normalize('NFD'))).toEqual(searchTokens(text.normalize('NFC')));
      }),
    );
    expect(searchTokens('Жёлтый')).toEqual(searchTokens('ЖЕЛТЫИ'));
  });

  it('stay bounded for hostile tags', () => {
    for (const unit of ['a', 'a ', '東', 'é', 'é ', '\ufdfa', '\u0301', '😀', '"', '\0']) {
      const tokens = searchTokens(unit.repeat(10_000_000 / unit.length));
      expect(tokens.length).toBeLessThanOrEqual(400);
      for (const token of tokens) expect(token.length).toBeLessThanOrEqual(64);
      sortKey(unit.repeat(10_000_000 / unit.length));
      searchQuery(unit.repeat(10_000_000 / unit.length));
    }
  });

  it('pass the tokenizer of the index unchanged, for every letter and number of Unicode', () => {
    const { db } = makeIndex();
    const insert = db.prepare('INSERT INTO doc(rowid, text) VALUES (?, ?)');
    const wanted = new Map<number, string>();
    db.transaction(() => {
      for (let code = 0x30; code < 0x110000; code++) {
        const character = String.fromCodePoint(code);
        if (!/[\p{L}\p{N}]/u.test(character)) continue;
        const tokens = searchDocument(character);
        if (tokens === '') continue;
        wanted.set(code, tokens);
        insert.run(code, tokens);
      }
    })();
    const found = new Map<number, string>();
    const rows = db.prepare('SELECT doc, term FROM term ORDER BY doc, offset').iterate() as Iterable<{
      doc: number;
      term: string;
    }>;
    for (const { doc, term } of rows)
      found.set(doc, found.has(doc) ? `${found.get(doc) ?? ''} ${term}` : term);
    expect([...wanted].filter(([code, tokens]) => found.get(code) !== tokens)).toEqual([]);
    expect(wanted.size).toBeGreaterThan(130_000);
  });
});

describe('a search', () => {
  it('finds any text by itself, and by the beginnings of its words', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { add, find, db } = makeIndex();
        add(1, text);
        if (searchQuery(text) !== undefined) expect(find(text)).toEqual([1]);
        db.close();
      }),
      { numRuns: 300 },
    );
  });

  it('finds every part of a run of Han, kana or Hangul', () => {
    const { add, find } = makeIndex();
    const run = '関東大震災記録한국방송ラジオ';
    add(1, `x${run} y`);
    for (let i = 0; i < run.length; i++) {
      for (let j = i + 1; j <= run.length; j++) expect(find(run.slice(i, j)), run.slice(i, j)).toEqual([1]);
    }
    expect(find('東関')).toEqual([]);
    expect(find('北')).toEqual([]);
  });

  it('finds unfinished words in any order', () => {
    const { add, find } = makeIndex();
    add(1, 'Dvořák: Symphony No. 9 "From the New World"');
    add(2, 'Beethoven: Symphony No. 9');
    expect(find('symph dvor')).toEqual([1]);
    expect(find('SYMPHONY 9')).toEqual([1, 2]);
    expect(find('mahler')).toEqual([]);
  });

  it('is never syntax', () => {
    const { add, find } = makeIndex();
    add(1, 'a or b near c not d');
    for (const hostile of [
      '"',
      'a" OR "x',
      'text:a',
      'NEAR(a b)',
      '*',
      'a*',
      '^a',
      '-a',
      '(',
      "'; DROP TABLE doc; --",
      'a\0b',
      '{a}:b',
    ]) {
      expect(() => find(hostile), hostile).not.toThrow();
    }
    expect(find('a" OR "x')).toEqual([]);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(searchQuery(text) ?? '"a"*').toMatch(/^"[^"]+"\*(?: AND "[^"]+"\*)*$/);
      }),
    );
  });

  it('says when there is nothing to look for', () => {
    expect(searchQuery(' …?! ')).toBeUndefined();
    expect(searchQuery('')).toBeUndefined();
  });

  it('stays short however much is pasted', () => {
    const words = Array.from({ length: 5000 }, (_, i) => `w${i}`).join(' ');
    expect(searchQuery(words)?.split(' AND ')).toHaveLength(40);
    expect(searchQuery('東京'.repeat(5000))?.split(' AND ').length).toBeLessThanOrEqual(40);
  });
});

describe('a sort key', () => {
  it('orders numbers by value and letters without their marks', () => {
    const titles = ['Track 10', 'track 2', 'Élan', 'Zebra', 'Eland', '(2) b', 'The Wall', '1999'];
    const sorted = titles.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    expect(sorted).toEqual(['(2) b', '1999', 'Élan', 'Eland', 'The Wall', 'track 2', 'Track 10', 'Zebra']);
  });

  it('has its length and no more', () => {
    expect(sortKey('Track 2')).toBe('track 000002');
    expect(sortKey('007')).toBe('000007');
    expect(sortKey('')).toBe('');
    expect(sortKey('abc', 2)).toBe('ab');
    fc.assert(
      fc.property(anyText, fc.nat({ max: 30 }), (text, length) => {
        const key = sortKey(text, length);
        expect(key.length).toBeLessThanOrEqual(length);
        expect(key.isWellFormed()).toBe(true);
      }),
    );
  });

  it('folds for comparison of names', () => {
    expect(foldText('  Café — DEL   Mar! ')).toBe('cafe del mar');
    expect(foldText('( )')).toBe('');
  });
});
