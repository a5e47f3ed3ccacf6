import { useCall, useDesktop } from '../../client/index.ts';
import {
  ChartMenu,
  DayCalendar,
  formatBytes,
  formatCount,
  formatDate,
  localDay,
  Section,
  useTexts,
} from '../../ui/index.ts';
import { checksByDay, yearBefore } from './checks-by-day.ts';
import styles from './overview.module.css';

/** On which days of the last year replicas were read and compared, in ink, with the days on which something was found. */
export function CheckCalendar() {
  const { t } = useTexts('overview');
  const { kind } = useDesktop();
  const today = localDay(Date.now());
  const { data } = useCall('fixity', 'checks', { since: yearBefore(today) }, { keepPrevious: true });
  const days = checksByDay(data?.rows ?? []);
  const bytes = days.reduce((sum, day) => sum + day.bytes, 0);
  const found = days.filter(({ findings }) => findings > 0);
  const summary =
    data === undefined
      ? t('calendar.asking')
      : [
          t('calendar.summary', {
            count: days.length,
            n: formatCount(days.length),
            size: formatBytes(bytes),
          }),
          t('calendar.found', { count: found.length, n: formatCount(found.length) }),
        ].join(' ');
  const words = ({ checked, bytes: read, findings }: (typeof days)[number]) => [
    t('calendar.checked', { count: checked, n: formatCount(checked) }),
    formatBytes(read),
    t('calendar.findings', { count: findings, n: formatCount(findings) }),
  ];
  const columns = [
    t('calendar.day'),
    t('calendar.replicas'),
    t('breakdown.bytes'),
    t('calendar.foundColumn'),
  ];
  const chart = {
    title: t('calendar.title'),
    summary,
    columns,
    rows: days.map((each) => ({
      name: each.day,
      value: each.bytes,
      cells: [each.checked, each.bytes, each.findings],
    })),
  };
  return (
    <Section
      title={t('calendar.title')}
      description={summary}
      actions={<ChartMenu chart={chart} canSave={kind === 'browser'} isTold />}
    >
      <DayCalendar
        last={today}
        more={t('calendar.more')}
        notch={t('calendar.notch')}
        days={days.map((each) => ({
          day: each.day,
          value: each.bytes,
          hasNotch: each.findings > 0,
          text: [formatDate(each.day), ...words(each)].join(', '),
        }))}
      />
      {days.length > 0 && (
        <details className={styles.behind}>
          <summary>{t('calendar.table')}</summary>
          <table className={styles.table}>
            <thead>
              <tr>
                {columns.map((column, at) => (
                  <th key={column} scope="col" className={at === 0 ? undefined : styles.end}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map(({ day, checked, bytes: read, findings }) => (
                <tr key={day}>
                  <th scope="row">{formatDate(day)}</th>
                  <td className={styles.end}>{formatCount(checked)}</td>
                  <td className={styles.end}>{formatBytes(read)}</td>
                  <td className={styles.end}>{formatCount(findings)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Section>
  );
}
