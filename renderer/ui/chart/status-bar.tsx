import type { ReactNode } from 'react';
import {
  PRESERVATION_STATUSES,
  type PreservationStatus,
} from '../../../shared/domain/preservation-status.ts';
import { formatCount, formatShare } from '../format/numbers.ts';
import { StatusGlyph } from '../glyph/status-glyph.tsx';
import { useTexts } from '../i18n.ts';
import { cx } from '../util/cx.ts';
import css from './chart.module.css';

export interface StatusBarProps {
  readonly parts: readonly { readonly status: PreservationStatus; readonly count: number }[];
  /** What is counted, such as `recordings`. */
  readonly unit: string;
}

/** How much stands on which step: one bar in ink, and its figures below as the table that it is drawn from. */
export function StatusBar({ parts, unit }: StatusBarProps): ReactNode {
  const { t } = useTexts('ui');
  const counts = PRESERVATION_STATUSES.map((status) => ({
    status,
    count: parts.filter((part) => part.status === status).reduce((sum, part) => sum + part.count, 0),
  })).filter(({ status, count }) => count > 0 || parts.some((part) => part.status === status));
  const total = counts.reduce((sum, part) => sum + part.count, 0);
  return (
    <figure className={css.status}>
      <div className={css.bar} aria-hidden="true">
        {counts.map(
          ({ status, count }) =>
            count > 0 && (
              <span
                key={status}
                className={cx(css.segment, css[status])}
                style={{ flexGrow: count / total }}
              />
            ),
        )}
      </div>
      <table className={css.legend}>
        <caption className={css.caption}>{t('statusBar.caption', { unit })}</caption>
        <tbody className={css.entries}>
          {counts.map(({ status, count }) => (
            <tr key={status} className={css.entry}>
              <th scope="row" className={css.word}>
                <StatusGlyph status={status} label="" />
                {t(`status.${status}`)}
              </th>
              <td className={css.share}>{formatShare(count, total)}</td>
              <td className={css.count}>{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
