import { useMemo, useState, type ReactNode } from 'react';
import type { Holding } from '../../../shared/contract/holdings.ts';
import { useCall } from '../../client/index.ts';
import {
  Button,
  ConfirmDialog,
  Dialog,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  Spinner,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import css from './holdings.module.css';
import { itemsOf } from './scope.ts';
import type { Structure } from './use-structure.tsx';

const TITLE = 120;
const MOST_ITEMS = 1000;
const MOST_SHOWN = 30;

export type StructureAct = 'split' | 'move' | 'merge';

interface StructureDialogProps {
  readonly act: StructureAct;
  readonly rows: readonly Holding[];
  readonly structure: Structure;
  readonly onClose: () => void;
}

/** Asks what an act on the structure still has to know. */
export function StructureDialog({ act, rows, structure, onClose }: StructureDialogProps): ReactNode {
  switch (act) {
    case 'split':
      return <SplitDialog rows={rows} structure={structure} onClose={onClose} />;
    case 'move':
      return <MoveDialog rows={rows} structure={structure} onClose={onClose} />;
    case 'merge':
      return <MergeDialog rows={rows} structure={structure} onClose={onClose} />;
  }
}

type PartsProps = Omit<StructureDialogProps, 'act'>;

function SplitDialog({ rows, structure, onClose }: PartsProps): ReactNode {
  const { t } = useTexts('holdings');
  const [title, setTitle] = useState(rows[0]?.title ?? '');
  return (
    <Dialog
      isOpen
      size="small"
      title={t('structure.splitTitle')}
      onClose={onClose}
      actions={
        <Button
          variant="primary"
          onPress={() => {
            structure.split(rows, title);
            onClose();
          }}
        >
          {t('structure.splitIt')}
        </Button>
      }
    >
      <div className={css.form}>
        <p className={css.note}>{t('structure.splitWhat', { count: rows.length })}</p>
        <TextField label={t('structure.newTitle')} value={title} onChange={setTitle} autoFocus />
      </div>
    </Dialog>
  );
}

function MoveDialog({ rows, structure, onClose }: PartsProps): ReactNode {
  const { t } = useTexts('holdings');
  const [typed, setTyped] = useState('');
  const [to, setTo] = useState('');
  const accession = rows[0]?.accession ?? '';
  const items = useCall('items', 'list', { accession, limit: MOST_ITEMS });
  const found = useMemo(() => {
    const from = new Set(rows.map(({ item }) => item));
    const wanted = typed.trim().toLocaleLowerCase();
    return (items.data?.rows ?? []).filter(
      ({ id, title }) => (from.size > 1 || !from.has(id)) && title.toLocaleLowerCase().includes(wanted),
    );
  }, [items.data, rows, typed]);
  const chosen = found.find(({ id }) => id === to);
  return (
    <Dialog
      isOpen
      title={t('structure.moveTitle', { count: rows.length })}
      onClose={onClose}
      actions={
        <Button
          variant="primary"
          isDisabled={chosen === undefined}
          onPress={() => {
            if (chosen !== undefined) structure.move(rows, chosen);
            onClose();
          }}
        >
          {t('structure.moveIt')}
        </Button>
      }
    >
      <div className={css.form}>
        <TextField label={t('structure.findItem')} value={typed} onChange={setTyped} autoFocus />
        {items.error !== null && <ProblemNotice error={items.error} />}
        {items.isPending && <Spinner label={t('structure.readingItems')} />}
        {found.length > 0 && (
          <RadioGroup
            label={t('structure.to', { accession })}
            value={to}
            onChange={setTo}
            options={found.slice(0, MOST_SHOWN).map(({ id, title, parts }) => ({
              value: id,
              label: plainVisible(title, TITLE),
              description: t('structure.parts', { count: parts }),
            }))}
          />
        )}
        {items.data !== undefined && found.length === 0 && (
          <p className={css.note}>{t('structure.noItem')}</p>
        )}
        {found.length > MOST_SHOWN && <p className={css.note}>{t('filter.more', { count: MOST_SHOWN })}</p>}
        {items.data?.next != null && (
          <p className={css.note}>{t('structure.firstItems', { count: MOST_ITEMS })}</p>
        )}
      </div>
    </Dialog>
  );
}

function MergeDialog({ rows, structure, onClose }: PartsProps): ReactNode {
  const { t } = useTexts('holdings');
  const items = itemsOf(rows);
  const [into] = items;
  return (
    <ConfirmDialog
      isOpen
      title={t('structure.mergeTitle', { count: items.length })}
      onClose={onClose}
      consequences={[
        t('structure.mergeInto', { title: plainVisible(into?.title ?? '', TITLE) }),
        t('structure.mergeIds'),
        t('structure.mergeFiles'),
      ]}
      confirmLabel={t('structure.mergeIt')}
      onConfirm={() => structure.merge(items)}
    />
  );
}
