/** The policy while it is edited: what was touched lies over what stands, so that two windows do not undo each other. */
import type { ArchiveInfo } from '../../../shared/contract/archive.ts';
import {
  AccessionPatternError,
  formatAccessionNumber,
  nextInYear,
} from '../../../shared/domain/accession-number.ts';
import { inOneForm } from '../../../shared/domain/technical-policy.ts';
import { FURTHER_DIGESTS, type FurtherDigest } from '../../../shared/domain/vocabulary.ts';

export type Policy = ArchiveInfo['policy'];
export type PolicyChange = Partial<Policy>;
export type Technical = Policy['technical'];

export function policyWith(policy: Policy, change: PolicyChange): Policy {
  return { ...policy, ...change };
}

/** What of a change differs from what stands; undefined where nothing does. */
export function changesOf(policy: Policy, change: PolicyChange): PolicyChange | undefined {
  const { accessionPattern, furtherDigests, verifyWithinDays, technical, virusCheck, massChange } = change;
  const real: PolicyChange = {
    ...(accessionPattern === undefined || accessionPattern === policy.accessionPattern
      ? {}
      : { accessionPattern }),
    ...(furtherDigests === undefined || sameDigests(furtherDigests, policy.furtherDigests)
      ? {}
      : { furtherDigests }),
    ...(verifyWithinDays === undefined || verifyWithinDays === policy.verifyWithinDays
      ? {}
      : { verifyWithinDays }),
    ...(technical === undefined || sameTechnical(technical, policy.technical) ? {} : { technical }),
    ...(virusCheck === undefined || virusCheck === policy.virusCheck ? {} : { virusCheck }),
    ...(massChange === undefined || sameMass(massChange, policy.massChange) ? {} : { massChange }),
  };
  return Object.keys(real).length === 0 ? undefined : real;
}

/** What undoes a change: the fields that it has, as they stood. */
export function undoOf(before: Policy, change: PolicyChange): PolicyChange {
  return {
    ...(change.accessionPattern === undefined ? {} : { accessionPattern: before.accessionPattern }),
    ...(change.furtherDigests === undefined ? {} : { furtherDigests: before.furtherDigests }),
    ...(change.verifyWithinDays === undefined ? {} : { verifyWithinDays: before.verifyWithinDays }),
    ...(change.technical === undefined ? {} : { technical: before.technical }),
    ...(change.virusCheck === undefined ? {} : { virusCheck: before.virusCheck }),
    ...(change.massChange === undefined ? {} : { massChange: before.massChange }),
  };
}

/** Words as they are written in a field, apart by commas. */
export function wordsOf(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}

/** In the order of the vocabulary, so that a set has one form. */
export function withDigest(
  digests: readonly FurtherDigest[],
  digest: FurtherDigest,
  isWanted: boolean,
): FurtherDigest[] {
  return FURTHER_DIGESTS.filter((each) => (each === digest ? isWanted : digests.includes(each)));
}

export type PatternPreview =
  | { readonly kind: 'next'; readonly number: string; readonly after: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** The number of the next accession, and the one after it. */
export function previewPattern(pattern: string, year: number, taken: readonly string[]): PatternPreview {
  try {
    const n = nextInYear(pattern, year, taken);
    return {
      kind: 'next',
      number: formatAccessionNumber(pattern, year, n),
      after: formatAccessionNumber(pattern, year, n + 1),
    };
  } catch (error) {
    if (error instanceof AccessionPatternError) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

function sameMass(a: Policy['massChange'], b: Policy['massChange']): boolean {
  return a.share === b.share && a.files === b.files && a.least === b.least;
}

function sameTechnical(a: Technical, b: Technical): boolean {
  return JSON.stringify(inOneForm(a)) === JSON.stringify(inOneForm(b));
}

function sameDigests(a: readonly FurtherDigest[], b: readonly FurtherDigest[]): boolean {
  return a.length === b.length && a.every((digest) => b.includes(digest));
}
