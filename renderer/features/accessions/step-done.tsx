import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccessionResult } from '../../../shared/contract/accession.ts';
import { Button, Notice, PathText, ProblemNotice, Spinner, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';
import { FORMATS } from './formats.ts';
import { PathReasons } from './path-reasons.tsx';
import { ReceiptButton } from './receipt.tsx';
import { gapWords, resultSentences } from './sentences.ts';
import { isOver, useJob } from './use-job.ts';

/** What was taken, what was not, and where it can be seen. */
export function StepDone({ job: id }: { readonly job: string }): ReactNode {
  const { t } = useTexts('accessions');
  const navigate = useNavigate();
  const { job, error } = useJob(id);
  if (error !== undefined) return <ProblemNotice error={error} />;
  if (job === undefined) return <Spinner label={t('progress.asking')} />;
  if (!isOver(job)) {
    return (
      <Notice title={t('done.notYet')}>
        <Link to="/accessions/new" search={{ step: 'progress', job: id }} className={styles.link}>
          {t('done.toProgress')}
        </Link>
      </Notice>
    );
  }
  const result = job.result as AccessionResult | undefined;
  const isCancelled = job.state === 'cancelled';
  const [first, ...rest] = result === undefined ? [] : resultSentences(result, t, FORMATS);
  const holdsAny = result !== undefined && result.files + result.alreadyHeld > 0;
  const another = (
    <Button
      variant="quiet"
      onPress={() => {
        navigate({ to: '/accessions/new' }).catch(() => undefined);
      }}
    >
      {t('done.another')}
    </Button>
  );
  return (
    <div className={styles.report} aria-live="polite">
      {isCancelled && <Notice tone="due" title={t('done.cancelled')} />}
      {job.error !== undefined && <ProblemNotice error={job.error} />}
      {first !== undefined && <p className={styles.verdict}>{first}</p>}
      {rest.length > 0 && (
        <ul className={styles.sentences}>
          {rest.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {result === undefined ? (
        <div className={styles.onward}>{another}</div>
      ) : (
        <>
          {result.bag !== undefined && (
            <p>
              {t('done.bag')} <PathText path={result.bag} />
            </p>
          )}
          {result.gaps.length > 0 && (
            <Notice tone="due" title={t('rights.gapsTitle', { gaps: gapWords(result.gaps, t) })}>
              <p>{t(result.bag === undefined ? 'done.gapsWhat' : 'done.gapsManaged')}</p>
            </Notice>
          )}
          <div className={styles.onward}>
            <Button
              variant="primary"
              onPress={() => {
                navigate({ to: '/accessions/$id', params: { id: result.accession.id } }).catch(
                  () => undefined,
                );
              }}
            >
              {t('done.toAccession', { number: result.accession.number })}
            </Button>
            {holdsAny && (
              <Button
                onPress={() => {
                  navigate({ to: '/holdings', search: { accession: result.accession.id } }).catch(
                    () => undefined,
                  );
                }}
              >
                {t('done.toHoldings')}
              </Button>
            )}
            {!isCancelled && holdsAny && (
              <ReceiptButton accession={result.accession.id} accrual={result.accession.accrual} />
            )}
            {another}
          </div>
          <PathReasons title={t('survey.refusedTitle')} rows={result.refused} total={result.refusedTotal} />
          <PathReasons
            title={t('survey.problemsTitle')}
            rows={result.problems.map(({ path, message }) => ({ path, reason: message }))}
            total={result.problemsTotal}
          />
        </>
      )}
    </div>
  );
}
