/** What a person has said of an accession that is not begun. Pure; it is kept by `draft-store.ts`. */
import type { Accession, NewAccession } from '../../../shared/contract/accession.ts';
import type { Acceptance, AppraisalDetail } from '../../../shared/contract/appraisals.ts';
import type { PathValue } from '../../../shared/contract/common.ts';
import type { TemplateDefaults } from '../../../shared/contract/intake.ts';
import { RIGHTS_BASES, RIGHTS_UNKNOWN, type RightsBasisOrGap } from '../../../shared/domain/rights.ts';
import type { Reach } from './steps.ts';
import type { Gap } from './search.ts';

export interface Draft {
  readonly paths: readonly PathValue[];
  readonly title: string;
  /** Empty until it is said; `unknown` is said too. */
  readonly rightsBasis: RightsBasisOrGap | '';
  readonly rightsNote: string;
  readonly source: string;
  readonly sourceUnknown: boolean;
  readonly acquired: string;
  readonly acquiredUnknown: boolean;
  readonly agreement: string;
  readonly collection: string;
  /** `in-place`, or the id of a managed location; empty until it is said. */
  readonly place: string;
  /** Why an appraisal is accepted. */
  readonly reason: string;
  /** Whether the survey is kept for a later decision. */
  readonly keepAppraisal: boolean;
  /** The job of the last survey, and of which folders it was; see `pathsKey`. */
  readonly survey: { readonly job: string; readonly of: string } | undefined;
}

export const IN_PLACE = 'in-place';

export const BASES_AND_GAP: readonly RightsBasisOrGap[] = [...RIGHTS_BASES, RIGHTS_UNKNOWN];

export const EMPTY_DRAFT: Draft = {
  paths: [],
  title: '',
  rightsBasis: '',
  rightsNote: '',
  source: '',
  sourceUnknown: false,
  acquired: '',
  acquiredUnknown: false,
  agreement: '',
  collection: '',
  place: '',
  reason: '',
  keepAppraisal: false,
  survey: undefined,
};

/** What is still to be said on the page of rights and source. */
export type Unsaid = 'title' | 'rightsBasis' | 'source' | 'acquired';

/** A gap is a conscious word: silence is not enough. */
export function unsaid(draft: Draft): Unsaid[] {
  const missing: Unsaid[] = [];
  if (draft.title.trim() === '') missing.push('title');
  if (draft.rightsBasis === '') missing.push('rightsBasis');
  if (draft.source.trim() === '' && !draft.sourceUnknown) missing.push('source');
  if (draft.acquired.trim() === '' && !draft.acquiredUnknown) missing.push('acquired');
  return missing;
}

/** From whom it came, as it will be recorded: what was typed before "not known" was chosen is not said. */
export function sourceOf(draft: Draft): string {
  return draft.sourceUnknown ? '' : draft.source.trim();
}

/** How and when it was acquired, likewise. */
export function acquiredOf(draft: Draft): string {
  return draft.acquiredUnknown ? '' : draft.acquired.trim();
}

/** What will stand recorded as not known. */
export function gapsOf(draft: Draft): Gap[] {
  const gaps: Gap[] = [];
  if (draft.rightsBasis === RIGHTS_UNKNOWN) gaps.push('rights');
  if (sourceOf(draft) === '') gaps.push('source');
  if (acquiredOf(draft) === '') gaps.push('acquired');
  return gaps;
}

export function reachOf(draft: Draft, hasBegun: boolean): Reach {
  return {
    hasFolders: draft.paths.length > 0,
    saysRights: unsaid(draft).length === 0,
    saysPlace: draft.place !== '',
    hasBegun,
  };
}

/** @returns undefined while something is not said */
export function accessionOf(draft: Draft): NewAccession | undefined {
  const terms = termsOf(draft);
  if (terms === undefined || draft.paths.length === 0) return undefined;
  return { ...terms, paths: [...draft.paths] };
}

/** The same as the acceptance of an appraisal. */
export function acceptanceOf(draft: Draft, id: string): Acceptance | undefined {
  const terms = termsOf(draft);
  const reason = draft.reason.trim();
  return terms === undefined || reason === '' ? undefined : { ...terms, id, reason };
}

function termsOf(draft: Draft): Omit<NewAccession, 'paths'> | undefined {
  const { rightsBasis, place } = draft;
  if (rightsBasis === '' || place === '' || unsaid(draft).length > 0) return undefined;
  return {
    title: draft.title.trim(),
    rightsBasis,
    rightsNote: draft.rightsNote.trim(),
    ...given('source', sourceOf(draft)),
    ...given('acquired', acquiredOf(draft)),
    ...given('agreement', draft.agreement),
    ...given('collection', draft.collection),
    ...(place === IN_PLACE ? {} : { to: place }),
  };
}

/** What of a draft can serve others too; never its folders and title. */
export function templateOf(draft: Draft): TemplateDefaults {
  return {
    ...(draft.rightsBasis === '' ? {} : { rightsBasis: draft.rightsBasis }),
    ...given('rightsNote', draft.rightsNote),
    ...given('source', sourceOf(draft)),
    ...given('acquired', acquiredOf(draft)),
    ...given('agreement', draft.agreement),
    ...given('collection', draft.collection),
    ...(draft.place === '' || draft.place === IN_PLACE ? {} : { to: draft.place }),
  };
}

/** What a template says stands in the place of what was there; its silence changes nothing. */
export function withDefaults(draft: Draft, defaults: TemplateDefaults): Draft {
  const { rightsBasis, rightsNote, source, acquired, agreement, collection, to } = defaults;
  return {
    ...draft,
    ...(rightsBasis === undefined ? {} : { rightsBasis }),
    ...(rightsNote === undefined ? {} : { rightsNote }),
    ...(source === undefined ? {} : { source, sourceUnknown: false }),
    ...(acquired === undefined ? {} : { acquired, acquiredUnknown: false }),
    ...(agreement === undefined ? {} : { agreement }),
    ...(collection === undefined ? {} : { collection }),
    ...(to === undefined ? {} : { place: to }),
  };
}

/** Begins with what an appraisal says; what was typed already stands. */
export function withAppraisal(
  draft: Draft,
  appraisal: Pick<AppraisalDetail, 'paths' | 'title' | 'source'>,
): Draft {
  return {
    ...draft,
    paths: appraisal.paths,
    title: draft.title === '' ? appraisal.title : draft.title,
    source: draft.source === '' ? (appraisal.source ?? '') : draft.source,
  };
}

/**
 * Takes up an accession again: the same folders, title and rights, so that what is new there is added and what was not known
 * can be said. What it knows already cannot be changed this way.
 */
export function draftOf(
  accession: Pick<Accession, 'roots' | 'title' | 'rightsBasis' | 'rightsNote'> & Partial<Accession>,
): Draft {
  return {
    ...EMPTY_DRAFT,
    paths: accession.roots.map(({ path }) => path),
    title: accession.title,
    rightsBasis: accession.rightsBasis === RIGHTS_UNKNOWN ? '' : accession.rightsBasis,
    rightsNote: accession.rightsNote,
    source: accession.source ?? '',
    acquired: accession.acquired ?? '',
    agreement: accession.agreement ?? '',
    collection: accession.collection ?? '',
    place: IN_PLACE,
  };
}

/** Reads back what was kept; anything that is not of this shape is left as it is in an empty draft. */
export function readDraft(kept: unknown): Draft {
  if (typeof kept !== 'object' || kept === null) return EMPTY_DRAFT;
  const from = kept as Record<string, unknown>;
  const text = (key: keyof Draft): string => {
    const value = from[key];
    return typeof value === 'string' ? value : '';
  };
  const basis = BASES_AND_GAP.find((each) => each === from['rightsBasis']);
  return {
    paths: Array.isArray(from['paths']) ? from['paths'].flatMap(readPath) : [],
    title: text('title'),
    rightsBasis: basis ?? '',
    rightsNote: text('rightsNote'),
    source: text('source'),
    sourceUnknown: from['sourceUnknown'] === true,
    acquired: text('acquired'),
    acquiredUnknown: from['acquiredUnknown'] === true,
    agreement: text('agreement'),
    collection: text('collection'),
    place: text('place'),
    reason: text('reason'),
    keepAppraisal: from['keepAppraisal'] === true,
    survey: readSurvey(from['survey']),
  };
}

function readSurvey(value: unknown): Draft['survey'] {
  if (typeof value !== 'object' || value === null) return undefined;
  const { job, of } = value as Record<string, unknown>;
  return typeof job === 'string' && typeof of === 'string' ? { job, of } : undefined;
}

function readPath(value: unknown): PathValue[] {
  if (typeof value !== 'object' || value === null) return [];
  const { display, bytes } = value as Record<string, unknown>;
  if (typeof display !== 'string') return [];
  return [typeof bytes === 'string' ? { display, bytes } : { display }];
}

function given<Key extends string>(key: Key, value: string): { [K in Key]?: string } {
  const text = value.trim();
  return text === '' ? {} : ({ [key]: text } as { [K in Key]?: string });
}
