import { useMemo, type ReactNode } from 'react';
import type { Finding } from '../../../shared/contract/fixity.ts';
import {
  copyText,
  DataTable,
  formatDateTime,
  Notch,
  PathText,
  plainVisible,
  SafeText,
  Time,
  useEvent,
  useTexts,
  type Column,
  type MenuItem,
} from '../../ui/index.ts';
import styles from './fixity.module.css';
import type { FindingList } from './use-findings.ts';

interface Props {
  readonly list: FindingList;
  readonly listKey: string;
  readonly names: ReadonlyMap<string, string>;
  readonly openId: string | undefined;
  readonly selection: ReadonlySet<string>;
  readonly onSelection: (selection: ReadonlySet<string>) => void;
  readonly onOpen: (id: string) => void;
  readonly emptyText: ReactNode;
}

const BESIDE_A_PANE = ['location', 'since'];
const NONE_HIDDEN: readonly string[] = [];

/** Open findings, a row each. Beside an open pane the list is read row by row, and the pane follows. */
export function FindingsTable(props: Props): ReactNode {
  const { list, listKey, names, openId, selection, onSelection, onOpen, emptyText } = props;
  const { t } = useTexts('fixity');
  const columns = useMemo(
    (): Column<Finding>[] => [
      {
        id: 'outcome',
        header: t('column.outcome'),
        width: 130,
        cell: (row) => <Notch kind="finding" label={t(`outcome.${row.outcome}`)} />,
        text: (row) => t(`outcome.${row.outcome}`),
      },
      {
        id: 'path',
        header: t('column.path'),
        width: 190,
        minWidth: 120,
        cell: (row) => <PathText path={row.path} />,
        text: (row) => row.path.display,
      },
      {
        id: 'location',
        header: t('column.location'),
        width: 160,
        cell: (row) => <SafeText value={names.get(row.location) ?? row.location} />,
        text: (row) => names.get(row.location) ?? row.location,
      },
      {
        id: 'since',
        header: t('column.since'),
        width: 130,
        cell: (row) => <Time at={row.openedAt} />,
        text: (row) => formatDateTime(row.openedAt),
      },
    ],
    [t, names],
  );
  const open = useEvent((row: Finding) => {
    onOpen(row.id);
  });
  const menu = useEvent((row: Finding): MenuItem[] => [
    {
      id: 'open',
      label: t('menu.open'),
      onAction: () => {
        onOpen(row.id);
      },
    },
    {
      id: 'copy',
      label: t('menu.copyPath'),
      onAction: () => {
        copyText(plainVisible(row.path.display, 4_096));
      },
    },
  ]);
  const isWaiting = list.isLoading;
  return (
    <div className={styles.table}>
      <DataTable<Finding>
        label={t('table')}
        listKey={listKey}
        columns={columns}
        rowCount={list.rows.length + (list.hasMore ? 1 : 0)}
        rowAt={list.rowAt}
        rowKey={keyOf}
        onRangeChange={(_, last) => {
          list.reach(last);
        }}
        selection={selection}
        onSelectionChange={onSelection}
        onOpen={open}
        {...(openId === undefined ? {} : { onFocusRow: open, focusedKey: openId })}
        contextMenu={menu}
        hidden={openId === undefined ? NONE_HIDDEN : BESIDE_A_PANE}
        isLoading={isWaiting}
        emptyText={emptyText}
      />
    </div>
  );
}

const keyOf = ({ id }: Finding): string => id;
