/** Whether a bag is what a profile asks for (BagIt Profiles 1.3 and 1.4), beside being a valid one. */
import {
  acceptsForm,
  type BagProfile,
  matchesGlob,
  type ProfileSet,
} from '../../../shared/domain/bag-profile.ts';
import type { BagFindingCode, BagForm } from '../../../shared/domain/bag-findings.ts';
import { decodeUtf8 } from '../../../shared/domain/path.ts';
import { BAG_INFO_TXT, FETCH_TXT } from './bag-files.ts';
import type { BagReading } from './bag-reading.ts';
import type { BagSurvey } from './survey-bag.ts';

export interface ProfiledBag {
  readonly form: BagForm;
  readonly version: string | undefined;
  readonly info: readonly (readonly [label: string, value: string])[];
  readonly survey: BagSurvey;
  /** Of the payload manifests, and of the tag manifests. */
  readonly algorithms: readonly string[];
  readonly tagAlgorithms: readonly string[];
}

/** @returns whether it is */
export async function checkProfile(
  reading: BagReading,
  profile: BagProfile,
  bag: ProfiledBag,
): Promise<boolean> {
  let isMet = true;
  const found = (code: BagFindingCode, detail: string, file?: string): void => {
    isMet = false;
    reading.findings.add(code, file, { detail });
  };
  const { survey, form } = bag;
  if (bag.version !== undefined && !profile.acceptsVersions.includes(bag.version))
    found('BAG-PROFILE-VERSION', `${bag.version} is none of ${profile.acceptsVersions.join(', ')}`);
  if (form === 'folder') {
    if (profile.serialisation === 'required') found('BAG-PROFILE-SERIALISATION', 'it must be in one file');
  } else if (profile.serialisation === 'forbidden') found('BAG-PROFILE-SERIALISATION', 'it must be a folder');
  else if (!acceptsForm(profile, form))
    found('BAG-PROFILE-SERIALISATION', `${form} is none of ${profile.acceptsForms.join(', ')}`);
  checkInfo(profile, bag.info, found);
  for (const [set, present, code] of [
    [profile.manifests, bag.algorithms, 'BAG-PROFILE-MANIFEST'],
    [profile.tagManifests, bag.tagAlgorithms, 'BAG-PROFILE-TAG-MANIFEST'],
  ] as const)
    for (const fault of faultsOf(set, present, (name, each) => name === plain(each)))
      found(code, fault.isLacking ? `${fault.name} is required` : `${fault.name} is not allowed`);
  const hasFetch = survey.tagFiles.has(FETCH_TXT);
  if (hasFetch && !profile.mayFetch) found('BAG-PROFILE-FETCH', 'it must have none', FETCH_TXT);
  if (!hasFetch && profile.mustFetch) found('BAG-PROFILE-FETCH', 'it must have one', FETCH_TXT);
  const { payloadFiles, payloadBytes } = survey;
  if (profile.isDataEmpty && (payloadFiles > 1 || payloadBytes > 0n))
    found('BAG-PROFILE-DATA-EMPTY', `it has ${payloadFiles} files of ${payloadBytes} bytes`);
  // The files that every bag must have are never forbidden.
  const own = /^(?:bagit\.txt|bag-info\.txt|fetch\.txt|(?:tag)?manifest-[^/]+\.txt)$/;
  const tagFiles = [...survey.tagFiles.keys()].filter((file) => !own.test(file));
  const required = profile.tagFiles.required.filter((file) => !survey.tagFiles.has(file));
  for (const file of required) found('BAG-PROFILE-FILE', 'it is required', file);
  const { allowed } = profile.tagFiles;
  for (const file of allowed === undefined ? [] : tagFiles)
    if (allowed?.some((pattern) => matchesGlob(file, pattern)) === false)
      found('BAG-PROFILE-FILE', 'it is not allowed', file);
  await checkPayload(reading, profile.payloadFiles, found);
  return isMet;
}

type Found = (code: BagFindingCode, detail: string, file?: string) => void;

function checkInfo({ identifier, labels }: BagProfile, info: ProfiledBag['info'], found: Found): void {
  const values = Map.groupBy(info, ([label]) => label.toLowerCase());
  const names = values.get('bagit-profile-identifier')?.map(([, value]) => value) ?? [];
  if (!names.includes(identifier))
    found(
      'BAG-PROFILE-IDENTIFIER',
      names.length === 0 ? 'it names none' : `it names ${names.join(', ')}`,
      BAG_INFO_TXT,
    );
  for (const [label, rule] of labels) {
    const given = values.get(label)?.map(([, value]) => value) ?? [];
    if (rule.isRequired && given.every((value) => value === ''))
      found('BAG-PROFILE-LABEL', `${rule.name} is required`, BAG_INFO_TXT);
    if (!rule.isRepeatable && given.length > 1)
      found('BAG-PROFILE-LABEL', `${rule.name} stands more than once`, BAG_INFO_TXT);
    for (const value of given)
      if (rule.values?.includes(value) === false)
        found(
          'BAG-PROFILE-LABEL',
          `${rule.name} is ${value}, none of ${rule.values.join(', ')}`,
          BAG_INFO_TXT,
        );
  }
}

async function checkPayload({ source, signal }: BagReading, set: ProfileSet, found: Found): Promise<void> {
  if (set.required.length === 0 && set.allowed === undefined) return;
  const lacking = new Set(set.required);
  for await (const entries of source.walk('payload', 'unasked')) {
    if (signal.aborted) return;
    for (const { path, kind } of entries) {
      const name = decodeUtf8(path);
      if (kind !== 'file' || name === undefined) continue;
      lacking.delete(name);
      if (set.allowed?.some((pattern) => matchesGlob(name, pattern)) === false)
        found('BAG-PROFILE-FILE', 'it is not allowed', name);
    }
  }
  for (const file of lacking) found('BAG-PROFILE-FILE', 'it is required', file);
}

function* faultsOf(
  { required, allowed }: ProfileSet,
  present: readonly string[],
  matches: (name: string, each: string) => boolean,
): Generator<{ readonly name: string; readonly isLacking: boolean }, void> {
  for (const name of required)
    if (!present.some((each) => matches(each, name))) yield { name, isLacking: true };
  if (allowed === undefined) return;
  for (const name of present)
    if (!allowed.some((each) => matches(name, each))) yield { name, isLacking: false };
}

/** As names of manifests have it: `sha256` of `SHA-256`. */
function plain(algorithm: string): string {
  return algorithm.toLowerCase().replace(/[^a-z0-9]/g, '');
}
