import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { useCall, useLeftSearch } from '../../../client/index.ts';
import { EmptyState, Page, ProblemNotice, Section, Skeleton, useTexts } from '../../../ui/index.ts';
import css from './detail.module.css';
import { DetailHead } from './detail-head.tsx';
import { Player } from './player.tsx';
import { describedId, sectionsOf } from './sections.tsx';
import { quietly } from '../quietly.ts';

/** What stands in the wide column; the rest stands beside it. */
const WIDE: ReadonlySet<string> = new Set(['finding', 'description', 'parts', 'tracks', 'tags', 'relations']);

/** Everything about one thing, as a page with an address of its own. */
export function HoldingPage({ id }: { readonly id: string }): ReactNode {
  const { t } = useTexts('holdings');
  const navigate = useNavigate();
  const left = useLeftSearch('holdings');
  const { data: entity, error, refetch } = useCall('holdings', 'show', { id });
  const open = useCallback(
    (other: string) => quietly(navigate({ to: '/holdings/$id', params: { id: other } })),
    [navigate],
  );
  // What follows the description would move when it comes: it is waited for, and a failure of it is told in its place.
  const described = entity === undefined ? undefined : describedId(entity);
  const isDescribed = described !== undefined;
  const words = useCall('description', 'get', { id: described ?? '' }, { enabled: isDescribed });
  if (entity === undefined || (isDescribed && words.isPending))
    return (
      <Page title={t('title')}>
        {error === null && <Skeleton lines={10} />}
        {error?.code === 'NOT_FOUND' && (
          <EmptyState
            title={t('detail.none', { id })}
            why={t('detail.noneWhy')}
            action={
              <Link to="/holdings" search={{}}>
                {t('detail.toAll')}
              </Link>
            }
          />
        )}
        {error !== null && error.code !== 'NOT_FOUND' && (
          <ProblemNotice error={error} onRetry={() => quietly(refetch())} />
        )}
      </Page>
    );
  const sections = sectionsOf(entity, open, t);
  const column = (isWide: boolean): ReactNode =>
    sections
      .filter((section) => WIDE.has(section.id) === isWide)
      .map((section) => (
        <Section key={section.id} title={section.label}>
          {section.content}
        </Section>
      ));
  return (
    <div className={css.page}>
      <p className={css.back}>
        <Link to="/holdings" search={left}>
          {t('title')}
        </Link>
      </p>
      <DetailHead entity={entity} onOpen={open} isPage />
      <Player key={entity.id} entity={entity} />
      <div className={css.columns}>
        <div className={css.column}>{column(true)}</div>
        <div className={css.column}>{column(false)}</div>
      </div>
    </div>
  );
}
