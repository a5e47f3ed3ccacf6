/** Tags as found, in rows: what a value is, in words, whatever was in the file. */
import type { Entity } from '../../../../shared/contract/holdings.ts';
import { formatBytes, formatCount, type Texts } from '../../../ui/index.ts';

type Tags = NonNullable<Entity['object']>['tags'];

export interface TagRow {
  readonly name: string;
  readonly value: string;
  /** Of bytes that are no text, such as those of a picture: of them the catalogue keeps the digest only. */
  readonly sha256?: string;
}

export interface TagGroup {
  /** ID3v2.4, vorbis, … */
  readonly kind: string;
  readonly rows: readonly TagRow[];
}

/** Enough to see what it is; a picture or a private frame of megabytes need not become text. */
const LONGEST = 20_000;
const DEEPEST = 4;

export function tagRows(tags: Tags, t: Texts): TagGroup[] {
  return Object.entries(tags)
    .filter(([, rows]) => rows.length > 0)
    .map(([kind, rows]) => ({
      kind,
      rows: rows.map(([name, value]) => {
        const members = membersOf(value);
        const digest = members?.['sha256'] ?? membersOf(members?.['identifier'])?.['sha256'];
        return {
          name: String(name),
          value: inWords(value, t, 0).slice(0, LONGEST),
          ...(typeof digest === 'string' ? { sha256: digest } : {}),
        };
      }),
    }));
}

function inWords(value: unknown, t: Texts, depth: number): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  if (depth > DEEPEST) return '';
  if (Array.isArray(value)) return listed(value.map((member) => inWords(member, t, depth + 1)));
  const members = membersOf(value);
  if (members === undefined) return '';
  const { bytes, format, owner_identifier: owner, identifier } = members;
  const given = membersOf(identifier)?.['bytes'];
  if (typeof owner === 'string' && typeof given === 'number')
    return t('tags.identifier', { owner, size: formatBytes(given) });
  if (typeof bytes !== 'number')
    return Object.entries(members)
      .map(([name, member]) => [name.replaceAll('_', ' '), inWords(member, t, depth + 1)])
      .filter(([, words]) => words !== '')
      .map((pair) => pair.join(': '))
      .join('; ');
  if (typeof format === 'string' && format.startsWith('image/')) return picture(members, format, bytes, t);
  return t('tags.bytes', { size: formatBytes(bytes) });
}

function picture(members: Members, format: string, bytes: number, t: Texts): string {
  const { type, description, width, height } = members;
  const isSized = typeof width === 'number' && typeof height === 'number' && width * height > 0;
  return listed([
    t('tags.picture', { format }),
    isSized ? t('tags.pixels', { width: formatCount(width), height: formatCount(height) }) : '',
    typeof type === 'string' ? type : '',
    typeof description === 'string' ? description : '',
    formatBytes(bytes),
  ]);
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : undefined;
}

function listed(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(', ');
}
