import type { BagReportRow, BagValidationResult } from '../../../../shared/contract/packaging.ts';
import { Facts, formatBytes, formatCount, PathText, SafeText, useTexts } from '../../../ui/index.ts';
import styles from '../jobs.module.css';

const SHOWN = 100;

export function ValidationResultView({ result }: { readonly result: BagValidationResult }) {
  return result.bags.map((bag) => <Bag key={`${bag.path.display} ${bag.path.bytes ?? ''}`} bag={bag} />);
}

function Bag({ bag }: { readonly bag: BagReportRow }) {
  const { t } = useTexts('jobs');
  const { path, form, verdict, version, files, bytes, verified, algorithms, findings, findingsTotal } = bag;
  return (
    <section className={styles.list}>
      <h3 className={styles.listTitle}>
        <PathText path={path} />
      </h3>
      <p className={styles.sentence}>{t(`validation.verdict.${verdict}`)}</p>
      <Facts
        rows={[
          {
            term: t('validation.payload'),
            value: t('validation.holds', { n: formatCount(files), size: formatBytes(bytes) }),
          },
          { term: t('validation.form'), value: t(`validation.forms.${form === 'tar.gz' ? 'tar_gz' : form}`) },
          { term: t('validation.verified'), value: formatCount(verified) },
          {
            term: t('validation.version'),
            value: version === undefined ? t('validation.undeclared') : <SafeText value={version} />,
          },
          { term: t('validation.algorithms'), value: algorithms.join(', ') },
        ]}
      />
      {findings.length > 0 && (
        <table className={styles.counts}>
          <caption>{t('validation.findings')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('problems.severity')}</th>
              <th scope="col">{t('validation.file')}</th>
              <th scope="col">{t('problems.message')}</th>
              <th scope="col">{t('validation.rule')}</th>
            </tr>
          </thead>
          <tbody>
            {findings.slice(0, SHOWN).map(({ code, severity, file, message, rule }, at) => (
              <tr key={at} data-code={code}>
                <th scope="row">{t(`validation.severity.${severity}`)}</th>
                <td>{file === undefined ? t('validation.whole') : <PathText path={file} />}</td>
                <td>
                  <SafeText value={message} />
                </td>
                <td>{rule}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {findingsTotal > SHOWN && (
        <p className={styles.why}>
          {t('result.firstRows', {
            count: findingsTotal,
            shown: formatCount(Math.min(SHOWN, findings.length)),
            n: formatCount(findingsTotal),
          })}
        </p>
      )}
    </section>
  );
}
