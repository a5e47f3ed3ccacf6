import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ArchiveStatus } from '../../../shared/contract/archive.ts';
import type { Location } from '../../../shared/contract/locations.ts';
import { AUDIT_OUTCOMES, isFinding } from '../../../shared/domain/audit-outcome.ts';
import { useCall } from '../../client/index.ts';
import {
  Button,
  formatCount,
  Notch,
  PathText,
  plainVisible,
  ProblemNotice,
  Section,
  Skeleton,
  Time,
  useTexts,
} from '../../ui/index.ts';
import { FINDINGS_ANCHOR } from './anchors.ts';
import { findingDetail } from './finding-detail.ts';
import styles from './overview.module.css';
import { wordOf } from './words.ts';

const FIRST = 10;
const STEP = 50;
const MOST = 1000;

interface FindingsProps {
  readonly status: ArchiveStatus;
  readonly locations: readonly Location[];
}

/** Open findings with what was seen, the newest first. */
export function Findings({ status, locations }: FindingsProps) {
  const { t } = useTexts('overview');
  const [limit, setLimit] = useState(FIRST);
  const findings = useCall('fixity', 'findings', { limit }, { keepPrevious: true });
  const rows = findings.data?.rows ?? [];
  const names = new Map(locations.map(({ id, name }) => [id, name]));
  const byOutcome = AUDIT_OUTCOMES.filter(
    (outcome) => isFinding(outcome) && (status.byOutcome[outcome] ?? 0) > 0,
  );
  return (
    <div id={FINDINGS_ANCHOR} className={styles.anchor}>
      <Section title={t('findings.title')} description={t('findings.description')}>
        {findings.isPending && <Skeleton lines={4} />}
        {findings.error !== null && <ProblemNotice error={findings.error} />}
        <ul className={styles.findings}>
          {rows.map((finding) => (
            <li key={finding.id} className={styles.finding}>
              <Notch kind="finding" label={t('needs.notch.finding')} />
              <div>
                <PathText path={finding.path} />
                <p className={styles.why}>
                  {t('findings.at', {
                    outcome: wordOf(t, 'outcome', finding.outcome),
                    location: plainVisible(names.get(finding.location) ?? finding.location, 200),
                  })}{' '}
                  <Time at={finding.openedAt} />. {findingDetail(t, finding.detail)}{' '}
                  <Link to="/fixity/$id" params={{ id: finding.id }}>
                    {t('findings.open')}
                  </Link>
                </p>
              </div>
            </li>
          ))}
        </ul>
        {findings.data?.next != null && limit < MOST && (
          <Button
            variant="quiet"
            onPress={() => {
              setLimit(Math.min(MOST, limit + STEP));
            }}
          >
            {t('findings.more')}
          </Button>
        )}
        {byOutcome.length > 0 && (
          <p className={styles.inline}>
            <span className={styles.why}>{t('findings.byOutcome')}</span>
            {byOutcome.map((outcome) => (
              <Link key={outcome} to="/holdings" search={{ outcome }}>
                {`${formatCount(status.byOutcome[outcome] ?? 0)} ${wordOf(t, 'outcome', outcome)}`}
              </Link>
            ))}
          </p>
        )}
      </Section>
    </div>
  );
}
