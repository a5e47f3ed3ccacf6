import type { SurveyResult } from '../../../../shared/contract/accession.ts';
import { Facts, formatBytes, formatCount, formatHours, useTexts } from '../../../ui/index.ts';
import { TallyTable } from '../counts.tsx';
import styles from '../jobs.module.css';
import { PathRows } from '../path-rows.tsx';

export function SurveyResultView({ result }: { readonly result: SurveyResult }) {
  const { t } = useTexts('jobs');
  const { files, bytes, hours, duplicates } = result;
  return (
    <>
      <p className={styles.sentence}>
        {t(hours > 0 ? 'survey.foundSound' : 'survey.found', {
          count: files,
          n: formatCount(files),
          size: formatBytes(bytes),
          hours: formatHours(hours),
        })}
      </p>
      <Facts
        rows={[
          {
            term: t('survey.duplicates'),
            value: t('survey.duplicatesValue', {
              n: formatCount(duplicates.files),
              size: formatBytes(duplicates.bytes),
            }),
          },
          { term: t('survey.alreadyHeld'), value: formatCount(duplicates.alreadyHeld) },
        ]}
      />
      <div className={styles.side}>
        <TallyTable title={t('survey.formats')} tallies={result.byFormat} />
        <TallyTable title={t('survey.kinds')} tallies={result.byKind} />
      </div>
      <PathRows
        title={t('survey.refused')}
        column={t('result.reason')}
        rows={result.refused.map(({ path, reason }) => ({ path, text: reason }))}
        total={result.refusedTotal}
      />
      <PathRows
        title={t('survey.problems')}
        column={t('problems.message')}
        rows={result.problems.map(({ path, message }) => ({ path, text: message }))}
        total={result.problemsTotal}
      />
      <PathRows
        title={t('survey.leftOut')}
        column={t('result.reason')}
        rows={result.leftOut.map(({ path, reason }) => ({ path, text: reason }))}
        total={result.leftOutTotal}
      />
      <PathRows
        title={t('survey.advisories')}
        column={t('problems.message')}
        rows={result.advisories.map(({ path, message }) => ({ path, text: message }))}
        total={result.advisoriesTotal}
      />
    </>
  );
}
