import type { ReactNode } from 'react';
import type { PackageResult } from '../../../shared/contract/hand-outs.ts';
import { formatCount, Notice, PathText, SafeText, Section, useTexts } from '../../ui/index.ts';
import { HandOutRecord } from './hand-out-record.tsx';
import styles from './hand-outs.module.css';
import { Withheld } from './withheld.tsx';

/** What came of a package: where it is and what stayed behind, or why there is none. */
export function PackageMade({ result }: { readonly result: PackageResult }): ReactNode {
  const { t } = useTexts('hand-outs');
  const { handOut, plan, problemsTotal } = result;
  return (
    <div className={styles.report}>
      {handOut === undefined ? (
        <Notice tone="finding" title={t('made.none')}>
          <p>{t('made.noneWhy')}</p>
        </Notice>
      ) : (
        <HandOutRecord handOut={handOut}>
          {plan.withheld.length > 0 && (
            <Section title={t('made.behind')}>
              <Withheld rows={plan.withheld} />
            </Section>
          )}
        </HandOutRecord>
      )}
      {problemsTotal > 0 && <Problems result={result} />}
    </div>
  );
}

function Problems({ result: { problems, problemsTotal } }: { readonly result: PackageResult }): ReactNode {
  const { t } = useTexts('hand-outs');
  const title = t('made.problems', { count: problemsTotal, n: formatCount(problemsTotal) });
  return (
    <section className={styles.group} aria-label={title}>
      <p className={styles.groupWords}>{title}</p>
      <p className={styles.muted}>{t('made.problemsWhy')}</p>
      <ul className={styles.files}>
        {problems.map(({ path, message }, at) => (
          <li key={at}>
            <PathText path={path} />
            <p className={styles.muted}>
              <SafeText value={message} />
            </p>
          </li>
        ))}
      </ul>
      {problems.length < problemsTotal && (
        <p className={styles.muted}>
          {t('check.listed', { shown: formatCount(problems.length), n: formatCount(problemsTotal) })}
        </p>
      )}
    </section>
  );
}
