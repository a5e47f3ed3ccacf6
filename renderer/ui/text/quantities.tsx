import type { ReactNode } from 'react';
import { formatDate, formatDateTime, formatRelative, timeOf } from '../format/dates.ts';
import { formatBytes, formatCount, formatLength } from '../format/numbers.ts';
import { useMinute } from '../util/use-minute.ts';
import css from './text.module.css';
import { plainVisible } from './visible.ts';

export interface TimeProps {
  /** RFC 3339, or a day. What is neither is shown as it is. */
  readonly at: string;
  /** The day itself and no distance: for dates that are facts of a recording or an agreement. */
  readonly isDateOnly?: boolean | undefined;
}

/** When something was: how long ago, with the moment itself on hover. */
export function Time({ at, isDateOnly = false }: TimeProps): ReactNode {
  useMinute();
  if (Number.isNaN(timeOf(at))) return <bdi>{plainVisible(at, 100)}</bdi>;
  if (isDateOnly)
    return (
      <time className={css.figure} dateTime={at}>
        {formatDate(at)}
      </time>
    );
  return (
    <time className={css.figure} dateTime={at} title={formatDateTime(at)}>
      {formatRelative(at)}
    </time>
  );
}

/** A size in decimal units, exact on hover. */
export function Bytes({ value }: { readonly value: number }): ReactNode {
  return (
    <span className={css.figure} {...(value >= 1000 ? { title: formatExactBytes(value) } : {})}>
      {formatBytes(value)}
    </span>
  );
}

function formatExactBytes(value: number): string {
  // `999 bytes` shows how the reader's language says it; the figure takes the place of 999.
  return formatBytes(999).replace('999', formatCount(value));
}

/** The length of a recording: `2:14`. For time that is left, say `formatDuration`. */
export function Duration({ ms }: { readonly ms: number }): ReactNode {
  return <span className={css.figure}>{formatLength(ms)}</span>;
}

export function Count({ value }: { readonly value: number }): ReactNode {
  return <span className={css.figure}>{formatCount(value)}</span>;
}
