import type { ReactNode } from 'react';
import { Notch } from '../../ui/index.ts';
import styles from './overview.module.css';

interface NeedProps {
  readonly notch?: { readonly kind: 'finding' | 'overdue' | 'unreachable'; readonly label: string };
  readonly sentence: ReactNode;
  readonly why?: ReactNode;
  readonly act: ReactNode;
}

/** One thing that only a person can do, with its act. */
export function Need({ notch, sentence, why, act }: NeedProps) {
  return (
    <li className={styles.need}>
      <span className={styles.needMark}>
        {notch !== undefined && <Notch kind={notch.kind} label={notch.label} />}
      </span>
      <div className={styles.needText}>
        <p className={styles.needSentence}>{sentence}</p>
        {why !== undefined && <p className={styles.why}>{why}</p>}
      </div>
      <div className={styles.needAct}>{act}</div>
    </li>
  );
}
