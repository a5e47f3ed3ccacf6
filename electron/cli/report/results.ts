/** What finished jobs found and did, for a person, and the exit code that follows. */
import type { AccessionResult, SurveyResult } from '../../../shared/contract/accession.ts';
import type { Attestation } from '../../../shared/contract/attesting.ts';
import type { DecisionResult } from '../../../shared/contract/decisions.ts';
import type { DeletionResult } from '../../../shared/contract/custody.ts';
import type { AuditResult, RescanResult } from '../../../shared/contract/fixity.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { ManifestResult } from '../../../shared/contract/manifests.ts';
import type { BagValidationResult } from '../../../shared/contract/packaging.ts';
import type { ReplicationResult } from '../../../shared/contract/replication.ts';
import { EXIT } from '../errors.ts';
import { count, counted, hours, size } from '../format/numbers.ts';
import { clean, listWords } from '../format/text.ts';
import type { Output } from '../output.ts';
import { showAttestation } from './attestation.ts';
import { showBags } from './bags.ts';
import { showRecovery, showResolution } from './decisions.ts';
import { showDeletion } from './deletion.ts';
import { showManifest } from './manifest.ts';
import { showReceivedBags, unlikeBags } from './received-bags.ts';
import { filesAndBytes, outcomeSummary, showFindings, showReasons, showUnreachable } from './problems.ts';
import { showReplication } from './replication.ts';
import { tallies } from './status.ts';

const GAP_OPTIONS = {
  rights: ['the rights basis', '--rights-basis'],
  source: ['from whom it came', '--source'],
  acquired: ['how and when it was acquired', '--acquired'],
} as const;

export function showSurvey(output: Output, job: Job, result: SurveyResult): number {
  const { files, bytes, duplicates, leftOut, leftOutTotal, advisories, advisoriesTotal } = result;
  const sound = result.hours > 0 ? `, ${hours(result.hours)} of sound` : '';
  output.lines(`${filesAndBytes(files, bytes)}${sound}. Nothing was taken into custody.`);
  if (duplicates.files > 0) {
    output.lines(
      `${counted(duplicates.files, 'file')} (${size(duplicates.bytes)}) hold content that another one holds too.`,
    );
  }
  if (duplicates.alreadyHeld > 0)
    output.lines(`${counted(duplicates.alreadyHeld, 'file')} hold content that this archive holds already.`);
  tallies(output, 'Formats', 'Format', result.byFormat);
  tallies(output, 'Kinds', 'Kind', result.byKind);
  problemLists(output, job, result);
  showReasons(
    output,
    `${count(leftOutTotal)} left out by rule`,
    leftOut,
    leftOutTotal,
    'use --json for the first thousand',
  );
  showReasons(
    output,
    `${count(advisoriesTotal)} worth knowing`,
    advisories.map(({ path, message }) => ({ path, reason: message })),
    advisoriesTotal,
    'use --json for the first thousand',
  );
  return result.refusedTotal + result.problemsTotal > 0 ? EXIT.attention : EXIT.done;
}

export function showAccession(output: Output, job: Job, result: AccessionResult): number {
  const { accession, files, objects, alreadyHeld, items, leftOut, gaps } = result;
  if (files === 0 && alreadyHeld > 0) {
    output.lines(
      alreadyHeld === 1
        ? `Nothing new: its 1 file was in custody already, as accession ${accession.number}.`
        : `Nothing new: all ${count(alreadyHeld)} files were in custody already, as accession ${accession.number}.`,
    );
  } else {
    const accrual = accession.accrual > 1 ? `, accrual ${accession.accrual}` : '';
    output.lines(
      `Accession ${accession.number}${accrual} (${accession.id}): ${filesAndBytes(files, result.bytes)} taken into custody ${
        result.bag === undefined ? 'in place' : 'by copying'
      }.`,
      `They hold ${counted(objects, 'content')} new to the archive, proposed as ${counted(items, 'item')}. No file was changed or moved.`,
      ...(result.bag === undefined
        ? []
        : [`The copy was read back and found equal; it is a sealed BagIt bag: ${clean(result.bag.display)}`]),
    );
    if (alreadyHeld > 0)
      output.lines(
        `${counted(alreadyHeld, 'file')} ${alreadyHeld === 1 ? 'was' : 'were'} in custody already.`,
      );
  }
  if (leftOut > 0)
    output.lines(`${counted(leftOut, 'entry', 'entries')} left out by rule: holdfast jobs show ${job.id}`);
  showReceivedBags(output, result.receivedBags);
  problemLists(output, job, result);
  if (gaps.length > 0) {
    const lacking = listWords(gaps.map((gap) => GAP_OPTIONS[gap][0]));
    output.lines('', `A gap that blocks sharing; not documented: ${lacking}.`);
  }
  return result.refusedTotal + result.problemsTotal + unlikeBags(result) > 0 ? EXIT.attention : EXIT.done;
}

function problemLists(
  output: Output,
  job: Job,
  result: Pick<SurveyResult, 'refused' | 'refusedTotal' | 'problems' | 'problemsTotal'>,
): void {
  const { refused, refusedTotal, problems, problemsTotal } = result;
  const rest = `holdfast jobs show ${job.id}`;
  showReasons(output, `${count(refusedTotal)} refused`, refused, refusedTotal, rest);
  const told = problems.map(({ path, message }) => ({ path, reason: message }));
  showReasons(output, counted(problemsTotal, 'problem'), told, problemsTotal, rest);
}

export function showAudit(output: Output, result: AuditResult): number {
  const { outcomes, planned, run, findingsTotal, bytesRead, unreachable } = result;
  if (planned === 0) output.lines('Nothing to verify: no copy is recorded there.');
  else {
    const checked = planned - (outcomes.not_checked ?? 0);
    const done =
      checked > 0
        ? `Verified by reading ${size(bytesRead)} and comparing them with their digests`
        : 'Nothing could be verified';
    output.lines(`${done}: ${outcomeSummary(outcomes)}.`);
    if (checked < planned)
      output.lines(
        `${count(checked)} of ${counted(planned, 'planned copy', 'planned copies')} were checked; the rest stays due.`,
      );
    if (result.endedBy !== undefined)
      output.lines(
        `It ended when its budget of ${result.endedBy} was spent; the next audit goes on with the longest unverified.`,
      );
    const { leftForLater = 0 } = result;
    if (leftForLater > 0)
      output.lines(
        `Left for later, as asked: ${counted(leftForLater, 'copy', 'copies')} verified more recently, or as long ago.`,
      );
    if (result.cached === false) output.lines("Every byte came past the system's cache, from the medium.");
  }
  showOffline(output, result.offline);
  showUnreachable(output, unreachable);
  showMassChanges(output, result.massChanges);
  showFindings(output, result.findings, findingsTotal);
  const sealed = result.tagFiles ?? { findings: [], findingsTotal: 0 };
  const told = sealed.findings.map(({ path, outcome }) => ({ path, reason: TAG_FILE_OUTCOMES[outcome] }));
  showReasons(
    output,
    `${counted(sealed.findingsTotal, 'file')} of bags not as sealed`,
    told,
    sealed.findingsTotal,
    '--json',
  );
  if (findingsTotal + sealed.findingsTotal > 0) output.lines('', 'Nothing has been overwritten or deleted.');
  const undone = !run.complete || (outcomes.not_checked ?? 0) > 0 || unreachable.length > 0;
  return findingsTotal + sealed.findingsTotal > 0 || undone ? EXIT.attention : EXIT.done;
}

/** One decision for many files: it comes before the files. */
function showMassChanges(output: Output, changes: AuditResult['massChanges'] = []): void {
  for (const { id, location, files, ofFiles, looksLike } of changes)
    output.lines(
      '',
      output.heading(
        `${id}: ${count(files)} of ${count(ofFiles)} files of ${clean(location.name)} changed at once (${looksLike})`,
      ),
      'Replication from there and decisions on many files there wait until somebody decides on it:',
      `  holdfast findings mass show ${id}`,
    );
}

function showOffline(output: Output, offline: RescanResult['offline'] = []): void {
  for (const { name, replicas } of offline)
    output.lines(
      `${clean(name)} is offline as planned: its ${counted(replicas, 'copy', 'copies')} were no part of this.`,
    );
}

const TAG_FILE_OUTCOMES = {
  altered: 'It differs from what was sealed: the bag is not valid.',
  missing: 'It is not there: the bag is not valid.',
  unreadable: 'It could not be read.',
} as const;

export function showRescan(output: Output, result: RescanResult): number {
  const { outcomes, gone, untracked, unreachable, findingsTotal, bytesRead } = result;
  const read = bytesRead > 0 ? ` ${size(bytesRead)} of what had changed were read.` : '';
  output.lines(
    `Compared by size, times and inode: ${outcomeSummary(outcomes) || 'nothing is recorded there'}.${read}`,
  );
  showOffline(output, result.offline);
  showUnreachable(output, unreachable);
  const goneTotal = outcomes.gone ?? gone.length;
  const confirm = gone.map(({ path }) => ({
    path,
    reason: 'Not there now. An audit confirms whether it is missing.',
  }));
  showReasons(output, `${count(goneTotal)} not where they were`, confirm, goneTotal, 'holdfast audit');
  const untrackedTotal = outcomes.untracked ?? untracked.length;
  if (untrackedTotal > 0) {
    output.lines('', output.heading(`${counted(untrackedTotal, 'file')} in nobody's custody`));
    output.lines(...untracked.slice(0, 20).map(({ path }) => `  ${clean(path.display)}`));
    output.lines('A rescan grants no custody: run the accession of this folder again to add them.');
  }
  showMassChanges(output, result.massChanges);
  showFindings(output, result.findings, findingsTotal);
  const undone = !result.run.complete || (outcomes.not_checked ?? 0) > 0 || unreachable.length > 0;
  return findingsTotal > 0 || goneTotal > 0 || undone ? EXIT.attention : EXIT.done;
}

/** By kind of job. */
export function showJobResult(output: Output, job: Job): number {
  switch (job.kind) {
    case 'accession':
      return showAccession(output, job, job.result as AccessionResult);
    case 'exporting':
      return showManifest(output, job.result as ManifestResult);
    case 'validation':
      return showBags(output, job.result as BagValidationResult);
    case 'attestation':
      return showAttestation(output, job.result as Attestation);
    case 'survey':
      return showSurvey(output, job, job.result as SurveyResult);
    case 'replication':
      return showReplication(output, job, job.result as ReplicationResult);
    case 'resolution':
      return showResolution(output, job.result as DecisionResult);
    case 'recovery':
      return showRecovery(output, job.result as DecisionResult);
    case 'deletion':
      return showDeletion(output, job.result as DeletionResult);
    case 'audit':
      return showAudit(output, job.result as AuditResult);
    case 'rescan':
      return showRescan(output, job.result as RescanResult);
  }
}
