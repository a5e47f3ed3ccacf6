import type { ReactNode } from 'react';
import { formatCount } from '../../ui/index.ts';
import styles from './fixity.module.css';

interface Props {
  readonly label: string;
  /** How many it shows. */
  readonly count: number;
  readonly isOn: boolean;
  readonly onPress: () => void;
}

/** A filter that is on or off. */
export function FilterChip({ label, count, isOn, onPress }: Props): ReactNode {
  return (
    <button type="button" className={styles.chip} aria-pressed={isOn} onClick={onPress}>
      <bdi>{label}</bdi> <span className={styles.count}>{formatCount(count)}</span>
    </button>
  );
}
