import { Link } from '@tanstack/react-router';
import type { ArchiveStatus } from '../../../shared/contract/archive.ts';
import { PRESERVATION_STATUSES } from '../../../shared/domain/preservation-status.ts';
import { useDesktop } from '../../client/index.ts';
import {
  ChartMenu,
  formatCount,
  formatHours,
  formatShare,
  Section,
  StatusBar,
  StatusGlyph,
  useTexts,
} from '../../ui/index.ts';
import { STATUS_ANCHOR } from './anchors.ts';
import { MeasureChoice, type Measure } from './measure.tsx';
import styles from './overview.module.css';

const SECOND_IN_HOURS = 1 / 3600;

interface StatusScaleProps {
  readonly status: ArchiveStatus;
  readonly measure: Measure;
  readonly onMeasure: (measure: Measure) => void;
}

/** The five steps of preservation, drawn to scale, and each step with what it means and where its items are. */
export function StatusScale({ status, measure, onMeasure }: StatusScaleProps) {
  const { t } = useTexts('overview');
  const steps = PRESERVATION_STATUSES.map((step) => {
    const { count = 0, hours = 0 } = status.byStatus[step] ?? {};
    return { step, count, hours, value: measure === 'count' ? count : hours };
  });
  const { kind } = useDesktop();
  const whole = steps.reduce((sum, { value }) => sum + value, 0);
  // Items that share content each count it; the sentence above counts it once.
  const itemHours = steps.reduce((sum, { hours }) => sum + hours, 0);
  const isShared = itemHours - status.hours >= SECOND_IN_HOURS;
  const chart = {
    title: t('status.title'),
    summary: steps
      .map(({ step, value }) =>
        t('status.summary', { step: t(`status.${step}`), share: formatShare(value, whole) }),
      )
      .join(', '),
    columns: [t('status.step'), t('status.items'), t('breakdown.hours')],
    rows: steps.map(({ step, count, hours, value }) => ({
      name: t(`status.${step}`),
      value,
      cells: [count, hours.toFixed(2)],
    })),
  };
  return (
    <div id={STATUS_ANCHOR} className={styles.anchor}>
      <Section
        title={t('status.title')}
        actions={
          <>
            <MeasureChoice value={measure} onChange={onMeasure} />
            <ChartMenu chart={chart} canSave={kind === 'browser'} />
          </>
        }
      >
        <div className={styles.scale}>
          <StatusBar
            parts={steps.map(({ step, value }) => ({ status: step, count: value }))}
            unit={t(measure === 'count' ? 'status.unitCount' : 'status.unitHours')}
          />
        </div>
        <table className={styles.table} aria-label={t('status.caption')}>
          <thead>
            <tr>
              <th scope="col">{t('status.step')}</th>
              <th scope="col" className={styles.end}>
                {t('status.items')}
              </th>
              <th scope="col" className={styles.end}>
                {t('status.sound')}
              </th>
              <th scope="col" className={styles.end}>
                {t('status.share')}
              </th>
              <th scope="col">{t('status.means')}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ step, count, hours, value }) => (
              <tr key={step} className={count === 0 ? styles.none : undefined}>
                <th scope="row">
                  <span className={styles.step}>
                    <StatusGlyph status={step} size={14} label="" />
                    {t(`status.${step}`)}
                  </span>
                </th>
                <td className={styles.end}>
                  {count === 0 ? (
                    formatCount(0)
                  ) : (
                    <Link to="/holdings" search={{ status: step }}>
                      {formatCount(count)}
                    </Link>
                  )}
                </td>
                <td className={styles.end}>{hours > 0 ? formatHours(hours) : ''}</td>
                <td className={styles.end}>{formatShare(value, whole)}</td>
                <td className={styles.meaning}>{t(`status.meaning.${step}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {isShared && (
          <p className={styles.why}>
            {t('status.shared', { items: formatHours(itemHours), once: formatHours(status.hours) })}
          </p>
        )}
      </Section>
    </div>
  );
}
