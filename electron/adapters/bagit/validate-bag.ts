/**
 * Judges any bag, of BagIt 0.93 to 1.0, without trusting it: nothing that it names is opened but its own regular files, nothing is
 * followed or fetched, and what it takes in memory does not grow with the sizes it claims. Shares no code with the writer but
 * the names of files and the encoding of paths, so that a bag of ours is proven by a second reading.
 */
import { lstat } from 'node:fs/promises';
import type { BagReport, BagValidation, BagValidator } from '../../core/ports/bag-validation.ts';
import { type BagForm, bagVerdict } from '../../../shared/domain/bag-findings.ts';
import { joinRaw, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { BAG_INFO_TXT, BAGIT_TXT, FETCH_TXT, PACKAGE_INFO_TXT } from './bag-files.ts';
import { type BagInfo, readBagInfo } from './bag-info.ts';
import type { BagReading } from './bag-reading.ts';
import { type BagSource, FolderSource } from './bag-source.ts';
import { readDeclaration } from './declaration.ts';
import { checkProfile } from './check-profile.ts';
import { FindingList } from './finding-list.ts';
import { type Judging, PayloadCheck } from './payload-check.ts';
import { checkFetched, chooseManifests, readFetch, readPayloadManifests } from './payload-manifests.ts';
import { PayloadTable } from './payload-table.ts';
import { type BagSurvey, surveyBag } from './survey-bag.ts';
import { codeOf, DATA_FOLDER } from './walk-bag.ts';
import { checkTagFiles } from './tag-manifests.ts';

export const bagValidator: BagValidator = { isDeclared, validate: validateBag };

async function isDeclared(folder: RawPath): Promise<boolean> {
  try {
    return !(await lstat(Buffer.from(joinRaw(folder, utf8Path(BAGIT_TXT))))).isDirectory();
  } catch (error) {
    // Of what cannot be looked at, the reading says why.
    return !['ENOENT', 'ENOTDIR', 'EACCES'].includes(codeOf(error));
  }
}

function validateBag(bag: RawPath, validation: BagValidation): Promise<BagReport | undefined> {
  return judgeBag(new FolderSource(bag, validation.digest), 'folder', validation, new FindingList());
}

/** @param findings what was found of it before it could be read as a bag */
export async function judgeBag(
  source: BagSource,
  form: BagForm,
  validation: Judging,
  findings: FindingList,
): Promise<BagReport | undefined> {
  const declaration = await readDeclaration(source, findings);
  const { isStrict, encoding } = declaration;
  const reading: BagReading = { source, isStrict, encoding, findings, signal: validation.signal };
  const hasPayload = await requirePayloadFolder(reading);
  const table = new PayloadTable();
  const survey = await surveyBag(reading, table);
  const manifests = chooseManifests(reading, survey, 'payload');
  if (manifests.length === 0 && survey.isWhole) findings.add('BAG-MANIFEST-MISSING');
  const columns = manifests.flatMap(({ known }) => known ?? []);
  table.keepDigests(columns.length);
  if (survey.tagFiles.has(FETCH_TXT)) await readFetch(reading, table);
  await readPayloadManifests(reading, manifests, columns, table, survey.mayBeThere);
  const every = (1 << manifests.length) - 1;
  const lacking = survey.tagFiles.has(FETCH_TXT) ? await checkFetched(reading, table, every) : 0;
  const info = await readInfo(reading, survey);
  // While some of the payload is to be fetched, or cannot be counted, it says nothing.
  if (info.oxum !== undefined && lacking === 0 && survey.isWhole) checkOxum(reading, survey, info.oxum);
  const tagManifests = chooseManifests(reading, survey, 'tags');
  await checkTagFiles(reading, tagManifests, survey);
  const { profile } = validation;
  const algorithms = manifests.map(({ algorithm }) => algorithm);
  const isMet =
    profile &&
    (await checkProfile(reading, profile, {
      form,
      version: declaration.version,
      info: info.elements,
      survey,
      algorithms,
      tagAlgorithms: tagManifests.map(({ algorithm }) => algorithm),
    }));
  const { payloadFiles: filesTotal, payloadBytes: bytesTotal } = survey;
  validation.onProgress?.({ files: 0, filesTotal, bytesTotal });
  const check = new PayloadCheck(reading, manifests, columns, table, survey, validation);
  if (hasPayload) await check.run();
  if (validation.signal.aborted) return undefined;
  return {
    verdict: bagVerdict(findings.severities(), validation.mode === 'full'),
    ...(profile === undefined || isMet === undefined
      ? {}
      : { profile: { identifier: profile.identifier, isMet } }),
    ...(declaration.version === undefined ? {} : { version: declaration.version }),
    payloadFiles: filesTotal,
    payloadBytes: bytesTotal,
    payloadVerified: check.verified,
    algorithms,
    manifests: manifests.map(({ file, algorithm }) => ({ file, algorithm })),
    info: info.elements,
    findings: findings.sorted(),
    counts: findings.counts,
  };
}

async function requirePayloadFolder({ source, findings }: BagReading): Promise<boolean> {
  const found = await source.payloadFolder();
  if (found === 'folder') return true;
  if (found === 'absent') findings.add('BAG-PAYLOAD-FOLDER-MISSING', DATA_FOLDER);
  else findings.add('BAG-UNREADABLE', DATA_FOLDER, { detail: found.unreadable });
  return false;
}

function readInfo(reading: BagReading, { tagFiles }: BagSurvey): Promise<BagInfo> {
  const file = [BAG_INFO_TXT, PACKAGE_INFO_TXT].find((name) => tagFiles.has(name));
  return file === undefined ? Promise.resolve({ elements: [] }) : readBagInfo(reading, file);
}

function checkOxum(
  { findings }: BagReading,
  { payloadBytes, payloadFiles }: BagSurvey,
  { bytes, files }: NonNullable<BagInfo['oxum']>,
): void {
  if (bytes === payloadBytes && files === BigInt(payloadFiles)) return;
  findings.add('BAG-OXUM-MISMATCH', BAG_INFO_TXT, {
    expected: `${bytes}.${files}`,
    detail: `${payloadBytes}.${payloadFiles}`,
  });
}
