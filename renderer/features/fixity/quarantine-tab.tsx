import { Link, useNavigate } from '@tanstack/react-router';
import { BrushCleaning } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLeaveSearch } from '../../client/index.ts';
import {
  Button,
  EmptyState,
  formatCount,
  IconButton,
  ProblemNotice,
  SplitPane,
  Term,
  useTexts,
} from '../../ui/index.ts';
import { AsideDetail } from './aside-detail.tsx';
import { FilterChip } from './filter-chip.tsx';
import styles from './fixity.module.css';
import type { QuarantineSearch } from './fixity-search.ts';
import { QuarantineTable } from './quarantine-table.tsx';
import { quietly } from './quietly.ts';
import { SweepDialog } from './sweep-dialog.tsx';
import { useAsides } from './use-asides.ts';
import { useSteps } from './use-steps.ts';

interface Props {
  readonly search: QuarantineSearch;
  /** How many stand in quarantine, and how many have left it; undefined until it is known. */
  readonly counts: { readonly aside: number; readonly released: number } | undefined;
  /** The one beside the list. */
  readonly openId: string | undefined;
  readonly isReadOnly: boolean;
}

/** Damaged files that recoveries set aside: a list to go through, and the story of the one in focus beside it. */
export function QuarantineTab({ search, counts, openId, isReadOnly }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const navigate = useNavigate();
  const all = search.all === true;
  useLeaveSearch('quarantine', openId === undefined ? search : undefined);
  const list = useAsides(all);
  const [isSweeping, setSweeping] = useState(false);
  const open = (id: string): void => {
    if (id === openId) return;
    // Going through the list is one step of the history, not a hundred.
    const isStep = openId === undefined;
    quietly(navigate({ to: '/fixity/$id', params: { id }, search: { ...search }, replace: !isStep }));
  };
  const close = (): void => quietly(navigate({ to: '/fixity/quarantine', search: { ...search } }));
  const switchAll = (): void => {
    const next: QuarantineSearch = all ? {} : { all: true };
    quietly(
      openId === undefined
        ? navigate({ to: '/fixity/quarantine', search: { ...next }, replace: true })
        : navigate({ to: '/fixity/$id', params: { id: openId }, search: { ...next }, replace: true }),
    );
  };
  const sweep = (): void => {
    setSweeping(true);
  };
  useSteps({ rows: list.rows, openId, open, close });
  const released = counts?.released ?? 0;
  const isEmpty = list.rows.length === 0 && !list.isLoading;
  const main = (
    <>
      <div className={styles.bar}>
        <div className={styles.chips}>
          {(released > 0 || all) && (
            <FilterChip
              label={t('quarantine.alsoReleased')}
              count={released}
              isOn={all}
              onPress={switchAll}
            />
          )}
        </div>
        {openId === undefined ? (
          <Button icon={BrushCleaning} isDisabled={isReadOnly} onPress={sweep}>
            {t('quarantine.sweep.open')}
          </Button>
        ) : (
          <IconButton
            icon={BrushCleaning}
            label={t('quarantine.sweep.open')}
            isDisabled={isReadOnly}
            onPress={sweep}
          />
        )}
      </div>
      {list.error !== undefined && <ProblemNotice error={list.error} onRetry={list.retry} />}
      <QuarantineTable
        list={list}
        all={all}
        openId={openId}
        onOpen={open}
        emptyText={isEmpty ? <Nothing released={released} /> : undefined}
      />
    </>
  );
  return (
    <>
      <SplitPane
        main={main}
        detailLabel={t('quarantine.label')}
        defaultWidth={600}
        onCloseDetail={close}
        detail={
          openId === undefined ? undefined : <AsideDetail key={openId} id={openId} isReadOnly={isReadOnly} />
        }
      />
      {isSweeping && (
        <SweepDialog
          onClose={() => {
            setSweeping(false);
          }}
        />
      )}
    </>
  );
}

function Nothing({ released }: { readonly released: number }): ReactNode {
  const { t } = useTexts('fixity');
  if (released > 0)
    return (
      <EmptyState
        title={t('quarantine.none.now')}
        why={t('quarantine.none.released', { count: released, shown: formatCount(released) })}
        action={
          <Link to="/fixity/quarantine" search={{ all: true }}>
            {t('quarantine.none.showAll')}
          </Link>
        }
      />
    );
  return (
    <EmptyState
      title={t('quarantine.none.title')}
      why={
        <>
          {t('quarantine.none.why')} <Term id="recovery">{t('quarantine.none.term')}</Term>
        </>
      }
      action={<Link to="/fixity">{t('quarantine.none.toFindings')}</Link>}
    />
  );
}
