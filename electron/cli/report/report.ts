/** A report that was written, for a person: what it says first, and where it is. */
import type { ReportResult } from '../../../shared/contract/reports.ts';
import { EXIT } from '../errors.ts';
import { count, size } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';

export function showReport(output: Output, result: ReportResult): number {
  const { title, lead, written, agent, archive, event, log } = result;
  output.lines(output.heading(clean(title)), ...lead.map(clean), '');
  output.lines(
    ...written.flatMap(({ path, size: bytes, sha256 }) => [
      `  ${clean(path.display)} (${size(bytes)})`,
      `    SHA-256 ${sha256}`,
    ]),
    `Handed out by ${clean(agent)} for "${clean(archive)}" as ${event}; head of the log before: event ${count(log.events)}, ${log.head}`,
  );
  return EXIT.done;
}
