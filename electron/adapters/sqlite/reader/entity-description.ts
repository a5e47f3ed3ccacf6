import type { Entity } from '../../../../shared/contract/holdings.ts';
import { DESCRIBED_ENTITIES } from '../../../../shared/domain/description/fields.ts';
import { parsePublicId } from '../../../../shared/domain/ids.ts';
import type { Describable } from '../../../core/ports/describing.ts';
import type { Connection } from '../connection.ts';
import { description } from './descriptions.ts';
import { eventsOfEdits } from './edits.ts';
import { eventsBySeq } from './events.ts';
import { MOST_EVENTS } from './entity-events.ts';
import { identifiersOf } from './entity-holdings.ts';

/** Adds what is said of a thing: its title before the one that it had, its description, and the edits that made it. */
export function withDescription(connection: Connection, entity: Entity | undefined): Entity | undefined {
  if (entity === undefined) return undefined;
  const of = describedBy(entity);
  const said = of && description(connection, of, false);
  if (of === undefined || said === undefined) return entity;
  const own = entity.kind === of.entity;
  const seqs = eventsOfEdits(connection, of);
  const listed = new Set(entity.events.map(({ id }) => id));
  const edits = eventsBySeq(connection, seqs).filter(({ id }) => !listed.has(id));
  const number = ({ id }: { readonly id: string }) => parsePublicId(id)?.id ?? 0;
  return {
    ...entity,
    ...(own && said.title !== '' && { title: said.title }),
    description: said.fields,
    identifiers:
      own && of.entity === 'part'
        ? [...entity.identifiers, ...identifiersOf(connection, 'part', of.id)]
        : entity.identifiers,
    events: [...entity.events, ...edits].sort((a, b) => number(b) - number(a)).slice(0, MOST_EVENTS),
  };
}

/** The thing itself; of a content or a copy, the one part that it is. */
function describedBy({ kind, id, parts }: Entity): Describable | undefined {
  const takes: readonly string[] = DESCRIBED_ENTITIES;
  const [part] = parts;
  const known = parsePublicId(
    takes.includes(kind) ? id : parts.length === 1 && part !== undefined ? part.id : '',
  );
  if (known === undefined || !['object', 'replica', ...takes].includes(kind)) return undefined;
  return { entity: known.kind as Describable['entity'], id: known.id };
}
