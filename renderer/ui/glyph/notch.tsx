import type { ReactNode } from 'react';
import { cx } from '../util/cx.ts';
import css from './glyph.module.css';

export type NotchKind = 'finding' | 'overdue' | 'unreachable';

/** Each kind has a shape of its own: a cut wedge, a clock's hand, a broken line. */
const SHAPES: Readonly<Record<NotchKind, ReactNode>> = {
  finding: <path d="M6 1 11.25 10.75H.75Z" fill="currentColor" />,
  overdue: (
    <>
      <path
        d="M1 1.25h10L7.4 6 11 10.75H1L4.6 6Z"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinejoin="round"
      />
      <path d="M2.9 10.2 6 7.4l3.1 2.8Z" fill="currentColor" />
    </>
  ),
  unreachable: (
    <path
      d="M.75 6h2.5M8.75 6h2.5M4.4 9.6 7.6 2.4"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
    />
  ),
};

export interface NotchProps {
  readonly kind: NotchKind;
  readonly label: string;
}

/** A problem, which is never a fill: a sign with its label beside it. */
export function Notch({ kind, label }: NotchProps): ReactNode {
  return (
    <span className={cx(css.notch, css[kind])}>
      <svg className={css.glyph} width="12" height="12" viewBox="0 0 12 12" fill="none" aria-hidden="true">
        {SHAPES[kind]}
      </svg>
      <span>{label}</span>
    </span>
  );
}
