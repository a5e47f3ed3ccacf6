import { Link, useNavigate } from '@tanstack/react-router';
import { CalendarPlus, Pause, Play, ScanSearch, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Schedule } from '../../../shared/contract/schedules.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Card,
  ConfirmDialog,
  EmptyState,
  Facts,
  formatCount,
  Notch,
  Notice,
  plainVisible,
  ProblemNotice,
  SafeText,
  Section,
  Skeleton,
  Time,
  useTexts,
} from '../../ui/index.ts';
import { AddScheduleDialog } from './add-schedule-dialog.tsx';
import { budgetText } from './budget.ts';
import { quietly } from './quietly.ts';
import { dueText } from './schedule-times.ts';
import styles from './schedules.module.css';

/** What is verified when, without anybody thinking of it. */
export function SchedulesTab({ isReadOnly }: { readonly isReadOnly: boolean }): ReactNode {
  const { t } = useTexts('fixity');
  const [isAdding, setAdding] = useState(false);
  const list = useCall('schedules', 'list', undefined, { keepPrevious: true, refetchInterval: 60_000 });
  const rows = list.data?.rows;
  const add = (
    <Button
      icon={CalendarPlus}
      variant={rows?.length === 0 ? 'primary' : 'plain'}
      isDisabled={isReadOnly}
      onPress={() => {
        setAdding(true);
      }}
    >
      {t('schedule.add.open')}
    </Button>
  );
  return (
    <div className={styles.tab}>
      {list.error !== null && (
        <ProblemNotice
          error={list.error}
          onRetry={() => {
            list.refetch().catch(() => undefined);
          }}
        />
      )}
      {rows === undefined && list.error === null && <Skeleton lines={6} />}
      {rows?.length === 0 && (
        <EmptyState title={t('schedule.none')} why={t('schedule.noneWhy')} action={add} />
      )}
      {rows !== undefined && rows.length > 0 && (
        <Section title={t('tab.schedules')} description={t('schedule.explained')} actions={add}>
          <ul className={styles.schedules}>
            {rows.map((schedule) => (
              <li key={schedule.name}>
                <ScheduleCard schedule={schedule} isReadOnly={isReadOnly} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {rows !== undefined && (
        <Notice title={t('schedule.closed')}>
          <p>{t('schedule.closedWhy')}</p>
          <p>
            <code className={styles.code}>{COMMAND}</code>
          </p>
        </Notice>
      )}
      {isAdding && (
        <AddScheduleDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}

const COMMAND = 'holdfast schedule install';

function ScheduleCard({
  schedule,
  isReadOnly,
}: {
  readonly schedule: Schedule;
  readonly isReadOnly: boolean;
}): ReactNode {
  const { t } = useTexts('fixity');
  const navigate = useNavigate();
  const [isRemoving, setRemoving] = useState(false);
  const pause = useAct('schedules', 'pause');
  const resume = useAct('schedules', 'resume');
  const remove = useAct('schedules', 'remove');
  const run = useAct('schedules', 'run', {
    onSuccess: () => {
      quietly(navigate({ to: '/fixity/runs' }));
    },
  });
  const { name, paused, overdueSince, missed, lastRun, nextDueAt, timeZone, location } = schedule;
  const isBusy = pause.isPending || resume.isPending || remove.isPending || run.isPending || isReadOnly;
  const error = pause.error ?? resume.error ?? remove.error ?? run.error;
  const shown = plainVisible(name, 120);
  return (
    <Card
      title={shown}
      actions={
        <>
          {overdueSince !== undefined && (
            <Button
              icon={ScanSearch}
              variant="primary"
              isDisabled={isBusy}
              onPress={() => {
                run.mutate({ name });
              }}
            >
              {t('schedule.run')}
            </Button>
          )}
          <Button
            icon={paused ? Play : Pause}
            isDisabled={isBusy}
            onPress={() => {
              (paused ? resume : pause).mutate({ name });
            }}
          >
            {t(paused ? 'schedule.resume' : 'schedule.pause')}
          </Button>
          <Button
            icon={Trash2}
            variant="quiet"
            isDisabled={isBusy}
            onPress={() => {
              setRemoving(true);
            }}
          >
            {t('schedule.remove.open')}
          </Button>
        </>
      }
    >
      {(overdueSince !== undefined || paused) && (
        <p className={styles.state}>
          {paused ? (
            <span className={styles.muted}>{t('schedule.paused')}</span>
          ) : (
            <>
              <Notch kind="overdue" label={t('schedule.overdue')} />{' '}
              {t('schedule.overdueSince', { at: dueText(overdueSince ?? '', timeZone) })}{' '}
              {missed > 0 && t('schedule.missed', { count: missed, shown: formatCount(missed) })}
            </>
          )}
        </p>
      )}
      <Facts
        rows={[
          {
            term: t('schedule.what'),
            value: t(`schedule.kind.${schedule.kind}Of`, {
              what: budgetText(schedule.budget, t),
              where: location === undefined ? t('runs.everywhere') : plainVisible(location.name, 80),
            }),
          },
          {
            term: t('schedule.next'),
            value:
              nextDueAt === undefined ? (
                t('schedule.noNext')
              ) : (
                <>
                  {dueText(nextDueAt, timeZone)} ({timeZone}), <Time at={nextDueAt} />
                </>
              ),
          },
          {
            term: t('schedule.last'),
            value:
              lastRun === undefined ? (
                t('schedule.neverRun')
              ) : (
                <>
                  <Time at={lastRun.at} />:{' '}
                  <Link to="/jobs/$id" params={{ id: lastRun.job }}>
                    <SafeText value={lastRun.headline} maxLength={300} />
                  </Link>
                </>
              ),
          },
        ]}
      />
      {error !== null && <ProblemNotice error={error} />}
      <ConfirmDialog
        title={t('schedule.remove.title', { name: shown })}
        isOpen={isRemoving}
        onClose={() => {
          setRemoving(false);
        }}
        consequences={[t('schedule.remove.ends'), t('schedule.remove.kept'), t('schedule.remove.log')]}
        confirmLabel={t('schedule.remove.act')}
        tone="danger"
        onConfirm={() => {
          remove.mutate({ name });
        }}
      />
    </Card>
  );
}
