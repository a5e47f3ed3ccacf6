/**
 * Charts as inline SVG, drawn for paper: ink scale and hatching, every bar with its figure beside it, no colour that carries a
 * meaning alone. All text is escaped; nothing is loaded or run.
 */
import { markup } from './page.ts';

export type Chart =
  | { readonly kind: 'bars'; readonly title: string; readonly bars: readonly Bar[] }
  | {
      readonly kind: 'stack';
      readonly title: string;
      readonly rows: readonly StackRow[];
      readonly steps: readonly string[];
    }
  | {
      readonly kind: 'columns';
      readonly title: string;
      readonly columns: readonly Columns[];
      readonly series: readonly string[];
    }
  | {
      readonly kind: 'days';
      readonly title: string;
      readonly days: readonly Day[];
      readonly first: string;
      readonly last: string;
    };

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

export interface StackRow {
  readonly label: string;
  /** One for each step. */
  readonly values: readonly number[];
  readonly text: string;
}

export interface Columns {
  readonly label: string;
  /** One for each series; two at most. */
  readonly values: readonly number[];
}

export interface Day {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly value: number;
  /** Something was found on it: a notch, whatever the ink. */
  readonly notch: boolean;
}

const WIDTH = 720;
const INK = '#1D2530';
const LINE = '#C9C2B3';
const MUTED = '#5C6670';
/** From paper to ink; told apart in grey and, by the strokes, in a bad copy too. */
const STEPS = ['none', 'dots', 'hatch', 'dense', 'solid'] as const;

export function chartSvg(chart: Chart, id: string): string {
  switch (chart.kind) {
    case 'bars':
      return bars(chart);
    case 'stack':
      return stack(chart, id);
    case 'columns':
      return columns(chart, id);
    case 'days':
      return days(chart);
  }
}

function svg(height: number, title: string, inner: string): string {
  return `<svg viewBox="0 0 ${String(WIDTH)} ${fixed(height)}" width="${String(WIDTH)}" height="${fixed(height)}" role="img" aria-label="${markup(title)}">${inner}</svg>\n`;
}

const LABEL = 210;
const ROW = 24;

function bars({ title, bars: rows }: Extract<Chart, { kind: 'bars' }>): string {
  const most = Math.max(...rows.map(({ value }) => value), 0);
  const room = WIDTH - LABEL - 130;
  const inner = rows.map(({ label, value, text: said }, i) => {
    const width = most === 0 ? 0 : (value / most) * room;
    return (
      text(LABEL - 10, i * ROW + 16, cut(label, 32), 'end') +
      rect(LABEL, i * ROW + 5, Math.max(width, value > 0 ? 1 : 0), 14, INK) +
      text(LABEL + width + 8, i * ROW + 16, said)
    );
  });
  return svg(rows.length * ROW + 4, title, axis(LABEL, 0, rows.length * ROW + 2) + inner.join(''));
}

function stack({ title, rows, steps }: Extract<Chart, { kind: 'stack' }>, id: string): string {
  const room = WIDTH - LABEL - 130;
  const most = Math.max(...rows.map(({ values }) => sum(values)), 0);
  const inner = rows.map(({ label, values, text: said }, i) => {
    let x = LABEL;
    const parts = values.map((value, step) => {
      const width = most === 0 ? 0 : (value / most) * room;
      const part =
        width === 0 ? '' : rect(x, i * ROW + 4, Math.max(width, 1), 16, fill(step, steps.length, id), INK);
      x += width;
      return part;
    });
    return (
      text(LABEL - 10, i * ROW + 16, cut(label, 32), 'end') + parts.join('') + text(x + 8, i * ROW + 16, said)
    );
  });
  const below = rows.length * ROW + 12;
  const key = legend(steps, below, id, steps.length);
  return svg(below + key.height, title, defs(id) + inner.join('') + key.inner);
}

function columns({ title, columns: all, series }: Extract<Chart, { kind: 'columns' }>, id: string): string {
  const most = Math.max(...all.flatMap(({ values }) => values), 0);
  const height = 130;
  const slot = Math.min((WIDTH - 20) / Math.max(all.length, 1), 60);
  const wide = Math.min(slot * 0.7, 36) / Math.max(series.length, 1);
  const inner = all.map(({ label, values }, i) => {
    const middle = 10 + slot * (i + 0.5);
    const drawn = values.map((value, s) => {
      const tall = most === 0 ? 0 : (value / most) * height;
      const x = middle + (s - values.length / 2) * wide;
      return (
        rect(
          x,
          16 + height - Math.max(tall, value > 0 ? 1 : 0),
          wide,
          Math.max(tall, value > 0 ? 1 : 0),
          s === 0 ? INK : `url(#${id}-hatch)`,
          INK,
        ) +
        (value > 0 ? text(x + wide / 2, 12 + height - tall, value.toLocaleString('en'), 'middle', 10) : '')
      );
    });
    return drawn.join('') + text(middle, height + 31, label, 'middle', 10);
  });
  const base = `<line x1="10" x2="${fixed(10 + slot * all.length)}" y1="${String(16 + height)}" y2="${String(16 + height)}" stroke="${LINE}"/>`;
  const key = series.length < 2 ? { inner: '', height: 0 } : legend(series, height + 44, id, 2, true);
  return svg(height + 40 + key.height, title, defs(id) + base + inner.join('') + key.inner);
}

/** A line a month, a square a day: the more that was checked, the more ink. */
function days({ title, days: all, first, last }: Extract<Chart, { kind: 'days' }>): string {
  const byDay = new Map(all.map((each) => [each.day, each]));
  const most = Math.max(...all.map(({ value }) => value), 0);
  const months = monthsBetween(first, last);
  const inner = months.map((month, i) => {
    const y = i * 20;
    const squares = Array.from({ length: daysIn(month) }, (_, d) => {
      const name = `${month}-${String(d + 1).padStart(2, '0')}`;
      const x = 80 + d * 20;
      if (name < first || name > last) return '';
      const found = byDay.get(name);
      const side = found === undefined || most === 0 ? 0 : 4 + 12 * Math.sqrt(found.value / most);
      return (
        rect(x, y + 2, 16, 16, 'none', LINE) +
        (side === 0 ? '' : rect(x + 8 - side / 2, y + 10 - side / 2, side, side, INK)) +
        (found?.notch === true
          ? `<path d="M${fixed(x + 9)} ${fixed(y)}h9v9z" fill="#FFFFFF" stroke="${INK}" stroke-width="1.2"/>`
          : '')
      );
    });
    return text(70, y + 15, month, 'end', 11) + squares.join('');
  });
  const foot = months.length * 20 + 18;
  const numbers = [1, 5, 10, 15, 20, 25, 31].map((d) =>
    text(88 + (d - 1) * 20, foot - 4, String(d), 'middle', 10),
  );
  return svg(foot + 4, title, inner.join('') + numbers.join(''));
}

function legend(
  names: readonly string[],
  y: number,
  id: string,
  of: number,
  isSeries = false,
): { inner: string; height: number } {
  let x = isSeries ? 10 : 0;
  let line = y;
  const inner = names.map((name, i) => {
    const wide = 34 + name.length * 7;
    if (x + wide > WIDTH) [x, line] = [0, line + 20];
    const box =
      rect(x, line, 14, 14, isSeries ? (i === 0 ? INK : `url(#${id}-hatch)`) : fill(i, of, id), INK) +
      text(x + 20, line + 11, name);
    x += wide;
    return box;
  });
  return { inner: inner.join(''), height: line - y + 20 };
}

/** Of so many steps, spread over the scale from paper to ink. */
function fill(step: number, of: number, id: string): string {
  const at = of < 2 ? STEPS.length - 1 : Math.round((step / (of - 1)) * (STEPS.length - 1));
  const name = STEPS[at] ?? 'solid';
  if (name === 'none') return '#FFFFFF';
  return name === 'solid' ? INK : `url(#${id}-${name})`;
}

function defs(id: string): string {
  const pattern = (name: string, side: number, inner: string): string =>
    `<pattern id="${id}-${name}" width="${String(side)}" height="${String(side)}" patternUnits="userSpaceOnUse"><rect width="${String(side)}" height="${String(side)}" fill="#FFFFFF"/>${inner}</pattern>`;
  return (
    '<defs>' +
    pattern('dots', 5, `<circle cx="2.5" cy="2.5" r="0.8" fill="${INK}"/>`) +
    pattern('hatch', 5, `<path d="M0 5L5 0M-1 1L1 -1M4 6L6 4" stroke="${INK}" stroke-width="1"/>`) +
    pattern('dense', 4, `<path d="M0 4L4 0M-1 1L1 -1M3 5L5 3" stroke="${INK}" stroke-width="1.8"/>`) +
    '</defs>'
  );
}

function axis(x: number, from: number, to: number): string {
  return `<line x1="${String(x)}" x2="${String(x)}" y1="${String(from)}" y2="${String(to)}" stroke="${LINE}"/>`;
}

function rect(x: number, y: number, width: number, height: number, colour: string, stroke?: string): string {
  const edge = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="0.8"`;
  return `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}" fill="${colour}"${edge}/>`;
}

function text(
  x: number,
  y: number,
  said: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
  points = 12,
): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" font-size="${String(points)}" text-anchor="${anchor}" fill="${points < 12 ? MUTED : INK}">${markup(said)}</text>`;
}

/** The whole name stands in the table below. */
function cut(label: string, most: number): string {
  const letters = [...label];
  return letters.length <= most ? label : `${letters.slice(0, most - 1).join('')}…`;
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (
    const at = new Date(`${first.slice(0, 7)}-01T00:00:00Z`);
    at.toISOString().slice(0, 7) <= last.slice(0, 7);
    at.setUTCMonth(at.getUTCMonth() + 1)
  )
    months.push(at.toISOString().slice(0, 7));
  return months;
}

function daysIn(month: string): number {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}
