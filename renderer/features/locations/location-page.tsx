import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Location } from '../../../shared/contract/locations.ts';
import { useCall } from '../../client/index.ts';
import {
  Columns,
  EmptyState,
  Facts,
  Page,
  PathText,
  ProblemNotice,
  SafeText,
  Section,
  Skeleton,
  Time,
  useTexts,
} from '../../ui/index.ts';
import { dependentWords } from './dependent-words.ts';
import { useHealthFacts } from './health-facts.tsx';
import { useLocationActs } from './location-acts.tsx';
import { useLocationFacts } from './location-facts.tsx';
import { LocationFindings, useFindingsAt } from './location-findings.tsx';
import { LocationAccessions, LocationRuns } from './location-history.tsx';
import styles from './locations.module.css';
import { OfflinePage } from './offline-page.tsx';
import { RelinkDialog } from './relink-dialog.tsx';
import { SharedFateLine, useFatesKnown, useSharedFates } from './shared-fate.tsx';
import { isOffline } from './shelf.ts';
import { StateLine } from './state-line.tsx';
import { UnreachableNotice } from './unreachable-notice.tsx';
import { useReach } from './use-reach.ts';

export function LocationPage({ id }: { readonly id: string }) {
  const { t } = useTexts('locations');
  const list = useCall('locations', 'list', undefined, { keepPrevious: true });
  const areFatesKnown = useFatesKnown();
  const location = list.data?.rows.find((row) => row.id === id);
  if (location !== undefined && isOffline(location))
    return <OfflinePage location={location} all={list.data?.rows ?? []} />;
  if (location !== undefined && areFatesKnown)
    return <KnownLocation location={location} all={list.data?.rows ?? []} />;
  return (
    <Page title={t('one.title')}>
      {list.error !== null && (
        <ProblemNotice
          error={list.error}
          onRetry={() => {
            list.refetch().catch(() => undefined);
          }}
        />
      )}
      {(list.data === undefined || location !== undefined) && list.error === null && <Skeleton lines={6} />}
      {list.data !== undefined && location === undefined && (
        <EmptyState
          title={t('one.none', { id })}
          why={t('one.noneWhy')}
          action={<Link to="/locations">{t('one.toAll')}</Link>}
        />
      )}
    </Page>
  );
}

function KnownLocation({
  location,
  all,
}: {
  readonly location: Location;
  readonly all: readonly Location[];
}) {
  const { t } = useTexts('locations');
  const reachOfAll = useReach();
  const reach = reachOfAll.of(location);
  const health = useCall('locations', 'health', { location: location.id });
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? false;
  const facts = useLocationFacts(location, reach);
  const healthFacts = useHealthFacts(location, health.data);
  const fates = useSharedFates();
  // They stand above what was done here, and would move it when they come.
  const areFindingsTold = !useFindingsAt(location).isPending;
  const [isRelinking, setRelinking] = useState(false);
  const relink = (): void => {
    setRelinking(true);
  };
  const acts = useLocationActs({ location, reach, isReadOnly, onRelink: relink });
  return (
    <Page
      title={<SafeText value={location.name} />}
      verdict={health.data === undefined ? null : <StateLine location={location} health={health.data} />}
      actions={acts.buttons}
    >
      {acts.problem}
      {reach.state === 'unreachable' && (
        <UnreachableNotice
          location={location}
          reach={reach}
          isAsking={reachOfAll.isAsking}
          onAskAgain={reachOfAll.askAgain}
          onRelink={relink}
        />
      )}
      <Columns
        aside={
          <>
            <LocationFindings location={location} />
            {areFindingsTold && <LocationRuns location={location} />}
          </>
        }
      >
        <Section title={t('one.about')}>
          <SharedFateLine location={location.id} />
          <Facts
            rows={[
              { term: t('fact.root'), value: <PathText path={location.root} /> },
              { term: t('fact.writes'), value: t(`writes.${location.writes}`) },
              { term: t('fact.reach'), value: t(`reach.${reach.state}`) },
              ...healthFacts,
              ...facts,
              { term: t('fact.dependent'), value: dependentWords(location, all, fates, t) },
              { term: t('fact.added'), value: <Time at={location.createdAt} /> },
            ]}
          />
          <p className={styles.backLink}>
            <Link to="/holdings" search={{ location: location.id }}>
              {t('one.holdings')}
            </Link>
          </p>
          {(health.data?.openFindings ?? 0) > 0 && (
            <p className={styles.backLink}>
              <Link to="/fixity" search={{ location: location.id }}>
                {t('one.findings')}
              </Link>
            </p>
          )}
        </Section>
        <LocationAccessions location={location} />
      </Columns>
      <RelinkDialog
        location={location}
        isOpen={isRelinking}
        onClose={() => {
          setRelinking(false);
        }}
      />
    </Page>
  );
}
