import { describe, expect, it } from 'vitest';
import type { Regrouping, RegroupRow } from '../../electron/core/ports/arranging.ts';
import { structured, take, type Structured } from '../support/structure.ts';
import { agent, type MadeFile } from '../support/written-catalogue.ts';

const how = (changes: Partial<Regrouping>): Regrouping => ({
  by: undefined,
  rules: [],
  arranged: false,
  skipBad: false,
  ...changes,
});
const rule = '{item}_{side}_{role:pm=preservation master,am=access copy}.{ext}';
const label = '{item}-{role:label=documentation}.{ext}';

const box: Record<string, MadeFile[]> = {
  box: [
    ...['T1_A_pm.wav', 'T1_B_pm.wav', 'T1_A_am.mp3', 'T1_B_am.mp3', 'T2_A_pm.wav', 'T2_A_am.mp3'].map(
      (name) => ({ name }),
    ),
    { name: 'T1-label.jpg', kind: 'image' },
    { name: 'donor letter.pdf', kind: 'document' },
  ],
};

function sound(made: Structured): void {
  expect(made.writer.checkCounters()).toEqual([]);
  expect(made.reader.verifyLog()).toMatchObject({ ok: true });
}

const shape = (made: Structured) =>
  Object.fromEntries(made.standing().map(({ title, roles }) => [title, roles]));
const row = (path: string, item: string, more: Partial<RegroupRow> = {}): RegroupRow => ({
  row: 2,
  path: { display: path },
  item,
  role: '',
  position: '',
  title: '',
  ...more,
});

describe('a box of digitised tapes in one folder, regrouped by a rule for names', () => {
  it('is previewed first: what items would come out, and what matches nothing', () => {
    const made = structured(box);
    const before = made.standing();
    const preview = made.reader.previewRegrouping(1, how({ rules: [rule, label] }));
    expect(preview).toMatchObject({
      applied: false,
      itemsTotal: 2,
      items: [
        { title: 'T1', parts: 5, roles: { 'preservation master': 2, 'access copy': 2, documentation: 1 } },
        { title: 'T2', parts: 2 },
      ],
      unmatchedTotal: 1,
      unmatched: [{ display: '/srv/sound/box/donor letter.pdf' }],
    });
    expect(made.standing()).toEqual(before);
  });

  it('becomes items with masters, access copies derived from them, and labels that document them', () => {
    const made = structured(box);
    const events = made.reader.verifyLog().events;
    const result = made.writer.regroup(1, how({ rules: [rule, label] }), agent);
    expect(result).toMatchObject({ applied: true, moved: 7, relations: 4 });
    sound(made);
    expect(made.reader.verifyLog().events).toBe(events + 1);
    expect(shape(made)).toMatchObject({
      T1: {
        'preservation master': ['T1_A_pm.wav', 'T1_B_pm.wav'],
        'access copy': ['T1_A_am.mp3', 'T1_B_am.mp3'],
        documentation: ['T1-label.jpg'],
      },
      T2: { 'preservation master': ['T2_A_pm.wav'], 'access copy': ['T2_A_am.mp3'] },
    });
    const [t1] = made.standing().filter(({ title }) => title === 'T1');
    const master = made.reader.entity(`part-${made.part('T1_B_pm.wav')}`)?.object?.id;
    const copy = made.reader.entity(`part-${made.part('T1_B_am.mp3')}`);
    expect(copy?.relations).toEqual([
      { subject: copy?.object?.id, predicate: 'derived from', object: master },
    ]);
    expect(made.reader.entity(`item-${t1?.id}`)?.relations).toHaveLength(3);
  });

  it('stays as it is when the rule or the accession is run again, and takes in what came later', () => {
    const made = structured(box);
    made.writer.regroup(1, how({ rules: [rule, label] }), agent);
    const once = made.standing();
    const events = made.reader.verifyLog().events;
    expect(made.writer.regroup(1, how({ rules: [rule, label] }), agent)).toMatchObject({
      leftAlone: 7,
      moved: 0,
    });
    expect(made.writer.regroup(1, how({ rules: [rule, label], arranged: true }), agent)).toMatchObject({
      moved: 0,
    });
    expect(made.standing()).toEqual(once);
    expect(made.reader.verifyLog().events).toBe(events);
    take(
      made,
      {
        box: [
          { name: 'T2_B_pm.wav' },
          { name: 'T3_A_pm.wav' },
          { name: 'T1 again.wav', content: 'T1_A_pm.wav' },
        ],
      },
      1,
    );
    sound(made);
    made.writer.regroup(1, how({ rules: [rule] }), agent);
    sound(made);
    expect(shape(made)).toMatchObject({
      T1: { 'preservation master': ['T1_A_pm.wav', 'T1_B_pm.wav'] },
      T2: { 'preservation master': ['T2_A_pm.wav', 'T2_B_pm.wav'] },
      T3: { 'preservation master': ['T3_A_pm.wav'] },
    });
  });

  it('leaves what was arranged by hand, unless it is told to', () => {
    const made = structured(box);
    made.writer.splitItem(1, [made.part('T2_A_am.mp3')], 'By hand', agent);
    // The item that it was split from is arranged too.
    expect(made.reader.previewRegrouping(1, how({ rules: [rule] }))).toMatchObject({
      leftAlone: 8,
      itemsTotal: 0,
    });
    made.writer.regroup(1, how({ rules: [rule], arranged: true }), agent);
    sound(made);
    expect(shape(made).T2).toMatchObject({ 'access copy': ['T2_A_am.mp3'] });
  });

  it('refuses a rule that is none', () => {
    const made = structured(box);
    for (const bad of [
      '{side}.wav',
      '{item',
      '{item}{side}.wav',
      '{item}_{colour}.wav',
      '{item}.{role:pm=nothing}',
      'item}',
    ])
      expect(() => made.reader.previewRegrouping(1, how({ rules: [bad] }))).toThrow();
    expect(() => made.reader.previewRegrouping(1, how({}))).toThrow(/Say by what/);
  });
});

describe('regrouped in other ways', () => {
  it('each folder is an item, whatever the tags say', () => {
    const made = structured({
      'box/One': ['X', 'Y'].map((album) => ({ name: `${album}.flac`, embedded: { album } })),
    });
    expect(made.standing()).toHaveLength(2);
    made.writer.regroup(1, how({ by: 'folder' }), agent);
    sound(made);
    expect(shape(made)).toEqual({ One: { 'preservation master': ['X.flac', 'Y.flac'] } });
  });

  it('each album is an item, wherever its files lie, with the papers of its folders', () => {
    const made = structured({
      'box/One': [
        { name: '1.flac', embedded: { album: 'Songs', track: 1 } },
        { name: 'one.jpg', kind: 'image' },
      ],
      'box/Other': [{ name: '2.flac', embedded: { album: 'SONGS', track: 2 } }],
      'box/None': [{ name: 'untagged.flac' }],
    });
    const result = made.writer.regroup(1, how({ by: 'tags' }), agent);
    expect(result).toMatchObject({ itemsTotal: 1, unmatchedTotal: 1, dissolved: 1 });
    sound(made);
    expect(shape(made)).toMatchObject({
      Songs: { 'preservation master': ['1.flac', '2.flac'], documentation: ['one.jpg'] },
    });
  });

  it('each disc is an item', () => {
    const made = structured({
      'box/Set/CD1': [
        { name: '1.flac', embedded: { album: 'Set' } },
        { name: 'disc.log', kind: 'log' },
      ],
      'box/Set/CD2': [{ name: '2.flac', embedded: { album: 'Set' } }],
    });
    expect(made.standing()).toHaveLength(1);
    made.writer.regroup(1, how({ by: 'disc' }), agent);
    sound(made);
    expect(shape(made)).toEqual({
      'Set (1)': { 'preservation master': ['1.flac'], documentation: ['disc.log'] },
      'Set (2)': { 'preservation master': ['2.flac'] },
    });
  });
});

describe('a table of paths', () => {
  const rows = [
    row('T1_A_pm.wav', 'Tape one', { position: '2', title: 'First tape' }),
    row('/srv/sound/box/T1_B_pm.wav', 'tape ONE', { row: 3, position: '1' }),
    row('T1_A_am.mp3', 'Tape one', { row: 4, role: 'Access' }),
    row('T1-label.jpg', 'Tape one', { row: 5, role: 'documentation' }),
  ];

  it('says where each file belongs, in which role and place', () => {
    const made = structured(box);
    made.writer.regroup(1, how({ rows }), agent);
    sound(made);
    expect(shape(made)['First tape']).toEqual({
      'preservation master': ['T1_B_pm.wav', 'T1_A_pm.wav'],
      'access copy': ['T1_A_am.mp3'],
      documentation: ['T1-label.jpg'],
    });
    made.writer.regroup(1, how({ rows: [row('T2_A_pm.wav', 'Tape one')] }), agent);
    sound(made);
    expect(shape(made)['First tape']?.['preservation master']).toContain('T2_A_pm.wav');
  });

  it('with wrong rows: all are told, and nothing is done until they are passed over', () => {
    const made = structured(box);
    const before = made.standing();
    const wrong = [
      ...rows,
      row('nowhere.wav', 'x', { row: 6 }),
      row('T2_A_pm.wav', '', { row: 7 }),
      row('T2_A_pm.wav', 'x', { row: 8, role: 'tape' }),
      row('T2_A_pm.wav', 'x', { row: 9, position: 'first' }),
      row('T2_A_pm.wav', 'item-99', { row: 10 }),
      row('T1_A_pm.wav', 'Elsewhere', { row: 11 }),
    ];
    const refused = made.writer.regroup(1, how({ rows: wrong }), agent);
    expect(refused.applied).toBe(false);
    expect(refused.faults.map((fault) => fault.row)).toEqual([6, 7, 8, 9, 10, 11]);
    expect(made.standing()).toEqual(before);
    expect(made.writer.regroup(1, how({ rows: wrong, skipBad: true }), agent)).toMatchObject({
      applied: true,
    });
    sound(made);
  });

  it('names files whose names are no text by their bytes, or as they are shown', () => {
    const name = Buffer.from([0x72, 0xe9, 0x2e, 0x77, 0x61, 0x76]);
    const made = structured({ box: [{ name }, { name: 'b.wav' }] });
    const bytes = Buffer.concat([Buffer.from('/srv/sound/box/'), name]).toString('base64');
    made.writer.regroup(
      1,
      how({ rows: [row('', 'A', { path: { display: '', bytes } }), row('b.wav', 'B')] }),
      agent,
    );
    made.writer.regroup(1, how({ rows: [row('r\\xE9.wav', 'B')], arranged: true }), agent);
    sound(made);
    expect(made.standing()).toHaveLength(1);
  });
});
