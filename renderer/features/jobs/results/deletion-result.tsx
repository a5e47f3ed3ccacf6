import { Link } from '@tanstack/react-router';
import type { DeletionResult } from '../../../../shared/contract/custody.ts';
import { Facts, formatBytes, formatCount, PathText, SafeText, useTexts } from '../../../ui/index.ts';
import styles from '../jobs.module.css';

export function DeletionResultView({ result }: { readonly result: DeletionResult }) {
  const { t } = useTexts('jobs');
  const { accession, removed, complete, places, certificate } = result;
  const { number } = accession;
  return (
    <>
      <p className={styles.sentence}>
        {removed.files > 0
          ? t('deletion.removed', {
              count: removed.files,
              n: formatCount(removed.files),
              size: formatBytes(removed.bytes),
              number,
            })
          : t('deletion.nothing', { number })}{' '}
        {t(complete ? 'deletion.complete' : 'deletion.incomplete')}
      </p>
      {certificate !== undefined && (
        <Facts rows={[{ term: t('deletion.certificate'), value: <PathText path={certificate.html} /> }]} />
      )}
      <p className={styles.links}>
        <Link to="/accessions/$id" params={{ id: accession.id }}>
          {t('accession.open')}
        </Link>
      </p>
      <table className={styles.counts}>
        <caption>{t('deletion.places')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('deletion.state')}</th>
            <th scope="col">{t('deletion.place')}</th>
            <th scope="col">{t('result.files')}</th>
            <th scope="col">{t('result.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ location, locationName, path, state, detail, files }) => (
            <tr key={`${location} ${path.display}`}>
              <th scope="row">{t(`deletion.states.${state}`)}</th>
              <td>
                <Link to="/locations/$id" params={{ id: location }}>
                  <SafeText value={locationName} />
                </Link>{' '}
                <PathText path={path} />
              </td>
              <td>{formatCount(files)}</td>
              <td>
                <SafeText value={detail} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
