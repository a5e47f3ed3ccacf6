import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useCall, usePreference } from '../../client/index.ts';
import {
  DataTable,
  EmptyState,
  formatCount,
  ProblemNotice,
  SafeText,
  Skeleton,
  Time,
  useEvent,
  useTexts,
  type Column,
  type Texts,
} from '../../ui/index.ts';
import { Arrival } from './arrival.tsx';
import { HandOutRecord } from './hand-out-record.tsx';
import styles from './hand-outs.module.css';
import type { HistorySearch } from './hand-outs-search.ts';
import type { HistoryRow } from './history-rows.ts';
import { quietly } from './quietly.ts';
import { useHistory } from './use-history.ts';

/** What was handed out, newest first; of a package its record, of all else what the log has. */
export function HistoryTab({ search }: { readonly search: HistorySearch }): ReactNode {
  const { t } = useTexts('hand-outs');
  const navigate = useNavigate();
  const [opened, setOpened] = useState<string>();
  const open = useEvent(({ kind, id }: HistoryRow) => {
    if (kind === 'event') return quietly(navigate({ to: '/log/$id', params: { id } }));
    setOpened(id);
    quietly(navigate({ to: '/hand-outs/history', search: { record: id } }));
  });
  const { record } = search;
  if (record === undefined) return <Table isBack={opened !== undefined} onOpen={open} />;
  const shown = <Record key={record} id={record} />;
  return (
    <div className={styles.room}>
      {opened === record ? <Arrival label={t('record.title', { id: record })}>{shown}</Arrival> : shown}
    </div>
  );
}

function Record({ id }: { readonly id: string }): ReactNode {
  const { t } = useTexts('hand-outs');
  const { data, error, refetch } = useCall('handOuts', 'show', { id });
  return (
    <div className={styles.report}>
      <div className={styles.acts}>
        <Link to="/hand-outs/history">{t('record.back')}</Link>
      </div>
      {error !== null && <ProblemNotice error={error} onRetry={() => quietly(refetch())} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data !== undefined && <HandOutRecord handOut={data} />}
    </div>
  );
}

interface TableProps {
  /** Whether one came from a record, whose link back is gone. */
  readonly isBack: boolean;
  readonly onOpen: (row: HistoryRow) => void;
}

function Table({ isBack, onOpen }: TableProps): ReactNode {
  const { t } = useTexts('hand-outs');
  const [widths, setWidths] = usePreference<Record<string, number>>('columns.hand-outs', {});
  const { rows, isLoading, error, reach, retry } = useHistory();
  const rowAt = useMemo(() => (index: number) => rows[index], [rows]);
  const columns = useMemo(() => columnsOf(t), [t]);
  const reached = useEvent((_: number, last: number) => reach(last));
  if (error !== undefined) return <ProblemNotice error={error} onRetry={retry} />;
  if (!isLoading && rows.length === 0)
    return <EmptyState title={t('history.none')} why={t('history.noneWhy')} />;
  const lead = <p className={styles.muted}>{t('history.lead')}</p>;
  return (
    <>
      {isBack ? <Arrival label={t('tab.history')}>{lead}</Arrival> : lead}
      <DataTable
        label={t('history.table')}
        columns={columns}
        rowCount={rows.length}
        rowAt={rowAt}
        rowKey={keyOf}
        onRangeChange={reached}
        onOpen={onOpen}
        widths={widths}
        onWidthsChange={setWidths}
        isLoading={isLoading}
      />
    </>
  );
}

const keyOf = ({ id }: HistoryRow): string => id;

function columnsOf(t: Texts): Column<HistoryRow>[] {
  const plain = (id: string, header: string, width: number, text: (row: HistoryRow) => string) => ({
    id,
    header,
    width,
    text,
    cell: (row: HistoryRow) => <SafeText value={text(row)} />,
  });
  return [
    {
      id: 'at',
      header: t('history.at'),
      width: 120,
      cell: (row) => <Time at={row.at} />,
      text: (row) => row.at,
    },
    plain('note', t('history.note'), 380, (row) => whatOf(row, t)),
    plain('recipient', t('history.recipient'), 160, (row) =>
      row.kind === 'package' ? (row.handOut.recipient ?? '') : '',
    ),
    plain('decision', t('history.decision'), 190, (row) => decisionOf(row, t)),
    plain('state', t('history.state'), 130, (row) => stateOf(row, t)),
    plain('agent', t('history.agent'), 130, (row) =>
      row.kind === 'package' ? row.handOut.agent : row.event.agent,
    ),
    { id: 'id', header: t('history.record'), width: 100, cell: (row) => row.id, text: (row) => row.id },
  ];
}

function whatOf(row: HistoryRow, t: Texts): string {
  if (row.kind === 'event') return row.event.note;
  const { of, files } = row.handOut;
  return t('history.package', { count: files, of, n: formatCount(files) });
}

function decisionOf(row: HistoryRow, t: Texts): string {
  if (row.kind === 'event') return '';
  const { overrideRights, withheld } = row.handOut;
  if (overrideRights !== undefined) return t('history.overridden');
  return withheld > 0
    ? t('record.withheld', { count: withheld, n: formatCount(withheld) })
    : t('history.whole');
}

function stateOf(row: HistoryRow, t: Texts): string {
  if (row.kind === 'event') return t('history.written');
  const { state, recipient } = row.handOut;
  return t(state === 'done' && recipient !== undefined ? 'history.is.handed' : `history.is.${state}`);
}
