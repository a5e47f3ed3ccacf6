import { displayPath, joinRaw } from '../../../shared/domain/path.ts';
import type { DeletionState } from '../../../shared/domain/letting-go.ts';
import { count, moment } from '../intake/receipt-facts.ts';
import type { CustodyPlace, DeletionRecord, RemovedCopy } from '../ports/custody.ts';

/** What a certificate tells, whatever it is written as. The copies are streamed: there may be a million. */
export interface CertificateFacts {
  readonly record: DeletionRecord;
  readonly copies: () => AsyncIterable<RemovedCopy>;
}

/** What became of a place, for people. */
export const STATE_WORDS: Readonly<Record<DeletionState, string>> = {
  deleted: 'removed',
  absent: 'was not there',
  left: 'left',
  pending: 'pending',
  removing: 'begun, pending',
  refused: 'not removed',
};

export function titleOf({ accession, closedAt }: DeletionRecord): string {
  return closedAt === undefined
    ? `Deletion of accession ${accession.number}, not complete`
    : `Certificate of deletion of accession ${accession.number}`;
}

export function summaryOf({ places, closedAt }: DeletionRecord): string {
  const removed = places.filter(({ state }) => state === 'deleted');
  const files = removed.reduce((sum, place) => sum + place.files, 0);
  const bytes = removed.reduce((sum, place) => sum + place.bytes, 0);
  const what =
    files === 0
      ? 'No copy was removed.'
      : `${count(files)} ${files === 1 ? 'copy' : 'copies'} (${count(bytes)} bytes) were removed from the archive's managed locations.`;
  const left = places.some(({ state }) => state === 'left')
    ? " Copies in places that are not the archive's to change were left as they are; custody of them has ended."
    : '';
  return `${what}${left}${closedAt === undefined ? ' Places that could not be dealt with are named below; the deletion is taken up again there.' : ''}`;
}

export function factsOf(record: DeletionRecord): readonly (readonly [string, string])[] {
  const { accession, archive, deaccession, event } = record;
  return [
    ['Archive', `${archive.name} (${archive.id})`],
    ['Accession', `${accession.number}: ${accession.title}`],
    ['Custody ended', `${moment(deaccession.at)} by ${deaccession.agent} (${deaccession.event})`],
    ['Reason', deaccession.reason],
    ['Authority', deaccession.authority],
    ['Deletion begun', moment(record.openedAt)],
    ['Reason of the deletion', record.reason],
    ['Agents', `${record.agent} and ${record.secondAgent}`],
    ['Deletion complete', record.closedAt === undefined ? 'not yet' : moment(record.closedAt)],
    ...(event === undefined ? [] : [['Event', `${event.id}, ${moment(event.at)}`] as const]),
  ];
}

export function pathOf({ locationRoot, bag }: CustodyPlace): string {
  return displayPath(bag === undefined ? locationRoot : joinRaw(locationRoot, bag.path));
}

export const DIGESTS_EXPLANATION =
  'SHA-256 of each copy that was removed, as it was recorded when the archive took it into custody. The digests stay in the catalogue.';

export const HEAD_EXPLANATION =
  'The archive keeps a chained, signed log of its acts, this one among them. A log in which an act up to this certificate was ' +
  'changed or left out can no longer have this value.';
