/** A report as one HTML page, and as one table for machines. Everything from outside is escaped or neutralised. */
import { toCell } from '../../../shared/domain/description/cells.ts';
import { chartSvg } from './charts.ts';
import { textOf, valueOf, type ReportDocument, type Section, type Table } from './document.ts';
import { markup, PAGE_FOOT, pageHead } from './page.ts';

const STYLE = `
  svg { display: block; max-width: 100%; height: auto; margin: 12px 0 20px; font-family: inherit; break-inside: avoid; }
  .lead { font: 400 18px/1.5 "Source Serif 4", Georgia, "Times New Roman", serif; }
  .note { color: #5C6670; font-size: 13px; }
  pre { font: 12px/1.5 "JetBrains Mono", "IBM Plex Mono", ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; border-left: 2px solid #C9C2B3; padding-left: 12px; }
  th { overflow-wrap: normal; vertical-align: bottom; }
  th.size { padding-left: 12px; white-space: normal; }
  .size + :not(.size) { padding-left: 20px; }
  @page { size: A4; margin: 18mm 16mm; }
  @media print {
    body { color: #000; }
    h2 { break-after: avoid; }
    .muted, .note, dt, th { color: #333; }
    p { orphans: 3; widows: 3; }
  }
`;

/** A page is for people: the rest of a longer table stands beside it. */
const SHOWN = 200;

export function* reportHtml(report: ReportDocument, archive: string): Generator<string> {
  yield pageHead(report.title, STYLE);
  yield `<p class="muted">${markup(archive)}</p>
<h1>${markup(report.title)}</h1>
${report.lead.map((sentence) => `<p class="lead">${markup(sentence)}</p>`).join('\n')}
<dl>
${report.facts.map(([name, value]) => `<dt>${markup(name)}</dt><dd>${markup(value)}</dd>`).join('\n')}
</dl>
`;
  for (const [number, section] of report.sections.entries()) yield sectionHtml(section, `c${String(number)}`);
  yield PAGE_FOOT;
}

function sectionHtml({ heading, sentences, chart, table, commands, note }: Section, id: string): string {
  return [
    '<section>\n',
    `<h2>${markup(heading)}</h2>\n`,
    ...sentences.map((sentence) => `<p>${markup(sentence)}</p>\n`),
    chart === undefined ? '' : chartSvg(chart, id),
    table === undefined || table.rows.length === 0 ? '' : tableHtml(table),
    commands === undefined ? '' : `<pre>${commands.map(markup).join('\n')}</pre>\n`,
    note === undefined ? '' : `<p class="note">${markup(note)}</p>\n`,
    '</section>\n',
  ].join('');
}

function tableHtml({ columns, rows, left = 0 }: Table): string {
  const classOf = (isNumber: boolean | undefined): string => (isNumber === true ? ' class="size"' : '');
  const head = columns.map(
    ({ name, isNumber }) => `<th scope="col"${classOf(isNumber)}>${markup(name)}</th>`,
  );
  const body = rows.slice(0, SHOWN).map((row) => {
    const cells = row.map((cell, i) => {
      const { isNumber, isCode } = columns[i] ?? {};
      const said = markup(textOf(cell));
      return `<td${classOf(isNumber)}>${isCode === true ? `<code>${said}</code>` : said}</td>`;
    });
    return `<tr>${cells.join('')}</tr>\n`;
  });
  const number = (value: number): string => value.toLocaleString('en');
  const more =
    (rows.length <= SHOWN
      ? ''
      : `<p class="note">The first ${number(SHOWN)} of ${number(rows.length)}: all are in the table beside this page.</p>\n`) +
    (left === 0 ? '' : `<p class="note">${number(left)} more are recorded, and not listed here.</p>\n`);
  return `<table>\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${body.join('')}</tbody>\n</table>\n${more}`;
}

/**
 * One figure a line: section, row, name of the figure, figure, unit. RFC 4180 in UTF-8 with a byte order mark, by which spreadsheets
 * know it; a cell that a spreadsheet would calculate begins with an apostrophe.
 */
export function* reportCsv(report: ReportDocument): Generator<string> {
  yield `\ufeff${line(['section', 'row', 'figure', 'value', 'unit'])}`;
  for (const [name, value] of report.facts) yield line(['Report', '', name, value, '']);
  for (const { heading, table } of report.sections)
    for (const row of table?.rows ?? []) {
      const [first, ...others] = row;
      const name = first === undefined ? '' : valueOf(first);
      if (others.length === 0) yield line([heading, name, '', '', '']);
      for (const [i, cell] of others.entries()) {
        const column = table?.columns[i + 1];
        yield line([heading, name, column?.name ?? '', valueOf(cell), column?.unit ?? '']);
      }
    }
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${toCell(cell.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/gu, ' ')).replaceAll('"', '""')}"`).join(',')}\r\n`;
}
