import { FilterX } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { EVENT_OUTCOMES, EVENT_TYPES } from '../../../shared/domain/vocabulary.ts';
import { useCall } from '../../client/index.ts';
import { IconButton, SearchField, Select, useTexts } from '../../ui/index.ts';
import styles from './log.module.css';
import { changed, filterOf, type LogSearch } from './log-search.ts';

const ANY = 'any';
/** Long enough that a word is not asked for letter by letter. */
const REST_MS = 250;

interface Props {
  readonly search: LogSearch;
  readonly onChange: (search: LogSearch) => void;
}

export function LogFilters({ search, onChange }: Props) {
  const { t } = useTexts('log');
  const agents = useCall('agents', 'list', { all: true, limit: 1000 });
  const names = [...new Set(agents.data?.rows.map(({ name }) => name) ?? [])];
  if (search.agent !== undefined && !names.includes(search.agent)) names.push(search.agent);
  const set = (part: Parameters<typeof changed>[1]): void => {
    onChange(changed(search, part));
  };
  return (
    <div className={styles.filters} role="search" aria-label={t('filter.label')}>
      <div className={styles.words}>
        <Words
          value={search.text ?? ''}
          onChange={(text) => {
            set({ text });
          }}
        />
      </div>
      <Select
        label={t('filter.type')}
        isLabelHidden
        value={search.type ?? ANY}
        onChange={(id) => {
          set({ type: id === ANY ? undefined : id });
        }}
        options={[
          { id: ANY, label: t('filter.anyType') },
          ...EVENT_TYPES.map((type) => ({ id: type, label: type })),
        ]}
      />
      <Select
        label={t('filter.outcome')}
        isLabelHidden
        value={search.outcome ?? ANY}
        onChange={(id) => {
          set({ outcome: id === ANY ? undefined : id });
        }}
        options={[
          { id: ANY, label: t('filter.anyOutcome') },
          ...EVENT_OUTCOMES.map((outcome) => ({ id: outcome, label: t(`outcome.${outcome}`) })),
        ]}
      />
      <Select
        label={t('filter.agent')}
        isLabelHidden
        value={search.agent ?? ANY_AGENT}
        onChange={(id) => {
          set({ agent: id === ANY_AGENT ? undefined : id });
        }}
        options={[
          { id: ANY_AGENT, label: t('filter.anyAgent') },
          ...names.map((name) => ({ id: name, label: name })),
        ]}
      />
      <DayField
        label={t('filter.since')}
        value={search.since}
        onChange={(since) => {
          set({ since });
        }}
      />
      <DayField
        label={t('filter.until')}
        value={search.until}
        onChange={(until) => {
          set({ until });
        }}
      />
      <div className={styles.clear}>
        <IconButton
          icon={FilterX}
          label={t('filter.clear')}
          isDisabled={filterOf(search) === undefined}
          onPress={() => {
            onChange({});
          }}
        />
      </div>
    </div>
  );
}

/** No agent can be called so: a name is never empty after trimming, and this is only blanks. */
const ANY_AGENT = ' ';

/** Typed words rest a moment before they are asked for. */
function Words({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useTexts('log');
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    // The address changed by other means: back, or the clearing of all.
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => {
      onChange(typed);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
    };
  });
  return (
    <SearchField
      label={t('filter.text')}
      placeholder={t('filter.text')}
      value={typed}
      onChange={setTyped}
      onSubmit={onChange}
    />
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function DayField({ label, value, onChange }: DayProps) {
  const id = useId();
  return (
    <div className={styles.day}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        max="9999-12-31"
        value={value ?? ''}
        onChange={(event) => {
          onChange(event.target.value === '' ? undefined : event.target.value);
        }}
      />
    </div>
  );
}
