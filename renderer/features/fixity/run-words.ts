import type { Run } from '../../../shared/contract/fixity-lists.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
  plainVisible,
  type Texts,
} from '../../ui/index.ts';

/** What a run checked and what came of it. */
export function checkedWords({ kind, planned, checked, outcomes }: Run, t: Texts): string {
  if (planned === 0) return t('run.nothingPlanned');
  const counts = Object.entries(outcomes)
    .filter(([outcome, count]) => count > 0 && outcome !== 'not_checked')
    .sort(([, a], [, b]) => b - a)
    .map(([outcome, count]) =>
      t('run.outcome', { shown: formatCount(count), outcome: outcomeWord(outcome, t) }),
    );
  const words = {
    count: planned,
    checked: formatCount(checked),
    planned: formatCount(planned),
    outcomes: new Intl.ListFormat(undefined, { type: 'unit' }).format(counts),
  };
  if (counts.length === 0) return t('run.checkedNone', words);
  return t(kind === 'audit' ? 'run.checked' : 'run.compared', words);
}

/** Whether everything that was planned was done, and if not, why not. */
export function completeWords(run: Run, t: Texts): string {
  const { state, complete, endedBy, unreachable, leftForLater } = run;
  if (state === 'cancelled') return t('run.cancelled');
  if (state === 'failed') return t('run.failed');
  if (state !== 'done') return t(`run.${state}`);
  const later =
    leftForLater === undefined || leftForLater === 0
      ? ''
      : ` ${t('run.later', { count: leftForLater, shown: formatCount(leftForLater) })}`;
  if (complete) return `${t('run.complete')}${later}`;
  const names = new Intl.ListFormat(undefined, { type: 'conjunction' }).format(
    unreachable.map((name) => plainVisible(name, 80)),
  );
  const why = [
    ...(endedBy === undefined ? [] : [t(`run.endedBy.${endedBy}`)]),
    ...(unreachable.length === 0 ? [] : [t('run.unreachable', { names })]),
  ];
  return `${why.length === 0 ? t('run.incomplete') : t('run.incompleteWhy', { why: why.join(' ') })}${later}`;
}

/** How much was read, how fast on the whole; pauses are part of the time, which is said where it was long. */
export function readWords({ bytesRead, startedAt, finishedAt, cached }: Run, t: Texts): string {
  if (finishedAt === undefined || bytesRead === 0) return bytesRead === 0 ? t('run.readNothing') : '';
  const ms = Math.max(1, Date.parse(finishedAt) - Date.parse(startedAt));
  const words = {
    size: formatBytes(bytesRead),
    time: formatDuration(ms),
    rate: formatRate((bytesRead * 1000) / ms),
  };
  // Within a second a rate says more of the clock than of the disk.
  const sentence = t(ms < 1000 ? 'run.read' : 'run.readAt', words);
  return cached === true ? `${sentence} ${t('run.cached')}` : sentence;
}

function outcomeWord(outcome: string, t: Texts): string {
  const key = `outcome.${outcome}`;
  const word = t(key);
  return word === key ? outcome.replaceAll('_', ' ') : word;
}
