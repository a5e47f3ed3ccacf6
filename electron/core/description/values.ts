import { DEFAULT_ROLE, printValue } from '../../../shared/domain/description/cells.ts';
import { checkValue } from '../../../shared/domain/description/check.ts';
import type { DescribedEntity, FieldName, FieldValue } from '../../../shared/domain/description/fields.ts';
import type { DescriptionChange } from '../../../shared/contract/description.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { Describable, FileWords, Standing, StandingValue } from '../ports/describing.ts';

/** A value as the contract carries it. */
type Carried = DescriptionChange['from'];

/** How a field that was cleared, or never written, is kept. */
export const NONE = 'null';

/**
 * A value as it is kept: its canonical JSON (RFC 8785), which for texts and lists of them is what JSON.stringify writes; those who
 * contribute have their keys in order already.
 */
export function keep(value: FieldValue | null): string {
  return JSON.stringify(value);
}

export function kept(json: string): Carried {
  return JSON.parse(json) as Carried;
}

/** The value as it is kept, or what is wrong with it; null clears. */
export function judge(
  entity: DescribedEntity,
  field: FieldName,
  value: FieldValue | null,
): { readonly kept: string } | { readonly problem: string } {
  if (value === null) return { kept: NONE };
  const checked = checkValue(entity, field, value);
  return 'problem' in checked ? checked : { kept: keep(checked.value) };
}

export function standingOf(of: Standing, field: FieldName): StandingValue {
  return of.values.find((each) => each.field === field) ?? { field, value: NONE, version: 0 };
}

/** What lists show: what was written or, where nothing was, what the file says. */
export function shownOf(of: Standing, field: FieldName): FieldValue | null {
  const written = kept(standingOf(of, field).value);
  if (written !== null || of.file === undefined) return written;
  return saidBy(of.file, field);
}

function saidBy(file: FileWords, field: FieldName): FieldValue | null {
  if (field === 'title') return file.title || null;
  if (field === 'date') return file.date || null;
  return field === 'contributor' && file.creator !== '' ? [{ name: file.creator, role: DEFAULT_ROLE }] : null;
}

export function changeOf(
  of: Describable,
  field: FieldName,
  from: string,
  to: string,
  row?: number,
): DescriptionChange {
  return {
    id: publicId(of.entity, of.id),
    field,
    from: kept(from),
    to: kept(to),
    ...(row !== undefined && { row }),
  };
}

/** A value in a sentence. */
export function shortened(text: string, most = 60): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

export function shortValue(json: string): string {
  return shortened(printValue(kept(json)));
}
