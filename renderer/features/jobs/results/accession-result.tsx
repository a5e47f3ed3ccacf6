import { Fragment } from 'react';
import { Link } from '@tanstack/react-router';
import type { AccessionResult } from '../../../../shared/contract/accession.ts';
import { Facts, formatBytes, formatCount, PathText, plainVisible, useTexts } from '../../../ui/index.ts';
import styles from '../jobs.module.css';

export function AccessionResultView({ result }: { readonly result: AccessionResult }) {
  const { t } = useTexts('jobs');
  const {
    accession,
    files,
    bytes,
    objects,
    items,
    alreadyHeld,
    leftOut,
    gaps,
    bag,
    receivedBags = [],
  } = result;
  return (
    <>
      <p className={styles.sentence}>{taken()}</p>
      {files > 0 && bag === undefined && <p className={styles.why}>{t('accession.inPlace')}</p>}
      {bag !== undefined && (
        <p className={styles.why}>
          {t('accession.bag')} <PathText path={bag} />
        </p>
      )}
      {receivedBags.map(({ path, by, on, agreeing, differing }) => (
        <Fragment key={path.bytes ?? path.display}>
          {agreeing > 0 && (
            <p className={styles.why}>
              {t('accession.bagAgreeing', {
                count: agreeing,
                n: formatCount(agreeing),
                by: plainVisible(by, 300),
                on,
              })}
            </p>
          )}
          {differing > 0 && (
            <p className={styles.due}>
              {t('accession.bagDiffering', {
                count: differing,
                n: formatCount(differing),
                by: plainVisible(by, 300),
                on,
              })}
            </p>
          )}
        </Fragment>
      ))}
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
