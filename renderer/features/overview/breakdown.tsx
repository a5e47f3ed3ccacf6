import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Tally } from '../../../shared/contract/common.ts';
import { useDesktop } from '../../client/index.ts';
import {
  ChartMenu,
  formatBytes,
  formatCount,
  formatHours,
  formatShare,
  SafeText,
  useTexts,
} from '../../ui/index.ts';
import styles from './breakdown.module.css';
import type { Measure } from './measure.tsx';

const FIRST = 6;

export interface BreakdownRow {
  readonly id: string;
  readonly name: string;
  readonly tally: Tally;
  /** Where what it counts is listed; absent where nothing lists it. */
  readonly link?: {
    readonly to: '/holdings' | '/accessions';
    readonly search?: Readonly<Record<string, string>>;
  };
}

interface BreakdownProps {
  readonly title: string;
  readonly counted: string;
  readonly rows: readonly BreakdownRow[];
  readonly measure: Measure;
}

/** One question and its answer: bars that are at the same time the table behind them. */
export function Breakdown({ title, counted, rows, measure }: BreakdownProps) {
  const { t } = useTexts('overview');
  const { kind } = useDesktop();
  const [isWhole, setIsWhole] = useState(false);
  const valueOf = ({ tally }: BreakdownRow) => (measure === 'count' ? tally.count : tally.hours);
  const sorted = rows.toSorted((a, b) => valueOf(b) - valueOf(a) || b.tally.count - a.tally.count);
  const shown = isWhole ? sorted : sorted.slice(0, FIRST);
  const whole = sorted.reduce((sum, row) => sum + valueOf(row), 0);
  const most = sorted[0] === undefined ? 0 : valueOf(sorted[0]);
  const rest = sorted.length - shown.length;
  const first = sorted[0];
  const chart = {
    title,
    summary:
      first === undefined
        ? t('breakdown.empty')
        : t('breakdown.summary', {
            count: sorted.length,
            n: formatCount(sorted.length),
            name: first.name,
            share: formatShare(valueOf(first), whole),
          }),
    columns: [t('breakdown.name'), counted, t('breakdown.hours'), t('breakdown.bytes')],
    rows: sorted.map((row) => ({
      name: row.name,
      value: valueOf(row),
      cells: [row.tally.count, row.tally.hours.toFixed(2), row.tally.bytes],
    })),
  };
  return (
    <section aria-label={title}>
      <header className={styles.head}>
        <h3 className={styles.title}>{title}</h3>
        <ChartMenu chart={chart} canSave={kind === 'browser'} />
      </header>
      {sorted.length === 0 ? (
        <p className={styles.empty}>{t('breakdown.empty')}</p>
      ) : (
        <table className={styles.table}>
          <thead className={styles.columns}>
            <tr>
              <th scope="col">{t('breakdown.name')}</th>
              <th scope="col" className={styles.end}>
                {counted}
              </th>
              <th scope="col" className={styles.end}>
                {t('breakdown.sound')}
              </th>
              <th scope="col" className={styles.end}>
                {t('breakdown.bar')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id}>
                <th scope="row" className={styles.name}>
                  {row.link === undefined ? (
                    <SafeText value={row.name} />
                  ) : (
                    <Link to={row.link.to} search={row.link.search ?? {}}>
                      <SafeText value={row.name} />
                    </Link>
                  )}
                  <span
                    className={styles.bar}
                    style={{ inlineSize: most > 0 ? `${(valueOf(row) / most) * 100}%` : 0 }}
                  />
                </th>
                <td className={styles.end} title={formatBytes(row.tally.bytes)}>
                  {formatCount(row.tally.count)}
                </td>
                <td className={styles.end}>{row.tally.hours > 0 ? formatHours(row.tally.hours) : ''}</td>
                <td className={styles.end}>{formatShare(valueOf(row), whole)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {sorted.length > FIRST && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isWhole}
          onClick={() => {
            setIsWhole(!isWhole);
          }}
        >
          {isWhole ? t('breakdown.fewer') : t('breakdown.all', { count: rest, n: formatCount(rest) })}
        </button>
      )}
    </section>
  );
}
