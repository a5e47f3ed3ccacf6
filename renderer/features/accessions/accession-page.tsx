import { Link, useNavigate } from '@tanstack/react-router';
import { Archive, Copy, FolderInput, FolderTree, Group, MoreHorizontal, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Accession } from '../../../shared/contract/accession.ts';
import type { Entity } from '../../../shared/contract/holdings.ts';
import { useCall } from '../../client/index.ts';
import {
  Button,
  Columns,
  MenuButton,
  Notice,
  Page,
  ProblemNotice,
  SafeText,
  Section,
  Skeleton,
  Timeline,
  formatBytes,
  formatCount,
  formatDateTime,
  formatHours,
  useTexts,
} from '../../ui/index.ts';
import { AccessionFacts, Accruals, Folders } from './accession-facts.tsx';
import { AccessionItems } from './accession-items.tsx';
import { AccessionProblems } from './accession-problems.tsx';
import styles from './accessions.module.css';
import { AssignDialog } from './assign-dialog.tsx';
import { DeaccessionDialog } from './deaccession-dialog.tsx';
import { DeletionDialog } from './deletion.tsx';
import { GapsDialog } from './gaps-dialog.tsx';
import { gapsOfAccession } from './list.ts';
import { ReceiptButton } from './receipt.tsx';
import { RegroupDialog } from './regroup-dialog.tsx';
import { ReplicateDialog } from './replicate-dialog.tsx';
import { gapWords } from './sentences.ts';

type Act = 'replicate' | 'assign' | 'regroup' | 'gaps' | 'deaccession' | 'deletion';

/** One act of taking custody: what was taken, on which terms, and what has been done with it since. */
export function AccessionPage({ id }: { readonly id: string }): ReactNode {
  const { t } = useTexts('accessions');
  const { data: accession, error, refetch } = useCall('accession', 'get', { id });
  const { data: entity } = useCall('holdings', 'show', { id });
  if (error !== null)
    return (
      <Page title={t('one.title')}>
        <ProblemNotice
          error={error}
          onRetry={() => {
            refetch().catch(() => undefined);
          }}
        />
        <p>
          <Link to="/accessions" className={styles.link}>
            {t('one.toList')}
          </Link>
        </p>
      </Page>
    );
  if (accession === undefined)
    return (
      <Page title={t('one.title')}>
        <Skeleton lines={6} />
      </Page>
    );
  return <Known accession={accession} entity={entity} />;
}

function Known({
  accession,
  entity,
}: {
  readonly accession: Accession;
  readonly entity: Entity | undefined;
}): ReactNode {
  const { t } = useTexts('accessions');
  const navigate = useNavigate();
  const [act, setAct] = useState<Act>();
  const { id, title, number, mode, deaccession } = accession;
  const isHeld = deaccession === undefined;
  const isSealed = accession.accruals.some((accrual) => accrual.sealedAt !== undefined);
  const bytes = factOf(entity, 'bytes');
  const items = factOf(entity, 'items');
  const close = (): void => {
    setAct(undefined);
  };
  const again = (): void => {
    navigate({ to: '/accessions/new', search: { again: id, step: 'rights' } }).catch(() => undefined);
  };
  return (
    <Page
      title={<SafeText value={title} maxLength={200} />}
      verdict={entity === undefined ? null : verdictOf(accession, entity, t)}
      actions={
        <>
          {isHeld && isSealed && (
            <Button
              icon={Copy}
              onPress={() => {
                setAct('replicate');
              }}
            >
              {t('one.replicate')}
            </Button>
          )}
          {isHeld && (
            <MenuButton
              label={t('one.more')}
              icon={MoreHorizontal}
              items={[
                {
                  id: 'again',
                  label: t('one.again'),
                  icon: FolderInput,
                  onAction: again,
                  isDisabled: mode !== 'in-place',
                },
                {
                  id: 'assign',
                  label: t('one.assign'),
                  icon: FolderTree,
                  onAction: () => {
                    setAct('assign');
                  },
                },
                {
                  id: 'regroup',
                  label: t('one.regroup'),
                  icon: Group,
                  onAction: () => {
                    setAct('regroup');
                  },
                  isDisabled: !isSealed,
                },
                {
                  id: 'deaccession',
                  label: t('one.deaccession'),
                  icon: Archive,
                  onAction: () => {
                    setAct('deaccession');
                  },
                },
              ]}
            />
          )}
        </>
      }
    >
      <Standing accession={accession} onAct={setAct} />
      <Columns
        aside={
          <>
            <Folders accession={accession} />
            <Accruals accession={accession} />
            {isSealed && (
              <Section title={t('receipt.title')} description={t('receipt.why')}>
                <div className={styles.acts}>
                  <ReceiptButton accession={id} />
                </div>
              </Section>
            )}
          </>
        }
      >
        <Section title={t('one.facts')}>
          <AccessionFacts accession={accession} entity={entity} />
        </Section>
      </Columns>
      {isHeld && items !== undefined && items > 0 && <AccessionItems accession={id} count={items} />}
      <AccessionProblems accession={id} />
      {entity !== undefined && entity.events.length > 0 && (
        <Section title={t('one.events')}>
          <Timeline
            events={entity.events.map((event) => ({
              id: event.id,
              at: event.at,
              title: (
                <Link to="/log/$id" params={{ id: event.id }} className={styles.link}>
                  {event.type}
                </Link>
              ),
              detail: <SafeText value={event.note} />,
              outcome: event.outcome,
              who: event.agent,
            }))}
          />
        </Section>
      )}
      {act === 'replicate' && <ReplicateDialog accession={accession} bytes={bytes} onClose={close} />}
      {act === 'regroup' && <RegroupDialog accession={accession} onClose={close} />}
      {act === 'gaps' && <GapsDialog accession={accession} onClose={close} />}
      {act === 'deletion' && <DeletionDialog accession={accession} onClose={close} />}
      {act === 'assign' && <AssignDialog accession={accession} onClose={close} />}
      {act === 'deaccession' && (
        <DeaccessionDialog
          accession={{ id, number, title, mode }}
          items={items}
          bytes={bytes}
          onClose={close}
        />
      )}
    </Page>
  );
}

/** What is to be known before all else: that custody has ended, or what blocks sharing. */
function Standing({
  accession,
  onAct,
}: {
  readonly accession: Accession;
  readonly onAct: (act: Act) => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const { deaccession } = accession;
  if (deaccession !== undefined) {
    const { at, reason, authority, agent } = deaccession;
    return (
      <Notice
        title={t('one.ended', { at: formatDateTime(at), agent })}
        actions={
          <Button
            icon={Trash2}
            onPress={() => {
              onAct('deletion');
            }}
          >
            {t('one.deletion')}
          </Button>
        }
      >
        <p>
          <SafeText value={t('one.endedWhy', { reason, authority })} />
        </p>
        <p>{t('one.endedBytes')}</p>
      </Notice>
    );
  }
  const gaps = gapsOfAccession(accession);
  if (gaps.length === 0) return null;
  return (
    <Notice
      tone="due"
      title={t('rights.gapsTitle', { gaps: gapWords(gaps, t) })}
      actions={
        <Button
          onPress={() => {
            onAct('gaps');
          }}
        >
          {t('one.sayNow')}
        </Button>
      }
    >
      <p>{t('one.gapsWhat')}</p>
    </Notice>
  );
}

function verdictOf(accession: Accession, entity: Entity, t: ReturnType<typeof useTexts>['t']): string {
  const items = factOf(entity, 'items') ?? 0;
  const parts = factOf(entity, 'parts') ?? 0;
  const duration = factOf(entity, 'durationMs') ?? 0;
  const values = {
    count: items,
    items: formatCount(items),
    parts: formatCount(parts),
    bytes: formatBytes(factOf(entity, 'bytes') ?? 0),
    hours: formatHours(duration / 3_600_000),
    number: accession.number,
  };
  if (accession.deaccession !== undefined) return t('one.verdictEnded', { ...values, count: parts });
  return t(duration > 0 ? 'one.verdictSound' : 'one.verdict', values);
}

/** A number among the plain facts of an entity. */
function factOf(entity: Entity | undefined, name: string): number | undefined {
  const value = entity?.facts[name];
  return typeof value === 'number' ? value : undefined;
}
