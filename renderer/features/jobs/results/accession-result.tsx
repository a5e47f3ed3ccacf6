import { Link } from '@tanstack/react-router';
import type { AccessionResult } from '../../../../shared/contract/accession.ts';
import { Facts, formatBytes, formatCount, PathText, useTexts } from '../../../ui/index.ts';
import styles from '../jobs.module.css';

export function AccessionResultView({ result }: { readonly result: AccessionResult }) {
  const { t } = useTexts('jobs');
  const { accession, files, bytes, objects, items, alreadyHeld, leftOut, gaps, bag } = result;
  return (
    <>
      <p className={styles.sentence}>{taken()}</p>
      {files > 0 && bag === undefined && <p className={styles.why}>{t('accession.inPlace')}</p>}
      {bag !== undefined && (
        <p className={styles.why}>
          {t('accession.bag')} <PathText path={bag} />
        </p>
      )}
      <p className={styles.links}>
        <Link to="/accessions/$id" params={{ id: accession.id }}>
          {t('accession.open')}
        </Link>
        <Link to="/holdings" search={{ accession: accession.id }}>
          {t('accession.holdings')}
        </Link>
      </p>
      <Facts
        rows={[
          { term: t('accession.objects'), value: formatCount(objects) },
          { term: t('accession.items'), value: formatCount(items) },
          { term: t('accession.alreadyHeld'), value: formatCount(alreadyHeld) },
          { term: t('accession.leftOut'), value: formatCount(leftOut) },
        ]}
      />
      {gaps.length > 0 && (
        <p className={styles.due}>
          {t('accession.gaps', { gaps: gaps.map((gap) => t(`accession.gap.${gap}`)).join(', ') })}
        </p>
      )}
    </>
  );

  function taken(): string {
    const { number, accrual } = accession;
    if (files === 0 && alreadyHeld > 0)
      return t('accession.nothingNew', { count: alreadyHeld, n: formatCount(alreadyHeld), number });
    return t(accrual > 1 ? 'accession.takenAccrual' : 'accession.taken', {
      count: files,
      n: formatCount(files),
      size: formatBytes(bytes),
      number,
      accrual,
    });
  }
}
