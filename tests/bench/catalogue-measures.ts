import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { openHost, type Host } from '../../electron/host/index.ts';
import { HOLDINGS_SORTS, type HoldingsSort } from '../../shared/domain/holdings-list.ts';
import { pick, randomFrom } from '../fixtures/generate/random.ts';
import type { BenchContext } from './context.ts';
import { median, quantile, run, spread, type Command } from './measure.ts';
import { NO_SUCH_WORD, queries } from './queries.ts';
import { boundRow, commandLines, percent, type FigureResult, type Row } from './report.ts';

const SIZE_GB = 1.5;
const PAGE_MS = 20;
const SEARCH_MS = 50;
const STATUS_MS = 400;

const DIRECTIONS = ['ascending', 'descending'] as const;
/** Cursors are collected by walking this many pages of a thousand rows, from either end of each sort. */
const WALKED = 250;
const PAGES_EACH = 100;
const SEARCH_ROUNDS = 3;
const STATUS_ROUNDS = 10;

type Client = Host['client'];

/** Size, pages, searches and status of an archive; the names of the rows begin with `label`. */
export async function measureCatalogue(
  context: BenchContext,
  label: string,
  archive: string,
  replicas: number,
): Promise<FigureResult> {
  const notes: string[] = [];
  const limit = (SIZE_GB * replicas) / 1e6;
  if (context.quick)
    notes.push(`quick: ${replicas.toLocaleString('en')} replicas, the limit of the size in proportion`);
  const rows = [boundRow(`${label}: size`, warm(archive) / 1e9, limit, 'GB', '')];
  const host = await openHost({ archive, agent: 'bench', mode: 'read', command: 'bench' });
  try {
    rows.push(await pages(host.client, label, notes));
    rows.push(await searches(host.client, label, notes));
  } finally {
    await host.close();
  }
  const command = { ...context.holdfast('status', '--archive', archive, '--json'), exitCodes: [0, 1] };
  rows.push(await status(command, label, replicas));
  return { rows, commands: commandLines([command]), notes };
}

/** The slowest sort and direction counts, by the p95 of its first page and of pages at random depths. */
async function pages(client: Client, label: string, notes: string[]): Promise<Row> {
  const random = randomFrom(4);
  const all: { name: string; times: number[] }[] = [];
  for (const sort of HOLDINGS_SORTS) {
    for (const direction of DIRECTIONS) {
      const cursors = await walk(client, sort, direction);
      const times: number[] = [];
      for (let page = 0; page < PAGES_EACH; page += 1) {
        const cursor = page % 10 === 0 || cursors.length === 0 ? undefined : pick(random, cursors);
        const began = performance.now();
        const { rows } = await client.holdings.list({
          sort,
          direction,
          ...(cursor === undefined ? {} : { cursor }),
        });
        times.push(performance.now() - began);
        if (rows.length === 0) throw new Error(`an empty page of holdings by ${sort}, ${direction}`);
      }
      notes.push(
        `${label}, page by ${sort} ${direction}: ${quantiles(times)}; ${cursors.length} cursors walked`,
      );
      all.push({ name: `${sort} ${direction}`, times });
    }
  }
  const p95s = all.map(({ times }) => quantile(times, 0.95));
  const worst = all[p95s.indexOf(Math.max(...p95s))];
  if (worst === undefined) throw new Error('no sort is offered');
  return boundRow(
    `${label}: page of holdings, p95 of the slowest sort (${worst.name})`,
    Math.max(...p95s),
    PAGE_MS,
    'ms',
    `p50 ${median(worst.times).toFixed(1)}, all sorts p95 ${Math.min(...p95s).toFixed(1)}–${Math.max(...p95s).toFixed(1)} ms`,
    worst.times,
  );
}

async function walk(
  client: Client,
  sort: HoldingsSort,
  direction: (typeof DIRECTIONS)[number],
): Promise<readonly string[]> {
  const cursors: string[] = [];
  let cursor: string | undefined;
  while (cursors.length < WALKED) {
    const page: { next: string | null } = await client.holdings.list({
      sort,
      direction,
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (page.next === null) break;
    cursors.push(page.next);
    cursor = page.next;
  }
  return cursors;
}

async function searches(client: Client, label: string, notes: string[]): Promise<Row> {
  const times: number[] = [];
  const byKind = new Map<string, number[]>();
  const slowest = { ms: 0, text: '' };
  const found = new Set<string>();
  const random = randomFrom(5);
  for (let round = 0; round < SEARCH_ROUNDS; round += 1) {
    const order = queries.map((query) => ({ ...query, at: random() })).sort((a, b) => a.at - b.at);
    for (const { kind, text } of order) {
      const began = performance.now();
      const { rows } = await client.holdings.search({ text });
      const ms = performance.now() - began;
      // A word of the other generator finds nothing at once, and would flatter the figure.
      if (rows.length === 0 && kind !== NO_SUCH_WORD) continue;
      found.add(text);
      times.push(ms);
      byKind.set(kind, [...(byKind.get(kind) ?? []), ms]);
      if (ms > slowest.ms) Object.assign(slowest, { ms, text });
    }
  }
  for (const [kind, some] of byKind) notes.push(`${label}, search by ${kind}: ${quantiles(some)}`);
  notes.push(
    `${label}: ${found.size} of ${queries.length} queries have an answer here and count; ` +
      `the slowest was "${slowest.text}" with ${slowest.ms.toFixed(1)} ms`,
  );
  const p95 = quantile(times, 0.95);
  const noise = `p50 ${median(times).toFixed(1)}, max ${Math.max(...times).toFixed(1)} ms`;
  return boundRow(`${label}: search, p95 of ${found.size} queries`, p95, SEARCH_MS, 'ms', noise, times);
}

/** As a whole process, the start of Node included. */
async function status(command: Command, label: string, replicas: number): Promise<Row> {
  const times: number[] = [];
  for (let round = 0; round < STATUS_ROUNDS; round += 1) {
    const finished = await run(command);
    const answer = JSON.parse(finished.stdout) as { replicas: number };
    if (answer.replicas !== replicas)
      throw new Error(`status should count ${replicas} replicas: ${finished.stdout.slice(0, 500)}`);
    times.push(finished.seconds * 1000);
  }
  return boundRow(`${label}: status, median`, median(times), STATUS_MS, 'ms', percent(spread(times)), times);
}

function quantiles(times: readonly number[]): string {
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  return `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, max ${Math.max(...times).toFixed(1)} ms`;
}

/** Reads the catalogue once, so that it stands in the page cache. Answers its bytes, the write-ahead log included. */
function warm(archive: string): number {
  const chunk = Buffer.allocUnsafe(1 << 20);
  let bytes = 0;
  for (const name of readdirSync(archive)) {
    if (!name.startsWith('catalogue.sqlite')) continue;
    const path = `${archive}/${name}`;
    bytes += statSync(path).size;
    const handle = openSync(path, 'r');
    while (readSync(handle, chunk) > 0);
    closeSync(handle);
  }
  return bytes;
}
