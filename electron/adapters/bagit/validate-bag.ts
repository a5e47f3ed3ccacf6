/**
 * Judges any bag, of BagIt 0.93 to 1.0, without trusting it: nothing that it names is opened but its own regular files, nothing is
 * followed or fetched, and what it takes in memory does not grow with the sizes it claims. Shares no code with the writer but
 * the names of files and the encoding of paths, so that a bag of ours is proven by a second reading.
 */
import { lstat } from 'node:fs/promises';
import type { BagReport, BagValidation, BagValidator } from '../../core/ports/bag-validation.ts';
import { bagVerdict } from '../../../shared/domain/bag-findings.ts';
import { joinRaw, type RawPath } from '../../../shared/domain/path.ts';
import { BAG_INFO_TXT, FETCH_TXT, PACKAGE_INFO_TXT } from './bag-files.ts';
import { type BagInfo, readBagInfo } from './bag-info.ts';
import type { BagReading } from './bag-reading.ts';
import { readDeclaration } from './declaration.ts';
import { FindingList } from './finding-list.ts';
import { PayloadCheck } from './payload-check.ts';
import { checkFetched, chooseManifests, readFetch, readPayloadManifests } from './payload-manifests.ts';
import { PayloadTable } from './payload-table.ts';
import { type BagSurvey, DATA_FOLDER, surveyBag } from './survey-bag.ts';
import { checkTagFiles } from './tag-manifests.ts';
import { codeOf } from './walk-bag.ts';

export const bagValidator: BagValidator = { validate: validateBag };

async function validateBag(bag: RawPath, validation: BagValidation): Promise<BagReport | undefined> {
  const findings = new FindingList();
  const declaration = await readDeclaration(bag, findings);
  const { isStrict, encoding } = declaration;
  const reading: BagReading = { bag, isStrict, encoding, findings, signal: validation.signal };
  const hasPayload = await requirePayloadFolder(reading);
  const table = new PayloadTable();
  const survey = await surveyBag(reading, table);
  const manifests = chooseManifests(reading, survey, 'payload');
  if (manifests.length === 0 && survey.isWhole) findings.add('manifest_missing');
  const columns = manifests.flatMap(({ known }) => known ?? []);
  table.keepDigests(columns.length);
  if (survey.tagFiles.has(FETCH_TXT)) await readFetch(reading, table);
  await readPayloadManifests(reading, manifests, columns, table, survey.mayBeThere);
  const every = (1 << manifests.length) - 1;
  const lacking = survey.tagFiles.has(FETCH_TXT) ? await checkFetched(reading, table, every) : 0;
  const info = await readInfo(reading, survey);
  // While some of the payload is to be fetched, or cannot be counted, it says nothing.
  if (info.oxum !== undefined && lacking === 0 && survey.isWhole) checkOxum(reading, survey, info.oxum);
  await checkTagFiles(reading, chooseManifests(reading, survey, 'tags'), survey, validation.digest);
  const { payloadFiles: filesTotal, payloadBytes: bytesTotal } = survey;
  validation.onProgress?.({ files: 0, filesTotal, bytesTotal });
  const check = new PayloadCheck(reading, manifests, columns, table, survey, validation);
  if (hasPayload) await check.run();
  if (validation.signal.aborted) return undefined;
  return {
    verdict: bagVerdict(findings.severities(), validation.mode === 'full'),
    ...(declaration.version === undefined ? {} : { version: declaration.version }),
    payloadFiles: filesTotal,
    payloadBytes: bytesTotal,
    payloadVerified: check.verified,
    algorithms: manifests.map(({ algorithm }) => algorithm),
    info: info.elements,
    findings: findings.sorted(),
    counts: findings.counts,
  };
}

/** A link in its place is no folder, and never entered. */
async function requirePayloadFolder({ bag, findings }: BagReading): Promise<boolean> {
  try {
    const stats = await lstat(Buffer.from(joinRaw(bag, DATA_FOLDER)));
    if (stats.isDirectory()) return true;
    findings.add('payload_folder_missing', DATA_FOLDER);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') findings.add('payload_folder_missing', DATA_FOLDER);
    else findings.add('unreadable', DATA_FOLDER, { detail: codeOf(error) });
  }
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
  findings.add('oxum_mismatch', BAG_INFO_TXT, {
    expected: `${bytes}.${files}`,
    detail: `${payloadBytes}.${payloadFiles}`,
  });
}
