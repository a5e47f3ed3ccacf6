import { describe, expect, it } from 'vitest';
import { structured, take, type Structured } from '../support/structure.ts';
import { agent, type MadeFile } from '../support/written-catalogue.ts';

const tracks = (album: string, ...names: readonly string[]): MadeFile[] =>
  names.map((name) => ({ name, content: `${album}/${name}`, embedded: { album, artist: 'Kettle' } }));

const two = {
  'box/One': [
    ...tracks('One', '01 a.flac', '02 b.flac', '03 c.flac'),
    { name: 'one.jpg', kind: 'image' as const },
  ],
  'box/Two': tracks('Two', '01 d.flac', '02 e.flac'),
};

/** Whatever was done, counters, facts of items and the log are right. */
function sound(made: Structured): void {
  expect(made.writer.checkCounters()).toEqual([]);
  expect(made.reader.verifyLog()).toMatchObject({ ok: true });
}

const titles = (made: Structured) =>
  made.standing().map(({ title, roles }) => [title, ...Object.values(roles).flat()]);

describe('given items as they were proposed, an archivist', () => {
  it('splits one: the parts named become an item of their own, and later files come to the first', () => {
    const made = structured(two);
    const before = made.reader.verifyLog().events;
    const id = made.writer.splitItem(1, [made.part('03 c.flac')], 'Encore', agent);
    sound(made);
    expect(made.reader.verifyLog().events).toBe(before + 1);
    expect(titles(made)).toEqual([
      ['One', '01 a.flac', '02 b.flac', 'one.jpg'],
      ['Two', '01 d.flac', '02 e.flac'],
      ['Encore', '03 c.flac'],
    ]);
    take(made, { 'box/One': tracks('One', '04 x.flac') }, 1);
    sound(made);
    expect(made.standing()[0]?.roles['preservation master']).toEqual(['01 a.flac', '02 b.flac', '04 x.flac']);
    expect(made.reader.item(id)).toMatchObject({ title: 'Encore', parts: 1, arranged: true });
  });

  it('does not see a split undone by another copy of the same content', () => {
    const made = structured(two);
    made.writer.splitItem(1, [made.part('03 c.flac')], 'Encore', agent);
    const again: MadeFile = { name: '03 again.flac', content: 'One/03 c.flac', embedded: { album: 'One' } };
    take(made, { 'box/One': [again] }, 1);
    sound(made);
    expect(made.standing()[0]?.roles['preservation master']).toEqual(['01 a.flac', '02 b.flac']);
  });

  it('may not split off everything', () => {
    const made = structured(two);
    const all = made.rows<{ id: number }>(
      'SELECT p.id FROM parts p JOIN representations r ON r.id = p.representation_id WHERE r.item_id = 2',
    );
    expect(() =>
      made.writer.splitItem(
        2,
        all.map(({ id }) => id),
        undefined,
        agent,
      ),
    ).toThrow(/nothing would be left/);
    expect(() => made.writer.splitItem(2, [made.part('01 a.flac')], undefined, agent)).toThrow(
      /not of item-2/,
    );
    sound(made);
  });

  it('merges two: the ids of both lead to one, and so do files that come later for either', () => {
    const made = structured(two);
    made.writer.mergeItems(1, [2], agent);
    sound(made);
    expect(made.standing()).toMatchObject([
      {
        title: 'One',
        roles: {
          'preservation master': ['01 a.flac', '02 b.flac', '03 c.flac', '01 d.flac', '02 e.flac'],
          documentation: ['one.jpg'],
        },
      },
    ]);
    expect(made.reader.entity('item-2')).toMatchObject({ id: 'item-1' });
    take(made, { 'box/Two': tracks('Two', '03 f.flac') }, 1);
    sound(made);
    expect(made.standing()).toHaveLength(1);
    expect(made.standing()[0]?.roles['preservation master']?.at(-1)).toBe('03 f.flac');
    expect(() => made.writer.mergeItems(1, [2], agent)).toThrow(/merged into item-1/);
  });

  it('merges items that hold the same content: it is one part then', () => {
    const made = structured({
      'box/One': tracks('One', 'a.flac'),
      'box/Two': [{ name: 'b.flac', content: 'One/a.flac', embedded: { album: 'One' } }],
    });
    made.writer.mergeItems(1, [2], agent);
    sound(made);
    expect(made.rows('SELECT id FROM parts')).toHaveLength(1);
  });

  it('keeps identifiers and relations of what was merged', () => {
    const made = structured({ ...two, 'box/Three': tracks('Three', 'z.flac') });
    made.writer.relate(
      { subject: { kind: 'item', id: 2 }, predicate: 'part of', object: { kind: 'item', id: 3 } },
      agent,
    );
    made.writer.mergeItems(1, [2], agent);
    expect(made.rows('SELECT subject, subject_id, predicate, object_id FROM relations')).toEqual([
      { subject: 'item', subject_id: 1, predicate: 'part of', object_id: 3 },
    ]);
    sound(made);
  });

  it('moves parts: the last one takes its item with it', () => {
    const made = structured(two);
    made.writer.moveParts([made.part('01 d.flac')], 1, agent);
    sound(made);
    made.writer.moveParts([made.part('02 e.flac')], 1, agent);
    sound(made);
    expect(made.standing()).toHaveLength(1);
    expect(made.reader.entity('item-2')).toMatchObject({ id: 'item-1' });
  });

  it('orders parts, and a later accrual comes behind them', () => {
    const made = structured(two);
    made.writer.orderParts(1, [made.part('03 c.flac'), made.part('01 a.flac')], agent);
    take(made, { 'box/One': tracks('One', '01 early.flac') }, 1);
    sound(made);
    expect(made.standing()[0]?.roles['preservation master']).toEqual([
      '03 c.flac',
      '01 a.flac',
      '02 b.flac',
      '01 early.flac',
    ]);
  });

  it('gives a part another role, which running the accession again leaves alone', () => {
    const made = structured(two);
    made.writer.setRole({ kind: 'part', id: made.part('02 b.flac') }, 'access copy', agent);
    sound(made);
    expect(made.reader.item(1)?.roles).toEqual({
      'preservation master': 2,
      documentation: 1,
      'access copy': 1,
    });
    const again: MadeFile = { name: 'copy of b.flac', content: 'One/02 b.flac', embedded: { album: 'One' } };
    take(made, { 'box/One': [again] }, 1);
    sound(made);
    expect(made.reader.item(1)?.parts).toBe(4);
    made.writer.setRole({ kind: 'item', id: 1 }, 'production master', agent);
    expect(made.reader.item(1)?.roles).toEqual({ 'production master': 3, documentation: 1 });
    sound(made);
  });

  it('may not take parts from one accession into another', () => {
    const made = structured(two);
    const other = made.begin('Other box');
    made.record(other, 'box/Nine', tracks('Nine', 'n.flac'));
    made.writer.closeAccession(other.actId, 'done');
    expect(() => made.writer.mergeItems(1, [3], agent)).toThrow(/acc-2/);
    expect(() => made.writer.moveParts([made.part('n.flac')], 1, agent)).toThrow(/item relate item-3/);
    sound(made);
  });

  it('tells one event an edit, with titles in its details alone', () => {
    const made = structured(two);
    made.writer.splitItem(1, [made.part('03 c.flac')], 'Secret title', agent);
    const [event] = made.rows<{ type: string; body: string }>(
      'SELECT type, body FROM events ORDER BY seq DESC LIMIT 1',
    );
    expect(event?.type).toBe('metadata modification');
    expect(event?.body).not.toContain('Secret');
    const noted = made.reader.entity('item-3')?.events.map(({ note }) => note);
    expect(noted?.[0]).toContain('Secret title');
  });
});

describe('relations', () => {
  const end = (kind: 'item' | 'object' | 'part', id: number) => ({ kind, id });

  it('stand between contents and items; a part stands for its content', () => {
    const made = structured(two);
    const [a, b] = [made.part('01 a.flac'), made.part('02 b.flac')];
    const wanted = { subject: end('part', b), predicate: 'derived from', object: end('part', a) } as const;
    const { relation, changed } = made.writer.relate(wanted, agent);
    expect(changed).toBe(true);
    expect(relation.subject.kind).toBe('object');
    const events = made.reader.verifyLog().events;
    expect(made.writer.relate(wanted, agent).changed).toBe(false);
    expect(made.reader.verifyLog().events).toBe(events);
    expect(made.writer.unrelate(wanted, agent).changed).toBe(true);
    expect(made.writer.unrelate(wanted, agent).changed).toBe(false);
    sound(made);
  });

  it('refuse circles, over any number of steps', () => {
    const made = structured({ ...two, 'box/Three': tracks('Three', 'z.flac') });
    const derive = (from: number, to: number) =>
      made.writer.relate(
        { subject: end('item', from), predicate: 'derived from', object: end('item', to) },
        agent,
      );
    derive(1, 2);
    derive(2, 3);
    expect(() => derive(3, 1)).toThrow(/derived from item-3 already/);
    expect(() => derive(1, 1)).toThrow(/to itself/);
    made.writer.relate({ subject: end('item', 3), predicate: 'documents', object: end('item', 1) }, agent);
    sound(made);
  });

  it('refuse to make an item part of what it is made of', () => {
    const made = structured(two);
    expect(() =>
      made.writer.relate(
        { subject: end('item', 1), predicate: 'part of', object: end('part', made.part('01 a.flac')) },
        agent,
      ),
    ).toThrow(/part of/);
  });

  it('refuse a merge that would close a circle', () => {
    const made = structured({ ...two, 'box/Three': tracks('Three', 'z.flac') });
    made.writer.relate({ subject: end('item', 1), predicate: 'derived from', object: end('item', 2) }, agent);
    made.writer.relate({ subject: end('item', 2), predicate: 'derived from', object: end('item', 3) }, agent);
    expect(() => made.writer.mergeItems(1, [3], agent)).toThrow(/derived from itself/);
    expect(made.standing()).toHaveLength(3);
    sound(made);
  });

  it('of the same essence hold both ways', () => {
    const made = structured(two);
    const same = (a: number, b: number) =>
      made.writer.relate(
        { subject: end('item', a), predicate: 'same essence', object: end('item', b) },
        agent,
      );
    expect(same(2, 1).changed).toBe(true);
    expect(same(1, 2).changed).toBe(false);
  });
});
