import { memo, useMemo, useState, type ReactNode } from 'react';
import { useCall } from '../../client/index.ts';
import {
  Button,
  Chip,
  ChipRow,
  Dialog,
  MenuButton,
  TextField,
  useTexts,
  plainVisible,
} from '../../ui/index.ts';
import { addable, chipsOf, closedValues, isClosed, type ChipKey, type ChipShown } from './filter-chips.ts';
import css from './holdings.module.css';
import { withFilter, type HoldingsSearch } from './holdings-search.ts';

const LABEL = 60;
const MOST_SHOWN = 200;

interface FilterBarProps {
  readonly search: HoldingsSearch;
  readonly onSearch: (search: HoldingsSearch) => void;
}

function Chips({ search, onSearch }: FilterBarProps): ReactNode {
  const { t } = useTexts('holdings');
  const names = useNames(search);
  const chips = chipsOf(search, names);
  if (chips.length === 0) return null;
  const labelOf = ({ key, name, wordKey }: ChipShown): string =>
    t('filter.chip', {
      name: t(`filter.${key}`),
      value: wordKey === undefined ? plainVisible(name ?? '', LABEL) : t(wordKey),
    });
  return (
    <div className={css.chips}>
      <ChipRow label={t('filter.label')}>
        {chips.map((chip) => (
          <Chip
            key={chip.key}
            label={labelOf(chip)}
            onRemove={() => onSearch(withFilter(search, { [chip.key]: undefined }))}
          />
        ))}
      </ChipRow>
      {chips.length > 1 && (
        <Button
          variant="quiet"
          onPress={() =>
            onSearch(withFilter(search, Object.fromEntries(chips.map(({ key }) => [key, undefined]))))
          }
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}

/** A chip for each filter that is set; the words that are typed have a field of their own. */
export const FilterChips = memo(Chips);

/** A menu of the filters that are not set yet. */
export function AddFilter({ search, onSearch }: FilterBarProps): ReactNode {
  const { t } = useTexts('holdings');
  const [choosing, setChoosing] = useState<ChipKey>();
  return (
    <>
      <MenuButton
        label={t('filter.add')}
        items={addable(search).map((key) => ({
          id: key,
          label: t(`filter.${key}`),
          onAction: () => setChoosing(key),
        }))}
      />
      {choosing !== undefined && (
        <FilterDialog
          filter={choosing}
          onClose={() => setChoosing(undefined)}
          onChoose={(value) => {
            setChoosing(undefined);
            onSearch(withFilter(search, { [choosing]: value }));
          }}
        />
      )}
    </>
  );
}

interface FilterDialogProps {
  readonly filter: ChipKey;
  readonly onClose: () => void;
  readonly onChoose: (value: string) => void;
}

/** Every value that a filter can have, narrowed by typing where there are many. */
function FilterDialog({ filter, onClose, onChoose }: FilterDialogProps): ReactNode {
  const { t } = useTexts('holdings');
  const [typed, setTyped] = useState('');
  const options = useOptions(filter);
  const wanted = typed.trim().toLocaleLowerCase();
  const found = options.filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
  return (
    <Dialog isOpen size="small" title={t('filter.choose', { name: t(`filter.${filter}`) })} onClose={onClose}>
      {options.length > 8 && (
        <TextField label={t('filter.narrow')} value={typed} onChange={setTyped} autoFocus />
      )}
      <ul className={css.choices}>
        {found.slice(0, MOST_SHOWN).map(({ id, label }) => (
          <li key={id}>
            <Button variant="quiet" onPress={() => onChoose(id)}>
              {label}
            </Button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={css.note}>{t('filter.none')}</p>}
      {found.length > MOST_SHOWN && <p className={css.note}>{t('filter.more', { count: MOST_SHOWN })}</p>}
    </Dialog>
  );
}

interface Option {
  readonly id: string;
  readonly label: string;
}

function useOptions(filter: ChipKey): readonly Option[] {
  const { t } = useTexts('holdings');
  const locations = useCall('locations', 'list', undefined, { enabled: filter === 'location' });
  const collections = useCall('collections', 'list', {}, { enabled: filter === 'collection' });
  const accessions = useCall('accession', 'list', { limit: 1000 }, { enabled: filter === 'accession' });
  const status = useCall('archive', 'status', undefined, { enabled: filter === 'format' });
  if (isClosed(filter)) return closedValues(filter).map((id) => ({ id, label: t(`${filter}.${id}`) }));
  switch (filter) {
    case 'location':
      return (locations.data?.rows ?? []).map(({ id, name }) => ({ id, label: plainVisible(name, LABEL) }));
    case 'collection':
      return (collections.data?.rows ?? []).map(({ id, path }) => ({ id, label: plainVisible(path, LABEL) }));
    case 'accession':
      return (accessions.data?.rows ?? []).map(({ id, number, title }) => ({
        id,
        label: plainVisible(`${number} ${title}`, LABEL),
      }));
    case 'format':
      return Object.keys(status.data?.byFormat ?? {})
        .toSorted()
        .map((id) => ({ id, label: plainVisible(id, LABEL) }));
    default:
      return [];
  }
}

/** Names of the ids that are filtered by. */
function useNames(search: HoldingsSearch): ReadonlyMap<string, string> {
  const { collection = '', accession = '', location, item = '' } = search;
  const of = (id: string) => ({ enabled: id !== '' });
  const locations = useCall('locations', 'list', undefined, { enabled: location !== undefined });
  const named = useCall('collections', 'get', { collection }, of(collection));
  const taken = useCall('accession', 'get', { id: accession }, of(accession));
  const shown = useCall('holdings', 'show', { id: item }, of(item));
  return useMemo(() => {
    const names = new Map((locations.data?.rows ?? []).map(({ id, name }) => [id, name]));
    if (named.data !== undefined) names.set(collection, named.data.path);
    if (taken.data !== undefined) names.set(accession, `${taken.data.number} ${taken.data.title}`);
    if (shown.data !== undefined) names.set(item, shown.data.title);
    return names;
  }, [locations.data, named.data, taken.data, shown.data, collection, accession, item]);
}
