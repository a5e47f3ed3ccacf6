import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callErrorOf, useClient } from '../../client/index.ts';
import { Button, PathText, ProblemNotice, SafeText, Section, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';

/** So many are read one after the other; for more a person asks. */
const PAGE = 20;

/** What went wrong or was refused when it was taken into custody: it stays with the accession, not with the job alone. */
export function AccessionProblems({ accession }: { readonly accession: string }): ReactNode {
  const { t } = useTexts('accessions');
  const client = useClient();
  const pages = useInfiniteQuery({
    queryKey: ['accession', 'problems', { id: accession }],
    queryFn: ({ pageParam, signal }) =>
      client.accession.problems(
        { id: accession, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  if (pages.error === null && rows.length === 0) return null;
  return (
    <Section title={t('problems.title')} description={t('problems.why')}>
      <ul className={styles.problems}>
        {rows.map(({ path, code, severity, message }, at) => (
          <li key={`${path.display} ${code} ${String(at)}`}>
            <span>{t(`problems.${severity}`)}</span>
            <div>
              <PathText path={path} />
              <p className={styles.muted}>
                <SafeText value={message} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      {pages.error !== null && (
        <ProblemNotice
          error={callErrorOf(pages.error)}
          onRetry={() => {
            pages.refetch().catch(() => undefined);
          }}
        />
      )}
      {pages.hasNextPage && (
        <Button
          variant="quiet"
          isDisabled={pages.isFetchingNextPage}
          onPress={() => {
            pages.fetchNextPage().catch(() => undefined);
          }}
        >
          {t('problems.more')}
        </Button>
      )}
    </Section>
  );
}
