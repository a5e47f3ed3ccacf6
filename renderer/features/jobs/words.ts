import type { Job } from '../../../shared/contract/jobs.ts';
import type { Texts } from '../../ui/index.ts';

/** A closed word of the contract as it is shown; one that the catalogue does not know is shown as it is. */
export function wordOf(t: Texts, group: string, value: string): string {
  const key = `${group}.${value}`;
  const text = t(key);
  return text === key ? value.replaceAll('_', ' ') : text;
}

/** Jobs that are forgotten with the host: nothing of them can be paused or gone on with. */
export function isPassing({ kind }: Pick<Job, 'kind'>): boolean {
  return kind === 'survey' || kind === 'validation' || kind === 'attestation' || kind === 'exporting';
}

export function verdictOf(t: Texts, job: Job): string {
  if (job.state === 'running') return t('verdict.running', { phase: wordOf(t, 'phase', job.progress.phase) });
  if (job.state === 'interrupted' && isPassing(job)) return t('verdict.interruptedForgotten');
  return t(`verdict.${job.state}`);
}
