import { Link } from '@tanstack/react-router';
import type { ReplicationResult } from '../../../../shared/contract/replication.ts';
import { formatBytes, formatCount, PathText, useTexts } from '../../../ui/index.ts';
import styles from '../jobs.module.css';

export function ReplicationResultView({ result }: { readonly result: ReplicationResult }) {
  const { t } = useTexts('jobs');
  const { copied, bytes, skipped, bags } = result;
  return (
    <>
      <p className={styles.sentence}>
        {copied > 0
          ? t('replication.copied', { count: copied, n: formatCount(copied), size: formatBytes(bytes) })
          : t('replication.nothing')}
      </p>
      {skipped > 0 && (
        <p className={styles.why}>{t('replication.skipped', { count: skipped, n: formatCount(skipped) })}</p>
      )}
      {bags.length > 0 && (
        <table className={styles.counts}>
          <caption>{t('replication.bags')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('replication.accession')}</th>
              <th scope="col">{t('replication.accrual')}</th>
              <th scope="col">{t('result.path')}</th>
            </tr>
          </thead>
          <tbody>
            {bags.map(({ accession, number, accrual, path }) => (
              <tr key={`${accession} ${accrual}`}>
                <th scope="row">
                  <Link to="/accessions/$id" params={{ id: accession }}>
                    {number}
                  </Link>
                </th>
                <td>{formatCount(accrual)}</td>
                <td>
                  <PathText path={path} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
