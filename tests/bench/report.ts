import { cpus, loadavg, totalmem } from 'node:os';
import { median, shown, spread, type Command, type Sample } from './measure.ts';

export type Unit = 'ratio' | 'ms' | 'KB' | 'MB' | 'GB';

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly ours: string;
  readonly peer: string;
  /** What is held against the limit, in `unit`; absent where it was not measured. */
  readonly measured?: number;
  readonly limit: number;
  readonly unit: Unit;
  /** How far the rounds lie apart, as text. */
  readonly noise: string;
  readonly holds?: boolean;
  /** Why it was not measured. */
  readonly missing?: string;
  readonly samples?: Readonly<Record<string, Sample | readonly number[]>>;
}

export interface FigureResult {
  readonly rows: readonly Row[];
  /** Command lines as they were run. */
  readonly commands: readonly string[];
  /** What a reader should know: sizes, processor time, memory. */
  readonly notes: readonly string[];
}

export function notMeasured(name: string, limit: number, unit: Unit, missing: string): Row {
  return { name, ours: '', peer: '', limit, unit, noise: '', missing };
}

/** The ratio of the medians of two alternated samples. */
export function ratioRow(
  name: string,
  ours: Sample | undefined,
  peer: { readonly name: string; readonly sample: Sample | undefined },
  limit: number,
): Row {
  if (ours === undefined || peer.sample === undefined) throw new Error(`${name}: a contender has no sample`);
  const measured = median(ours.seconds) / median(peer.sample.seconds);
  return {
    name,
    ours: `${median(ours.seconds).toFixed(2)} s`,
    peer: `${peer.name} ${median(peer.sample.seconds).toFixed(2)} s`,
    measured,
    limit,
    unit: 'ratio',
    noise: `${percent(spread(ours.seconds))} / ${percent(spread(peer.sample.seconds))}`,
    holds: measured <= limit,
    samples: { ours, [peer.name]: peer.sample },
  };
}

/** A bound in a unit of its own. */
export function boundRow(
  name: string,
  measured: number,
  limit: number,
  unit: Exclude<Unit, 'ratio'>,
  noise: string,
  samples: readonly number[] = [],
): Row {
  return {
    name,
    ours: amount(measured, unit),
    peer: '',
    measured,
    limit,
    unit,
    noise,
    holds: measured <= limit,
    ...(samples.length === 0 ? {} : { samples: { ours: samples } }),
  };
}

/** Processor time and memory of a contender, and how busy the machine was with other things. */
export function costNote(name: string, sample: Sample | undefined): string {
  if (sample === undefined) throw new Error(`${name} has no sample`);
  const cpu = median(sample.cpuSeconds).toFixed(2);
  const peak = Math.max(...sample.peakMb).toFixed(0);
  return (
    `${name}: ${median(sample.seconds).toFixed(2)} s wall, ${cpu} s processor, peak ${peak} MB resident; ` +
    `other processes took ${percent(median(sample.elsewhere))} of the machine`
  );
}

export function commandLines(commands: readonly Command[]): string[] {
  return commands.map(shown);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A table that reads the same on a terminal and in Markdown. */
export function table(rows: readonly Row[]): string {
  const heads = ['figure', 'ours', 'peer', 'measured', 'limit', 'spread', 'verdict'];
  const cells = rows.map((row) => [
    row.name,
    row.ours,
    row.peer,
    row.measured === undefined ? '' : amount(row.measured, row.unit),
    Number.isNaN(row.limit) ? '' : `≤ ${amount(row.limit, row.unit)}`,
    row.noise,
    verdict(row),
  ]);
  const widths = heads.map((head, i) => Math.max(head.length, ...cells.map((line) => line[i]?.length ?? 0)));
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

export function verdict(row: Row): string {
  if (row.missing !== undefined) return `not measured: ${row.missing}`;
  return row.holds === true ? 'holds' : 'does not hold';
}

export function machine(): string {
  const [first] = cpus();
  return (
    `${cpus().length} × ${first?.model ?? 'unknown processor'}, ${(totalmem() / 1e9).toFixed(0)} GB, ` +
    `Linux load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}, Node ${process.version}`
  );
}

function amount(value: number, unit: Unit): string {
  switch (unit) {
    case 'ratio':
      return `${value.toFixed(2)} ×`;
    case 'ms':
      return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
    case 'KB':
      return `${value.toFixed(0)} KB`;
    case 'MB':
      return `${value.toFixed(0)} MB`;
    case 'GB':
      return `${value.toFixed(2)} GB`;
  }
}
