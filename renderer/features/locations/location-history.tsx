import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Location } from '../../../shared/contract/locations.ts';
import { callErrorOf, useCall, useClient } from '../../client/index.ts';
import {
  formatCount,
  ProblemNotice,
  SafeText,
  Section,
  Skeleton,
  Time,
  Timeline,
  useTexts,
} from '../../ui/index.ts';
import { collectPages } from './collect-pages.ts';
import styles from './locations.module.css';

const SHOWN_EVENTS = 12;
const BOUNDS = { most: 500, mostPages: 20 };

/** Accessions whose files stood here when custody began, or were deposited here first. */
export function LocationAccessions({ location }: { readonly location: Location }) {
  const { t } = useTexts('locations');
  const client = useClient();
  const found = useQuery({
    queryKey: ['accession', 'list', { location: location.id }],
    queryFn: () =>
      collectPages(
        (cursor) => client.accession.list({ limit: 1000, ...(cursor === undefined ? {} : { cursor }) }),
        (row) => row.roots.some((root) => root.location === location.id),
        BOUNDS,
      ),
  });
  const rows = found.data?.rows ?? [];
  return (
    <Section title={t('accessions.title')} description={t('accessions.description')}>
      {found.error !== null && (
        <ProblemNotice
          error={callErrorOf(found.error)}
          onRetry={() => {
            found.refetch().catch(() => undefined);
          }}
        />
      )}
      {found.data === undefined && found.error === null && <Skeleton lines={3} />}
      {found.data !== undefined && rows.length === 0 && (
        <p className={styles.explained}>{t('accessions.none')}</p>
      )}
      {rows.length > 0 && (
        <table className={styles.groups}>
          <thead>
            <tr>
              <th scope="col">{t('accessions.number')}</th>
              <th scope="col">{t('accessions.name')}</th>
              <th scope="col">{t('accessions.opened')}</th>
              <th scope="col">{t('accessions.state')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <Link to="/accessions/$id" params={{ id: row.id }}>
                    {row.number}
                  </Link>
                </th>
                <td>
                  <SafeText value={row.title} />
                </td>
                <td>
                  <Time at={row.openedAt} isDateOnly />
                </td>
                <td>{t(row.deaccession === undefined ? 'accessions.inCustody' : 'accessions.ended')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.data?.isWhole === false && (
        <p className={styles.explained}>{t('accessions.more', { shown: formatCount(rows.length) })}</p>
      )}
    </Section>
  );
}

/** What was done with this place, newest first, as the log has it. */
export function LocationRuns({ location }: { readonly location: Location }) {
  const { t } = useTexts('locations');
  const entity = useCall('holdings', 'show', { id: location.id });
  const events = [...(entity.data?.events ?? [])]
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, SHOWN_EVENTS);
  return (
    <Section title={t('runs.title')} description={t('runs.description')}>
      {entity.error !== null && (
        <ProblemNotice
          error={entity.error}
          onRetry={() => {
            entity.refetch().catch(() => undefined);
          }}
        />
      )}
      {entity.data === undefined && entity.error === null && <Skeleton lines={4} />}
      {events.length > 0 && (
        <Timeline
          events={events.map((event) => ({
            id: event.id,
            at: event.at,
            title: (
              <Link to="/log/$id" params={{ id: event.id }}>
                {event.type}
              </Link>
            ),
            detail: <SafeText value={event.note} />,
            outcome: event.outcome,
            who: event.agent,
          }))}
        />
      )}
    </Section>
  );
}
