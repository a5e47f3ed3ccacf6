import type { Location } from '../../../shared/contract/locations.ts';
import { formatBytes, SafeText, Term, useTexts } from '../../ui/index.ts';
import type { Reach } from './reach.ts';
import { SpaceBar } from './space-bar.tsx';
import { holdsWords } from './state-line.tsx';
import styles from './locations.module.css';

const SPACE_OF = {
  asking: 'space.asking',
  unreachable: 'space.unreachable',
  offline: 'space.offline',
} as const;

/** The rows of what is known of a place; unknown is said with what it means. */
export function useLocationFacts(location: Location, reach: Reach) {
  const { t } = useTexts('locations');
  const unknown = (key: string) => <span className={styles.muted}>{t(key)}</span>;
  const known = (text: string | undefined) => (text === undefined ? undefined : <SafeText value={text} />);
  return [
    { term: t('fact.holds'), value: holdsWords(location, t, formatBytes(location.bytes)) },
    {
      term: t('fact.space'),
      value:
        reach.state === 'reachable' ? (
          <SpaceBar
            {...(reach.free === undefined ? {} : { free: reach.free })}
            {...(reach.total === undefined ? {} : { total: reach.total })}
          />
        ) : (
          unknown(SPACE_OF[reach.state])
        ),
    },
    { term: t('fact.medium'), value: known(location.medium) ?? unknown('unknown.medium') },
    { term: t('fact.site'), value: known(location.site) ?? unknown('unknown.site') },
    {
      term: <Term id="failure-group">{t('fact.group')}</Term>,
      value: known(location.failureGroup) ?? unknown('unknown.group'),
    },
  ];
}
