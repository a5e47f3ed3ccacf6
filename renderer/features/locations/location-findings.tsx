import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Location } from '../../../shared/contract/locations.ts';
import { LOCATION_OUTCOMES, outcomeWords } from '../../../shared/domain/audit-outcome.ts';
import { callErrorOf, useClient } from '../../client/index.ts';
import {
  Button,
  formatCount,
  Notch,
  PathText,
  ProblemNotice,
  Section,
  Skeleton,
  Term,
  Time,
  useTexts,
} from '../../ui/index.ts';
import { collectPages } from './collect-pages.ts';
import { findingWords } from './finding-words.ts';
import styles from './locations.module.css';

const STEP = 50;
const BOUNDS = { most: 5000, mostPages: 50 };

/** Asked once, whoever waits for it. */
export function useFindingsAt({ id }: Location) {
  const client = useClient();
  return useQuery({
    queryKey: ['fixity', 'findings', { location: id }],
    queryFn: () =>
      collectPages(
        (cursor) => client.fixity.findings({ limit: 1000, ...(cursor === undefined ? {} : { cursor }) }),
        (row) => row.location === id,
        BOUNDS,
      ),
  });
}

/** What audits and rescans found here that a person must decide on. */
export function LocationFindings({ location }: { readonly location: Location }) {
  const { t } = useTexts('locations');
  const [shown, setShown] = useState(STEP);
  const found = useFindingsAt(location);
  const rows = found.data?.rows ?? [];
  return (
    <Section
      title={
        found.data === undefined
          ? t('findings.title')
          : t('findings.titleCount', { count: rows.length, shown: formatCount(rows.length) })
      }
      description={
        <>
          {t('findings.description')} <Term id="finding">{t('findings.term')}</Term>
        </>
      }
    >
      {found.error !== null && (
        <ProblemNotice
          error={callErrorOf(found.error)}
          onRetry={() => {
            found.refetch().catch(() => undefined);
          }}
        />
      )}
      {found.data === undefined && found.error === null && <Skeleton lines={3} />}
      {found.data?.isWhole === false && (
        <p className={styles.explained}>{t('findings.more', { shown: formatCount(rows.length) })}</p>
      )}
      {found.data !== undefined && rows.length === 0 && (
        <p className={styles.explained}>{t('findings.none')}</p>
      )}
      <ul className={styles.findings}>
        {rows.slice(0, shown).map((row) => (
          <li key={row.id} className={styles.finding}>
            <div className={styles.findingHead}>
              <Notch kind="finding" label={outcomeText(row.outcome)} />
              <span className={styles.explained}>
                {t('findings.since')} <Time at={row.openedAt} />
              </span>
            </div>
            <div className={styles.findingWords}>
              <PathText path={row.path} />
              <p>{findingWords(row.detail, t)}</p>
            </div>
            <Link to="/holdings/$id" params={{ id: row.id }} className={styles.findingLink}>
              {t('findings.show')}
            </Link>
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <div>
          <Button
            onPress={() => {
              setShown(shown + STEP);
            }}
          >
            {t('findings.next', {
              count: Math.min(STEP, rows.length - shown),
              shown: formatCount(Math.min(STEP, rows.length - shown)),
            })}
          </Button>
        </div>
      )}
    </Section>
  );
}

function outcomeText(outcome: string): string {
  const known = LOCATION_OUTCOMES.find((each) => each === outcome);
  return known === undefined ? outcome.replaceAll('_', ' ') : outcomeWords(known);
}
