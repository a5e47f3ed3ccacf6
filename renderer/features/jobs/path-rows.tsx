import { useMemo } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { DataTable, formatCount, PathText, SafeText, useTexts, type Column } from '../../ui/index.ts';
import styles from './jobs.module.css';
import { MOST_LISTED, PathList } from './path-list.tsx';
import { tableHeight } from './table-height.ts';

export interface PathRow {
  readonly path: PathValue;
  readonly text: string;
  /** A word that stands before it, such as an outcome. */
  readonly mark?: string;
}

interface PathRowsProps {
  readonly title: string;
  readonly why?: string;
  /** Heading of the second column; without it there is only the path. */
  readonly column?: string;
  readonly rows: readonly PathRow[];
  readonly total: number;
}

const MOST_HIGH = 10;

/** Paths with a word on each, of which a result carries the first thousand. Nothing where there are none. */
export function PathRows({ title, why, column, rows, total }: PathRowsProps) {
  const { t } = useTexts('jobs');
  const columns = useMemo<Column<PathRow>[]>(
    () => [
      {
        id: 'path',
        header: t('result.path'),
        width: 420,
        minWidth: 160,
        cell: ({ path }) => <PathText path={path} />,
        text: ({ path }) => path.display,
      },
      ...(column === undefined
        ? []
        : [
            {
              id: 'text',
              header: column,
              width: 420,
              minWidth: 160,
              cell: ({ text, mark }: PathRow) => <SafeText value={mark ?? text} />,
              text: ({ text, mark }: PathRow) => mark ?? text,
            },
          ]),
    ],
    [t, column],
  );
  if (total === 0 || rows.length === 0) return null;
  return (
    <section className={styles.list} aria-label={title}>
      <h3 className={styles.listTitle}>
        {title} <span className={styles.total}>{formatCount(total)}</span>
      </h3>
      {why !== undefined && <p className={styles.why}>{why}</p>}
      {rows.length <= MOST_LISTED ? (
        <PathList rows={rows} />
      ) : (
        <div className={styles.table} style={{ blockSize: tableHeight(rows.length, MOST_HIGH) }}>
          <DataTable
            label={title}
            columns={columns}
            rowCount={rows.length}
            rowAt={(index) => rows[index]}
            rowKey={(row) => `${row.path.display} ${row.path.bytes ?? ''} ${row.text}`}
          />
        </div>
      )}
      {total > rows.length && (
        <p className={styles.why}>
          {t('result.firstRows', { count: total, shown: formatCount(rows.length), n: formatCount(total) })}
        </p>
      )}
    </section>
  );
}
