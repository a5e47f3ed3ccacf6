import { displayPath } from '../../../../shared/domain/path.ts';
import type { ActingAgent } from '../../../core/ports/common.ts';
import type { ExportWriter, NewExport } from '../../../core/ports/exporting.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

/** Of more than these the event says how many they are: it grows with acts, and not with what they are about. */
const MOST_LINKS = 100;

/** Records that files were handed out. */
export function recordExport(
  { connection, events }: WriterContext,
  { what, links, facts, head, written, note, details }: NewExport,
  by: ActingAgent,
): Awaited<ReturnType<ExportWriter['recordExport']>> {
  const eventSeq = events.append({
    type: 'exporting',
    outcome: 'success',
    agentId: actorId(connection, by.name),
    links: links.slice(0, MOST_LINKS),
    facts: {
      ...facts,
      what,
      files: written.map(({ sha256, size }) => ({ sha256, size })),
      head,
      ...(links.length > MOST_LINKS && { about: links.length }),
    },
    details: { ...details, note, paths: written.map(({ path }) => displayPath(path)) },
  });
  return { eventSeq };
}
