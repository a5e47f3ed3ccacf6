import type { BagReportRow, BagValidationResult } from '../../../shared/contract/packaging.ts';
import {
  bagFindingMessage,
  bagFindingRule,
  bagFindingSeverity,
} from '../../../shared/domain/bag-findings.ts';
import { pathToJson, type RawPath } from '../../../shared/domain/path.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import type { BagReport, BagValidationMode, BagValidator } from '../ports/bag-validation.ts';
import type { Files, RootIdentity } from '../ports/files.ts';

/** Findings of a bag that travel in a result. */
const LISTED = 1000;

/** Judges bags one after another. Records nothing: stopped, it is over. */
export async function validateBags(
  { files, validator }: { readonly files: Files; readonly validator: BagValidator },
  roots: readonly RootIdentity[],
  mode: BagValidationMode,
  { signal, progress }: JobContext,
): Promise<JobEnd> {
  const bags: BagReportRow[] = [];
  progress.phase = 'looking';
  for (const { path } of roots) {
    const before = { files: progress.files, bytes: progress.bytes };
    const isLast = path === roots.at(-1)?.path;
    const report = await validator.validate(path, {
      mode,
      concurrency: files.concurrency,
      signal,
      digest: (paths, further) =>
        files.digestAll(paths, signal, (bytes) => (progress.bytes += bytes), further),
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
    bags.push(rowOf(path, report));
    for (const [code, count] of report.counts)
      if (bagFindingSeverity(code) !== 'warning') progress.problems += count;
  }
  const result: BagValidationResult = { mode, bags };
  return { state: 'done', result };
}

function rowOf(path: RawPath, report: BagReport): BagReportRow {
  const { verdict, version, payloadFiles, payloadBytes, payloadVerified, algorithms, info, counts } = report;
  const listed = report.findings.slice(0, LISTED);
  return {
    path: pathToJson(path),
    verdict,
    ...(version === undefined ? {} : { version }),
    files: payloadFiles,
    bytes: Number(payloadBytes),
    verified: payloadVerified,
    algorithms: [...algorithms],
    info: info.map(([label, value]) => [label, value]),
    findings: listed.map(({ code, severity, file, ...context }) => ({
      code,
      severity,
      rule: bagFindingRule(code),
      ...(file === undefined ? {} : { file: pathToJson(file) }),
      message: bagFindingMessage(code, context),
    })),
    findingsTotal: [...counts.values()].reduce((sum, count) => sum + count, 0),
    counts: Object.fromEntries(counts),
  };
}
