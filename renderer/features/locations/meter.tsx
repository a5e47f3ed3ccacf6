import styles from './locations.module.css';

interface Props {
  /** What it measures, spoken. */
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  readonly words: string;
}

/** A share as a bar, with its words beside it. */
export function Meter({ label, share, words }: Props) {
  const percent = Math.min(100, Math.max(0, share * 100));
  return (
    <span className={styles.space}>
      <span
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
        aria-valuetext={words}
        className={styles.meter}
      >
        <span className={styles.meterFill} style={{ inlineSize: `${percent.toFixed(1)}%` }} />
      </span>
      <span>{words}</span>
    </span>
  );
}
