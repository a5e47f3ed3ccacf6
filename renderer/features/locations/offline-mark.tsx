import { Archive } from 'lucide-react';
import { Notch, formatDate, useTexts } from '../../ui/index.ts';
import styles from './locations.module.css';
import { pastOf, type OfflineLocation } from './shelf.ts';

/** Offline as planned: no problem, and so no notch, but a box on its shelf. */
export function OfflineMark() {
  const { t } = useTexts('locations');
  return (
    <span className={styles.offlineMark}>
      <Archive size={14} strokeWidth={1.75} aria-hidden />
      {t('reach.offline')}
    </span>
  );
}

/** What is past its date: that is one. */
export function PastDue({ location }: { readonly location: OfflineLocation }) {
  const { t } = useTexts('locations');
  return pastOf(location.offline).map(({ why, due = '' }) => (
    <Notch key={why} kind="overdue" label={t(`past.${why}`, { date: formatDate(due) })} />
  ));
}
