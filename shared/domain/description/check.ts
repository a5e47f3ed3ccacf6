/** Judges what people write into a field: the one form that is kept, or a sentence on what is wrong and what to do. */
import { checkDate } from './dates.ts';
import { DEFAULT_ROLE } from './cells.ts';
import { fieldOf, MOST_VALUES, takes } from './fields.ts';
import type { Contributor, DescribedEntity, Field, FieldName, FieldValue } from './fields.ts';
import { checkIdentifier } from './identifiers.ts';

export type Checked = { readonly value: FieldValue } | { readonly problem: string };

const MOST_ROLE = 100;
const SHOWN = 40;

/**
 * The value in the form in which it is kept: NFC, without spaces around it, without characters that only control a terminal;
 * line breaks in notes alone; each value of a list once.
 */
export function checkValue(entity: DescribedEntity, name: FieldName, said: FieldValue): Checked {
  const field = fieldOf(name);
  if (!takes(entity, name))
    return { problem: `${aOrAn(entity)} takes no ${name}; it belongs to ${listed(field.entities)}.` };
  if (field.kind === 'contributors') return contributors(field, said);
  if (field.kind === 'text' || field.kind === 'note' || field.kind === 'date') return single(field, said);
  return several(field, said);
}

function single(field: Field, said: FieldValue): Checked {
  if (typeof said !== 'string') return { problem: `${field.label} takes one text.` };
  const long = tooLong(field, said);
  if (long !== undefined) return long;
  const text = field.kind === 'note' ? tidyNote(said) : tidyLine(said);
  if (text === '') return empty(field);
  if (field.kind !== 'date') return { value: text };
  return judged(text, checkDate(text));
}

function several(field: Field, said: FieldValue): Checked {
  const values = typeof said === 'string' ? [said] : said;
  const many = tooMany(field, values);
  if (many !== undefined) return many;
  const kept = new Set<string>();
  for (const value of values) {
    if (typeof value !== 'string') return { problem: `${field.label} takes texts.` };
    const long = tooLong(field, value);
    if (long !== undefined) return long;
    const text = tidyLine(value);
    if (text === '') continue;
    const checked = checkOne(field, text);
    if ('problem' in checked) return judged(text, checked);
    kept.add(checked.value);
  }
  return kept.size === 0 ? empty(field) : { value: [...kept] };
}

function checkOne(field: Field, text: string): { value: string } | { problem: string } {
  if (field.kind === 'languages') return checkLanguage(text);
  return field.scheme === undefined ? { value: text } : checkIdentifier(field.scheme, text);
}

function contributors(field: Field, said: FieldValue): Checked {
  const values = typeof said === 'string' ? [said] : said;
  const many = tooMany(field, values);
  if (many !== undefined) return many;
  const kept = new Map<string, Contributor>();
  for (const value of values) {
    const given: Contributor = typeof value === 'string' ? { name: value, role: DEFAULT_ROLE } : value;
    const long = tooLong(field, given.name);
    if (long !== undefined) return long;
    const name = tidyLine(given.name);
    const role = tidyLine(given.role.slice(0, MOST_ROLE + 1)).toLowerCase() || DEFAULT_ROLE;
    if (name === '') continue;
    if (role.length > MOST_ROLE || /[()]/.test(role))
      return {
        problem: `The role of ${shown(name)} is no role: a word such as performer, without brackets, of at most ${MOST_ROLE} characters.`,
      };
    // Keys in their canonical order: the value is kept as canonical JSON.
    kept.set(`${name}\0${role}`, { name, role });
  }
  return kept.size === 0 ? empty(field) : { value: [...kept.values()] };
}

/**
 * BCP 47, in its canonical form: `deu` and `ger` become `de`, `zh-hant` becomes `zh-Hant`. Of two letters only what ISO 639-1
 * knows; of three any, since ISO 639-3 knows more languages than any table that comes with a runtime.
 */
function checkLanguage(text: string): { value: string } | { problem: string } {
  const problem = {
    problem:
      'is no language code. Write one of BCP 47 (ISO 639): de, eng, yue, zh-Hant; mul for several, zxx for none',
  };
  if (!/^[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*$/i.test(text)) return problem;
  try {
    const [tag] = Intl.getCanonicalLocales(text.replaceAll('_', '-'));
    const [primary] = tag?.split('-') ?? [];
    if (tag === undefined || primary === undefined) return problem;
    if (primary.length === 2 && LANGUAGES.of(primary) === undefined) return problem;
    return { value: tag };
  } catch {
    return problem;
  }
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

function tooLong({ label, most, kind }: Field, text: string): { problem: string } | undefined {
  if (text.length <= most) return undefined;
  const length = text.length.toLocaleString('en');
  const instead = kind === 'text' ? ' A long text belongs into content-note.' : '';
  return {
    problem: `${label}: ${length} characters are too many; ${most.toLocaleString('en')} is the most. Shorten it.${instead}`,
  };
}

function tooMany({ label }: Field, values: readonly unknown[]): { problem: string } | undefined {
  if (values.length <= MOST_VALUES) return undefined;
  return {
    problem: `${label}: ${values.length.toLocaleString('en')} values are too many; ${MOST_VALUES} is the most.`,
  };
}

function empty({ label }: Field): { problem: string } {
  return { problem: `${label} is empty. To take away what stands there, clear the field.` };
}

/** Completes a sentence that begins with what was written. */
function judged(text: string, checked: { value: string } | { problem: string }): Checked {
  return 'problem' in checked ? { problem: `${shown(text)} ${checked.problem}.` } : checked;
}

function shown(text: string): string {
  return `"${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}"`;
}

function aOrAn(entity: DescribedEntity): string {
  return entity === 'collection' || entity === 'part' ? `A ${entity}` : `An ${entity}`;
}

function listed(entities: readonly DescribedEntity[]): string {
  return entities
    .map((entity) => (entity === 'item' || entity === 'accession' ? `an ${entity}` : `a ${entity}`))
    .join(' or ');
}

const CONTROL = /[\p{Cc}\u2028\u2029\ufeff]+/gu;

function tidyLine(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(CONTROL, ' ').replace(/ {2,}/g, ' ').trim();
}

function tidyNote(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .split('\n')
    .map((line) => line.replace(CONTROL, ' ').trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
