import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ArchiveInfo, ArchiveStatus } from '../../../shared/contract/archive.ts';
import { useCall, usePreference } from '../../client/index.ts';
import { Page, ProblemNotice, Skeleton, useTexts } from '../../ui/index.ts';
import { Breakdowns } from './breakdowns.tsx';
import { CheckCalendar } from './check-calendar.tsx';
import { Findings } from './findings.tsx';
import { LastAudit } from './last-audit.tsx';
import type { Measure } from './measure.tsx';
import { NeedsList } from './needs-list.tsx';
import styles from './overview.module.css';
import { Places } from './places.tsx';
import { RecentEvents } from './recent-events.tsx';
import { StatusScale } from './status-scale.tsx';
import { VerdictSentence } from './verdict-sentence.tsx';

/** Whether everything is all right, in one look; each number leads to where it comes from. */
export function OverviewPage() {
  const { t } = useTexts('overview');
  const status = useCall('archive', 'status', undefined, { keepPrevious: true });
  const info = useCall('archive', 'info');
  const error = status.error ?? info.error;
  if (status.data !== undefined && info.data !== undefined)
    return <Filled status={status.data} info={info.data} />;
  return (
    <Page title={t('title')}>
      {error === null ? (
        <Skeleton lines={12} />
      ) : (
        <ProblemNotice
          error={error}
          onRetry={() => {
            status.refetch().catch(() => undefined);
            info.refetch().catch(() => undefined);
          }}
        />
      )}
    </Page>
  );
}

interface FilledProps {
  readonly status: ArchiveStatus;
  readonly info: ArchiveInfo;
}

function Filled({ status, info }: FilledProps) {
  const { t } = useTexts('overview');
  const [measure, setMeasure] = usePreference<Measure>('overview.measure', 'count');
  const locations = useCall('locations', 'list', undefined, { keepPrevious: true });
  const reach = useCall('locations', 'check', {}, { keepPrevious: true, staleTime: 30_000 });
  const places = locations.data?.rows ?? [];
  const reachability = reach.data?.rows ?? [];
  const holds = status.replicas > 0;
  useScrollToHash();
  return (
    <Page
      title={t('title')}
      verdict={<VerdictSentence status={status} withinDays={info.policy.verifyWithinDays} />}
    >
      <div className={styles.page}>
        <div className={styles.columns}>
          <div className={styles.main}>
            <NeedsList status={status} info={info} locations={places} reachability={reachability} />
            {holds && <StatusScale status={status} measure={measure} onMeasure={setMeasure} />}
            {status.lastAudit !== null && <CheckCalendar />}
          </div>
          {holds && (
            <div className={styles.aside}>
              <LastAudit status={status} info={info} />
              <Places locations={places} reachability={reachability} />
            </div>
          )}
        </div>
        {status.openFindings > 0 && <Findings status={status} locations={places} />}
        {holds && <Breakdowns status={status} locations={places} measure={measure} />}
        <RecentEvents />
      </div>
    </Page>
  );
}

/** A link to a place on this page goes there also while parts above it are still being filled. */
function useScrollToHash() {
  const hash = useLocation({ select: (location) => location.hash });
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    setSettled(true);
  }, []);
  useEffect(() => {
    if (settled && hash !== '') document.getElementById(hash)?.scrollIntoView({ block: 'start' });
  }, [hash, settled]);
}
