import type { ReactNode } from 'react';
import styles from './hand-outs.module.css';

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

/** A step that one came to by pressing what is gone now: it takes the focus, so that a reader is told and Tab goes on from there. */
export function Arrival({ label, children }: Props): ReactNode {
  return (
    <section ref={focus} className={styles.arrival} tabIndex={-1} aria-label={label}>
      {children}
    </section>
  );
}

function focus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'start' });
}
