import type { Location, LocationHealth } from '../../../shared/contract/locations.ts';
import { formatCount, formatDate, Notch, StatusGlyph, useTexts, type Texts } from '../../ui/index.ts';
import { outcomeWords } from '../../../shared/domain/audit-outcome.ts';
import styles from './locations.module.css';
import { inkOf, verificationOf } from './verification.ts';

interface Props {
  readonly location: Pick<Location, 'offline'>;
  readonly health: LocationHealth;
}

/** What is known of the replicas of a place, with the ink that it deserves. */
export function StateLine({ location, health }: Props) {
  const { t } = useTexts('locations');
  return (
    <>
      {health.replicas > 0 && (
        <span className={styles.ink}>
          <StatusGlyph status={inkOf(health)} label={t(`ink.${inkOf(health)}`)} />
        </span>
      )}
      {verificationWords(health, location.offline !== undefined, t)}
      {health.openFindings > 0 && (
        <>
          {' '}
          <Notch
            kind="finding"
            label={t('findings.count', {
              count: health.openFindings,
              shown: formatCount(health.openFindings),
            })}
          />
        </>
      )}
    </>
  );
}

function verificationWords(health: LocationHealth, isOffline: boolean, t: Texts): string {
  const known = verificationOf(health);
  switch (known.kind) {
    case 'empty':
      return t('verification.empty');
    case 'never':
      return t(isOffline ? 'verification.neverOffline' : 'verification.never', {
        count: known.replicas,
        shown: formatCount(known.replicas),
      });
    case 'findings':
      return t('verification.findings', {
        count: known.intact,
        intact: formatCount(known.intact),
        replicas: formatCount(known.replicas),
        others: known.others
          .map(([outcome, count]) =>
            t('verification.outcome', { count: formatCount(count), outcome: outcomeWords(outcome) }),
          )
          .join(', '),
      });
    case 'partly':
      return t('verification.partly', {
        count: known.overdue,
        overdue: formatCount(known.overdue),
        replicas: formatCount(known.replicas),
        newest: formatDate(known.newest),
      });
    case 'overdue':
      return t('verification.overdue', {
        count: known.overdue,
        overdue: formatCount(known.overdue),
        replicas: formatCount(known.replicas),
        oldest: formatDate(known.oldest),
      });
    case 'current': {
      const [from, to] = [formatDate(known.oldest), formatDate(known.newest)];
      return from === to
        ? t('verification.currentOneDay', {
            count: known.replicas,
            shown: formatCount(known.replicas),
            day: to,
          })
        : t('verification.current', { count: known.replicas, shown: formatCount(known.replicas), from, to });
    }
  }
}

/** What stands at a place, in words. */
export function holdsWords(location: Location, t: Texts, bytes: string): string {
  return t('holds', { count: location.replicas, shown: formatCount(location.replicas), bytes });
}
