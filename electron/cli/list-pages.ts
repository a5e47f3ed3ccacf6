/** Lists a page at a time: one page for a person or `--json`, all of them for `--ndjson`. */
import type { Command } from 'commander';
import type { Invocation } from './command.ts';
import type { JsonObject } from './json.ts';
import { textOf } from './options.ts';

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export function addListOptions(command: Command): void {
  command
    .option('--limit <N>', 'at most so many a page (1 to 1000; default 100)')
    .option('--cursor <NEXT>', 'go on where a page ended: its "next"')
    .option('--ndjson', 'print all pages, one JSON object a line');
}

/** Prints JSON where asked for, and returns the page for the human form. */
export async function listPages<Row extends JsonObject>(
  { options, output }: Invocation,
  fetch: (request: { limit: number; cursor?: string }) => Promise<Page<Row>>,
): Promise<Page<Row>> {
  const given = options.number('limit', 1, 1000);
  const cursor = options.word('cursor');
  const limit = given ?? (output.form === 'ndjson' ? 1000 : 100);
  let page = await fetch({ limit, ...(cursor === undefined ? {} : { cursor: textOf(cursor, '--cursor') }) });
  if (output.form === 'ndjson') {
    for (;;) {
      for (const row of page.rows) output.json(row);
      if (page.next === null || given !== undefined || output.closed) break;
      page = await fetch({ limit, cursor: page.next });
    }
  } else output.json({ rows: page.rows, next: page.next });
  return page;
}

/** How to go on, below a page that was not the last. */
export function nextPage({ output, commandName }: Invocation, page: Page<unknown>): void {
  if (page.next !== null && output.form === 'human')
    output.note(`More: holdfast ${commandName} --cursor ${page.next}`);
}
