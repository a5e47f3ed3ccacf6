import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { FilterX, FolderInput } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { Accession } from '../../../shared/contract/accession.ts';
import { useLeaveSearch, usePreference } from '../../client/index.ts';
import {
  Button,
  Chip,
  ChipRow,
  DataTable,
  EmptyState,
  IconButton,
  Notch,
  Page,
  ProblemNotice,
  SafeText,
  SearchField,
  Term,
  Time,
  formatCount,
  useTexts,
  type Column,
} from '../../ui/index.ts';
import { gapsOfAccession, listedAccessions } from './list.ts';
import { accessionsSearch, type AccessionsSearch } from './search.ts';
import styles from './accessions.module.css';
import { useAllAccessions } from './use-accessions.ts';
import { WaitingAppraisals } from './waiting-appraisals.tsx';

/** Every act of taking custody, and what waits for a decision before one. */
export function AccessionsPage(): ReactNode {
  const { t } = useTexts('accessions');
  const navigate = useNavigate();
  const search = accessionsSearch(useSearch({ strict: false }));
  useLeaveSearch('accessions', search);
  const { rows, isLoading, error, retry } = useAllAccessions();
  const { text, gap, sort, direction } = search;
  const listed = useMemo(
    () =>
      listedAccessions(rows, {
        ...(text === undefined ? {} : { text }),
        ...(gap === undefined ? {} : { gap }),
        ...(sort === undefined ? {} : { sort }),
        ...(direction === undefined ? {} : { direction }),
      }),
    [rows, text, gap, sort, direction],
  );
  const [widths, setWidths] = usePreference<Record<string, number>>('columns.accessions', {});
  const columns = useColumns();
  const look = (change: Partial<Record<keyof AccessionsSearch, string | undefined>>): void => {
    const next = accessionsSearch({ ...search, ...change });
    navigate({ to: '/accessions', search: next, replace: true }).catch(() => undefined);
  };
  const begin = (
    <Button
      variant="primary"
      icon={FolderInput}
      onPress={() => {
        navigate({ to: '/accessions/new' }).catch(() => undefined);
      }}
    >
      {t('list.take')}
    </Button>
  );
  const isEmpty = !isLoading && error === undefined && rows.length === 0;
  return (
    <Page
      title={<Term id="accession">{t('list.title')}</Term>}
      verdict={verdictOf(rows, isLoading, t)}
      actions={isEmpty ? undefined : begin}
    >
      <WaitingAppraisals />
      {error !== undefined && <ProblemNotice error={error} onRetry={retry} />}
      {isEmpty ? (
        <EmptyState title={t('list.emptyTitle')} why={t('list.emptyWhy')} action={begin} />
      ) : (
        <>
          <div className={styles.tools}>
            <SearchField
              label={t('list.search')}
              value={search.text ?? ''}
              onChange={(text) => {
                look({ text });
              }}
              placeholder={t('list.searchHint')}
            />
            <IconButton
              icon={FilterX}
              label={t('list.clear')}
              isDisabled={Object.keys(search).length === 0}
              onPress={() => {
                look({ text: undefined, gap: undefined, sort: undefined, direction: undefined });
              }}
            />
            {search.gap !== undefined && (
              <ChipRow label={t('list.filters')}>
                <Chip
                  label={t('list.gapFilter', { gap: t(`gap.${search.gap}`) })}
                  onRemove={() => {
                    look({ gap: undefined });
                  }}
                />
              </ChipRow>
            )}
          </div>
          <DataTable<Accession>
            label={t('list.title')}
            columns={columns}
            rowCount={listed.length}
            rowAt={(index) => listed[index]}
            rowKey={(row) => row.id}
            sort={{ column: search.sort ?? 'openedAt', direction: search.direction ?? 'descending' }}
            onSortChange={({ column, direction }) => {
              look({ sort: column, direction });
            }}
            onOpen={(row) => {
              navigate({ to: '/accessions/$id', params: { id: row.id } }).catch(() => undefined);
            }}
            widths={widths}
            onWidthsChange={setWidths}
            isLoading={isLoading}
            emptyText={t('list.noneMatch')}
          />
        </>
      )}
    </Page>
  );
}

function verdictOf(
  rows: readonly Accession[],
  isLoading: boolean,
  t: ReturnType<typeof useTexts>['t'],
): string | null {
  if (isLoading) return null;
  const held = rows.filter((row) => row.deaccession === undefined);
  const open = held.filter((row) => gapsOfAccession(row).length > 0);
  const first = t('list.verdict', { count: held.length, number: formatCount(held.length) });
  if (open.length === 0) return held.length === 0 ? first : `${first} ${t('list.noGaps')}`;
  if (open.length === held.length) return `${first} ${t('list.gapsAll', { count: open.length })}`;
  return `${first} ${t('list.gaps', { count: open.length, number: formatCount(open.length) })}`;
}

function useColumns(): Column<Accession>[] {
  const { t } = useTexts('accessions');
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('column.number'),
        width: 110,
        isSortable: true,
        isMonospace: true,
        cell: (row) => row.number,
        text: (row) => row.number,
      },
      {
        id: 'title',
        header: t('column.title'),
        width: 240,
        isSortable: true,
        cell: (row) => (
          <Link to="/accessions/$id" params={{ id: row.id }} className={styles.rowLink} tabIndex={-1}>
            <SafeText value={row.title} />
          </Link>
        ),
        text: (row) => row.title,
      },
      {
        id: 'rights',
        header: t('column.rights'),
        width: 190,
        cell: (row) => <RightsCell accession={row} />,
        text: (row) => (row.rightsBasis === 'unknown' ? t('basis.unknown') : t(`basis.${row.rightsBasis}`)),
      },
      {
        id: 'openedAt',
        header: t('column.taken'),
        width: 120,
        isSortable: true,
        cell: (row) => <Time at={row.openedAt} />,
        text: (row) => row.openedAt,
      },
      {
        id: 'mode',
        header: t('column.mode'),
        width: 90,
        cell: (row) => t(`mode.${row.mode}`),
        text: (row) => t(`mode.${row.mode}`),
      },
      {
        id: 'collection',
        header: t('column.collection'),
        width: 150,
        cell: (row) => <SafeText value={row.collection ?? ''} />,
        text: (row) => row.collection ?? '',
      },
      {
        id: 'agent',
        header: t('column.by'),
        width: 130,
        isSortable: true,
        cell: (row) => <SafeText value={row.agent} />,
        text: (row) => row.agent,
      },
      {
        id: 'accruals',
        header: t('column.accruals'),
        width: 80,
        align: 'end',
        cell: (row) => formatCount(row.accruals.length),
        text: (row) => String(row.accruals.length),
      },
    ],
    [t],
  );
}

function RightsCell({ accession }: { readonly accession: Accession }): ReactNode {
  const { t } = useTexts('accessions');
  if (accession.deaccession !== undefined) return <span className={styles.muted}>{t('list.ended')}</span>;
  const gaps = gapsOfAccession(accession);
  const [gap] = gaps;
  if (gap === undefined) return t(`basis.${accession.rightsBasis}`);
  const label = gaps.length === 1 ? t(`list.gap.${gap}`) : t('list.gap.several', { count: gaps.length });
  return <Notch kind="overdue" label={label} />;
}
