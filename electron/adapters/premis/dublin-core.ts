import { printValue, toCell } from '../../../shared/domain/description/cells.ts';
import { DUBLIN_CORE, type DescriptionForm, type DublinCore } from '../../core/ports/described-items.ts';
import { xmlComment, xmlText } from './xml.ts';

const OAI_DC = 'http://www.openarchives.org/OAI/2.0/oai_dc/';
const DC = 'http://purl.org/dc/elements/1.1/';

/** Simple Dublin Core, an `oai_dc:dc` for each item; what holds them together is of no namespace. */
export const dublinCoreXml: DescriptionForm<DublinCore> = {
  extension: 'xml',
  head: (comment) => `<?xml version="1.0" encoding="UTF-8"?>\n${xmlComment(comment)}<records>\n`,
  item: dublinCoreElement,
  foot: '</records>\n',
};

/** One record on its own. */
export function dublinCoreElement(record: DublinCore): string {
  const elements = DUBLIN_CORE.flatMap((name) =>
    (record[name] ?? []).map((value) => `<dc:${name}>${xmlText(value)}</dc:${name}>\n`),
  );
  return `<oai_dc:dc xmlns:oai_dc="${OAI_DC}" xmlns:dc="${DC}">\n${elements.join('')}</oai_dc:dc>\n`;
}

/**
 * A table with a column for each element (RFC 4180, UTF-8 with a byte order mark). Several values are parted by semicolons as in our
 * other tables, and no cell runs in a spreadsheet.
 */
export const dublinCoreCsv: DescriptionForm<DublinCore> = {
  extension: 'csv',
  head: () => `\ufeff${line(DUBLIN_CORE)}`,
  item: (record) => line(DUBLIN_CORE.map((name) => toCell(printValue(record[name] ?? [])))),
  foot: '',
};

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
