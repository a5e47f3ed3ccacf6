import type { Holding } from '../../../shared/contract/holdings.ts';
import type { Texts } from '../../ui/index.ts';

/** Rows for a spreadsheet or a mail: a line each, its fields between tabs, what they are above them. */
export function rowsAsText(rows: readonly Holding[], t: Texts): string {
  const fields: readonly (readonly [string, (row: Holding) => string])[] = [
    [t('column.title'), ({ title }) => title],
    [t('column.artist'), ({ artist }) => artist],
    [t('column.album'), ({ album }) => album],
    [t('column.accession'), ({ accession }) => accession],
    [t('column.format'), ({ format }) => format],
    [t('column.path'), ({ path }) => path.display],
    [t('asText.bytes'), ({ size }) => String(size)],
    [t('asText.digest'), ({ sha256 }) => sha256],
  ];
  const lines = [fields.map(([name]) => name), ...rows.map((row) => fields.map(([, of]) => plain(of(row))))];
  return lines.map((line) => line.join('\t')).join('\n');
}

/** Paths as other programs take them: a line each, and as RFC 8089 addresses. What is not UTF-8 cannot be said as text and is left out. */
export function rowsAsPaths(rows: readonly Holding[]): { readonly text: string; readonly uris: string } {
  const paths = [
    ...new Set(
      rows.flatMap(({ path }) => (path.display === '' || path.bytes !== undefined ? [] : [path.display])),
    ),
  ];
  return {
    text: paths.join('\n'),
    uris: paths.map((path) => `${fileUri(path)}\r\n`).join(''),
  };
}

function fileUri(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const encoded = slashed.split('/').map(encodeURIComponent).join('/');
  return `file://${slashed.startsWith('/') ? '' : '/'}${encoded}`;
}

/** A field is one cell: what would part it is a blank. */
function plain(text: string): string {
  return text.replaceAll(/[\t\r\n]+/g, ' ');
}
