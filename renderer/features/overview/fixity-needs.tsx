import { Link } from '@tanstack/react-router';
import type { MassChange } from '../../../shared/contract/decisions.ts';
import type { Schedule } from '../../../shared/contract/schedules.ts';
import { useCall } from '../../client/index.ts';
import { formatCount, formatDateTime, plainVisible, useTexts } from '../../ui/index.ts';
import { Need } from './need.tsx';
import styles from './overview.module.css';

interface FixityNeeds {
  /** Nobody has decided on them. */
  readonly massChanges: readonly MassChange[];
  /** Their time has come, and they did not run. */
  readonly missedRuns: readonly Schedule[];
}

export function useFixityNeeds(): FixityNeeds {
  const changes = useCall('decisions', 'massChanges', {}, { keepPrevious: true });
  const schedules = useCall('schedules', 'list', undefined, { keepPrevious: true, refetchInterval: 60_000 });
  return {
    massChanges: changes.data?.rows ?? [],
    missedRuns: (schedules.data?.rows ?? []).filter(({ overdueSince }) => overdueSince !== undefined),
  };
}

/** Many files that changed at once come before single findings: what they have in common decides on each of them. */
export function MassChangeNeeds({ massChanges }: Pick<FixityNeeds, 'massChanges'>) {
  const { t } = useTexts('overview');
  return massChanges.map(({ id, files, ofFiles, location }) => (
    <Need
      key={id}
      notch={{ kind: 'finding', label: t('needs.notch.mass') }}
      sentence={t('needs.mass', {
        files: formatCount(files),
        of: formatCount(ofFiles),
        location: plainVisible(location.name, 200),
      })}
      why={t('needs.massWhy')}
      act={
        <Link to="/fixity/$id" params={{ id }} className={styles.act}>
          {t('needs.massAct')}
        </Link>
      }
    />
  ));
}

export function MissedRunNeeds({ missedRuns }: Pick<FixityNeeds, 'missedRuns'>) {
  const { t } = useTexts('overview');
  return missedRuns.map(({ name, overdueSince = '', missed }) => (
    <Need
      key={name}
      notch={{ kind: 'overdue', label: t('needs.notch.overdue') }}
      sentence={t('needs.missed', { name: plainVisible(name, 200), at: formatDateTime(overdueSince) })}
      why={
        missed === 0
          ? t('needs.missedWhy')
          : `${t('needs.missedMore', { count: missed, n: formatCount(missed) })} ${t('needs.missedWhy')}`
      }
      act={
        <Link to="/fixity/schedules" className={styles.act}>
          {t('needs.missedAct')}
        </Link>
      }
    />
  ));
}
