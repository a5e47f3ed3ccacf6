import type { EventFilter } from '../../../shared/contract/events.ts';
import { pathToJson, type PathJson, type RawPath } from '../../../shared/domain/path.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { Exports } from '../ports/exports.ts';

const SLICE = 500;

/**
 * Writes the log, oldest event first, one a line as JSON: what each says, and the text that was hashed and signed with what
 * proves it. Never over a file that is there.
 */
export async function exportLog(
  reader: CatalogueReader,
  exports: Exports,
  folder: RawPath,
  filter: EventFilter,
): Promise<{ path: PathJson; events: number }> {
  let events = 0;
  const lines = async function* (): AsyncGenerator<string> {
    let after = 0;
    for (;;) {
      const slice = await reader.provenEvents(filter, after, SLICE);
      for (const event of slice) yield `${JSON.stringify(event)}\n`;
      events += slice.length;
      after = slice.at(-1)?.seq ?? after;
      if (slice.length < SLICE) return;
    }
  };
  const name = `log-${new Date().toISOString().slice(0, 10)}`;
  const [file] = await exports.write(folder, name, [{ extension: 'ndjson', text: lines }]);
  if (file === undefined) throw new Error('a log was written as no file');
  return { path: pathToJson(file.path), events };
}
