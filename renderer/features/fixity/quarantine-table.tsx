import { useMemo, type ReactNode } from 'react';
import type { Aside } from '../../../shared/contract/quarantine.ts';
import {
  Bytes,
  copyText,
  DataTable,
  formatBytes,
  formatDateTime,
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
import type { AsideList } from './use-asides.ts';

interface Props {
  readonly list: AsideList;
  /** Those that were given back or removed are among them. */
  readonly all: boolean;
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly emptyText: ReactNode;
}

const BESIDE_A_PANE = ['location', 'size', 'at'];
const NONE_HIDDEN: readonly string[] = [];

/** Damaged files that were set aside, a row each, by the path at which they stood. */
export function QuarantineTable({ list, all, openId, onOpen, emptyText }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const columns = useMemo(
    (): Column<Aside>[] => [
      {
        id: 'outcome',
        header: t('quarantine.column.outcome'),
        width: 110,
        cell: (row) => t(`outcome.${row.outcome}`),
        text: (row) => t(`outcome.${row.outcome}`),
      },
      {
        id: 'state',
        header: t('quarantine.column.state'),
        width: 120,
        cell: (row) => (
          <span className={row.state === 'aside' ? undefined : styles.muted}>
            {t(`quarantine.state.${row.state}`)}
          </span>
        ),
        text: (row) => t(`quarantine.state.${row.state}`),
      },
      {
        id: 'path',
        header: t('quarantine.column.path'),
        width: 190,
        minWidth: 120,
        cell: (row) => <PathText path={row.stoodAt} />,
        text: (row) => row.stoodAt.display,
      },
      {
        id: 'location',
        header: t('quarantine.column.location'),
        width: 150,
        cell: (row) => <SafeText value={row.location.name} />,
        text: (row) => row.location.name,
      },
      {
        id: 'size',
        header: t('quarantine.column.size'),
        width: 90,
        align: 'end',
        cell: (row) => <Bytes value={row.size} />,
        text: (row) => formatBytes(row.size),
      },
      {
        id: 'at',
        header: t('quarantine.column.at'),
        width: 130,
        cell: (row) => <Time at={row.at} />,
        text: (row) => formatDateTime(row.at),
      },
    ],
    [t],
  );
  const hidden = useMemo(
    () =>
      // What was found stands in the pane; which of them are still there is what one looks for among all.
      openId === undefined ? (all ? NONE_HIDDEN : ['state']) : [...BESIDE_A_PANE, all ? 'outcome' : 'state'],
    [all, openId],
  );
  const open = useEvent((row: Aside) => {
    onOpen(row.id);
  });
  const menu = useEvent((row: Aside): MenuItem[] => [
    {
      id: 'open',
      label: t('quarantine.menu.open'),
      onAction: () => {
        onOpen(row.id);
      },
    },
    {
      id: 'copy',
      label: t('quarantine.menu.copyPath'),
      onAction: () => {
        copyText(plainVisible(row.path.display, 4_096));
      },
    },
  ]);
  return (
    <div className={styles.table}>
      <DataTable<Aside>
        label={t('quarantine.table')}
        listKey={all ? 'all' : 'aside'}
        columns={columns}
        rowCount={list.rows.length + (list.hasMore ? 1 : 0)}
        rowAt={list.rowAt}
        rowKey={keyOf}
        onRangeChange={(_, last) => {
          list.reach(last);
        }}
        onOpen={open}
        {...(openId === undefined ? {} : { onFocusRow: open, focusedKey: openId })}
        contextMenu={menu}
        hidden={hidden}
        isLoading={list.isLoading}
        emptyText={emptyText}
      />
    </div>
  );
}

const keyOf = ({ id }: Aside): string => id;
