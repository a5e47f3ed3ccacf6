/** A report before it is written as anything: sentences, charts, and a table of the same figures under each. */
import type { Chart } from './charts.ts';

/** A number stands for itself; `value` is what machines read where people read something else. */
export type Cell = string | number | { readonly text: string; readonly value: number | string };

export interface Column {
  readonly name: string;
  /** What the figures of machines are in, such as `bytes`; absent: as people read them. */
  readonly unit?: string;
  readonly isNumber?: boolean;
  /** A digest, a path or a command. */
  readonly isCode?: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that are recorded and not here; told under it. */
  readonly left?: number;
}

export interface Section {
  readonly heading: string;
  /** What is so, then how it is known, then what can be done. */
  readonly sentences: readonly string[];
  readonly chart?: Chart | undefined;
  readonly table?: Table | undefined;
  /** Commands, one a line, for whoever checks it. */
  readonly commands?: readonly string[];
  /** How the figures were come by. */
  readonly note?: string;
}

export interface ReportDocument {
  readonly title: string;
  /** The verdict, in one sentence or a few. */
  readonly lead: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly sections: readonly Section[];
  readonly head: { readonly events: number; readonly head: string };
}

/** For machines and tables. */
export function valueOf(cell: Cell): string {
  return String(typeof cell === 'object' ? cell.value : cell);
}

export function textOf(cell: Cell): string {
  if (typeof cell === 'number') return cell.toLocaleString('en');
  return typeof cell === 'string' ? cell : cell.text;
}
