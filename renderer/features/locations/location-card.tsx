import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Location } from '../../../shared/contract/locations.ts';
import { useCall } from '../../client/index.ts';
import { Facts, Notch, PathText, SafeText, useTexts } from '../../ui/index.ts';
import { useHealthFacts } from './health-facts.tsx';
import { useLocationActs } from './location-acts.tsx';
import { useLocationFacts } from './location-facts.tsx';
import styles from './locations.module.css';
import { RelinkDialog } from './relink-dialog.tsx';
import { SharedFateLine } from './shared-fate.tsx';
import { StateLine } from './state-line.tsx';
import { UnreachableNotice } from './unreachable-notice.tsx';
import type { ReachOfAll } from './use-reach.ts';

interface Props {
  readonly location: Location;
  readonly reachOfAll: ReachOfAll;
  readonly isReadOnly: boolean;
}

export function LocationCard({ location, reachOfAll, isReadOnly }: Props) {
  const { t } = useTexts('locations');
  const reach = reachOfAll.of(location);
  const health = useCall('locations', 'health', { location: location.id });
  const facts = useLocationFacts(location, reach);
  const healthFacts = useHealthFacts(location, health.data);
  const [isRelinking, setRelinking] = useState(false);
  const relink = (): void => {
    setRelinking(true);
  };
  const acts = useLocationActs({ location, reach, isReadOnly, onRelink: relink });
  const headingId = `location-${location.id}`;
  return (
    <article className={styles.card} aria-labelledby={headingId}>
      <header className={styles.cardHead}>
        <h2 id={headingId} className={styles.name}>
          <Link to="/locations/$id" params={{ id: location.id }}>
            <SafeText value={location.name} />
          </Link>
        </h2>
        <span className={styles.reach} aria-live="polite">
          {reach.state === 'unreachable' ? (
            <Notch kind="unreachable" label={t('reach.unreachable')} />
          ) : (
            <span className={styles.muted}>{t(`reach.${reach.state}`)}</span>
          )}
        </span>
      </header>
      <div className={styles.root}>
        <PathText path={location.root} />
      </div>
      <p className={styles.muted}>{t(`writes.${location.writes}`)}</p>
      {reach.state === 'unreachable' && (
        <UnreachableNotice
          location={location}
          reach={reach}
          isAsking={reachOfAll.isAsking}
          onAskAgain={reachOfAll.askAgain}
          onRelink={relink}
        />
      )}
      <p className={styles.state}>
        {health.data === undefined ? (
          t('verification.counting')
        ) : (
          <StateLine location={location} health={health.data} />
        )}
      </p>
      <SharedFateLine location={location.id} />
      <Facts rows={[...healthFacts, ...facts]} />
      {acts.buttons}
      {acts.problem}
      <RelinkDialog
        location={location}
        isOpen={isRelinking}
        onClose={() => {
          setRelinking(false);
        }}
      />
    </article>
  );
}
