import type { Entity } from '../../../../shared/contract/holdings.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Connection } from '../connection.ts';
import { decisionReading } from './decisions.ts';
import { factsOf } from './entity-holdings.ts';
import { eventsTouching } from './entity-events.ts';

export function describeMassChange(connection: Connection, id: number): Entity | undefined {
  const found = decisionReading(connection).massChange(id);
  if (found === undefined) return undefined;
  const run = Number(found.run.slice(found.run.indexOf('-') + 1));
  return {
    kind: 'massChange',
    id: publicId('massChange', id),
    title: `${String(found.files)} files of ${found.location.name} that changed at once`,
    facts: factsOf({
      looksLike: found.looksLike,
      location: found.location.id,
      folder: found.folder.display,
      files: found.files,
      ofFiles: found.ofFiles,
      run: found.run,
      openedAt: found.openedAt,
      lastSeenAt: found.lastSeenAt,
      decision: found.decided?.as ?? null,
      decidedAt: found.decided?.at ?? null,
      decidedBy: found.decided?.by ?? null,
    }),
    events: eventsTouching(connection, { links: [], acts: [run] }),
    parts: [],
    replicas: [],
    identifiers: [],
  };
}
