import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FindingDetail } from '../../../shared/contract/decisions.ts';
import { formatDateTime, Timeline, useTexts } from '../../ui/index.ts';

/** When it was last intact, when the failure was seen first and last, and when it was intact again: a line of dots. */
export function ChecksAround({ finding }: { readonly finding: FindingDetail }): ReactNode {
  const { t } = useTexts('fixity');
  const { lastGood, nextGood, openedAt, lastSeenAt, outcome, resolution } = finding;
  const word = t(`outcome.${outcome}`);
  return (
    <>
      {lastGood === undefined && <p>{t('checks.neverGood')}</p>}
      <Timeline
        events={[
          ...(lastGood === undefined
            ? []
            : [
                {
                  id: 'before',
                  at: lastGood.at,
                  title: t('checks.lastGood'),
                  detail: formatDateTime(lastGood.at),
                },
              ]),
          {
            id: 'opened',
            at: openedAt,
            title: t('checks.first', { outcome: word }),
            detail: formatDateTime(openedAt),
            outcome: 'fail',
          },
          ...(lastSeenAt === openedAt
            ? []
            : [
                {
                  id: 'seen',
                  at: lastSeenAt,
                  title: t('checks.again', { outcome: word }),
                  detail: formatDateTime(lastSeenAt),
                  outcome: 'fail',
                },
              ]),
          ...(nextGood === undefined
            ? []
            : [
                {
                  id: 'after',
                  at: nextGood.at,
                  title: t('checks.nextGood'),
                  detail: formatDateTime(nextGood.at),
                },
              ]),
          ...(resolution === undefined
            ? []
            : [
                {
                  id: 'resolved',
                  at: resolution.at,
                  title: t('checks.resolved', { as: t(`resolved.${resolution.as.replaceAll(' ', '_')}`) }),
                  detail:
                    resolution.event === undefined ? undefined : (
                      <Link to="/log/$id" params={{ id: resolution.event }}>
                        {t('checks.event')}
                      </Link>
                    ),
                  ...(resolution.by === undefined ? {} : { who: resolution.by }),
                },
              ]),
        ]}
      />
    </>
  );
}
