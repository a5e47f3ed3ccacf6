import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HoldfastError } from '../../shared/domain/errors.ts';
import { REPRESENTATION_ROLES } from '../../shared/domain/vocabulary.ts';
import { structured, take, type Structured } from '../support/structure.ts';
import { agent, type MadeFile } from '../support/written-catalogue.ts';

const RUNS = process.env.HOLDFAST_LONG === '1' ? 200 : 12;

/** Contents are few, so that one stands at several paths and in several items. */
const file = (content: number, n: number): MadeFile => ({
  name: `${n} of ${content}`,
  content: String(content % 7),
  kind: content % 3 === 0 ? 'image' : 'audio',
  ...(content % 2 === 0 && { embedded: { album: `Album ${content % 4}`, artist: 'Kettle' } }),
});

const numbers = fc.array(fc.nat(30), { minLength: 1, maxLength: 3 });
const edit = fc.oneof(
  fc.record({ does: fc.constant('split' as const), a: fc.nat(30), many: numbers }),
  fc.record({ does: fc.constantFrom('merge' as const, 'move' as const), a: fc.nat(30), many: numbers }),
  fc.record({ does: fc.constantFrom('order' as const, 'relate' as const), a: fc.nat(30), many: numbers }),
  fc.record({ does: fc.constantFrom('role' as const, 'itemRole' as const), a: fc.nat(30), many: numbers }),
  fc.record({ does: fc.constantFrom('regroup' as const, 'accrual' as const), a: fc.nat(30), many: numbers }),
);

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

function pick(made: Structured, table: 'items' | 'parts', n: number): number {
  const rows = made.rows<{ id: number }>(`SELECT id FROM ${table} ORDER BY id`);
  return rows[n % rows.length]?.id ?? 0;
}

function partsOf(made: Structured, item: number, many: readonly number[]): number[] {
  const rows = made.rows<{ id: number }>(
    `SELECT p.id FROM parts p JOIN representations r ON r.id = p.representation_id WHERE r.item_id = ${item}`,
  );
  return many.map((n) => rows[n % rows.length]?.id ?? 0);
}

function apply(made: Structured, { does, a, many }: Edit, step: number): void {
  const { writer } = made;
  const item = pick(made, 'items', a);
  const role = REPRESENTATION_ROLES[a % REPRESENTATION_ROLES.length] ?? 'access copy';
  switch (does) {
    case 'split':
      writer.splitItem(item, partsOf(made, item, many), undefined, agent);
      break;
    case 'merge':
      writer.mergeItems(
        item,
        many.map((n) => pick(made, 'items', n)),
        agent,
      );
      break;
    case 'move':
      writer.moveParts(
        many.map((n) => pick(made, 'parts', n)),
        item,
        agent,
      );
      break;
    case 'order':
      writer.orderParts(item, partsOf(made, item, many), agent);
      break;
    case 'role':
      writer.setRole({ kind: 'part', id: pick(made, 'parts', many[0] ?? 0) }, role, agent);
      break;
    case 'itemRole':
      writer.setRole({ kind: 'item', id: item }, role, agent);
      break;
    case 'relate':
      writer.relate(
        {
          subject: { kind: 'item', id: item },
          predicate: a % 2 === 0 ? 'part of' : 'derived from',
          object: {
            kind: many.length > 1 ? 'item' : 'part',
            id: pick(made, many.length > 1 ? 'items' : 'parts', many[0] ?? 0),
          },
        },
        agent,
      );
      break;
    case 'regroup':
      writer.regroup(
        1,
        {
          by: many.length > 1 ? 'folder' : undefined,
          rules: ['* of {item}'],
          arranged: a % 2 === 0,
          skipBad: false,
        },
        agent,
      );
      break;
    case 'accrual':
      take(made, { [`box/${a % 3}`]: many.map((content, at) => file(content, step * 10 + at)) }, 1);
  }
}

/** What must hold whatever was done. */
function sound(made: Structured): void {
  expect(made.writer.checkCounters()).toEqual([]);
  expect(made.rows('SELECT * FROM pragma_foreign_key_check')).toEqual([]);
  // Everything in custody is part of something, and everything that is a part is found.
  expect(
    made.rows(
      'SELECT id FROM replicas r WHERE NOT EXISTS (SELECT 1 FROM parts WHERE object_id = r.object_id)',
    ),
  ).toEqual([]);
  expect(made.rows('SELECT rowid FROM search ORDER BY 1')).toEqual(
    made.rows('SELECT id AS rowid FROM parts ORDER BY 1'),
  );
  expect(
    made.rows(
      'SELECT id FROM items WHERE parts = 0 AND id NOT IN (SELECT subject_id FROM relations UNION SELECT object_id FROM relations)',
    ),
  ).toEqual([]);
  // A key leads to one item.
  expect(
    made.rows('SELECT grouping_key FROM items JOIN item_aliases USING (accession_id, grouping_key)'),
  ).toEqual([]);
  expect(
    made.rows(
      'SELECT id FROM representations r WHERE NOT EXISTS (SELECT 1 FROM parts WHERE representation_id = r.id)',
    ),
  ).toEqual([]);
}

it('whatever is done to items, and in whatever order, nothing is lost and all that is counted is right', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 3, maxLength: 14 }), (edits) => {
      const made = structured({
        'box/0': [0, 2, 4, 5].map((content, n) => file(content, n)),
        'box/1': [1, 3, 5, 6].map((content, n) => file(content, n)),
        'box/2': [8, 11].map((content, n) => file(content, n)),
      });
      for (const [step, one] of edits.entries()) {
        try {
          apply(made, one, step);
        } catch (error) {
          // What is refused leaves everything as it was.
          expect(error).toBeInstanceOf(HoldfastError);
        }
        sound(made);
      }
      expect(made.reader.verifyLog()).toMatchObject({ ok: true });
    }),
    {
      numRuns: RUNS,
      examples: [
        // Two rules call two items by one name, then these are merged.
        [
          [
            { does: 'regroup', a: 0, many: [0] },
            { does: 'regroup', a: 0, many: [0, 0] },
            { does: 'regroup', a: 0, many: [0] },
            { does: 'order', a: 0, many: [0] },
            { does: 'merge', a: 0, many: [3] },
            { does: 'role', a: 0, many: [0] },
          ],
        ],
      ],
    },
  );
});
