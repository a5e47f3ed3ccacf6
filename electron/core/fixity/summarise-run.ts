import type { AuditResult, RescanResult } from '../../../shared/contract/fixity.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { RunSummary } from '../../../shared/contract/schedules.ts';
import {
  LOCATION_OUTCOMES,
  outcomeWords,
  type LocationOutcome,
} from '../../../shared/domain/audit-outcome.ts';

const LISTED = 100;

/** What stands around a run. */
export interface RunSetting {
  /** Name of the archive. */
  readonly archive: string;
  /** What it was run for; `missed` are earlier due times that passed without a run. */
  readonly schedule?: { readonly name: string; readonly missed: number } | undefined;
  /** Sentences on what is due. */
  readonly due: readonly string[];
  /** Names of locations by their id. */
  readonly locations?: ReadonlyMap<string, string>;
}

/** What a run checked, found and did not do, in sentences; pure over its job. */
export function summariseRun(job: Job, { archive, schedule, due, locations }: RunSetting): RunSummary {
  const seen = job.kind === 'rescan' ? rescanned(job) : audited(job);
  const missed =
    schedule === undefined || schedule.missed === 0
      ? []
      : [
          `${many(schedule.missed, 'earlier run')} of "${schedule.name}" did not happen: Holdfast was not running when ${schedule.missed === 1 ? 'it was' : 'they were'} due. This run caught up.`,
        ];
  return {
    archive,
    ...(schedule === undefined ? {} : { schedule: schedule.name }),
    job: job.id,
    title: job.title,
    // That a run did not happen is never told quietly.
    tone: seen.tone === 'well' && missed.length > 0 ? 'attention' : seen.tone,
    headline: seen.headline,
    startedAt: job.createdAt,
    ...(job.finishedAt === undefined ? {} : { finishedAt: job.finishedAt }),
    agent: job.agent,
    checked: seen.checked,
    found: seen.found.slice(0, LISTED).map(({ path, location, outcome }) => ({
      path,
      location: locations?.get(location) ?? location,
      what: words(outcome),
    })),
    foundTotal: seen.foundTotal,
    notDone: [...missed, ...seen.notDone],
    due: [...due],
  };
}

interface Seen extends Pick<RunSummary, 'tone' | 'headline' | 'checked' | 'foundTotal' | 'notDone'> {
  readonly found: readonly {
    readonly path: { display: string; bytes?: string | undefined };
    readonly location: string;
    readonly outcome: string;
  }[];
}

const nothing = () => ({ checked: [], found: [], foundTotal: 0, notDone: [] });

function audited(job: Job): Seen {
  const result = job.result as AuditResult | undefined;
  if (job.state !== 'done' || result === undefined) return unfinished(job);
  const { outcomes, planned, findings, findingsTotal, tagFiles, unreachable, bytesRead, endedBy } = result;
  const open = outcomes['not_checked'] ?? 0;
  const later = result.leftForLater ?? 0;
  const sealed = tagFiles?.findingsTotal ?? 0;
  const foundTotal = findingsTotal + sealed;
  const checked = planned - open;
  // A run that ends with the time or the bytes that it was given has done what it was asked for.
  const isAsAsked = endedBy !== undefined && unreachable.length === 0;
  const notDone = [
    ...unreachable.map(({ name, reason }) => `${name} was not checked. ${reason}`),
    ...(open === 0
      ? []
      : [
          `${many(open, 'copy', 'copies')} of ${number(planned)} that were planned ${open === 1 ? 'was' : 'were'} not checked and ${open === 1 ? 'stays' : 'stay'} due${endedBy === undefined ? '' : `: the ${endedBy === 'time' ? 'time' : 'bytes'} that the run was given ended`}.`,
        ]),
  ];
  const well =
    checked === 0
      ? 'nothing was due'
      : `${checked === 1 ? 'the 1 copy that was read is' : `all ${number(checked)} copies that were read are`} intact`;
  return {
    ...conclusion(foundTotal, notDone.length > 0 && !isAsAsked, well),
    checked: [
      ...massSentences(result.massChanges),
      planned === 0
        ? 'No copy was to be verified.'
        : `${many(checked, 'copy', 'copies')} (${size(bytesRead)}) read and compared with their digests: ${byOutcome(outcomes)}.`,
      ...(later === 0
        ? []
        : [`${many(later, 'copy', 'copies')} verified more recently left for later runs.`]),
      ...offlineSentences(result.offline),
      ...(tagFiles === undefined || tagFiles.intact + sealed === 0
        ? []
        : [
            `${many(tagFiles.intact, 'file')} of the bags themselves as sealed${sealed === 0 ? '' : `, ${number(sealed)} not`}.`,
          ]),
    ],
    found: [...findings, ...(tagFiles?.findings ?? [])],
    foundTotal,
    notDone,
  };
}

function rescanned(job: Job): Seen {
  const result = job.result as RescanResult | undefined;
  if (job.state !== 'done' || result === undefined) return unfinished(job);
  const { outcomes, findings, findingsTotal, gone, untracked, unreachable, bytesRead } = result;
  const goneTotal = outcomes['gone'] ?? gone.length;
  const newTotal = outcomes['untracked'] ?? untracked.length;
  const notDone = unreachable.map(({ name, reason }) => `${name} was not looked at. ${reason}`);
  return {
    ...conclusion(findingsTotal + goneTotal, notDone.length > 0, 'everything stands as it was recorded'),
    checked: [
      ...massSentences(result.massChanges),
      `Compared by size, times and inode: ${byOutcome(outcomes) || 'nothing is recorded there'}.`,
      ...(bytesRead === 0 ? [] : [`${size(bytesRead)} of what had changed were read.`]),
      ...(newTotal === 0 ? [] : [`${many(newTotal, 'file')} in nobody's custody.`]),
      ...offlineSentences(result.offline),
    ],
    found: [
      ...findings,
      ...gone.map((row) => ({ ...row, outcome: 'not there now; an audit confirms whether it is missing' })),
    ],
    foundTotal: findingsTotal + goneTotal,
    notDone,
  };
}

/** First of all: one decision for many files, and what waits for it. */
function massSentences(changes: AuditResult['massChanges'] = []): string[] {
  return changes.map(
    ({ id, location, files, ofFiles, looksLike }) =>
      `${number(files)} of ${number(ofFiles)} files of ${location.name} changed at once (${looksLike}): replication from there and decisions on many files there wait until somebody decides on ${id}.`,
  );
}

function offlineSentences(offline: RescanResult['offline'] = []): string[] {
  return offline.map(
    ({ name, replicas }) =>
      `${name} is offline as planned: its ${many(replicas, 'copy', 'copies')} were no part of it.`,
  );
}

function conclusion(found: number, isOpen: boolean, well: string): Pick<Seen, 'tone' | 'headline'> {
  if (found > 0)
    return {
      tone: 'attention',
      headline: `${many(found, 'finding')} to decide on${isOpen ? '; not everything was checked' : ''}`,
    };
  return isOpen
    ? { tone: 'attention', headline: 'Nothing wrong was found, and not everything was checked' }
    : { tone: 'well', headline: `All is well: ${well}` };
}

function unfinished(job: Job): Seen {
  const { state, error } = job;
  if (state === 'running' || state === 'queued')
    return { ...nothing(), tone: 'running', headline: 'It is running now' };
  if (state === 'done')
    return {
      ...nothing(),
      tone: 'attention',
      headline: 'The run was completed, but the program ended before it could say what it found',
      notDone: ['See what was found with: holdfast findings list'],
    };
  const goOn = `holdfast jobs resume ${job.id} goes on with it.`;
  if (state === 'cancelled')
    return {
      ...nothing(),
      tone: 'attention',
      headline: 'The run was cancelled',
      notDone: ['What it had not checked stays due.'],
    };
  return {
    ...nothing(),
    tone: 'failed',
    headline: state === 'paused' ? 'The run was stopped before its end' : 'The run could not be completed',
    notDone: [error === undefined ? `It was interrupted. ${goOn}` : `${error.message} ${goOn}`],
  };
}

function byOutcome(outcomes: Readonly<Record<string, number>>): string {
  return Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${number(count)} ${words(outcome)}`)
    .join(', ');
}

function words(outcome: string): string {
  const known: readonly string[] = LOCATION_OUTCOMES;
  return known.includes(outcome) ? outcomeWords(outcome as LocationOutcome) : outcome.replaceAll('_', ' ');
}

function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function many(value: number, one: string, several = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : several}`;
}

/** Decimal units, as disks are sold. */
function size(bytes: number): string {
  const units = [
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const;
  const [unit, name] = units.find(([least]) => bytes >= least) ?? [1, 'bytes'];
  return unit === 1 ? `${number(bytes)} bytes` : `${(bytes / unit).toFixed(1)} ${name}`;
}
