import { describe, expect, it } from 'vitest';
import { structured, take, type Structured } from '../support/structure.ts';
import { agent } from '../support/written-catalogue.ts';

const files = {
  'box/One': [
    { name: 'a.flac', size: 400 },
    { name: 'b.flac', size: 600 },
  ],
};

/** The tree as it is listed: `  name (accessions/items)`. */
function tree(made: Structured): string[] {
  return made.reader
    .collections()
    .map(({ depth, name, totals }) => `${'  '.repeat(depth)}${name} (${totals.accessions}/${totals.items})`);
}

function nested(): Structured & { jazz: number; bebop: number } {
  const made = structured(files);
  const jazz = made.writer.addCollection('Jazz', null, agent);
  const bebop = made.writer.addCollection('Bebop', jazz, agent);
  return { ...made, jazz, bebop };
}

describe('collections', () => {
  it('are a tree, each with the totals of all below it', () => {
    const made = nested();
    made.writer.addCollection('Blues', null, agent);
    made.writer.assignAccession(1, made.bebop, agent);
    expect(tree(made)).toEqual(['Blues (0/0)', 'Jazz (1/1)', '  Bebop (1/1)']);
    expect(made.reader.collections(made.jazz)[0]).toMatchObject({
      path: 'Jazz',
      ownAccessions: 0,
      totals: { collections: 1, accessions: 1, items: 1, replicas: 2, bytes: 1000, hours: (2 * 61) / 3600 },
    });
    expect(made.reader.entity(`col-${made.jazz}`)?.facts).toMatchObject({
      accessions: 1,
      replicas: 2,
      bytes: 1000,
    });
    expect(made.reader.accession(1)).toMatchObject({ collection: 'Jazz/Bebop' });
    made.writer.assignAccession(1, null, agent);
    expect(tree(made)).toEqual(['Blues (0/0)', 'Jazz (0/0)', '  Bebop (0/0)']);
  });

  it('are found by id, by path, and by a name that only one has', () => {
    const made = nested();
    const find = (word: string) => made.reader.collectionId(word);
    for (const word of [`col-${made.bebop}`, 'Jazz/Bebop', '/Jazz/Bebop', 'Bebop'])
      expect(find(word)).toBe(made.bebop);
    expect(() => find('/Bebop')).toThrow(/no collection/);
    expect(() => find('acc-1')).toThrow(/no collection/);
    expect(() => find('Jazz//Bebop')).toThrow(/empty/);
    made.writer.addCollection('Bebop', made.bebop, agent);
    expect(() => find('Bebop')).toThrow(/Several.*Jazz\/Bebop \(col-2\).*Jazz\/Bebop\/Bebop \(col-3\)/);
    const slashed = made.writer.addCollection('AC/DC', made.jazz, agent);
    expect(find('Jazz/AC\\/DC')).toBe(slashed);
    expect(find('AC/DC')).toBe(slashed);
    expect(made.reader.collections(slashed)[0]?.path).toBe('Jazz/AC\\/DC');
  });

  it('never lie within themselves', () => {
    const made = nested();
    const deep = made.writer.addCollection('Hard bop', made.bebop, agent);
    const before = made.reader.verifyLog().events;
    expect(() => made.writer.moveCollection(made.jazz, made.jazz, agent)).toThrow(/within itself/);
    expect(() => made.writer.moveCollection(made.jazz, deep, agent)).toThrow(/lies within "Jazz"/);
    expect(made.reader.verifyLog().events).toBe(before);
    made.writer.moveCollection(deep, null, agent);
    made.writer.moveCollection(made.jazz, deep, agent);
    expect(tree(made)).toEqual(['Hard bop (0/0)', '  Jazz (0/0)', '    Bebop (0/0)']);
  });

  it('are not nested without end', () => {
    const made = structured(files);
    let parent = made.writer.addCollection('0', null, agent);
    for (let n = 1; n < 32; n++) parent = made.writer.addCollection(String(n), parent, agent);
    expect(() => made.writer.addCollection('32', parent, agent)).toThrow(/32 deep/);
    const other = made.writer.addCollection('other', null, agent);
    made.writer.addCollection('below', other, agent);
    expect(() => made.writer.moveCollection(other, parent, agent)).toThrow(/32 deep/);
  });

  it('have names that are unique among siblings, however they are typed', () => {
    const made = nested();
    expect(() => made.writer.addCollection(' Jazz ', null, agent)).toThrow(/already \(col-1\)/);
    const cafe = made.writer.addCollection('Café', null, agent);
    expect(() => made.writer.addCollection('Café', null, agent)).toThrow(/already/);
    expect(() => made.writer.renameCollection(cafe, 'Jazz', agent)).toThrow(/already/);
    expect(() => made.writer.addCollection('col-7', null, agent)).toThrow(/reads as an id/);
    expect(() => made.writer.addCollection('a\nb', null, agent)).toThrow(/line break/);
    expect(() => made.writer.addCollection('x'.repeat(301), null, agent)).toThrow(/at most 300/);
    made.writer.addCollection('Jazz', made.jazz, agent);
    expect(() => made.writer.moveCollection(3, null, agent)).not.toThrow();
  });

  it('tell every change in the log, with names in its details alone', () => {
    const made = nested();
    const before = made.reader.verifyLog().events;
    made.writer.renameCollection(made.bebop, 'Secret', agent);
    made.writer.renameCollection(made.bebop, 'Secret', agent);
    expect(made.reader.verifyLog()).toMatchObject({ ok: true, events: before + 1 });
    const bodies = made.rows<{ body: string }>('SELECT body FROM events').map(({ body }) => body);
    expect(bodies.join()).not.toMatch(/Secret|Bebop|Jazz/);
    expect(made.reader.entity(`col-${made.bebop}`)?.events.map(({ note }) => note)).toEqual([
      'Collection "Jazz/Bebop" renamed "Jazz/Secret"',
      'Collection "Jazz/Bebop" made',
    ]);
  });

  it('are made by an accession that names a path, and found when they are there', () => {
    const made = nested();
    const begin = (title: string, collection: string) =>
      made.writer.beginAccession({
        accession: { paths: [], title, rightsBasis: 'other', rightsNote: '', collection },
        roots: [],
        resumeKey: title,
        agent,
      });
    begin('a', 'Jazz/Swing/Big bands');
    begin('b', 'Jazz/Swing');
    begin('c', 'Bebop');
    begin('d', '/Bebop');
    expect(tree(made)).toEqual([
      'Bebop (1/0)',
      'Jazz (3/0)',
      '  Bebop (1/0)',
      '  Swing (2/0)',
      '    Big bands (1/0)',
    ]);
    expect(() => begin('e', 'col-99')).toThrow(/no collection/);
    expect(made.reader.verifyLog()).toMatchObject({ ok: true });
  });

  it('list their items a page at a time, with those of what lies below', () => {
    const made = nested();
    take(made, { 'box/Two': [{ name: 'c.flac', embedded: { album: 'Two' } }] }, 1);
    made.writer.assignAccession(1, made.bebop, agent);
    const page = (cursor?: string) => made.reader.items({ collectionId: made.jazz }, { limit: 1, cursor });
    const first = page();
    const second = page(first.next ?? undefined);
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(['item-1', 'item-2']);
    expect(second.next).toBeNull();
    expect(made.reader.items({}, { limit: 10 }).rows).toHaveLength(2);
    expect(made.reader.items({ accessionId: 1 }, { limit: 10 }).rows).toHaveLength(2);
  });
});
