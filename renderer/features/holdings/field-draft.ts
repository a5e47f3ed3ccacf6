/** A field while somebody writes it: as one text, as lines, or as people with their roles. */
import { DEFAULT_ROLE } from '../../../shared/domain/description/cells.ts';
import {
  FIELD_NAMES,
  fieldOf,
  takes,
  type Contributor,
  type DescribedEntity,
  type FieldKind,
  type FieldName,
  type FieldValue,
} from '../../../shared/domain/description/fields.ts';
import type { DescribedField } from '../../../shared/contract/description.ts';

export type SaidValue = NonNullable<DescribedField['value']>;

export type FieldDraft =
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'lines'; readonly text: string }
  | { readonly as: 'people'; readonly people: readonly Contributor[] };

const AS: Readonly<Record<FieldKind, FieldDraft['as']>> = {
  text: 'text',
  note: 'text',
  date: 'text',
  list: 'lines',
  languages: 'lines',
  identifiers: 'lines',
  contributors: 'people',
};

export function draftOf(name: FieldName, value: FieldValue | null): FieldDraft {
  switch (AS[fieldOf(name).kind]) {
    case 'people':
      return { as: 'people', people: value === null ? [] : peopleOf(value) };
    case 'lines':
      return { as: 'lines', text: value === null ? '' : linesOf(value).join('\n') };
    case 'text':
      return { as: 'text', text: value === null ? '' : linesOf(value).join('\n') };
  }
}

/** What would be written; null clears the field. Whether it can be is for the host to say. */
export function valueOfDraft(draft: FieldDraft): SaidValue | null {
  switch (draft.as) {
    case 'text':
      return draft.text.trim() === '' ? null : draft.text;
    case 'lines': {
      const lines = draft.text
        .split(/\r\n?|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
      return lines.length === 0 ? null : lines;
    }
    case 'people': {
      const people = draft.people
        .filter(({ name }) => name.trim() !== '')
        .map(({ name, role }) => ({ name: name.trim(), role: role.trim() || DEFAULT_ROLE }));
      return people.length === 0 ? null : people;
    }
  }
}

/** Each value on its own, as text. */
function linesOf(value: FieldValue): string[] {
  if (typeof value === 'string') return [value];
  return value.map((each) => (typeof each === 'string' ? each : each.name));
}

function peopleOf(value: FieldValue): Contributor[] {
  if (typeof value === 'string') return [{ name: value, role: DEFAULT_ROLE }];
  return value.map((each) => (typeof each === 'string' ? { name: each, role: DEFAULT_ROLE } : each));
}

export function isPeople(value: FieldValue): value is readonly Contributor[] {
  return typeof value !== 'string' && typeof value[0] === 'object';
}

/** Fields that this kind of thing takes and of which nothing is said yet. */
export function unsaid(entity: DescribedEntity, said: readonly { readonly field: FieldName }[]): FieldName[] {
  const there = new Set(said.map(({ field }) => field));
  return FIELD_NAMES.filter((name) => takes(entity, name) && !there.has(name));
}
