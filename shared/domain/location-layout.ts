/** Names of what Holdfast keeps in a managed location, beside its bags. */
import { bagName } from './bag-path.ts';

/** The supplement of what belongs to no accession. No accession has this number, since every number has a digit. */
export const ARCHIVE_SUPPLEMENT = 'archive.json';

/** The file of an accession's supplement. */
export function supplementName(accession: { readonly id: number; readonly number: string }): string {
  return `${bagName({ ...accession, accrual: 1 })}.json`;
}

/** The file of a snapshot of the catalogue; its number is that of the newest event that it holds. */
export function snapshotName(eventSeq: number): string {
  return `catalogue-${eventSeq}.sqlite`;
}

/** The event of a snapshot by its name; undefined for the name of anything else. */
export function snapshotEvent(name: string): number | undefined {
  const match = /^catalogue-(0|[1-9]\d{0,14})\.sqlite$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}
