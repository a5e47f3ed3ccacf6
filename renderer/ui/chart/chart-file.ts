/** A chart as files for other programs: its table as text and CSV, its bars as SVG in ink on paper, with the summary that is spoken. */

export interface ChartRow {
  readonly name: string;
  /** What the bar is drawn by. */
  readonly value: number;
  /** The cells after the name, as `columns` names them. */
  readonly cells: readonly (string | number)[];
}

export interface Chart {
  /** The question that it answers. */
  readonly title: string;
  /** What it says, in a sentence. */
  readonly summary: string;
  /** The name's column first. */
  readonly columns: readonly string[];
  readonly rows: readonly ChartRow[];
}

const BAR = 16;
const STEP = 40;
const WIDTH = 720;
const MARGIN = 24;
const HEAD = 72;

export function chartText({ columns, rows }: Chart): string {
  return [columns, ...rows.map(cellsOf)].map((line) => line.map(String).join('\t')).join('\n');
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is kept a text. */
export function chartCsv({ columns, rows }: Chart): string {
  return [columns, ...rows.map(cellsOf)].map((line) => line.map(csvCell).join(',') + '\r\n').join('');
}

export function chartSvg({ title, summary, rows }: Chart): string {
  const most = Math.max(0, ...rows.map(({ value }) => value));
  const height = HEAD + rows.length * STEP + MARGIN;
  const bars = rows.map(({ name, value, cells }, at) => {
    const y = HEAD + at * STEP;
    const width = most > 0 ? Math.max(1, (value / most) * (WIDTH - 2 * MARGIN)) : 0;
    return [
      `<text x="${MARGIN}" y="${y}">${escape(name)}</text>`,
      `<text x="${WIDTH - MARGIN}" y="${y}" text-anchor="end" fill="#5C6670">${escape(cells.join(' · '))}</text>`,
      `<rect x="${MARGIN}" y="${y + 6}" width="${width.toFixed(1)}" height="${BAR - 4}" fill="#1D2530"/>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t d" font-family="Inter, system-ui, sans-serif" font-size="13" fill="#1D2530">`,
    `<title id="t">${escape(title)}</title><desc id="d">${escape(summary)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="#FAF8F3"/>`,
    `<text x="${MARGIN}" y="36" font-size="18" font-family="'Source Serif 4', Georgia, serif">${escape(title)}</text>`,
    ...bars,
    '</svg>\n',
  ].join('\n');
}

/** A name for its file, from its title. */
export function chartName({ title }: Chart, ending: string): string {
  const words = title
    .toLocaleLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return `${words === '' ? 'chart' : words}.${ending}`;
}

function cellsOf({ name, cells }: ChartRow): readonly (string | number)[] {
  return [name, ...cells];
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Names come from files: nothing of them becomes a part of the drawing. XML has no place for controls. */
function escape(text: string): string {
  return text
    .replaceAll(
      /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
      '\uFFFD',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
