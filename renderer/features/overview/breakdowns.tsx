import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ArchiveStatus } from '../../../shared/contract/archive.ts';
import type { Tally } from '../../../shared/contract/common.ts';
import type { Location } from '../../../shared/contract/locations.ts';
import { REPRESENTATION_ROLES, type RepresentationRole } from '../../../shared/domain/vocabulary.ts';
import { callErrorOf, useClient } from '../../client/index.ts';
import { ProblemNotice, Section, Skeleton, useTexts, type Texts } from '../../ui/index.ts';
import { Breakdown, type BreakdownRow } from './breakdown.tsx';
import type { Measure } from './measure.tsx';
import styles from './overview.module.css';
import { wordOf } from './words.ts';

interface BreakdownsProps {
  readonly status: ArchiveStatus;
  readonly locations: readonly Location[];
  readonly measure: Measure;
}

/** What is held by format, kind, role, rights basis and location. */
export function Breakdowns({ status, locations, measure }: BreakdownsProps) {
  const { t } = useTexts('overview');
  const breakdown = useBreakdown(status.log.head);
  const contents = t('breakdown.contents');
  const parts = t('breakdown.parts');
  return (
    <Section title={t('breakdown.title')} description={t('breakdown.counting')}>
      <div className={styles.breakdowns}>
        <Breakdown
          title={t('breakdown.format')}
          counted={contents}
          measure={measure}
          rows={formats(t, status.byFormat)}
        />
        <Breakdown
          title={t('breakdown.location')}
          counted={t('breakdown.copies')}
          measure={measure}
          rows={places(status.byLocation, locations)}
        />
        {breakdown.isPending && <Skeleton lines={6} />}
        {breakdown.error !== null && (
          <ProblemNotice
            error={callErrorOf(breakdown.error)}
            onRetry={() => {
              breakdown.refetch().catch(() => undefined);
            }}
          />
        )}
        {breakdown.data !== undefined && (
          <>
            <Breakdown
              title={t('breakdown.kind')}
              counted={contents}
              measure={measure}
              rows={kinds(t, breakdown.data.byKind)}
            />
            <Breakdown
              title={t('breakdown.role')}
              counted={parts}
              measure={measure}
              rows={roles(t, breakdown.data.byRole)}
            />
            <Breakdown
              title={t('breakdown.rights')}
              counted={parts}
              measure={measure}
              rows={rights(t, breakdown.data.byRights)}
            />
          </>
        )}
      </div>
    </Section>
  );
}

/**
 * It looks at every part, which takes a second of a million: so it is asked for when an act has closed, which is when the head
 * of the log moves, and not at each hint while one runs.
 */
function useBreakdown(head: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['overview', 'breakdown', head],
    queryFn: ({ signal }) => client.archive.breakdown(undefined, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function entries(tallies: Readonly<Record<string, Tally>>): [string, Tally][] {
  return Object.entries(tallies).filter(([, { count }]) => count > 0);
}

function formats(t: Texts, tallies: Readonly<Record<string, Tally>>): BreakdownRow[] {
  return entries(tallies).map(([format, tally]) => ({
    id: format,
    name: format === '' ? t('breakdown.unidentified') : format,
    tally,
    ...(format === '' ? {} : { link: holdingsOf({ format }) }),
  }));
}

function kinds(t: Texts, tallies: Readonly<Record<string, Tally>>): BreakdownRow[] {
  return entries(tallies).map(([kind, tally]) => ({
    id: kind,
    name: wordOf(t, 'kind', kind),
    tally,
    ...(kind === '' ? {} : { link: holdingsOf({ kind }) }),
  }));
}

function roles(t: Texts, tallies: Readonly<Record<string, Tally>>): BreakdownRow[] {
  return entries(tallies).map(([role, tally]) => ({
    id: role,
    name: role === '' ? t('breakdown.noRole') : wordOf(t, 'role', role),
    tally,
    ...(isRole(role) ? { link: holdingsOf({ role }) } : {}),
  }));
}

/** A basis is not among the filters; the accessions say which is whose. What has none is. */
function rights(t: Texts, tallies: Readonly<Record<string, Tally>>): BreakdownRow[] {
  return entries(tallies).map(([basis, tally]) => ({
    id: basis,
    name: wordOf(t, 'rights', basis),
    tally,
    link: basis === 'unknown' ? holdingsOf({ gap: 'rights' }) : { to: '/accessions' },
  }));
}

function places(tallies: Readonly<Record<string, Tally>>, locations: readonly Location[]): BreakdownRow[] {
  const ids = new Map(locations.map(({ name, id }) => [name, id]));
  return entries(tallies).map(([name, tally]) => {
    const location = ids.get(name);
    return {
      id: name,
      name,
      tally,
      ...(location === undefined ? {} : { link: holdingsOf({ location }) }),
    };
  });
}

function holdingsOf(search: Readonly<Record<string, string>>): NonNullable<BreakdownRow['link']> {
  return { to: '/holdings', search };
}

function isRole(role: string): role is RepresentationRole {
  const roles: readonly string[] = REPRESENTATION_ROLES;
  return roles.includes(role);
}
