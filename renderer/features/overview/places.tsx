import { Link } from '@tanstack/react-router';
import type { Location, Reachability } from '../../../shared/contract/locations.ts';
import { useCall } from '../../client/index.ts';
import { formatBytes, formatCount, Notch, SafeText, Section, Time, useTexts } from '../../ui/index.ts';
import styles from './overview.module.css';

/** Beyond this the list says only what it has at hand: what each place verified is a question of its own. */
const WITH_HEALTH = 12;

interface PlacesProps {
  readonly locations: readonly Location[];
  readonly reachability: readonly Reachability[];
}

/** Where replicas stand, whether that place can be reached, and when something was last verified there. */
export function Places({ locations, reachability }: PlacesProps) {
  const { t } = useTexts('overview');
  const states = new Map(reachability.map((place) => [place.location, place]));
  return (
    <Section title={t('places.title')} actions={<Link to="/locations">{t('places.all')}</Link>}>
      <ul>
        {locations.map((location) => (
          <Place
            key={location.id}
            location={location}
            reachability={states.get(location.id)}
            withHealth={locations.length <= WITH_HEALTH}
          />
        ))}
      </ul>
    </Section>
  );
}

interface PlaceProps {
  readonly location: Location;
  readonly reachability: Reachability | undefined;
  readonly withHealth: boolean;
}

function Place({ location, reachability, withHealth }: PlaceProps) {
  const { t } = useTexts('overview');
  const health = useCall(
    'locations',
    'health',
    { location: location.id },
    { enabled: withHealth, staleTime: 60_000 },
  );
  const newest = health.data?.newestVerifiedAt;
  const { freeBytes, totalBytes } = reachability ?? {};
  return (
    <li className={styles.place}>
      <div className={styles.placeName}>
        <Link to="/locations/$id" params={{ id: location.id }}>
          <SafeText value={location.name} />
        </Link>
        {reachability?.state === 'unreachable' && (
          <Notch kind="unreachable" label={t('needs.notch.unreachable')} />
        )}
      </div>
      <p className={styles.facts}>
        <Link to="/holdings" search={{ location: location.id }}>
          {t('places.copies', { count: location.replicas, n: formatCount(location.replicas) })}
        </Link>
        <span>{formatBytes(location.bytes)}</span>
        {location.offline !== undefined && <span>{t('places.offline')}</span>}
        {location.offline === undefined && reachability?.state !== 'unreachable' && (
          <span>{t(reachability === undefined ? 'places.unknown' : 'places.reachable')}</span>
        )}
      </p>
      {/* What is still asked for has its line already. */}
      <p className={styles.later}>
        {newest === undefined ? (
          health.data !== undefined && <span>{t('places.neverVerified')}</span>
        ) : (
          <span>
            {t('places.verified')} <Time at={newest} />
          </span>
        )}
        {freeBytes !== undefined && totalBytes !== undefined && (
          <span>{t('places.free', { free: formatBytes(freeBytes), total: formatBytes(totalBytes) })}</span>
        )}
      </p>
    </li>
  );
}
