import {
  fieldOf,
  FIELD_NAMES,
  type Contributor,
  type FieldName,
} from '../../../shared/domain/description/fields.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { DescribedItem, DublinCore, EbuCoreRecord } from '../ports/described-items.ts';

/** Who made a work, as Dublin Core sees it; whoever took part otherwise is a contributor. */
const CREATORS: ReadonlySet<string> = new Set(['creator', 'composer', 'author', 'lyricist', 'librettist']);

/** Of what an item is made, as the type vocabulary of DCMI calls it. */
const SOUND = 'Sound';
const OTHER = 'Collection';

/** An item by the fifteen elements of Dublin Core. @param archive its name and id, without which an id means nothing */
export function dublinCoreOf(
  item: DescribedItem,
  archive: { readonly name: string; readonly id: string },
): DublinCore {
  const record = ebuCoreOf(item, archive);
  const roles = ({ name, role }: Contributor): string => (role === 'creator' ? name : `${name} (${role})`);
  return {
    title: [record.title, ...record.alternativeTitles],
    creator: record.creators.map(roles),
    subject: [...record.subjects, ...record.genres],
    description: record.descriptions,
    contributor: record.contributors.map(roles),
    date: record.dates,
    type: [record.duration === undefined ? OTHER : SOUND],
    format: [
      ...new Set(record.formats.map(({ mime, name }) => (mime === '' ? name : mime))),
      `${record.bytes} bytes`,
      ...(record.duration === undefined ? [] : [record.duration]),
    ],
    identifier: record.identifiers.map(([scheme, value]) => `${scheme}: ${value}`),
    language: record.languages,
    relation: [
      `is part of: accession ${item.accession}`,
      ...(item.collection === '' ? [] : [`is part of: collection ${item.collection}`]),
    ],
    coverage: record.places,
    rights: record.rights.map((basis) => `rights basis: ${basis}`),
  };
}

/** The same with what EBUCore tells apart. */
export function ebuCoreOf(item: DescribedItem, archive: { readonly id: string }): EbuCoreRecord {
  const contributors = item.fields.flatMap(({ field, value }) =>
    field === 'contributor' ? (value as readonly Contributor[]) : [],
  );
  const textsOf = (name: FieldName): string[] =>
    item.fields.flatMap(({ field, value }) =>
      field !== name ? [] : typeof value === 'string' ? [value] : (value as readonly string[]),
    );
  const [title = publicId('item', item.id)] = textsOf('title');
  return {
    id: publicId('item', item.id),
    title,
    alternativeTitles: textsOf('alternative-title'),
    creators: contributors.filter(({ role }) => CREATORS.has(role)),
    contributors: contributors.filter(({ role }) => !CREATORS.has(role)),
    subjects: textsOf('subject'),
    genres: textsOf('genre'),
    descriptions: textsOf('content-note'),
    dates: textsOf('date'),
    places: textsOf('place'),
    languages: textsOf('language'),
    identifiers: [
      [`Holdfast archive ${archive.id}`, publicId('item', item.id)],
      ...FIELD_NAMES.flatMap((name) => {
        const { scheme } = fieldOf(name);
        return scheme === undefined ? [] : textsOf(name).map((value) => [scheme, value] as const);
      }),
    ],
    formats: item.formats,
    bytes: item.bytes,
    ...(item.durationMs > 0 && { duration: durationOf(item.durationMs) }),
    rights: item.rights,
  };
}

/** ISO 8601, in seconds with three places at most. */
function durationOf(ms: number): string {
  const seconds = ms / 1000;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = Number((seconds % 60).toFixed(3));
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${rest}S`;
}
