import { Link } from '@tanstack/react-router';
import { useCall } from '../../client/index.ts';
import { ProblemNotice, SafeText, Section, Skeleton, Timeline, useTexts } from '../../ui/index.ts';
import styles from './overview.module.css';

const SHOWN = 8;

/** The newest of the log. */
export function RecentEvents() {
  const { t } = useTexts('overview');
  const events = useCall('events', 'list', { limit: SHOWN }, { keepPrevious: true });
  return (
    <Section title={t('events.title')} actions={<Link to="/log">{t('events.all')}</Link>}>
      {events.isPending && <Skeleton lines={SHOWN} />}
      {events.error !== null && <ProblemNotice error={events.error} />}
      {events.data !== undefined && (
        <Timeline
          events={events.data.rows.map(({ id, at, type, note, outcome, agent }) => ({
            id,
            at,
            title: (
              <Link to="/log/$id" params={{ id }} className={styles.event}>
                {type}
              </Link>
            ),
            detail: <SafeText value={note} />,
            outcome,
            who: agent,
          }))}
        />
      )}
    </Section>
  );
}
