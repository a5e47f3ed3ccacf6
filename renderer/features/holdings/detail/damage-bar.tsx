import type { ReactNode } from 'react';
import type { Integrity } from '../../../../shared/contract/integrity.ts';
import { formatLength, formatPosition, useTexts } from '../../../ui/index.ts';
import css from './integrity.module.css';

interface DamageBarProps {
  readonly problems: Integrity['problems'];
  /** Length of the recording; nothing is drawn where it is not known. */
  readonly durationMs: number | undefined;
}

/** Where in the recording something is amiss: a mark for each place whose time is known. */
export function DamageBar({ problems, durationMs }: DamageBarProps): ReactNode {
  const { t } = useTexts('holdings');
  const times = problems.flatMap(({ timeMs }) => (timeMs === undefined ? [] : [timeMs]));
  if (durationMs === undefined || durationMs <= 0 || times.length === 0) return null;
  const places = [...new Set(times.map((ms) => Math.min(1, ms / durationMs)))];
  const spoken = [...new Set(times.map(formatPosition))].join(', ');
  return (
    <figure className={css.damage}>
      <svg
        className={css.bar}
        viewBox="0 0 1000 12"
        preserveAspectRatio="none"
        role="img"
        aria-label={t('integrity.bar', { times: spoken })}
      >
        <rect className={css.whole} x="0" y="4" width="1000" height="4" />
        {places.map((place) => (
          <rect
            key={place}
            className={css.mark}
            x={Math.min(994, place * 1000)}
            y="0"
            width="6"
            height="12"
          />
        ))}
      </svg>
      <figcaption className={css.times} aria-hidden="true">
        <span>{formatPosition(0)}</span>
        <span>{t('integrity.barAt', { times: spoken })}</span>
        <span>{formatLength(durationMs)}</span>
      </figcaption>
    </figure>
  );
}
