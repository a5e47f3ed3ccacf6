import { Link } from '@tanstack/react-router';
import type { Shelf } from '../../../shared/contract/locations.ts';
import { useCall } from '../../client/index.ts';
import {
  formatCount,
  formatDate,
  formatRelative,
  Notch,
  SafeText,
  Section,
  useTexts,
  VisuallyHidden,
  type Texts,
} from '../../ui/index.ts';
import styles from './locations.module.css';
import { OfflineActs } from './offline-acts.tsx';
import { OfflineMark } from './offline-mark.tsx';
import { byUrgency, loanWords, mediumWords, pastOf, type OfflineLocation } from './shelf.ts';

interface Props {
  readonly locations: readonly OfflineLocation[];
  readonly isReadOnly: boolean;
}

/** Media that are not connected, as planned; the first to be fetched first. */
export function OfflineSection({ locations, isReadOnly }: Props) {
  const { t } = useTexts('locations');
  return (
    <Section title={t('offline.title')} description={t('offline.description')}>
      <div className={styles.wide}>
        <table className={styles.groups}>
          <thead>
            <tr>
              <th scope="col">{t('offline.name')}</th>
              <th scope="col">{t('offline.place')}</th>
              <th scope="col">{t('fact.medium')}</th>
              <th scope="col">{t('offline.with')}</th>
              <th scope="col">{t('offline.due')}</th>
              <th scope="col" className={styles.figure}>
                {t('offline.replicas')}
              </th>
              <th scope="col">
                <VisuallyHidden>{t('offline.acts')}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...locations].sort(byUrgency).map((location) => (
              <Row key={location.id} location={location} isReadOnly={isReadOnly} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Row({ location, isReadOnly }: { readonly location: OfflineLocation; readonly isReadOnly: boolean }) {
  const { t } = useTexts('locations');
  const { loan, recallBy } = location.offline;
  const medium = mediumWords(location);
  const past = pastOf(location.offline);
  return (
    <tr>
      <th scope="row">
        <Link to="/locations/$id" params={{ id: location.id }}>
          <SafeText value={location.name} />
        </Link>
        <div className={styles.small}>
          <OfflineMark />
        </div>
      </th>
      <td className={styles.short}>
        <ShelfPlace shelf={location.offline} />
      </td>
      <td className={styles.short}>
        {medium ?? <span className={styles.muted}>{t('offline.unknown')}</span>}
      </td>
      <td className={styles.loan}>
        {loan === undefined ? t('loan.in') : loanWords(loan, t)}
        {past.some(({ why }) => why === 'lent') && (
          <div>
            <Notch kind="overdue" label={t('past.lentShort')} />
          </div>
        )}
      </td>
      <td>
        {recallBy === undefined ? (
          <span className={styles.muted}>{t('offline.noDate')}</span>
        ) : (
          formatDate(recallBy)
        )}
        {past.some(({ why }) => why === 'recall') && (
          <div>
            <Notch kind="overdue" label={t('past.recallShort')} />
          </div>
        )}
      </td>
      <td className={styles.figure}>{formatCount(location.replicas)}</td>
      <td className={styles.rowActs}>
        <OfflineActs location={location} isReadOnly={isReadOnly} isQuiet />
      </td>
    </tr>
  );
}

/** Where a medium lies, and by what it is known there. */
export function ShelfPlace({ shelf }: { readonly shelf: Shelf }) {
  const { t } = useTexts('locations');
  if (shelf.shelf === undefined && shelf.barcode === undefined)
    return <span className={styles.muted}>{t('offline.unknown')}</span>;
  return (
    <>
      {shelf.shelf !== undefined && <SafeText value={shelf.shelf} maxLength={120} />}
      {shelf.barcode !== undefined && (
        <div className={styles.barcode}>
          <SafeText value={shelf.barcode} maxLength={60} />
        </div>
      )}
    </>
  );
}

/** What is lent or is to be read again, by due date. */
export function RecallSection() {
  const { t } = useTexts('locations');
  const rows = useCall('locations', 'recall').data?.rows ?? [];
  if (rows.length === 0) return null;
  const past = rows.filter(({ isPast }) => isPast).length;
  return (
    <Section
      title={t('recall.title')}
      description={
        past === 0 ? t('recall.description') : t('recall.past', { count: past, shown: formatCount(past) })
      }
    >
      <ol className={styles.recalls}>
        {rows.map((row) => (
          <li key={`${row.location} ${row.why}`} className={styles.recall}>
            <div className={styles.recallDue}>
              <span>{row.due === undefined ? t('recall.noDate') : formatDate(row.due)}</span>
              {row.due !== undefined &&
                (row.isPast ? (
                  <Notch kind="overdue" label={dayWords(row.due, t)} />
                ) : (
                  <span className={styles.muted}>{dayWords(row.due, t)}</span>
                ))}
            </div>
            <div>
              <Link to="/locations/$id" params={{ id: row.location }}>
                <SafeText value={row.name} />
              </Link>
              <div>
                {row.why === 'recall' || row.loan === undefined ? t('recall.read') : loanWords(row.loan, t)}
                {row.why === 'lent' && (row.loan?.purpose ?? '') !== '' && (
                  <span className={styles.muted}>
                    {' '}
                    <SafeText value={row.loan?.purpose ?? ''} maxLength={120} />
                  </span>
                )}
              </div>
            </div>
            <div>
              <ShelfPlace shelf={row} />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** How far a day is off; the day itself is today, at whatever hour. */
function dayWords(due: string, t: Texts): string {
  return due === new Date().toISOString().slice(0, 10) ? t('recall.today') : formatRelative(due);
}
