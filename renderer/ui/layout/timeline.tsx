import type { ReactNode } from 'react';
import { useTexts } from '../i18n.ts';
import { Time } from '../text/quantities.tsx';
import { SafeText } from '../text/safe-text.tsx';
import { cx } from '../util/cx.ts';
import css from './timeline.module.css';

export interface TimelineEvent {
  readonly id: string;
  readonly at: string;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** PREMIS `eventOutcome`: success, fail or warning. */
  readonly outcome?: string | undefined;
  readonly who?: string | undefined;
}

export interface TimelineProps {
  readonly events: readonly TimelineEvent[];
}

/** What was done, newest or oldest first as given: a line of dots in ink. */
export function Timeline({ events }: TimelineProps): ReactNode {
  const { t } = useTexts('ui');
  return (
    <ol className={css.line}>
      {events.map((event) => (
        <li key={event.id} className={css.event}>
          <span
            className={cx(
              css.dot,
              event.outcome === 'fail' && css.fail,
              event.outcome === 'warning' && css.warning,
            )}
          />
          <div className={css.words}>
            <p className={css.title}>
              {event.title}
              {event.outcome === 'fail' && <span className={css.failed}>{t('timeline.fail')}</span>}
              {event.outcome === 'warning' && <span className={css.warned}>{t('timeline.warning')}</span>}
            </p>
            {event.detail !== undefined && event.detail !== null && (
              <div className={css.detail}>{event.detail}</div>
            )}
            <p className={css.meta}>
              <Time at={event.at} />
              {event.who !== undefined && event.who !== '' && (
                <>
                  <span aria-hidden="true">·</span>
                  <SafeText value={event.who} maxLength={120} />
                </>
              )}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
