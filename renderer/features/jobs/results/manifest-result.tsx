import type { ManifestResult } from '../../../../shared/contract/manifests.ts';
import { Facts, formatBytes, formatCount, PathText, useTexts } from '../../../ui/index.ts';
import styles from '../jobs.module.css';

export function ManifestResultView({ result }: { readonly result: ManifestResult }) {
  const { t } = useTexts('jobs');
  const { path, sha256, form, algorithms, files, bytes, omitted, amiss, log, event } = result;
  return (
    <section className={styles.list}>
      <p className={styles.sentence}>
        {t('manifest.listed', { n: formatCount(files), count: files, size: formatBytes(bytes) })}
      </p>
      <Facts
        rows={[
          { term: t('manifest.file'), value: <PathText path={path} /> },
          { term: t('manifest.digest'), value: sha256 },
          { term: t('manifest.form'), value: form },
          { term: t('manifest.algorithms'), value: algorithms.join(', ') },
          { term: t('manifest.omitted'), value: formatCount(omitted) },
          { term: t('manifest.amiss'), value: formatCount(amiss) },
          { term: t('manifest.head'), value: log.head },
          { term: t('manifest.event'), value: event },
        ]}
      />
    </section>
  );
}
