import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { ReplicaStep } from '../../../../shared/contract/replica-history.ts';
import { useCall } from '../../../client/index.ts';
import { plainVisible, ProblemNotice, SafeText, Skeleton, Timeline, useTexts } from '../../../ui/index.ts';
import { isDamaged } from '../status-evidence.ts';
import css from './replica-history.module.css';

/** What happened to one replica; asked for once somebody wants to see it. */
export function ReplicaHistory({ replica }: { readonly replica: string }): ReactNode {
  const { t } = useTexts('holdings');
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={css.history}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{t('replicaHistory.open')}</summary>
      {isOpen && <Steps replica={replica} />}
    </details>
  );
}

function Steps({ replica }: { readonly replica: string }): ReactNode {
  const { t } = useTexts('holdings');
  const { data, error, refetch } = useCall('holdings', 'history', { id: replica });
  if (error !== null)
    return (
      <ProblemNotice
        error={error}
        onRetry={() => {
          refetch().catch(() => undefined);
        }}
      />
    );
  if (data === undefined) return <Skeleton lines={3} />;
  return (
    <>
      <Timeline
        events={data.rows.map((step, at) => ({
          id: String(at),
          at: step.at,
          title: <StepTitle step={step} />,
          ...(isBad(step) && { outcome: 'fail' }),
          ...(step.by !== undefined && { who: step.by }),
          ...(step.reason !== undefined && { detail: <SafeText value={step.reason} maxLength={500} /> }),
        }))}
      />
      {!data.isWhole && <p className={css.note}>{t('replicaHistory.notWhole')}</p>}
    </>
  );
}

function isBad({ what, outcome }: ReplicaStep): boolean {
  if (what === 'attested') return outcome !== 'attested';
  return (what === 'finding' || what === 'check') && outcome !== undefined && isDamaged(outcome);
}

function StepTitle({ step }: { readonly step: ReplicaStep }): ReactNode {
  const { t } = useTexts('holdings');
  const { what, outcome = '', id, as = '' } = step;
  switch (what) {
    case 'custody': {
      const words = t('replicaHistory.custody', { number: plainVisible(as, 80) });
      return id === undefined ? (
        words
      ) : (
        <Link to="/accessions/$id" params={{ id }}>
          {words}
        </Link>
      );
    }
    case 'copied':
    case 'repackaged':
      return t(`replicaHistory.${what}`);
    case 'check':
      return t('replicaHistory.check', { outcome: outcomeWords(t, outcome) });
    case 'attested':
      return t(outcome === 'attested' ? 'replicaHistory.attested' : 'replicaHistory.attestedOtherwise');
    default: {
      const words =
        what === 'finding'
          ? t('replicaHistory.finding', { outcome: outcomeWords(t, outcome) })
          : what === 'resolved'
            ? t(`replicaHistory.resolved.${as.replaceAll(' ', '_')}`)
            : t(what === 'set aside' ? 'replicaHistory.aside' : 'replicaHistory.released');
      return id === undefined ? (
        words
      ) : (
        <Link to="/fixity/$id" params={{ id }}>
          {words}
        </Link>
      );
    }
  }
}

function outcomeWords(t: ReturnType<typeof useTexts>['t'], outcome: string): string {
  return t(`outcome.${outcome}`);
}
