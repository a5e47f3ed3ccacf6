import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EventSummary } from '../../../../shared/contract/holdings.ts';
import { SafeText, Timeline, useTexts } from '../../../ui/index.ts';
import css from './detail.module.css';

/** As many as the contract hands out of one thing. */
const MOST = 200;

/** What happened to it, newest first; each leads to the event in the log. */
export function EventsSection({ events }: { readonly events: readonly EventSummary[] }): ReactNode {
  const { t } = useTexts('holdings');
  return (
    <>
      <Timeline
        events={events.map(({ id, at, type, note, outcome, agent }) => ({
          id,
          at,
          title: (
            <Link to="/log/$id" params={{ id }}>
              {type}
            </Link>
          ),
          outcome,
          who: agent,
          ...(note !== '' && { detail: <SafeText value={note} /> }),
        }))}
      />
      {events.length >= MOST && <p className={css.note}>{t('events.newest', { count: MOST })}</p>}
    </>
  );
}
