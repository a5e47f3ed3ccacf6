import { Layers } from 'lucide-react';
import type { SharedFate } from '../../../shared/domain/shared-fate.ts';
import { useCall } from '../../client/index.ts';
import { plainVisible, useTexts } from '../../ui/index.ts';
import styles from './locations.module.css';

const useFates = () => useCall('locations', 'sharedFates', undefined, { keepPrevious: true });

/** What one failure would take together with each location that shares its fate with another. */
export function useSharedFates(): readonly SharedFate[] {
  return useFates().data?.rows ?? [];
}

/** Which would be lost together is said above the facts of a place, and would move them when it comes. */
export function useFatesKnown(): boolean {
  return !useFates().isPending;
}

/** Says of one location with which others it would be lost. */
export function SharedFateLine({ location }: { readonly location: string }) {
  const { t } = useTexts('locations');
  const fate = useSharedFates().find((row) => row.location === location);
  if (fate === undefined) return null;
  const { sameDevice, sameGroup, declaredApart } = fate;
  return (
    <div className={styles.fates}>
      {sameDevice.length > 0 && (
        <p className={styles.fate}>
          <Layers size={14} strokeWidth={1.75} aria-hidden />
          <span>
            {t('fate.device', { count: sameDevice.length, names: namesOf(sameDevice) })}
            {declaredApart && <> {t('fate.declaredApart')}</>}
          </span>
        </p>
      )}
      {sameGroup.length > 0 && (
        <p className={styles.fate}>
          <Layers size={14} strokeWidth={1.75} aria-hidden />
          <span>{t('fate.group', { count: sameGroup.length, names: namesOf(sameGroup) })}</span>
        </p>
      )}
    </div>
  );
}

function namesOf(others: readonly { readonly name: string }[]): string {
  return new Intl.ListFormat(undefined, { type: 'conjunction' }).format(
    others.map(({ name }) => plainVisible(name, 60)),
  );
}
