import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { Button, PathText, formatCount, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';

export interface PathReason {
  readonly path: PathValue;
  readonly reason: string;
}

const FIRST = 5;
const MORE = 100;

/** Files and what is said of each: those with the same words together, a few first and more where they are asked for. */
export function PathReasons({
  title,
  rows,
  total,
}: {
  readonly title: string;
  readonly rows: readonly PathReason[];
  readonly total: number;
}): ReactNode {
  const { t } = useTexts('accessions');
  const [most, setMost] = useState(FIRST);
  if (total === 0) return null;
  const shown = rows.slice(0, most);
  const groups = Map.groupBy(shown, ({ reason }) => reason);
  return (
    <section className={styles.reasons}>
      <h3 className={styles.reasonsTitle}>{title}</h3>
      {[...groups].map(([reason, each]) => (
        <div key={reason} className={styles.reasonGroup}>
          <p>{reason}</p>
          <ul>
            {each.map(({ path }, index) => (
              <li key={`${path.display}:${String(index)}`}>
                <PathText path={path} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {rows.length > most && (
        <Button
          variant="quiet"
          onPress={() => {
            setMost((now) => now + MORE);
          }}
        >
          {t('reasons.more', {
            count: rows.length - most,
            number: formatCount(Math.min(MORE, rows.length - most)),
          })}
        </Button>
      )}
      {rows.length <= most && total > rows.length && (
        <p className={styles.muted}>
          {t('reasons.notListed', { count: total - rows.length, number: formatCount(total - rows.length) })}
        </p>
      )}
    </section>
  );
}
