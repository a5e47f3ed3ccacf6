import { mkdirSync } from 'node:fs';
import { openHost, type Host } from '../../../electron/host/index.ts';
import type { HoldingsFilter } from '../../../shared/contract/holdings.ts';
import { HOLDINGS_SORTS } from '../../../shared/domain/holdings-list.ts';
import { makeCatalogue } from '../../fixtures/generate/catalogue.ts';
import { pick, randomFrom } from '../../fixtures/generate/random.ts';
import type { BenchContext, Figure } from '../context.ts';
import { median, quantile } from '../measure.ts';
import { boundRow, type FigureResult, type Row } from '../report.ts';
import { nameArchive } from './catalogue.ts';

const OFFSET_MS = 50;
const FIRST_MS = 1_500;
const FILTERED_MS = 50;
const OFFSETS_EACH = 100;
const PAGES_EACH = 50;
const DIRECTIONS = ['ascending', 'descending'] as const;

/** What chips of a list of holdings narrow it to: little, much, and nearly everything. */
const FILTERS: readonly HoldingsFilter[] = [
  { kind: 'audio' },
  { kind: 'image' },
  { role: 'documentation' },
  { status: 'replicated' },
  { status: 'held' },
  { outcome: 'altered' },
  { outcome: 'intact' },
  { location: 'loc-2' },
  { accession: 'acc-2' },
  { gap: 'rights' },
  { format: 'FLAC' },
  { text: 'love' },
  { text: 'night', accession: 'acc-3' },
  { text: 'love', kind: 'image' },
];

type Client = Host['client'];

/** What a table asks that is scrolled by its bar, over a large made catalogue. */
export const appPages: Figure = {
  name: 'app-pages',
  about: 'pages of holdings at random offsets, and of narrowed lists, over 1,000,000 replicas',
  async measure(context: BenchContext): Promise<FigureResult> {
    const archive = context.path('paged-archive');
    mkdirSync(archive);
    const path = `${archive}/catalogue.sqlite`;
    const made = makeCatalogue({ path, replicas: context.quick ? 100_000 : 1_000_000 });
    nameArchive(archive, path);
    const notes = [`made catalogue: ${JSON.stringify(made)}`];
    const host = await openHost({ archive, agent: 'bench', mode: 'read', command: 'bench', readers: 2 });
    try {
      const rows = [await offsets(host.client, notes), ...(await narrowed(host.client, notes))];
      return { rows, commands: [], notes };
    } finally {
      await host.close();
      context.remove(archive);
    }
  },
};

/** The slowest sort counts, both directions of it together. */
async function offsets(client: Client, notes: string[]): Promise<Row> {
  const random = randomFrom(6);
  const { count } = await client.holdings.count({});
  let worst: { name: string; times: number[] } | undefined;
  for (const sort of HOLDINGS_SORTS) {
    const times: number[] = [];
    for (let page = 0; page < OFFSETS_EACH; page += 1) {
      const offset = Math.floor(random() * count);
      const began = performance.now();
      const { rows } = await client.holdings.list({ sort, direction: pick(random, DIRECTIONS), offset });
      times.push(performance.now() - began);
      if (rows.length !== Math.min(100, count - offset)) throw new Error(`a page by ${sort} lacks rows`);
    }
    notes.push(`page at a random offset by ${sort}: ${told(times)}`);
    if (worst === undefined || quantile(times, 0.95) > quantile(worst.times, 0.95))
      worst = { name: sort, times };
  }
  if (worst === undefined) throw new Error('no sort is offered');
  const { name, times } = worst;
  return row(`page at a random offset, p95 of the slowest sort (${name})`, OFFSET_MS, times);
}

async function narrowed(client: Client, notes: string[]): Promise<Row[]> {
  const random = randomFrom(7);
  const first: number[] = [];
  const further: number[] = [];
  for (const filter of FILTERS)
    for (const sort of ['added', 'title'] as const) {
      const began = performance.now();
      await client.holdings.list({ filter, sort, offset: 0 });
      first.push(performance.now() - began);
      const { count } = await client.holdings.count({ filter });
      if (count === 0) throw new Error(`nothing passes ${JSON.stringify(filter)}`);
      const pages: number[] = [];
      for (let page = 0; page < PAGES_EACH; page += 1) {
        const at = performance.now();
        await client.holdings.list({ filter, sort, offset: Math.floor(random() * count) });
        pages.push(performance.now() - at);
      }
      further.push(...pages);
      notes.push(
        `${JSON.stringify(filter)} by ${sort}: first page ${(first.at(-1) ?? 0).toFixed(0)} ms, then ${told(pages)}, ${String(count)} rows`,
      );
    }
  return [
    row(`first page of a narrowed list, p95 of ${String(first.length)}`, FIRST_MS, first),
    row('further page of a narrowed list, p95', FILTERED_MS, further),
  ];
}

function row(name: string, limit: number, times: readonly number[]): Row {
  const noise = `p50 ${median(times).toFixed(1)}, max ${Math.max(...times).toFixed(1)} ms`;
  return boundRow(name, quantile(times, 0.95), limit, 'ms', noise, times);
}

function told(times: readonly number[]): string {
  return `p50 ${median(times).toFixed(1)}, p95 ${quantile(times, 0.95).toFixed(1)}, max ${Math.max(...times).toFixed(1)} ms`;
}
