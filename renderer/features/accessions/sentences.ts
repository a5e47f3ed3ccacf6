/** What these screens say in whole sentences, from what is so. Pure: words and formats are handed in. */
import type { AccessionResult, SurveyResult } from '../../../shared/contract/accession.ts';
import type { JobProgress } from '../../../shared/contract/jobs.ts';
import type { Reachability } from '../../../shared/contract/locations.ts';
import { IN_PLACE, acquiredOf, gapsOf, sourceOf, type Draft } from './draft.ts';
import type { Gap } from './search.ts';

export type Tell = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface Formats {
  readonly count: (value: number) => string;
  readonly bytes: (value: number) => string;
  readonly hours: (value: number) => string;
  /** Words of a person, made safe to stand in a sentence. */
  readonly words: (text: string) => string;
}

/** What stands in the folders, the first sentence of a survey. */
export function surveyVerdict(result: SurveyResult, t: Tell, format: Formats): string {
  if (result.files === 0) return t('survey.nothing');
  const values = {
    count: result.files,
    files: format.count(result.files),
    bytes: format.bytes(result.bytes),
    hours: format.hours(result.hours),
  };
  return result.hours > 0 ? t('survey.foundSound', values) : t('survey.found', values);
}

/** What else a survey has to tell, the gravest first. */
export function surveySentences(result: SurveyResult, t: Tell, format: Formats): string[] {
  const { refusedTotal, problemsTotal, duplicates, leftOutTotal, advisoriesTotal } = result;
  const tell = (count: number, key: string, more: Record<string, string> = {}): string[] =>
    count === 0 ? [] : [t(key, { count, number: format.count(count), ...more })];
  return [
    ...tell(refusedTotal, 'survey.refused'),
    ...tell(problemsTotal, 'survey.problems'),
    ...tell(duplicates.files, 'survey.duplicates', { bytes: format.bytes(duplicates.bytes) }),
    ...tell(duplicates.alreadyHeld, 'survey.alreadyHeld'),
    ...tell(leftOutTotal, 'survey.leftOut'),
    ...tell(advisoriesTotal, 'survey.advisories'),
  ];
}

/** What was done, once the act is over. */
export function resultSentences(result: AccessionResult, t: Tell, format: Formats): string[] {
  const { files, objects, items, alreadyHeld, leftOut, accession, bag, receivedBags = [] } = result;
  const tell = (count: number, key: string, more: Record<string, string | number> = {}): string[] =>
    count === 0 ? [] : [t(key, { count, number: format.count(count), ...more })];
  if (files === 0) {
    if (alreadyHeld === 0) return [t('done.nothing'), ...tell(leftOut, 'done.leftOut')];
    return [...tell(alreadyHeld, 'done.nothingNew', { accession: accession.number })];
  }
  const taken = t(bag === undefined ? 'done.takenInPlace' : 'done.takenByCopying', {
    count: files,
    files: format.count(files),
    bytes: format.bytes(result.bytes),
  });
  return [
    accession.accrual > 1 ? `${taken} ${t('done.accrual', { accrual: accession.accrual })}` : taken,
    t('done.items', { count: items, items: format.count(items), objects: format.count(objects) }),
    t(bag === undefined ? 'done.untouched' : 'done.readBack'),
    ...receivedBags.flatMap(({ agreeing, differing, by, on }) => [
      ...tell(agreeing, 'done.bagAgreeing', { by: format.words(by), on }),
      ...tell(differing, 'done.bagDiffering', { by: format.words(by), on }),
    ]),
    ...tell(alreadyHeld, 'done.alreadyHeld'),
    ...tell(leftOut, 'done.leftOut'),
  ];
}

/** Names of gaps in a sentence: "from whom it came, and how and when it was acquired". */
export function gapWords(gaps: readonly Gap[], t: Tell): string {
  const words = gaps.map((gap) => t(`gap.${gap}`));
  if (words.length < 2) return words.join('');
  return t('gap.list', { first: words.slice(0, -1).join(', '), last: words.at(-1) ?? '' });
}

export interface ReviewFacts {
  readonly folders: string;
  /** Absent where nothing was surveyed. */
  readonly survey: SurveyResult | undefined;
  /** Absent for what stays in place. */
  readonly location: string | undefined;
}

/** The act in one paragraph, before it begins. */
export function reviewParagraph(draft: Draft, facts: ReviewFacts, t: Tell, format: Formats): string {
  const { location } = facts;
  const size = reviewedSize(draft, facts, t, format);
  const title = t('review.title', { title: format.words(draft.title.trim()) });
  const collection = draft.collection.trim();
  const place =
    draft.place === IN_PLACE || location === undefined
      ? t('review.inPlace')
      : t('review.copied', { location: format.words(location) });
  const basis = draft.rightsBasis;
  const rights =
    basis === '' || basis === 'unknown' ? [] : [t('review.rights', { basis: t(`basis.${basis}`) })];
  const [from, how] = [sourceOf(draft), acquiredOf(draft)];
  const source = from === '' ? [] : [t('review.source', { source: format.words(from) })];
  const acquired = how === '' ? [] : [t('review.acquired', { acquired: format.words(how) })];
  const gaps = gapsOf(draft);
  return [
    size,
    title,
    ...(collection === '' ? [] : [t('review.collection', { collection: format.words(collection) })]),
    place,
    ...rights,
    ...source,
    ...acquired,
    ...(gaps.length === 0 ? [] : [t('review.gaps', { gaps: gapWords(gaps, t) })]),
  ].join(' ');
}

/** How much will be taken. What is protected is refused, save where a statute is the basis; its bytes are not known apart. */
function reviewedSize(draft: Draft, { survey, folders }: ReviewFacts, t: Tell, format: Formats): string {
  if (survey === undefined) return t('review.unsurveyed', { folders });
  const { files, bytes, refusedTotal } = survey;
  const isRefused = refusedTotal > 0 && draft.rightsBasis !== 'statute';
  return isRefused
    ? t('review.surveyedRefused', {
        count: files - refusedTotal,
        files: format.count(files - refusedTotal),
        total: format.count(files),
        refused: format.count(refusedTotal),
        folders,
      })
    : t('review.surveyed', { count: files, files: format.count(files), bytes: format.bytes(bytes), folders });
}

/** Room at a place, against what is to be copied there. `tight` where it will not do. */
export function roomOf(
  place: Reachability | undefined,
  needed: number | undefined,
  t: Tell,
  format: Formats,
): { readonly text: string; readonly tight: boolean } {
  if (place === undefined) return { text: t('room.asking'), tight: false };
  if (place.state === 'unreachable')
    return { text: place.reason ?? t('room.unreachable', { name: format.words(place.name) }), tight: true };
  if (place.freeBytes === undefined) return { text: t('room.unknown'), tight: false };
  const free = format.bytes(place.freeBytes);
  if (needed === undefined) return { text: t('room.free', { free }), tight: false };
  const values = { free, needed: format.bytes(needed) };
  return place.freeBytes < needed
    ? { text: t('room.tight', values), tight: true }
    : { text: t('room.enough', values), tight: false };
}

/** What a job is at, in words; a phase that is not known is shown as the host names it. */
export function phaseWords(progress: Pick<JobProgress, 'phase'>, t: Tell): string {
  const known = PHASES.find((phase) => phase === progress.phase);
  return known === undefined ? progress.phase : t(`phase.${known.replaceAll(' ', '-')}`);
}

const PHASES = [
  'starting',
  'scanning',
  'reading',
  'copying',
  'reading back',
  'sealing',
  'recording',
  'comparing',
] as const;
