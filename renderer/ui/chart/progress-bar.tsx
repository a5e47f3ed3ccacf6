import { useId, type ReactNode } from 'react';
import { formatShare } from '../format/numbers.ts';
import { cx } from '../util/cx.ts';
import css from './chart.module.css';

export interface ProgressBarProps {
  readonly label: string;
  /** How much is done; where it is not known, the bar says only that something goes on. */
  readonly value?: number | undefined;
  /** How much there is to do; 1 unless told. */
  readonly max?: number | undefined;
}

export function ProgressBar({ label, value, max = 1 }: ProgressBarProps): ReactNode {
  const id = useId();
  const share = value === undefined || !(max > 0) ? undefined : Math.min(1, Math.max(0, value / max));
  const text = share === undefined ? '' : formatShare(share, 1);
  return (
    <div className={css.progress}>
      <span id={id} className={css.progressLabel}>
        {label}
      </span>
      <span className={css.progressText}>{text}</span>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === undefined ? {} : { 'aria-valuenow': Math.floor(share * 100), 'aria-valuetext': text })}
        className={cx(css.track, share === undefined && css.unknown)}
      >
        {share !== undefined && <div className={css.fill} style={{ width: `${share * 100}%` }} />}
      </div>
    </div>
  );
}
