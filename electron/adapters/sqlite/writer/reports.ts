import { displayPath } from '../../../../shared/domain/path.ts';
import type { ActingAgent } from '../../../core/ports/common.ts';
import type { NewReport, ReportWriter } from '../../../core/ports/reporting.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

/** Records that a report was handed out. */
export function recordReport(
  { connection, events }: WriterContext,
  { kind, days, links, head, written, note }: NewReport,
  by: ActingAgent,
): Awaited<ReturnType<ReportWriter['recordReport']>> {
  const eventSeq = events.append({
    type: 'exporting',
    outcome: 'success',
    agentId: actorId(connection, by.name),
    links,
    facts: {
      report: kind,
      ...(days && { first: days.first, last: days.last }),
      files: written.map(({ sha256, size }) => ({ sha256, size })),
      head,
    },
    details: { note, paths: written.map(({ path }) => displayPath(path)) },
  });
  return { eventSeq };
}
