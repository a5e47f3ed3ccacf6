import { Link } from '@tanstack/react-router';
import type { EventDetail } from '../../../shared/contract/events.ts';
import { useCall, useLeftSearch } from '../../client/index.ts';
import {
  Digest,
  EmptyState,
  Facts,
  formatCount,
  formatDateTime,
  formatRelative,
  Page,
  plainVisible,
  ProblemNotice,
  SafeText,
  Section,
  Skeleton,
  Term,
  useTexts,
} from '../../ui/index.ts';
import { factName, factRows, placeOf, previousEvent } from './event-facts.ts';
import styles from './log.module.css';
import { OutcomeMark } from './outcome-mark.tsx';
import { UndoEdit } from './undo-edit.tsx';

export function EventPage({ id }: { readonly id: string }) {
  const { t } = useTexts('log');
  const event = useCall('events', 'get', { id });
  if (event.data !== undefined) return <KnownEvent event={event.data} />;
  return (
    <Page title={t('event.title')}>
      {event.isPending && <Skeleton lines={6} />}
      {event.error?.code === 'NOT_FOUND' && (
        <EmptyState
          title={t('event.none', { id })}
          why={t('event.noneWhy')}
          action={<Link to="/log">{t('event.toLog')}</Link>}
        />
      )}
      {event.error !== null && event.error.code !== 'NOT_FOUND' && (
        <ProblemNotice
          error={event.error}
          onRetry={() => {
            event.refetch().catch(() => undefined);
          }}
        />
      )}
    </Page>
  );
}

function KnownEvent({ event }: { readonly event: EventDetail }) {
  const { t } = useTexts('log');
  const { rows, left } = factRows(event.facts);
  const previous = previousEvent(event.seq);
  const log = useLeftSearch('log');
  return (
    <Page
      title={t('event.heading', { type: event.type })}
      verdict={event.note === '' ? t('event.erased') : <SafeText value={event.note} isMultiline />}
      actions={
        <>
          <UndoEdit event={event} />
          <Link to="/log" search={log}>
            {t('event.toLog')}
          </Link>
        </>
      }
    >
      <Section title={t('event.what')}>
        <Facts
          rows={[
            {
              term: t('event.when'),
              value: t('event.whenAgo', { at: formatDateTime(event.at), ago: formatRelative(event.at) }),
            },
            {
              term: <Term id="agent">{t('event.who')}</Term>,
              value: (
                <Link to="/log" search={{ agent: event.agent }}>
                  {plainVisible(event.agent)}
                </Link>
              ),
            },
            {
              term: <Term id="event">{t('event.type')}</Term>,
              value: (
                <Link to="/log" search={{ type: event.type }}>
                  {event.type}
                </Link>
              ),
            },
            { term: t('event.outcome'), value: <OutcomeMark outcome={event.outcome} /> },
            { term: t('event.about'), value: <Links event={event} /> },
          ]}
        />
      </Section>
      {rows.length > 0 && (
        <Section title={t('event.facts')} description={t('event.factsWhy')}>
          <Facts
            rows={rows.map((row) => ({ term: factName(row.name), value: <SafeText value={row.value} /> }))}
          />
          {left > 0 && <p>{t('event.factsLeft', { count: left, shown: formatCount(left) })}</p>}
        </Section>
      )}
      <Section title={t('chain.title')} description={t('chain.why')}>
        <Facts
          rows={[
            { term: t('chain.seq'), value: formatCount(event.seq) },
            {
              term: <Term id="message-digest">{t('chain.digest')}</Term>,
              value: <Digest value={event.digest} algorithm={t('digest')} />,
            },
            {
              term: t('chain.previous'),
              value:
                previous === undefined ? (
                  t('chain.first')
                ) : (
                  <>
                    <Digest value={event.previous} algorithm={t('digest')} />{' '}
                    <Link to="/log/$id" params={{ id: previous }}>
                      {t('chain.toPrevious')}
                    </Link>
                  </>
                ),
            },
            ...(event.merkleRoot === undefined
              ? []
              : [
                  {
                    term: <Term id="merkle-root">{t('chain.merkle')}</Term>,
                    value: (
                      <>
                        <Digest value={event.merkleRoot} algorithm={t('digest')} />
                        <div className={styles.muted}>
                          {t('chain.outcomes', {
                            count: event.outcomes ?? 0,
                            shown: formatCount(event.outcomes ?? 0),
                          })}
                        </div>
                      </>
                    ),
                  },
                ]),
          ]}
        />
      </Section>
    </Page>
  );
}

const MOST_LINKS = 50;

function Links({ event }: { readonly event: EventDetail }) {
  const { t } = useTexts('log');
  if (event.links.length === 0) return <>{t('event.aboutArchive')}</>;
  const left = event.links.length - MOST_LINKS;
  return (
    <ul className={styles.links}>
      {event.links.slice(0, MOST_LINKS).map((link) => (
        <li key={link.id}>
          <span className={styles.muted}>{link.kind}</span> <LinkTo id={link.id} title={link.title} />
        </li>
      ))}
      {left > 0 && <li>{t('event.linksLeft', { count: left, shown: formatCount(left) })}</li>}
    </ul>
  );
}

function LinkTo({ id, title }: { readonly id: string; readonly title: string }) {
  const words = title === '' ? id : plainVisible(title);
  switch (placeOf(id)) {
    case 'accession':
      return (
        <Link to="/accessions/$id" params={{ id }}>
          {words}
        </Link>
      );
    case 'location':
      return (
        <Link to="/locations/$id" params={{ id }}>
          {words}
        </Link>
      );
    case 'holding':
      return (
        <Link to="/holdings/$id" params={{ id }}>
          {words}
        </Link>
      );
    case 'collection':
      return (
        <Link to="/holdings" search={{ collection: id }}>
          {words}
        </Link>
      );
    case 'job':
      return (
        <Link to="/jobs/$id" params={{ id }}>
          {words}
        </Link>
      );
    case 'event':
      return (
        <Link to="/log/$id" params={{ id }}>
          {words}
        </Link>
      );
    case 'agent':
      return (
        <Link to="/settings/$section" params={{ section: 'agents' }}>
          {words}
        </Link>
      );
    case undefined:
      return <span>{words}</span>;
  }
}
