import { FilterX, PanelLeft } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { IconButton, MenuButton, SearchField, useTexts } from '../../ui/index.ts';
import { AddFilter } from './filter-bar.tsx';
import { cleared, isArranged, withFilter, type HoldingsSearch } from './holdings-search.ts';
import css from './holdings.module.css';
import { useTyped } from './use-typed.ts';
import { ColumnsButton, ViewsButton } from './view-menus.tsx';
import type { ColumnsShown, SavedView } from './views.ts';

const ACTS = ['describe', 'replace', 'export'] as const;
export type Act = (typeof ACTS)[number];

interface ListBarProps {
  readonly search: HoldingsSearch;
  readonly onSearch: (search: HoldingsSearch, isStep?: boolean) => void;
  readonly columns: ColumnsShown;
  readonly onColumns: (columns: ColumnsShown) => void;
  readonly views: readonly SavedView[];
  readonly onViews: (views: SavedView[]) => void;
  readonly isTreeShown: boolean;
  readonly onTreeShown: (isShown: boolean) => void;
  readonly chosenCount: number;
  readonly onAct: (act: Act) => void;
}

function Bar(props: ListBarProps): ReactNode {
  const {
    search,
    onSearch,
    columns,
    onColumns,
    views,
    onViews,
    isTreeShown,
    onTreeShown,
    chosenCount,
    onAct,
  } = props;
  const { t } = useTexts('holdings');
  return (
    <div className={css.bar}>
      <IconButton
        icon={PanelLeft}
        label={t('tree.toggle')}
        isPressed={isTreeShown}
        onPress={() => onTreeShown(!isTreeShown)}
      />
      <div className={css.search}>
        <Words search={search} onSearch={onSearch} />
      </div>
      <AddFilter search={search} onSearch={onSearch} />
      <IconButton
        icon={FilterX}
        label={t('filter.clearAll')}
        isDisabled={!isArranged(search)}
        onPress={() => onSearch(cleared(search))}
      />
      <div className={css.acts}>
        <MenuButton
          label={chosenCount > 0 ? t('acts.chosen', { count: chosenCount }) : t('acts.view')}
          items={ACTS.map((each) => ({ id: each, label: t(`acts.${each}`), onAction: () => onAct(each) }))}
        />
        <ViewsButton
          search={search}
          columns={columns}
          views={views}
          onViews={onViews}
          onView={(view) => {
            onColumns(view.columns);
            onSearch(view.search);
          }}
        />
        <ColumnsButton columns={columns} onColumns={onColumns} />
      </div>
    </div>
  );
}

/** What narrows and arranges the list. Drawn anew only where the address changes: rows come and are counted often while one types. */
export const ListBar = memo(Bar);

type WordsProps = Pick<ListBarProps, 'search' | 'onSearch'>;

/** A key that is pressed draws this field alone. */
function Words({ search, onSearch }: WordsProps): ReactNode {
  const { t } = useTexts('holdings');
  const [typed, setTyped] = useTyped(search.text ?? '', (text) =>
    onSearch(withFilter(search, { text }), false),
  );
  return (
    <SearchField
      label={t('search.label')}
      placeholder={t('search.placeholder')}
      value={typed}
      onChange={(text: string) => setTyped(text)}
    />
  );
}
