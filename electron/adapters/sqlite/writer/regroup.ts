import type { RegroupResult } from '../../../../shared/contract/items.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { RecordedRelation, Regrouping } from '../../../core/ports/arranging.ts';
import { isMoved, planRegrouping, relationsOf, resultOf, type TargetedItem } from '../regrouping.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';
import { refuseDeaccessioned } from './held-objects.ts';
import { ItemEdit } from './item-edit.ts';
import { closesCircle, insertRelation } from './relations.ts';

const LINKED_ITEMS = 200;

/** Regroups the items of an accession, unless a row of the list is wrong: then it only tells which. */
export function regroup(
  context: WriterContext,
  accessionId: number,
  how: Regrouping,
  agent: ActingAgent,
): RegroupResult {
  refuseDeaccessioned(context.connection, accessionId);
  const plan = planRegrouping(context.connection, accessionId, how);
  const isNew = plan.items.some(
    (item) => item.target === undefined || item.parts.some((part) => isMoved(item, part)),
  );
  if (plan.faults.length > 0 && !how.skipBad) return resultOf(plan, { applied: false, dissolved: 0 });
  const edit = new ItemEdit(context);
  const ids = new Map<string, number>();
  let moved = 0;
  let relations = 0;
  let changed = isNew;
  for (const item of plan.items) {
    const id = item.target ?? edit.create(accessionId, item.key, item.title).id;
    ids.set(item.key, id);
    changed = name(context, accessionId, id, item) || changed;
    edit.arrange(edit.item(id));
    for (const part of item.parts) {
      if (!isMoved(item, part)) continue;
      edit.place(edit.part(part.file.partId), id, part.role, part.position);
      moved++;
    }
  }
  const ended = edit.settle();
  for (const item of plan.items) relations += relateParts(context, ids.get(item.key) ?? 0, item);
  if (changed || relations > 0)
    context.events.append({
      type: 'metadata modification',
      outcome: 'success',
      agentId: actorId(context.connection, agent.name),
      links: [
        { kind: 'accession', id: accessionId },
        ...[...ids.values()].slice(0, LINKED_ITEMS).map((id) => ({ kind: 'item', id })),
      ],
      facts: {
        change: 'accession regrouped',
        accession: accessionId,
        by: how.rows === undefined ? (how.by ?? 'names') : 'list',
        items: plan.items.length,
        moved,
        relations,
        dissolved: ended.slice(0, LINKED_ITEMS),
        passedOver: plan.faults.length,
      },
      details: {
        note: `${plan.items.length} items from ${how.rows === undefined ? (how.by ?? 'names') : 'a list'}`,
        rules: [...how.rules],
      },
    });
  return resultOf(plan, { applied: true, dissolved: ended.length, ids });
}

/** Gives the item its title, and the key by which the same rule finds it again. Returns whether the title is another. */
function name({ connection }: WriterContext, accessionId: number, id: number, item: TargetedItem): boolean {
  connection
    .sql(
      `INSERT INTO item_aliases (accession_id, grouping_key, item_id)
       SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM items WHERE accession_id = ? AND grouping_key = ?)
       ON CONFLICT DO NOTHING`,
    )
    .run(accessionId, item.key, id, accessionId, item.key);
  if (item.known && !item.titled) return false;
  return (
    connection.sql('UPDATE items SET title = ? WHERE id = ? AND title <> ?').run(item.title, id, item.title)
      .changes > 0
  );
}

function relateParts({ connection }: WriterContext, itemId: number, item: TargetedItem): number {
  let made = 0;
  for (const [subject, predicate, object] of relationsOf(item)) {
    const relation: RecordedRelation = {
      subject: { kind: 'object', id: subject },
      predicate,
      object: object === undefined ? { kind: 'item', id: itemId } : { kind: 'object', id: object },
    };
    // A copy that another rule has called the master of this one is left as it was said.
    if (predicate === 'derived from' && closesCircle(connection, relation)) continue;
    if (insertRelation(connection, relation)) made++;
  }
  return made;
}
