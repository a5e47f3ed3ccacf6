import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { RepresentationRole } from '../../../../shared/domain/vocabulary.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { WriterContext } from './context.ts';
import { actorId, type NewEvent } from './events.ts';
import { ItemEdit, POSITION_STEP, type EditedItem, type EditedPart } from './item-edit.ts';

/** More are named by the item that they belong to only. */
const LINKED_PARTS = 200;
// The display form of a folder never holds a control character, so no proposal has such a key.
const KEY_OF_SPLIT = '\u001e';

/** Returns the id of the new item. */
export function splitItem(
  context: WriterContext,
  itemId: number,
  partIds: readonly number[],
  title: string | undefined,
  agent: ActingAgent,
): number {
  const edit = new ItemEdit(context);
  const item = edit.item(itemId);
  const parts = partsOfItem(edit, item, partIds);
  if (parts.length === edit.partsOf(itemId).length)
    throw new HoldfastError(
      'BAD_INPUT',
      `These are all parts of ${publicId('item', itemId)}: nothing would be left of it. Nothing was changed.`,
    );
  const made = edit.create(
    item.accessionId,
    freeKey(context, item),
    title ?? titleOf(context, parts) ?? item.title,
  );
  for (const part of parts) edit.place(part, made.id, part.role);
  edit.arrange(item);
  edit.settle();
  tell(context, agent, [item.id, made.id], parts, {
    facts: { change: 'item split', item: item.id, into: made.id, parts: parts.length },
    details: {
      note: `${counted(parts.length)} of "${item.title}" made an item of their own: "${made.title}"`,
      from: item.title,
      title: made.title,
    },
  });
  return made.id;
}

export function mergeItems(
  context: WriterContext,
  intoId: number,
  itemIds: readonly number[],
  agent: ActingAgent,
): void {
  const edit = new ItemEdit(context);
  const into = edit.item(intoId);
  const others = [...new Set(itemIds)].filter((id) => id !== intoId).map((id) => edit.item(id));
  if (others.length === 0)
    throw new HoldfastError('BAD_INPUT', `Name at least one item to take into ${publicId('item', intoId)}.`);
  const moved: EditedPart[] = [];
  edit.arrange(into);
  for (const other of others) {
    requireSameAccession(into, other);
    const parts = edit.partsOf(other.id);
    append(edit, parts, into);
    moved.push(...parts);
    // An item without parts is not touched by moving them.
    if (parts.length === 0) edit.hand(other.id, intoId);
  }
  edit.settle();
  tell(context, agent, [intoId, ...others.map(({ id }) => id)], moved, {
    facts: { change: 'items merged', into: intoId, items: others.map(({ id }) => id), parts: moved.length },
    details: {
      note: `Merged into "${into.title}": ${others.map(({ title }) => `"${title}"`).join(', ')}`,
      into: into.title,
      items: others.map(({ title }) => title),
    },
  });
}

export function moveParts(
  context: WriterContext,
  partIds: readonly number[],
  itemId: number,
  agent: ActingAgent,
): void {
  const edit = new ItemEdit(context);
  const to = edit.item(itemId);
  const parts = [...new Set(partIds)].map((id) => edit.part(id)).filter((part) => part.itemId !== itemId);
  if (parts.length === 0) return;
  const sources = [...new Set(parts.map((part) => part.itemId))].map((id) => edit.item(id));
  for (const source of sources) {
    requireSameAccession(to, source);
    edit.arrange(source);
  }
  // Into an order made by hand a part does not come by itself; elsewhere it keeps the place that its tags and name give it.
  for (const part of parts)
    edit.place(part, itemId, part.role, to.arranged === 2 ? edit.end(itemId, part.role) : part.position);
  edit.arrange(to);
  const ended = edit.settle();
  tell(context, agent, [itemId, ...sources.map(({ id }) => id)], parts, {
    facts: {
      change: 'parts moved',
      to: itemId,
      from: sources.map(({ id }) => id),
      parts: parts.length,
      ended,
    },
    details: { note: `${counted(parts.length)} moved to "${to.title}"`, to: to.title },
  });
}

/** The named parts come first within their role, in the order given; the others follow as they stand. */
export function orderParts(
  context: WriterContext,
  itemId: number,
  partIds: readonly number[],
  agent: ActingAgent,
): void {
  const edit = new ItemEdit(context);
  const item = edit.item(itemId);
  const named = partsOfItem(edit, item, partIds);
  const before = edit.partsOf(itemId);
  const isNamed = new Set(named.map(({ id }) => id));
  const after = [...named, ...before.filter(({ id }) => !isNamed.has(id))];
  const next = new Map<RepresentationRole, number>();
  for (const part of after) {
    const position = (next.get(part.role) ?? 0) + POSITION_STEP;
    next.set(part.role, position);
    edit.reposition(part.id, position);
  }
  edit.arrange(item, true);
  edit.settle();
  tell(context, agent, [itemId], named, {
    facts: { change: 'parts ordered', item: itemId, parts: after.map(({ id }) => id).slice(0, LINKED_PARTS) },
    details: { note: `Parts of "${item.title}" put into order`, title: item.title },
  });
}

/** Of a part, or of the recordings of an item (of all its parts where it has none). Returns the item. */
export function setRole(
  context: WriterContext,
  of: { readonly kind: 'item' | 'part'; readonly id: number },
  role: RepresentationRole,
  agent: ActingAgent,
): number {
  const edit = new ItemEdit(context);
  const item = edit.item(of.kind === 'item' ? of.id : edit.part(of.id).itemId);
  const all = of.kind === 'part' ? [edit.part(of.id)] : edit.partsOf(of.id);
  const recordings = all.filter((part) => part.role !== 'documentation');
  const chosen = of.kind === 'part' || recordings.length === 0 || role === 'documentation' ? all : recordings;
  const parts = chosen.filter((part) => part.role !== role);
  if (parts.length === 0) return item.id;
  for (const part of parts) edit.place(part, item.id, role);
  edit.arrange(item);
  edit.settle();
  tell(context, agent, [item.id], parts, {
    facts: { change: 'role changed', item: item.id, role, parts: parts.length },
    details: { note: `${counted(parts.length)} of "${item.title}" now: ${role}`, title: item.title },
  });
  return item.id;
}

/** Behind what stands there where the two would run into each other, else at the places that they have. */
function append(edit: ItemEdit, parts: readonly EditedPart[], into: EditedItem): void {
  const there = edit.partsOf(into.id);
  for (const role of new Set(parts.map((part) => part.role))) {
    const coming = parts.filter((part) => part.role === role);
    const standing = there.filter((part) => part.role === role);
    const apart = (rows: readonly EditedPart[], others: readonly EditedPart[]) =>
      rows.every(({ position }) => others.every((other) => position < other.position));
    const fits = apart(coming, standing) || apart(standing, coming);
    for (const part of coming)
      edit.place(part, into.id, role, fits ? part.position : edit.end(into.id, role));
    if (!fits) edit.arrange(into, true);
  }
}

function partsOfItem(edit: ItemEdit, item: EditedItem, partIds: readonly number[]): EditedPart[] {
  return [...new Set(partIds)].map((id) => {
    const part = edit.part(id);
    if (part.itemId === item.id) return part;
    throw new HoldfastError(
      'BAD_INPUT',
      `${publicId('part', id)} is a part of ${publicId('item', part.itemId)}, not of ${publicId('item', item.id)}. Nothing was changed.`,
    );
  });
}

/** Custody is told by accession: what came with one stays with it. */
function requireSameAccession(to: EditedItem, from: EditedItem): void {
  if (to.accessionId === from.accessionId) return;
  throw new HoldfastError(
    'BAD_INPUT',
    `${publicId('item', from.id)} came with ${publicId('accession', from.accessionId)} and ${publicId('item', to.id)} with ` +
      `${publicId('accession', to.accessionId)}: parts stay with the accession that they came with. Nothing was changed. ` +
      `To say that they belong together: holdfast item relate ${publicId('item', from.id)} "part of" ${publicId('item', to.id)}`,
  );
}

/** The title that the first of the parts has of itself. */
function titleOf({ connection }: WriterContext, [first]: readonly EditedPart[]): string | undefined {
  const row = connection
    .sql<{ title: string | null }>(
      `SELECT coalesce(e.album, e.title, p.name_title) AS title FROM parts p
       LEFT JOIN embedded_metadata e ON e.object_id = p.object_id WHERE p.id = ?`,
    )
    .get(first?.id ?? 0);
  return row?.title ?? undefined;
}

function freeKey({ connection }: WriterContext, { accessionId, key }: EditedItem): string {
  const taken = connection.sql(
    `SELECT 1 FROM items WHERE accession_id = ? AND grouping_key = ?
     UNION ALL SELECT 1 FROM item_aliases WHERE accession_id = ? AND grouping_key = ?`,
  );
  for (let n = 2; ; n++) {
    const free = `${key}${KEY_OF_SPLIT}${n}`;
    if (taken.get(accessionId, free, accessionId, free) === undefined) return free;
  }
}

function tell(
  context: WriterContext,
  agent: ActingAgent,
  items: readonly number[],
  parts: readonly EditedPart[],
  told: Pick<NewEvent, 'facts'> & { readonly details: NonNullable<NewEvent['details']> },
): void {
  context.events.append({
    type: 'metadata modification',
    outcome: 'success',
    agentId: actorId(context.connection, agent.name),
    links: [
      ...items.map((id) => ({ kind: 'item', id })),
      ...parts.slice(0, LINKED_PARTS).map(({ id }) => ({ kind: 'part', id })),
    ],
    ...told,
  });
}

function counted(parts: number): string {
  return parts === 1 ? '1 part' : `${parts} parts`;
}
