import type { DescriptionForm, EbuCoreRecord } from '../../core/ports/described-items.ts';
import { xmlAttribute, xmlComment, xmlText } from './xml.ts';

const EBUCORE = 'urn:ebu:metadata-schema:ebuCore_2017';
const DC = 'http://purl.org/dc/elements/1.1/';

/**
 * EBUCore 1.8 (EBU Tech 3293; namespace of 2017): a document describes one thing, so that items are the parts of what was handed out.
 */
export const ebuCore: DescriptionForm<EbuCoreRecord> = {
  extension: 'xml',
  head: (comment) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n${xmlComment(comment)}<ebuCoreMain xmlns="${EBUCORE}" xmlns:dc="${DC}" version="1.8">\n<coreMetadata>\n`,
  item: (record) => `<part partId="${record.id}">\n${coreOf(record)}</part>\n`,
  foot: '</coreMetadata>\n</ebuCoreMain>\n',
};

/** In the order of coreMetadataType. */
function coreOf(record: EbuCoreRecord): string {
  const dc = (element: string, name: string, values: readonly string[], attributes = ''): string =>
    values
      .map((value) => `<${element}${attributes}><dc:${name}>${xmlText(value)}</dc:${name}></${element}>\n`)
      .join('');
  return (
    dc('title', 'title', [record.title]) +
    dc('alternativeTitle', 'title', record.alternativeTitles) +
    people('creator', record.creators) +
    dc('subject', 'subject', record.subjects) +
    dc('description', 'description', record.descriptions) +
    people('contributor', record.contributors) +
    dc('date', 'date', record.dates) +
    typeOf(record) +
    formatsOf(record) +
    record.identifiers
      .map(([scheme, value]) =>
        dc('identifier', 'identifier', [value], ` formatLabel="${xmlAttribute(scheme)}"`),
      )
      .join('') +
    dc('language', 'language', record.languages) +
    dc('coverage', 'coverage', record.places) +
    dc('rights', 'rights', record.rights, ' typeLabel="rights basis"')
  );
}

function people(element: 'creator' | 'contributor', all: EbuCoreRecord['creators']): string {
  return all
    .map(
      ({ name, role }) =>
        `<${element}><contactDetails><name>${xmlText(name)}</name></contactDetails><role typeLabel="${xmlAttribute(role)}"/></${element}>\n`,
    )
    .join('');
}

function typeOf({ genres, duration }: EbuCoreRecord): string {
  const kind = `<dc:type>${duration === undefined ? 'Collection' : 'Sound'}</dc:type>`;
  return `<type>${kind}${genres.map((genre) => `<genre typeLabel="${xmlAttribute(genre)}"/>`).join('')}</type>\n`;
}

/** The duration stands with the first of its formats: it is that of the whole item. */
function formatsOf({ formats, duration }: EbuCoreRecord): string {
  return formats
    .map(
      ({ name, mime }, at) =>
        `<format formatName="${xmlAttribute(name)}">` +
        (mime === '' ? '' : `<dc:format>${xmlText(mime)}</dc:format>`) +
        (at === 0 && duration !== undefined
          ? `<duration><normalPlayTime>${duration}</normalPlayTime></duration>`
          : '') +
        '</format>\n',
    )
    .join('');
}
