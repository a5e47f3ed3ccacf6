import type { ReactNode } from 'react';
import type { SurveyResult } from '../../../shared/contract/accession.ts';
import type { Tally } from '../../../shared/contract/common.ts';
import { formatBytes, formatCount, formatHours, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';
import { FORMATS } from './formats.ts';
import { PathReasons } from './path-reasons.tsx';
import { surveySentences, surveyVerdict } from './sentences.ts';

/** What a survey found: first in sentences, then by format, then file by file. */
export function SurveyReport({ result }: { readonly result: SurveyResult }): ReactNode {
  const { t } = useTexts('accessions');
  const sentences = surveySentences(result, t, FORMATS);
  const messages = (
    rows: SurveyResult['problems'],
  ): { path: SurveyResult['problems'][number]['path']; reason: string }[] =>
    rows.map(({ path, message }) => ({ path, reason: message }));
  return (
    <div className={styles.report}>
      <p className={styles.verdict}>{surveyVerdict(result, t, FORMATS)}</p>
      <p className={styles.nothingYet}>{t('survey.nothingYet')}</p>
      {sentences.length > 0 && (
        <ul className={styles.sentences}>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {result.files > 0 && <Formats byFormat={result.byFormat} />}
      <PathReasons title={t('survey.refusedTitle')} rows={result.refused} total={result.refusedTotal} />
      <PathReasons
        title={t('survey.problemsTitle')}
        rows={messages(result.problems)}
        total={result.problemsTotal}
      />
      <PathReasons
        title={t('survey.advisoriesTitle')}
        rows={messages(result.advisories)}
        total={result.advisoriesTotal}
      />
      <PathReasons title={t('survey.leftOutTitle')} rows={result.leftOut} total={result.leftOutTotal} />
      {result.refusedTotal > 0 && <p className={styles.muted}>{t('survey.refusedWhy')}</p>}
    </div>
  );
}

/** Less would be shown as no second at all. */
const HALF_A_SECOND = 0.5 / 3600;

function Formats({ byFormat }: { readonly byFormat: Readonly<Record<string, Tally>> }): ReactNode {
  const { t } = useTexts('accessions');
  const rows = Object.entries(byFormat).sort(([, a], [, b]) => b.bytes - a.bytes);
  return (
    <table className={styles.table}>
      <caption className={styles.reasonsTitle}>{t('survey.formats')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('column.format')}</th>
          <th scope="col" className={styles.end}>
            {t('column.files')}
          </th>
          <th scope="col" className={styles.end}>
            {t('column.sound')}
          </th>
          <th scope="col" className={styles.end}>
            {t('column.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([format, { count, bytes, hours }]) => (
          <tr key={format}>
            <th scope="row">{format === '' ? t('survey.unknownFormat') : format}</th>
            <td className={styles.end}>{formatCount(count)}</td>
            <td className={styles.end}>{hours >= HALF_A_SECOND ? formatHours(hours) : ''}</td>
            <td className={styles.end}>{formatBytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
