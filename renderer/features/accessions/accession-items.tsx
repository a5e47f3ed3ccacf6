import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import type { Item } from '../../../shared/contract/items.ts';
import {
  DataTable,
  Duration,
  ProblemNotice,
  SafeText,
  Section,
  formatBytes,
  formatCount,
  useTexts,
  type Column,
} from '../../ui/index.ts';
import styles from './accessions.module.css';
import { useItems } from './use-accessions.ts';

/** The items of an accession; opening one shows its recordings among the holdings. */
export function AccessionItems({
  accession,
  count,
}: {
  readonly accession: string;
  readonly count: number;
}): ReactNode {
  const { t } = useTexts('accessions');
  const navigate = useNavigate();
  const { rows, isLoading, error, retry, reach } = useItems(accession);
  const columns = useMemo<Column<Item>[]>(
    () => [
      {
        id: 'title',
        header: t('column.title'),
        width: 280,
        cell: (row) => <SafeText value={row.title} />,
        text: (row) => row.title,
      },
      {
        id: 'creator',
        header: t('column.creator'),
        width: 180,
        cell: (row) => <SafeText value={row.creator ?? ''} />,
        text: (row) => row.creator ?? '',
      },
      {
        id: 'parts',
        header: t('column.parts'),
        width: 80,
        align: 'end',
        cell: (row) => formatCount(row.parts),
        text: (row) => String(row.parts),
      },
      {
        id: 'duration',
        header: t('column.sound'),
        width: 90,
        align: 'end',
        cell: (row) => <Duration ms={row.durationMs} />,
        text: (row) => String(row.durationMs),
      },
      {
        id: 'bytes',
        header: t('column.size'),
        width: 100,
        align: 'end',
        cell: (row) => formatBytes(row.bytes),
        text: (row) => String(row.bytes),
      },
    ],
    [t],
  );
  return (
    <Section
      title={t('items.title', { count, number: formatCount(count) })}
      actions={
        <Link to="/holdings" search={{ accession }} className={styles.link}>
          {t('items.toHoldings')}
        </Link>
      }
    >
      {error !== undefined && <ProblemNotice error={error} onRetry={retry} />}
      <div className={styles.items} style={{ '--rows': Math.min(count, 12) } as React.CSSProperties}>
        <DataTable<Item>
          label={t('items.label')}
          columns={columns}
          rowCount={count}
          rowAt={(index) => rows[index]}
          rowKey={(row) => row.id}
          onRangeChange={(_first, last) => {
            reach(last);
          }}
          onOpen={(row) => {
            navigate({ to: '/holdings', search: { item: row.id } }).catch(() => undefined);
          }}
          isLoading={isLoading}
        />
      </div>
    </Section>
  );
}
