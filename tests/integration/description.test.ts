import { describe, expect, it } from 'vitest';
import { editMany, replaceText, undo } from '../../electron/core/description/edit.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { consistent, described, KINDS, refusal } from '../support/described-catalogue.ts';
import { agent } from '../support/written-catalogue.ts';

describe('what an archivist writes', () => {
  it('wins over tags in lists, sorts, search and show, and clearing it shows the file again', async () => {
    const all = described();
    const { reader, set, found } = all;
    await set('part-1', 'title', 'Zither night');
    await set('part-1', 'contributor', [{ name: 'Ada Kettle', role: 'singer' }]);
    const titles = () => reader.holdings('title', 'ascending', { limit: 50 }).rows.map(({ title }) => title);
    expect(titles().at(-1)).toBe('Zither night');
    expect(reader.holdings('artist', 'ascending', { limit: 1 }).rows[0]).toMatchObject({
      artist: 'Ada Kettle',
    });
    expect(found('zither ada')).toEqual(['part-1']);
    expect(found('"Title 1/0"')).not.toContain('part-1');
    expect(reader.entity('part-1')).toMatchObject({ title: 'Zither night' });
    expect(reader.entity('part-1')?.description).toContainEqual(
      expect.objectContaining({
        field: 'title',
        value: 'Zither night',
        source: 'archivist',
        agent: agent.name,
      }),
    );
    await set('part-1', 'title', null);
    expect(titles()[0]).toBe('Title 1/0');
    expect(found('zither')).toEqual([]);
    expect(reader.entity('part-1')?.title).toBe('Title 1/0');
    consistent(all);
  });

  it('of an item reaches its parts: album, creator, date, and everything by which it can be found', async () => {
    const all = described();
    const { reader, set, found, path } = all;
    await set('item-2', 'title', 'Kettle songs, live');
    await set('item-2', 'contributor', [{ name: 'Ben Pot', role: 'performer' }]);
    await set('item-2', 'date', '1962~');
    await set('item-2', 'condition-note', 'Vinegar syndrome');
    await set('item-2', 'barcode', ['4006381333931']);
    const [row] = reader.search('vinegar', 50).rows;
    expect(row).toMatchObject({
      itemTitle: 'Kettle songs, live',
      album: 'Kettle songs, live',
      artist: 'Ben Pot',
      date: '1962~',
    });
    for (const words of ['ben pot live', '4006381333931', 'vinegar syndrome title'])
      expect(found(words)).toEqual(['part-4', 'part-5', 'part-6']);
    expect(reader.entity('item-2')).toMatchObject({
      title: 'Kettle songs, live',
      facts: { creator: 'Ben Pot', date: '1962~' },
      identifiers: [{ scheme: 'barcode', value: '4006381333931', source: 'archivist' }],
    });
    expect(rowsOf(path, `SELECT title, creator FROM items WHERE id = 2`)).toEqual([
      { title: 'Album 2', creator: 'Artist 2' },
    ]);
    await set('item-2', 'barcode', null);
    expect(reader.entity('item-2')?.identifiers).toEqual([]);
    consistent(all);
  });

  it('stands whatever a later accrual proposes, and holds for what it adds', async () => {
    const all = described();
    const { reader, set, accrue, found } = all;
    await set('item-1', 'title', 'What it is called');
    await set('part-1', 'title', 'Mine');
    const tags = { album: 'Album 1', artist: 'Artist 1', title: 'Fourth', track: 4 };
    accrue('box/a1', [{ name: '04 t1.flac', content: 'new', embedded: tags }]);
    const entity = reader.entity('item-1');
    expect(entity).toMatchObject({ title: 'What it is called', facts: { parts: 4 } });
    expect(entity?.parts.map(({ album: title }) => title)).toEqual(Array(4).fill('What it is called'));
    expect(entity?.parts[0]?.title).toBe('Mine');
    expect(found('fourth called')).toEqual(['part-10']);
    consistent(all);
  });

  it('keeps every value with who and when, and one event for each edit', async () => {
    const all = described();
    const { set, reader, path } = all;
    await set('acc-1', 'title', 'First');
    await set('acc-1', 'title', 'Second');
    await set('acc-1', 'title', null);
    const history = reader.description({ entity: 'accession', id: 1 }, true)?.history ?? [];
    expect(history.map(({ value, current, edit }) => [value, current, edit])).toEqual([
      [null, true, 'edit-3'],
      ['Second', false, 'edit-2'],
      ['First', false, 'edit-1'],
    ]);
    expect(history.every(({ agent: by, at }) => by === agent.name && at !== undefined)).toBe(true);
    const events = rowsOf<{ body: string }>(
      path,
      `SELECT body FROM events WHERE type = 'metadata modification'`,
    );
    expect(events).toHaveLength(3);
    expect(events.map(({ body }) => body).join()).not.toMatch(/First|Second/);
    expect(
      reader.entity('acc-1')?.events.filter(({ type }) => type === 'metadata modification'),
    ).toHaveLength(3);
    expect(reader.entity('edit-2')).toMatchObject({ kind: 'edit', facts: { changes: 1 } });
    consistent(all);
  });

  it('is proven by the log: a value changed behind its back is noticed', async () => {
    const { set, reader, writer, path } = described();
    await set('item-1', 'title', 'Mine');
    writer.close();
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(path);
    db.exec(`UPDATE descriptions SET value = '"Theirs"'`);
    db.close();
    expect(reader.verifyLog()).toMatchObject({ ok: false });
  });
});

describe('two who describe at once', () => {
  it('contradict each other: the second is told what stands there now', async () => {
    const { set, reader } = described();
    await set('item-1', 'title', 'Of the first window', 0);
    const second = await refusal(set('item-1', 'title', 'Of the second', 0));
    expect(second.code).toBe('EDIT_CONFLICT');
    expect(second.message).toMatch(/title of item-1 is now "Of the first window" \(by Ada Kettle, \d{4}-/);
    expect(reader.entity('item-1')?.title).toBe('Of the first window');
    // The same is no contradiction, and neither is another field.
    expect(await set('item-1', 'title', 'Of the first window', 0)).toMatchObject({ edit: null, total: 0 });
    expect(await set('item-1', 'genre', ['Tea'], 0)).toMatchObject({ edit: 'edit-2' });
  });
});

describe('many at once', () => {
  it('get the same value, by ids or by what an accession or a search holds; seen before it is done', async () => {
    const all = described();
    const { catalogue, reader, writer } = all;
    const input = {
      target: { search: 't2' },
      of: ['item'] as const,
      changes: [{ field: 'language' as const, value: ['cs'] }],
      shown: 10,
    };
    expect(await editMany({ ...catalogue, writer: undefined }, input, agent)).toMatchObject({
      edit: null,
      total: 1,
      changes: [{ id: 'item-2', field: 'language', from: null, to: ['cs'] }],
    });
    expect(reader.standing([{ entity: 'item', id: 2 }])[0]?.values).toEqual([]);
    const all3 = await editMany(
      catalogue,
      { ...input, target: { ids: ['item-1', 'item-3', 'part-2'] } },
      agent,
    );
    expect(all3).toMatchObject({ edit: 'edit-1', total: 3, entities: 3 });
    const missing = await refusal(
      editMany(catalogue, { ...input, target: { ids: ['item-1', 'item-99'] } }, agent),
    );
    expect(missing).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('item-99') as string,
    });
    expect(writer.checkCounters()).toEqual([]);
    consistent(all);
  });

  it('are walked in slices without a gap', () => {
    const { reader } = described(30);
    const walked: string[] = [];
    let after: { entity: 'item' | 'part'; id: number } | undefined;
    for (;;) {
      const slice = reader.scope({ all: true, of: KINDS }, after, 7) as {
        entity: 'item' | 'part';
        id: number;
      }[];
      if (slice.length === 0) break;
      walked.push(...slice.map(({ entity, id }) => `${entity}-${id}`));
      after = slice.at(-1);
    }
    expect(walked).toHaveLength(120);
    expect(new Set(walked).size).toBe(120);
    expect(walked.slice(0, 5)).toEqual(['item-1', 'part-1', 'part-2', 'part-3', 'item-2']);
  });

  it('have a text found and replaced, in what tags say too; undone as one', async () => {
    const all = described();
    const { catalogue, reader } = all;
    const input = {
      target: { ids: ['part-1', 'part-2', 'part-9'] },
      of: KINDS,
      field: 'title' as const,
      shown: 10,
    };
    const replaced = await replaceText(
      catalogue,
      { ...input, find: 'Title 1', replaceWith: 'Song $&' },
      agent,
    );
    expect(replaced.changes.map(({ from, to }) => [from, to])).toEqual([
      ['Title 1/0', 'Song $&/0'],
      ['Title 1/1', 'Song $&/1'],
    ]);
    const empty = await refusal(
      replaceText(catalogue, { ...input, find: 'Title 3/2', replaceWith: '' }, agent),
    );
    expect(empty).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('part-9') as string });
    await undo(catalogue, 1, 10, agent);
    expect(reader.entity('part-2')?.title).toBe('Title 1/1');
    consistent(all);
  });
});

describe('an edit taken back', () => {
  it('is refused while a value of it is another, and named; it can itself be taken back', async () => {
    const { set, catalogue, reader } = described();
    await set('item-1', 'title', 'One');
    await set('item-1', 'title', 'Two');
    const early = await refusal(undo(catalogue, 1, 10, agent));
    expect(early.code).toBe('EDIT_CONFLICT');
    expect(early.message).toContain('title of item-1 (by edit-2)');
    expect(await undo(catalogue, 2, 10, agent)).toMatchObject({ changes: [{ from: 'Two', to: 'One' }] });
    expect(await undo(catalogue, 1, 10, agent)).toMatchObject({ changes: [{ from: 'One', to: null }] });
    expect(reader.entity('item-1')?.title).toBe('Album 1');
    expect(await undo(catalogue, 4, 10, agent)).toMatchObject({ changes: [{ from: null, to: 'One' }] });
    expect((await refusal(undo(catalogue, 99, 10, agent))).code).toBe('NOT_FOUND');
    expect(reader.edits({ limit: 10 }).rows.map(({ id, undoes }) => [id, undoes])).toEqual([
      ['edit-5', 'edit-4'],
      ['edit-4', 'edit-1'],
      ['edit-3', 'edit-2'],
      ['edit-2', undefined],
      ['edit-1', undefined],
    ]);
  });
});
