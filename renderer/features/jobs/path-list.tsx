import type { PathValue } from '../../../shared/contract/common.ts';
import { PathText, SafeText } from '../../ui/index.ts';
import styles from './jobs.module.css';

/** So many are read one after the other; more than that are looked through in a table. */
export const MOST_LISTED = 20;

interface PathListProps {
  readonly rows: readonly { readonly path: PathValue; readonly text: string; readonly mark?: string }[];
}

/** Paths with what is to be said of each, in full. */
export function PathList({ rows }: PathListProps) {
  return (
    <ul className={styles.paths}>
      {rows.map(({ path, text, mark }, at) => (
        <li key={at} className={styles.pathRow}>
          {mark !== undefined && <span className={styles.mark}>{mark}</span>}
          <div>
            <PathText path={path} />
            {text !== '' && (
              <p className={styles.why}>
                <SafeText value={text} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
