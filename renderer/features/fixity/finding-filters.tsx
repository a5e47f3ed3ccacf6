import type { ReactNode } from 'react';
import { plainVisible, useTexts } from '../../ui/index.ts';
import type { Counted } from './counted.ts';
import { FilterChip } from './filter-chip.tsx';
import styles from './fixity.module.css';
import { FINDING_OUTCOMES, narrowed, type FixitySearch } from './fixity-search.ts';

interface Props {
  readonly search: FixitySearch;
  readonly counts: Counted;
  readonly onSearch: (search: FixitySearch) => void;
}

/** The filters as chips, each with how many it shows; one of each row is pressed. */
export function FindingFilters({ search, counts, onSearch }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const outcomes = FINDING_OUTCOMES.filter(
    (outcome) => counts.byOutcome.has(outcome) || search.outcome === outcome,
  );
  return (
    <div className={styles.filters}>
      {outcomes.length > 0 && (
        <div role="group" aria-label={t('filter.outcome')} className={styles.chips}>
          <FilterChip
            label={t('filter.anyOutcome')}
            count={counts.anyOutcome}
            isOn={search.outcome === undefined}
            onPress={() => {
              onSearch(narrowed(search, { outcome: undefined }));
            }}
          />
          {outcomes.map((outcome) => (
            <FilterChip
              key={outcome}
              label={t(`outcome.${outcome}`)}
              count={counts.byOutcome.get(outcome) ?? 0}
              isOn={search.outcome === outcome}
              onPress={() => {
                onSearch(narrowed(search, { outcome: search.outcome === outcome ? undefined : outcome }));
              }}
            />
          ))}
        </div>
      )}
      {(counts.byLocation.length > 1 || search.location !== undefined) && (
        <div role="group" aria-label={t('filter.location')} className={styles.chips}>
          <FilterChip
            label={t('filter.anyLocation')}
            count={counts.anyLocation}
            isOn={search.location === undefined}
            onPress={() => {
              onSearch(narrowed(search, { location: undefined }));
            }}
          />
          {counts.byLocation.map(({ id, name, count }) => (
            <FilterChip
              key={id}
              label={plainVisible(name, 60)}
              count={count}
              isOn={search.location === id}
              onPress={() => {
                onSearch(narrowed(search, { location: search.location === id ? undefined : id }));
              }}
            />
          ))}
        </div>
      )}
    </div>
  );
}
