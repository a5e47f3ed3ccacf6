import type { ErrorComponentProps } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { useConnection } from '../client/index.ts';
import { Button, copyText, Page, Section, useTexts, useToast } from '../ui/index.ts';
import css from './frame.module.css';
import { forgetFailedPages } from './lazy-page.tsx';

/** What is handed to whoever looks after the program: where it was, what was thrown, from which line. No names of files. */
function detailsOf(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return [
    `${error.name}: ${error.message}`,
    `at ${location.pathname}`,
    navigator.userAgent,
    error.stack ?? '',
  ].join('\n');
}

/** In the place of a page that could not be drawn. */
export function ProblemPage({ error, reset }: ErrorComponentProps): ReactNode {
  const { t } = useTexts('app');
  const { tell } = useToast();
  const connection = useConnection();
  const again = useCallback(() => {
    forgetFailedPages();
    reset();
  }, [reset]);
  // Whoever comes back later from another place asks again, too.
  useEffect(() => forgetFailedPages, []);
  const isAway = connection !== 'connected' && connection !== 'connecting';
  const wasLost = useRef(isAway);
  useEffect(() => {
    // A page that could not be fetched while the host was away is shown once it is back.
    if (wasLost.current && connection === 'connected') again();
    wasLost.current = isAway;
  }, [connection, isAway, again]);
  const details = detailsOf(error);
  return (
    <Page
      title={t('problem.title')}
      verdict={t('problem.why')}
      actions={
        <>
          <Button variant="primary" onPress={again}>
            {t('problem.again')}
          </Button>
          <Button onPress={() => location.reload()}>{t('problem.reload')}</Button>
          <Button
            onPress={() => {
              if (copyText(details)) tell(t('problem.copied'));
            }}
          >
            {t('problem.copy')}
          </Button>
        </>
      }
    >
      <p>{t('problem.whatNow')}</p>
      <Section title={t('problem.details')}>
        <pre className={css.details} tabIndex={0}>
          {details}
        </pre>
      </Section>
    </Page>
  );
}
