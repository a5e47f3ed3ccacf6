import type { Job } from '../../../shared/contract/jobs.ts';
import {
  Facts,
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
  plainVisible,
  ProgressBar,
  Section,
  useTexts,
} from '../../ui/index.ts';
import { SpokenProgress } from './spoken-progress.tsx';

interface JobProgressViewProps {
  readonly job: Job;
}

/** How far a job has come, how fast it goes and how long it still takes, as far as that is known. */
export function JobProgressView({ job }: JobProgressViewProps) {
  const { t } = useTexts('jobs');
  const { files, filesTotal, bytes, bytesTotal, bytesPerSecond, filesPerSecond, secondsLeft, problems } =
    job.progress;
  const isRunning = job.state === 'running';
  const hasBytes = bytesTotal !== undefined && bytesTotal > 0;
  const whole = hasBytes ? bytesTotal : filesTotal;
  const rows = [
    { term: t('progress.files'), value: ofTotal(formatCount(files), filesTotal, formatCount) },
    {
      term: t('progress.bytes'),
      value: ofTotal(formatBytes(bytes), hasBytes ? bytesTotal : undefined, formatBytes),
    },
    ...(isRunning
      ? [
          { term: t('progress.rate'), value: rate() },
          {
            term: t('progress.left'),
            value: secondsLeft === undefined ? t('progress.leftUnknown') : formatDuration(secondsLeft * 1000),
          },
        ]
      : []),
    { term: t('progress.problems'), value: formatCount(problems) },
  ];
  return (
    <Section title={t('progress.title')}>
      {whole !== undefined && whole > 0 ? (
        <ProgressBar
          label={t('progress.label', { title: plainVisible(job.title, 200) })}
          value={Math.min(whole, hasBytes ? bytes : files)}
          max={whole}
        />
      ) : (
        isRunning && <ProgressBar label={t('progress.label', { title: plainVisible(job.title, 200) })} />
      )}
      <Facts rows={rows} />
      <SpokenProgress job={job} />
    </Section>
  );

  function ofTotal(n: string, total: number | undefined, format: (value: number) => string): string {
    return total === undefined ? n : t('progress.filesOf', { n, total: format(total) });
  }

  function rate(): string {
    if (bytesPerSecond >= 1) return formatRate(bytesPerSecond);
    return t('progress.filesRate', { n: formatCount(Math.round(filesPerSecond)) });
  }
}
