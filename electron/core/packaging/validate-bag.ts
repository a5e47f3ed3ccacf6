import type { BagReportRow, BagValidationResult } from '../../../shared/contract/packaging.ts';
import {
  bagFindingMessage,
  bagFindingRule,
  bagFindingSeverity,
} from '../../../shared/domain/bag-findings.ts';
import { pathToJson } from '../../../shared/domain/path.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import type { BagReport, BagValidator, SerialisedBags, SerialValidation } from '../ports/bag-validation.ts';
import type { Files } from '../ports/files.ts';
import type { FoundBag } from './find-bags.ts';

/** Findings of a bag that travel in a result. */
const LISTED = 1000;

export interface ValidationTools {
  readonly files: Files;
  readonly validator: BagValidator;
  readonly serialisedBags: SerialisedBags;
}

/** Judges bags one after another. Records nothing: stopped, it is over. */
export async function validateBags(
  tools: ValidationTools,
  bags: readonly FoundBag[],
  how: Pick<SerialValidation, 'mode' | 'profile'>,
  { signal, progress }: JobContext,
): Promise<JobEnd> {
  const { mode } = how;
  const rows: BagReportRow[] = [];
  progress.phase = 'looking';
  for (const bag of bags) {
    const before = { files: progress.files, bytes: progress.bytes };
    const isLast = bag === bags.at(-1);
    const report = await judge(tools, bag, {
      ...how,
      signal,
      onBytes: (bytes) => (progress.bytes += bytes),
      onProgress: (done) => {
        progress.phase = mode === 'full' ? 'reading' : 'comparing';
        progress.files = before.files + done.files;
        // Only then is it known how much there is in all.
        if (!isLast || mode !== 'full') return;
        progress.filesTotal = before.files + done.filesTotal;
        progress.bytesTotal = before.bytes + Number(done.bytesTotal);
      },
    });
    if (report === undefined) return { state: stopReason(signal) === undefined ? 'done' : 'cancelled' };
    rows.push(rowOf(bag, report));
    for (const [code, count] of report.counts)
      if (bagFindingSeverity(code) !== 'warning') progress.problems += count;
  }
  const result: BagValidationResult = { mode, bags: rows };
  return { state: 'done', result };
}

function judge(
  { files, validator, serialisedBags }: ValidationTools,
  { path, form }: FoundBag,
  validation: SerialValidation,
): Promise<BagReport | undefined> {
  if (form !== 'folder') return serialisedBags.validate(path, form, validation);
  const { onBytes, ...common } = validation;
  return validator.validate(path, {
    ...common,
    concurrency: files.concurrency,
    digest: (paths, further) => files.digestAll(paths, common.signal, onBytes, further),
  });
}

function rowOf({ path, form }: FoundBag, report: BagReport): BagReportRow {
  const { verdict, profile, version, payloadFiles, payloadBytes, payloadVerified, algorithms, info, counts } =
    report;
  return {
    path: pathToJson(path),
    form,
    verdict,
    ...(profile === undefined ? {} : { profile }),
    ...(version === undefined ? {} : { version }),
    files: payloadFiles,
    bytes: Number(payloadBytes),
    verified: payloadVerified,
    algorithms: [...algorithms],
    info: info.map(([label, value]) => [label, value]),
    ...toldFindings(report, LISTED),
    counts: Object.fromEntries(counts),
  };
}

/** The worst of what was found of a bag, and how much there is in all. */
export function toldFindings(
  { findings, counts }: BagReport,
  most: number,
): Pick<BagReportRow, 'findings' | 'findingsTotal'> {
  return {
    findings: findings.slice(0, most).map(({ code, severity, file, ...context }) => ({
      code,
      severity,
      rule: bagFindingRule(code),
      ...(file === undefined ? {} : { file: pathToJson(file) }),
      message: bagFindingMessage(code, context),
    })),
    findingsTotal: [...counts.values()].reduce((sum, count) => sum + count, 0),
  };
}
