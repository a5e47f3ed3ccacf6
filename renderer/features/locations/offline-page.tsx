import { Link } from '@tanstack/react-router';
import type { Location } from '../../../shared/contract/locations.ts';
import { useCall } from '../../client/index.ts';
import {
  Columns,
  Facts,
  formatBytes,
  formatDate,
  Page,
  PathText,
  SafeText,
  Section,
  Term,
  Time,
  useTexts,
} from '../../ui/index.ts';
import { dependentWords } from './dependent-words.ts';
import { useHealthFacts } from './health-facts.tsx';
import { LoansSection } from './loans-section.tsx';
import { LocationFindings } from './location-findings.tsx';
import { LocationAccessions, LocationRuns } from './location-history.tsx';
import styles from './locations.module.css';
import { OfflineActs } from './offline-acts.tsx';
import { OfflineMark, PastDue } from './offline-mark.tsx';
import { ShelfPlace } from './offline-section.tsx';
import { loanWords, mediumWords, type OfflineLocation } from './shelf.ts';
import { SharedFateLine, useSharedFates } from './shared-fate.tsx';
import { holdsWords, StateLine } from './state-line.tsx';

interface Props {
  readonly location: OfflineLocation;
  readonly all: readonly Location[];
}

/** A medium that is not connected: where it lies, who has it, who had it. */
export function OfflinePage({ location, all }: Props) {
  const { t } = useTexts('locations');
  const health = useCall('locations', 'health', { location: location.id });
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? false;
  const healthFacts = useHealthFacts(location, health.data);
  const fates = useSharedFates();
  const { loan, recallBy } = location.offline;
  const medium = mediumWords(location);
  const unknown = (key: string) => <span className={styles.muted}>{t(key)}</span>;
  const known = (text: string | undefined, key: string) =>
    text === undefined ? unknown(key) : <SafeText value={text} />;
  return (
    <Page
      title={<SafeText value={location.name} />}
      verdict={health.data === undefined ? null : <StateLine location={location} health={health.data} />}
      actions={<OfflineActs location={location} isReadOnly={isReadOnly} />}
    >
      <Columns
        aside={
          <>
            <LocationFindings location={location} />
            <LocationRuns location={location} />
          </>
        }
      >
        <Section title={t('one.about')}>
          <SharedFateLine location={location.id} />
          <Facts
            rows={[
              {
                term: t('fact.reach'),
                value: (
                  <span className={styles.notches}>
                    <OfflineMark />
                    <PastDue location={location} />
                  </span>
                ),
              },
              { term: t('offline.place'), value: <ShelfPlace shelf={location.offline} /> },
              { term: t('offline.with'), value: loan === undefined ? t('loan.in') : loanWords(loan, t) },
              {
                term: t('shelf.recallBy'),
                value: recallBy === undefined ? unknown('offline.noDate') : formatDate(recallBy),
              },
              { term: t('fact.medium'), value: known(medium, 'unknown.medium') },
              { term: t('fact.site'), value: known(location.site, 'unknown.site') },
              { term: t('fact.holds'), value: holdsWords(location, t, formatBytes(location.bytes)) },
              ...healthFacts,
              {
                term: <Term id="failure-group">{t('fact.group')}</Term>,
                value: known(location.failureGroup, 'unknown.group'),
              },
              { term: t('fact.dependent'), value: dependentWords(location, all, fates, t) },
              ...(location.root.display === ''
                ? []
                : [{ term: t('offline.root'), value: <PathText path={location.root} /> }]),
              { term: t('fact.added'), value: <Time at={location.createdAt} /> },
            ]}
          />
          <p className={styles.backLink}>
            <Link to="/holdings" search={{ location: location.id }}>
              {t('one.holdings')}
            </Link>
          </p>
        </Section>
        <LoansSection location={location} />
        <LocationAccessions location={location} />
      </Columns>
    </Page>
  );
}
