import type { ReactNode } from 'react';
import type { PreservationStatus } from '../../../shared/domain/preservation-status.ts';
import { textsOf } from '../i18n.ts';
import css from './glyph.module.css';

/** Clockwise from the top, on a 12 px square: how much of the ring is ink. */
const INK: Readonly<Record<PreservationStatus, string | undefined>> = {
  'access-only': undefined,
  held: 'M6 6V.75A5.25 5.25 0 0 1 11.25 6Z',
  verified: 'M6 .75a5.25 5.25 0 0 1 0 10.5Z',
  replicated: 'M6 6V.75A5.25 5.25 0 1 1 .75 6Z',
  safe: 'M6 .75a5.25 5.25 0 1 1 0 10.5a5.25 5.25 0 1 1 0-10.5Z',
};

const words = new Map<PreservationStatus, string>();

/** Kept, since a table asks for it in each of its rows. */
function wordOf(status: PreservationStatus): string {
  const known = words.get(status);
  if (known !== undefined) return known;
  const t = textsOf('ui');
  const word = t(`status.${status}`);
  words.set(status, word);
  return word;
}

export interface StatusGlyphProps {
  readonly status: PreservationStatus;
  /** CSS pixels; 14 unless told. */
  readonly size?: number | undefined;
  /** What is spoken; the status's own word unless told, and nothing where it is empty. */
  readonly label?: string | undefined;
}

/** The one sign of preservation: a ring that fills with ink as it is proven. */
export function StatusGlyph({ status, size = 14, label }: StatusGlyphProps): ReactNode {
  const spoken = label ?? wordOf(status);
  const ink = INK[status];
  return (
    <svg
      className={css.glyph}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      fill="none"
      {...(spoken === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': spoken })}
    >
      {spoken !== '' && <title>{spoken}</title>}
      <circle
        cx="6"
        cy="6"
        r="5.25"
        stroke="currentColor"
        strokeWidth={status === 'access-only' ? 1.1 : 1.25}
        {...(ink === undefined ? { strokeDasharray: '2.15 1.974', strokeDashoffset: 1.075 } : {})}
      />
      {ink !== undefined && <path d={ink} fill="currentColor" />}
    </svg>
  );
}
