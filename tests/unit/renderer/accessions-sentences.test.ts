import { createInstance } from 'i18next';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, type Draft } from '../../../renderer/features/accessions/draft.ts';
import { gapsOfAccession, listedAccessions } from '../../../renderer/features/accessions/list.ts';
import {
  gapWords,
  phaseWords,
  resultSentences,
  reviewParagraph,
  roomOf,
  surveySentences,
  surveyVerdict,
  type Formats,
  type Tell,
} from '../../../renderer/features/accessions/sentences.ts';
import type {
  Accession,
  AccessionResult,
  ReceivedBag,
  SurveyResult,
} from '../../../shared/contract/accession.ts';

const CATALOGUE = 'renderer/locales/en/accessions.json';
const FEATURE = 'renderer/features/accessions';

const catalogue = JSON.parse(readFileSync(CATALOGUE, 'utf8')) as Record<string, unknown>;
const format: Formats = {
  count: String,
  bytes: (value) => `${value} bytes`,
  hours: (value) => `${value} h`,
  words: (text) => text.replaceAll('\u202E', '(U+202E)'),
};
const unknown: string[] = [];
let t: Tell;

beforeAll(async () => {
  const i18n = createInstance();
  await i18n.init({
    lng: 'en',
    ns: ['accessions'],
    defaultNS: 'accessions',
    resources: { en: { accessions: catalogue } },
    interpolation: { escapeValue: false },
    saveMissing: true,
    missingKeyHandler: (_languages, _namespace, key) => {
      unknown.push(key);
    },
  });
  t = (key, values) => i18n.t(key, values ?? {});
});

const SURVEY: SurveyResult = {
  files: 0,
  bytes: 0,
  hours: 0,
  byFormat: {},
  byKind: {},
  duplicates: { files: 0, bytes: 0, alreadyHeld: 0 },
  refused: [],
  refusedTotal: 0,
  problems: [],
  problemsTotal: 0,
  advisories: [],
  advisoriesTotal: 0,
  leftOut: [],
  leftOutTotal: 0,
};

const RESULT: AccessionResult = {
  accession: { id: 'acc-1', number: '2026-0001', accrual: 1 },
  files: 2,
  objects: 2,
  bytes: 20,
  items: 1,
  alreadyHeld: 0,
  refused: [],
  refusedTotal: 0,
  problems: [],
  problemsTotal: 0,
  leftOut: 0,
  gaps: [],
};

const DRAFT: Draft = {
  ...EMPTY_DRAFT,
  paths: [{ display: '/tapes' }],
  title: 'Miller tapes',
  rightsBasis: 'other',
  source: 'A. Miller',
  acquired: 'Gift, 2019',
  place: 'in-place',
};

describe('what is said of a survey', () => {
  it('tells sound only where there is some, and nothing where nothing is there', () => {
    expect(surveyVerdict(SURVEY, t, format)).toBe(
      'There is no file in these folders that could be taken into custody.',
    );
    expect(surveyVerdict({ ...SURVEY, files: 1, bytes: 9 }, t, format)).toBe('1 file, 9 bytes.');
    expect(surveyVerdict({ ...SURVEY, files: 2, bytes: 9, hours: 3 }, t, format)).toBe(
      '2 files, 9 bytes, with 3 h of sound.',
    );
    expect(surveySentences(SURVEY, t, format)).toEqual([]);
  });

  it('tells the gravest first', () => {
    const found = surveySentences(
      {
        ...SURVEY,
        refusedTotal: 1,
        problemsTotal: 2,
        advisoriesTotal: 3,
        leftOutTotal: 1,
        duplicates: { files: 2, bytes: 8, alreadyHeld: 1 },
      },
      t,
      format,
    );
    expect(found).toEqual([
      '1 file is protected and would be refused.',
      '2 entries would not be taken, or not wholly; what to do is said below.',
      '2 files hold content that another one here holds too (8 bytes).',
      '1 file holds content that this archive holds already.',
      '1 entry would be left out, such as what an operating system leaves behind.',
      '3 things are worth knowing; nothing is refused for them.',
    ]);
  });
});

describe('what is said of an accession', () => {
  it('never claims that a file in place was verified', () => {
    const sentences = resultSentences(RESULT, t, format);
    expect(sentences[0]).toBe('2 files, 20 bytes, were read and taken into custody in place.');
    expect(sentences.join(' ')).toContain('count as held, not as verified');
    const copied = resultSentences({ ...RESULT, bag: { display: '/vault/bag' } }, t, format).join(' ');
    expect(copied).toContain('read back from storage and found equal');
    expect(copied).not.toContain('until then');
  });

  it('tells an accrual, and a run that found nothing new', () => {
    const second = { ...RESULT, accession: { ...RESULT.accession, accrual: 2 } };
    expect(resultSentences(second, t, format)[0]).toContain('It is accrual 2.');
    expect(resultSentences({ ...RESULT, files: 0, alreadyHeld: 3 }, t, format)).toEqual([
      'Nothing new: all 3 files there were in custody already, as accession 2026-0001.',
    ]);
    expect(resultSentences({ ...RESULT, files: 0 }, t, format)).toEqual(['No file was taken into custody.']);
  });

  it('tells what the manifests of a bag say of what was taken', () => {
    const received: ReceivedBag = {
      path: { display: '/stick/bag' },
      verdict: 'complete',
      findings: [],
      findingsTotal: 0,
      by: 'Kitchen',
      on: '2011-07-02',
      agreeing: 2,
      differing: 1,
      manifests: [],
    };
    const told = resultSentences({ ...RESULT, receivedBags: [received] }, t, format);
    expect(told).toContain(
      'It came as a bag: 2 files are as Kitchen wrote down on 2011-07-02, a prior baseline.',
    );
    expect(told).toContain(
      '1 file is not as Kitchen wrote down on 2011-07-02. It stands among the findings.',
    );
  });

  it('says the whole act in one paragraph, gaps included', () => {
    const facts = { folders: 'one folder', survey: { ...SURVEY, files: 3, bytes: 30 }, location: undefined };
    expect(reviewParagraph(DRAFT, facts, t, format)).toBe(
      '3 files (30 bytes) of one folder will be taken into custody, as “Miller tapes”. ' +
        'The files stay where they are, and nothing is written there. Rights basis: Agreement or policy. ' +
        'It comes from A. Miller. Acquired: Gift, 2019.',
    );
    const hostile = reviewParagraph({ ...DRAFT, title: '\u202Egnp.exe' }, facts, t, format);
    expect(hostile).toContain('“(U+202E)gnp.exe”');
    const refused = { ...facts, survey: { ...facts.survey, refusedTotal: 1 } };
    expect(reviewParagraph(DRAFT, refused, t, format)).toContain('2 of 3 files in one folder');
    const byStatute = reviewParagraph({ ...DRAFT, rightsBasis: 'statute' }, refused, t, format);
    expect(byStatute).toContain('3 files (30 bytes)');
    const gaps: Draft = { ...DRAFT, rightsBasis: 'unknown', acquiredUnknown: true, place: 'loc-2' };
    const told = reviewParagraph(gaps, { ...facts, survey: undefined, location: 'Vault' }, t, format);
    expect(told).toContain('it was not surveyed');
    expect(told).toContain('The files are copied to Vault');
    expect(told).toContain(
      'Not known: the rights basis and how and when it was acquired; this blocks sharing',
    );
    expect(told).not.toContain('Acquired:');
  });

  it('lists gaps in a sentence', () => {
    expect(gapWords([], t)).toBe('');
    expect(gapWords(['rights'], t)).toBe('the rights basis');
    expect(gapWords(['rights', 'source', 'acquired'], t)).toBe(
      'the rights basis, from whom it came and how and when it was acquired',
    );
  });
});

describe('room at a place', () => {
  const place = { location: 'loc-2', name: 'Vault', state: 'reachable' as const };

  it('is compared with what is needed, and not guessed where it is not told', () => {
    expect(roomOf(undefined, 10, t, format)).toMatchObject({ tight: false });
    expect(roomOf(place, 10, t, format)).toMatchObject({ tight: false });
    expect(roomOf({ ...place, freeBytes: 5 }, 10, t, format)).toMatchObject({ tight: true });
    expect(roomOf({ ...place, freeBytes: 15 }, 10, t, format)).toEqual({
      text: '15 bytes are free; 10 bytes are needed.',
      tight: false,
    });
    expect(roomOf({ ...place, state: 'unreachable', reason: 'Not there.' }, 1, t, format)).toEqual({
      text: 'Not there.',
      tight: true,
    });
  });
});

describe('the list of accessions', () => {
  const accession = (number: string, more: Partial<Accession> = {}): Accession => ({
    id: `acc-${number}`,
    number: `2026-${number}`,
    title: `Tape ${number}`,
    mode: 'in-place',
    rightsBasis: 'other',
    rightsNote: '',
    source: 'S',
    acquired: 'A',
    agent: 'N. Ovak',
    openedAt: `2026-01-0${number}T00:00:00Z`,
    roots: [],
    accruals: [],
    ...more,
  });
  const ended = {
    at: '2026-02-01T00:00:00Z',
    reason: 'r',
    authority: 'a',
    agent: 'x',
    event: 'event-9',
  };
  const rows = [
    accession('1', { rightsBasis: 'unknown' }),
    accession('2', { rightsBasis: 'unknown', deaccession: ended }),
    accession('3', { collection: 'Jazz/Bebop' }),
  ];

  it('shows the newest first, and finds words anywhere', () => {
    expect(listedAccessions(rows, {}).map(({ id }) => id)).toEqual(['acc-3', 'acc-2', 'acc-1']);
    expect(listedAccessions(rows, { text: 'BEBOP tape' }).map(({ id }) => id)).toEqual(['acc-3']);
    expect(listedAccessions(rows, { sort: 'title', direction: 'ascending' })[0]?.id).toBe('acc-1');
  });

  it('counts no gap of what has ended', () => {
    expect(gapsOfAccession(rows[0] as Accession)).toEqual(['rights']);
    expect(listedAccessions(rows, { gap: 'rights' }).map(({ id }) => id)).toEqual(['acc-1']);
  });
});

describe('the catalogue of messages', () => {
  const texts = new Map<string, string>();
  const walk = (of: Record<string, unknown>, above: string): void => {
    for (const [key, value] of Object.entries(of)) {
      if (typeof value === 'string') texts.set(above + key, value);
      else walk(value as Record<string, unknown>, `${above}${key}.`);
    }
  };
  walk(catalogue, '');

  it('has every text that the screens ask for, and none that nobody does', () => {
    const known = new Set([...texts.keys()].map((key) => key.replace(/_(zero|one|other)$/, '')));
    const sources = readdirSync(FEATURE)
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(FEATURE, name), 'utf8'))
      .join('\n');
    const words = [...sources.matchAll(/'([a-z][A-Za-z]*(?:\.[A-Za-z-]+)+)'/g)].map(([, key = '']) => key);
    const composed = [...sources.matchAll(/t\(`([a-zA-Z.]+\.)\$\{/g)].map(([, prefix = '']) => prefix);
    const asked = words.filter(
      (word) => word.split('.')[0] !== undefined && !/^(accessions|columns)\./.test(word),
    );
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
    expect(composed.filter((prefix) => ![...known].some((key) => key.startsWith(prefix)))).toEqual([]);
    const used = new Set(words);
    expect(
      [...known].filter((key) => !used.has(key) && !composed.some((prefix) => key.startsWith(prefix))),
    ).toEqual([]);
  });

  it('speaks calmly', () => {
    for (const text of texts.values()) expect(text).not.toMatch(/!|\bOK\b|went wrong|oops/i);
  });

  it('knows the phases of the host, and shows others as they are', () => {
    for (const phase of [
      'starting',
      'scanning',
      'reading',
      'copying',
      'reading back',
      'sealing',
      'recording',
    ])
      expect(phaseWords({ phase }, t)).not.toMatch(/phase\./);
    expect(phaseWords({ phase: 'pondering' }, t)).toBe('pondering');
    expect(unknown).toEqual([]);
  });
});
