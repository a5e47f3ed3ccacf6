import { useCall } from '../../client/index.ts';
import { formatDate, ProblemNotice, SafeText, Section, Skeleton, Time, useTexts } from '../../ui/index.ts';
import styles from './locations.module.css';
import type { OfflineLocation } from './shelf.ts';

/** The register: who had it, what for, and how it came back; the latest first. */
export function LoansSection({ location }: { readonly location: OfflineLocation }) {
  const { t } = useTexts('locations');
  const loans = useCall('locations', 'loans', { location: location.id });
  const rows = loans.data?.rows;
  return (
    <Section title={t('loans.title')} description={t('loans.description')}>
      {loans.error !== null && rows === undefined && (
        <ProblemNotice
          error={loans.error}
          onRetry={() => {
            loans.refetch().catch(() => undefined);
          }}
        />
      )}
      {rows === undefined && loans.error === null && <Skeleton lines={2} />}
      {rows?.length === 0 && <p className={styles.explained}>{t('loans.none')}</p>}
      {rows !== undefined && rows.length > 0 && (
        <table className={styles.groups}>
          <thead>
            <tr>
              <th scope="col">{t('loans.to')}</th>
              <th scope="col">{t('loans.out')}</th>
              <th scope="col">{t('loans.back')}</th>
              <th scope="col">{t('loans.condition')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((loan) => (
              <tr key={loan.outAt}>
                <th scope="row">
                  <SafeText value={loan.to} maxLength={120} />
                  {loan.purpose !== '' && (
                    <div className={styles.muted}>
                      <SafeText value={loan.purpose} maxLength={200} />
                    </div>
                  )}
                </th>
                <td>
                  <Time at={loan.outAt} isDateOnly />
                </td>
                <td>
                  {loan.backAt === undefined
                    ? loan.expectedBack === undefined
                      ? t('loans.still')
                      : t('loans.stillUntil', { until: formatDate(loan.expectedBack) })
                    : formatDate(loan.backAt)}
                </td>
                <td>
                  {loan.condition === undefined ? (
                    <span className={styles.muted}>{t('loans.notSaid')}</span>
                  ) : (
                    <SafeText value={loan.condition} maxLength={200} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
