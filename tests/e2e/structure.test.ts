import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { Archivist } from '../support/archivist.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly parts: number;
}

/** A digitised box and a CD in one file, in custody. */
function custody(): Archivist {
  const ada = new Archivist();
  ada.keep(boxOfTapes(ada));
  const cd = ada.path('cd');
  mkdirSync(cd);
  cpSync(fixturePath('flac-16-tags-picture.flac'), join(cd, 'Live.flac'));
  writeFileSync(
    join(cd, 'Live.cue'),
    Buffer.from(
      'FILE "Live.wav" WAVE\r\nTRACK 01 AUDIO\r\nTITLE "Ukol\xe9bavka"\r\nISRC GBAYE5700001\r\nINDEX 01 00:00:00\r\n',
      'latin1',
    ),
  );
  const words = [
    'accession',
    cd,
    '--title',
    'CDs',
    '--rights-basis',
    'other',
    '--source',
    'S',
    '--acquired',
    'A',
  ];
  expect(ada.read([...words, '--collection', 'Shelf/CDs'])).toMatchObject({ status: 0 });
  return ada;
}

function boxOfTapes(ada: Archivist): string {
  const box = ada.tapes('box', 4);
  for (const [n, name] of ['T1_A_pm', 'T1_A_am', 'T2_A_pm', 'loose'].entries())
    cpSync(join(box, `${n + 1}.wav`), join(box, `${name}.wav`));
  const own = ada.path('own');
  mkdirSync(own);
  for (const name of ['T1_A_pm', 'T1_A_am', 'T2_A_pm', 'loose'])
    cpSync(join(box, `${name}.wav`), join(own, `${name}.wav`));
  return own;
}

const rowsOf = (ada: Archivist, words: readonly string[]): Row[] => ada.ask(words).json['rows'] as Row[];
const rule = '{item}_{side}_{role:pm=preservation master,am=access copy}.wav';

describe('an archivist at the command line', () => {
  it('makes a tree of collections, and is told why it cannot bite its tail', () => {
    const ada = custody();
    expect(ada.read(['collection', 'add', 'Tapes', '--parent', 'Shelf']).status).toBe(0);
    expect(ada.read(['collection', 'assign', 'acc-1', '--to', 'Shelf/Tapes']).status).toBe(0);
    expect(ada.read(['collection', 'list']).stdout).toMatch(
      /col-1 {2}Shelf +2[^]*col-2 {4}CDs +1[^]*col-3 {4}Tapes +1/,
    );
    const cycle = ada.read(['collection', 'move', 'Shelf', '--parent', 'Shelf/Tapes']);
    expect(cycle).toMatchObject({ status: 2 });
    expect(cycle.stderr).toContain('lies within');
    expect(ada.read(['collection', 'move', 'Tapes'])).toMatchObject({ status: 2 });
    expect(ada.ask(['show', 'col-1']).json['entity']).toMatchObject({
      facts: { accessions: 2, replicas: 6 },
    });
    expect(rowsOf(ada, ['item', 'list', '--collection', 'CDs'])).toHaveLength(1);
  });

  it('regroups a box of tapes by a rule, after looking', () => {
    const ada = custody();
    const preview = ada.ask(['item', 'regroup', 'acc-1', '--rule', rule, '--dry-run']);
    expect(preview).toMatchObject({ status: 1, json: { itemsTotal: 2, unmatchedTotal: 1, applied: false } });
    expect(rowsOf(ada, ['item', 'list', '--accession', 'acc-1'])).toHaveLength(1);
    expect(ada.ask(['item', 'regroup', 'acc-1', '--rule', rule])).toMatchObject({
      status: 1,
      json: { applied: true },
    });
    const items = rowsOf(ada, ['item', 'list', '--accession', 'acc-1']);
    expect(items.map(({ title }) => title).sort()).toEqual(['T1', 'T2', 'Tapes']);
    const t1 = items.find(({ title }) => title === 'T1')?.id ?? '';
    expect(ada.read(['item', 'show', t1]).stdout).toMatch(/Relations\n {2}obj-\d+ derived from obj-\d+/);
    expect(ada.read(ada.accession(ada.path('own'))).status).toBe(0);
    expect(rowsOf(ada, ['item', 'list', '--accession', 'acc-1'])).toEqual(items);
  });

  it('regroups by a table from a spreadsheet, once its wrong rows are right or passed over', () => {
    const ada = custody();
    const csv = ada.path('t.csv');
    writeFileSync(
      csv,
      Buffer.from('path;item;role\r\nT1_A_pm.wav;P\xe1sek 1;\r\nnowhere.wav;x;\r\n', 'latin1'),
    );
    expect(ada.ask(['item', 'regroup', 'acc-1', '--csv', csv])).toMatchObject({
      status: 2,
      json: { applied: false, faults: [{ row: 3 }] },
    });
    expect(ada.ask(['item', 'regroup', 'acc-1', '--csv', csv, '--skip-bad'])).toMatchObject({
      status: 1,
      json: { applied: true, items: [{ title: 'Pásek 1', parts: 1 }] },
    });
    writeFileSync(csv, 'file,tape\na,b\n');
    const refused = ada.read(['item', 'regroup', 'acc-1', '--csv', csv]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('needs the columns path and item');
  });

  it('splits, orders, merges and relates', () => {
    const ada = custody();
    const parts = rowsOf(ada, ['search', 'wav']).map(({ id }) => id);
    expect(parts).toHaveLength(4);
    const [one = '', two = ''] = parts;
    const split = ada.ask([
      'item',
      'split',
      'item-1',
      '--parts',
      `${one},${two}`,
      '--title',
      'Second session',
    ]);
    const made = (split.json['item'] as Row).id;
    expect(split).toMatchObject({ status: 0, json: { item: { title: 'Second session', parts: 2 } } });
    expect(ada.read(['item', 'order', made, `${two},${one}`]).status).toBe(0);
    expect(ada.read(['item', 'relate', made, 'part of', 'item-1']).status).toBe(0);
    expect(ada.read(['item', 'relate', 'item-1', 'part of', made]).status).toBe(2);
    expect(ada.read(['item', 'merge', 'item-1', 'item-2'])).toMatchObject({ status: 2 });
    expect(ada.ask(['item', 'merge', 'item-1', made])).toMatchObject({ json: { item: { parts: 4 } } });
    expect(ada.ask(['show', made]).json['entity']).toMatchObject({ id: 'item-1' });
    expect(ada.read(['log', 'verify']).status).toBe(0);
  });

  it('sees the tracks inside a file, and finds it by them', () => {
    const ada = custody();
    expect(rowsOf(ada, ['item', 'tracks', 'item-2'])).toMatchObject([
      { number: 1, title: 'Ukolébavka', isrc: 'GBAYE5700001', startFrame: 0 },
    ]);
    const [found] = rowsOf(ada, ['search', 'GB-AYE-57-00001']);
    expect(ada.read(['show', found?.id ?? '']).stdout).toMatch(/Tracks inside[^]*00:00:00[^]*Ukolébavka/);
  });
});
