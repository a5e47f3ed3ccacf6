import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useCall } from '../../client/index.ts';
import {
  Button,
  EmptyState,
  formatBytes,
  formatCount,
  Page,
  ProblemNotice,
  Skeleton,
  Term,
  useTexts,
  type Texts,
} from '../../ui/index.ts';
import type { Location } from '../../../shared/contract/locations.ts';
import { AddLocationDialog } from './add-location-dialog.tsx';
import { IndependenceSection } from './independence-section.tsx';
import { LocationCard } from './location-card.tsx';
import styles from './locations.module.css';
import { OfflineSection, RecallSection } from './offline-section.tsx';
import { useFatesKnown } from './shared-fate.tsx';
import { isOffline } from './shelf.ts';
import { useReach } from './use-reach.ts';

export function LocationsPage() {
  const { t } = useTexts('locations');
  const list = useCall('locations', 'list', undefined, { keepPrevious: true });
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? false;
  const reach = useReach();
  const areFatesKnown = useFatesKnown();
  const [isAdding, setAdding] = useState(false);
  const rows = list.data?.rows;
  const offline = rows?.filter(isOffline) ?? [];
  const connected = rows?.filter((row) => !isOffline(row)) ?? [];
  const away = rows?.filter((row) => reach.of(row).state === 'unreachable').length ?? 0;
  const add = (
    <Button
      variant="primary"
      icon={Plus}
      isDisabled={isReadOnly}
      onPress={() => {
        setAdding(true);
      }}
    >
      {t('act.add')}
    </Button>
  );
  return (
    <Page
      title={<Term id="storage-location">{t('title')}</Term>}
      verdict={rows === undefined ? null : verdict(rows, away, t)}
      actions={rows?.length === 0 ? undefined : add}
    >
      {list.error !== null && rows === undefined && (
        <ProblemNotice
          error={list.error}
          onRetry={() => {
            list.refetch().catch(() => undefined);
          }}
        />
      )}
      {(rows === undefined || !areFatesKnown) && list.error === null && <Skeleton lines={6} />}
      {rows?.length === 0 && <EmptyState title={t('empty.title')} why={t('empty.why')} action={add} />}
      {rows !== undefined && rows.length > 0 && areFatesKnown && (
        <>
          {connected.length > 0 && <p className={styles.explained}>{t('explained')}</p>}
          <div className={styles.cards}>
            {connected.map((location) => (
              <LocationCard
                key={location.id}
                location={location}
                reachOfAll={reach}
                isReadOnly={isReadOnly}
              />
            ))}
          </div>
          {offline.length > 0 && (
            <>
              <RecallSection />
              <OfflineSection locations={offline} isReadOnly={isReadOnly} />
            </>
          )}
          <IndependenceSection locations={rows} />
        </>
      )}
      <AddLocationDialog
        known={rows ?? []}
        isOpen={isAdding}
        onClose={() => {
          setAdding(false);
        }}
      />
    </Page>
  );
}

function verdict(rows: readonly Location[], away: number, t: Texts): string {
  if (rows.length === 0) return t('verdict.none');
  const replicas = rows.reduce((sum, row) => sum + row.replicas, 0);
  const bytes = formatBytes(rows.reduce((sum, row) => sum + row.bytes, 0));
  const held = t('verdict.holds', { count: replicas, shown: formatCount(replicas), bytes });
  const places = t('verdict.places', { count: rows.length, shown: formatCount(rows.length) });
  const shelved = rows.filter(isOffline).length;
  return [
    places,
    held,
    ...(shelved === 0 ? [] : [t('verdict.offline', { count: shelved, shown: formatCount(shelved) })]),
    ...(away === 0 ? [] : [t('verdict.away', { count: away, shown: formatCount(away) })]),
  ].join(' ');
}
