import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Location, LocationHealth } from '../../../shared/contract/locations.ts';
import { formatCount, formatShare, Notch, Term, Time, useTexts, type Texts } from '../../ui/index.ts';
import { Meter } from './meter.tsx';
import styles from './locations.module.css';

interface Row {
  readonly term: ReactNode;
  readonly value: ReactNode;
}

/** How the replicas of a place are known to be: what share is verified, what is overdue, what looked last. */
export function useHealthFacts(
  { replicas: held }: Location,
  health: LocationHealth | undefined,
): readonly Row[] {
  const { t } = useTexts('locations');
  if (held === 0) return [];
  // Counting takes a moment: its rows stand already.
  if (health === undefined)
    return ['fact.verified', 'fact.overdue', 'fact.lastRun'].map((key) => ({ term: t(key), value: ' ' }));
  const { replicas, verified, overdue } = health;
  const words = {
    count: verified,
    verified: formatCount(verified),
    replicas: formatCount(replicas),
    share: formatShare(verified, replicas),
  };
  return [
    {
      term: <Term id="verified">{t('fact.verified')}</Term>,
      value: (
        <Meter
          label={t('health.verifiedShare')}
          share={verified / replicas}
          words={t('health.verified', words)}
        />
      ),
    },
    {
      term: <Term id="overdue">{t('fact.overdue')}</Term>,
      value:
        overdue === 0 ? (
          t('health.noneOverdue')
        ) : (
          <Notch
            kind="overdue"
            label={t('health.overdue', { count: overdue, shown: formatCount(overdue) })}
          />
        ),
    },
    { term: t('fact.lastRun'), value: <LastRun health={health} t={t} /> },
  ];
}

function LastRun({ health, t }: { readonly health: LocationHealth; readonly t: Texts }) {
  const { lastRun, lastCheckedAt } = health;
  if (lastRun === undefined)
    return lastCheckedAt === undefined ? (
      <span className={styles.muted}>{t('health.neverLooked')}</span>
    ) : (
      <Time at={lastCheckedAt} />
    );
  return (
    <>
      <Link to="/jobs/$id" params={{ id: lastRun.job }}>
        {t(`health.run.${lastRun.kind}`)}
      </Link>{' '}
      <Time at={lastRun.endedAt} />
      {!lastRun.complete && <> {t('health.incomplete')}</>}
    </>
  );
}
