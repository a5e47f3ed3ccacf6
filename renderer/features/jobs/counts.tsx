import type { Tally } from '../../../shared/contract/common.ts';
import { formatBytes, formatCount, formatHours, useTexts } from '../../ui/index.ts';
import styles from './jobs.module.css';
import { wordOf } from './words.ts';

/** How often each outcome came, the most frequent first. */
export function OutcomeCounts({
  title,
  outcomes,
}: {
  readonly title: string;
  readonly outcomes: Readonly<Record<string, number>>;
}) {
  const { t } = useTexts('jobs');
  const rows = Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return null;
  return (
    <table className={styles.counts}>
      <caption>{title}</caption>
      <tbody>
        {rows.map(([outcome, count]) => (
          <tr key={outcome}>
            <th scope="row">{wordOf(t, 'outcome', outcome)}</th>
            <td>{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TallyTableProps {
  readonly title: string;
  readonly tallies: Readonly<Record<string, Tally>>;
}

export function TallyTable({ title, tallies }: TallyTableProps) {
  const { t } = useTexts('jobs');
  const rows = Object.entries(tallies)
    .filter(([, { count }]) => count > 0)
    .sort(([, a], [, b]) => b.count - a.count || b.bytes - a.bytes);
  if (rows.length === 0) return null;
  return (
    <table className={styles.counts}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('result.name')}</th>
          <th scope="col">{t('result.files')}</th>
          <th scope="col">{t('result.sound')}</th>
          <th scope="col">{t('result.size')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, { count, hours, bytes }]) => (
          <tr key={name}>
            <th scope="row">{name === '' ? t('survey.unidentified') : name}</th>
            <td>{formatCount(count)}</td>
            <td>{hours > 0 ? formatHours(hours) : ''}</td>
            <td>{formatBytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
