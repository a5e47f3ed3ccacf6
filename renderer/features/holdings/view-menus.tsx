import { Columns3 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  Button,
  Checkbox,
  Dialog,
  IconButton,
  MenuButton,
  TextField,
  useTexts,
  plainVisible,
} from '../../ui/index.ts';
import css from './holdings.module.css';
import type { HoldingsSearch } from './holdings-search.ts';
import {
  COLUMN_IDS,
  DEFAULT_COLUMNS,
  viewShown,
  withoutView,
  withView,
  type ColumnsShown,
  type SavedView,
} from './views.ts';

interface ColumnsButtonProps {
  readonly columns: ColumnsShown;
  readonly onColumns: (columns: ColumnsShown) => void;
}

/** Which columns are shown. */
export function ColumnsButton({ columns, onColumns }: ColumnsButtonProps): ReactNode {
  const { t } = useTexts('holdings');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton icon={Columns3} label={t('columns.open')} onPress={() => setOpen(true)} />
      <Dialog
        isOpen={isOpen}
        size="small"
        title={t('columns.title')}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button variant="quiet" onPress={() => onColumns(DEFAULT_COLUMNS)}>
              {t('columns.reset')}
            </Button>
            <Button variant="primary" onPress={() => setOpen(false)}>
              {t('done')}
            </Button>
          </>
        }
      >
        <div className={css.checks}>
          {COLUMN_IDS.filter((id) => id !== 'title').map((id) => (
            <Checkbox
              key={id}
              isSelected={!columns.hidden.includes(id)}
              onChange={(isShown) =>
                onColumns({
                  ...columns,
                  hidden: isShown ? columns.hidden.filter((each) => each !== id) : [...columns.hidden, id],
                })
              }
            >
              {t(`column.${id}`)}
            </Checkbox>
          ))}
        </div>
      </Dialog>
    </>
  );
}

interface ViewsButtonProps {
  readonly search: HoldingsSearch;
  readonly columns: ColumnsShown;
  readonly views: readonly SavedView[];
  readonly onViews: (views: SavedView[]) => void;
  readonly onView: (view: SavedView) => void;
}

/** Views that were saved: filters, order and columns under a name. */
export function ViewsButton({ search, columns, views, onViews, onView }: ViewsButtonProps): ReactNode {
  const { t } = useTexts('holdings');
  const [name, setName] = useState<string>();
  const shown = viewShown(views, search);
  const save = (): void => {
    if (name === undefined || name.trim() === '') return;
    onViews(withView(views, { name, search, columns }));
    setName(undefined);
  };
  return (
    <>
      <MenuButton
        label={shown === undefined ? t('views.open') : plainVisible(shown.name, 30)}
        items={[
          ...views.map((view) => ({
            id: `view:${view.name}`,
            label: plainVisible(view.name, 60),
            onAction: () => onView(view),
          })),
          ...(views.length > 0 ? [{ id: 'line', label: '', isSeparator: true }] : []),
          { id: 'save', label: t('views.save'), onAction: () => setName(shown?.name ?? '') },
          ...(shown === undefined
            ? []
            : [
                {
                  id: 'remove',
                  label: t('views.remove', { name: plainVisible(shown.name, 40) }),
                  onAction: () => onViews(withoutView(views, shown.name)),
                },
              ]),
        ]}
      />
      <Dialog
        isOpen={name !== undefined}
        size="small"
        title={t('views.saveTitle')}
        onClose={() => setName(undefined)}
        actions={
          <Button variant="primary" isDisabled={(name ?? '').trim() === ''} onPress={save}>
            {t('views.saveIt')}
          </Button>
        }
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextField
            label={t('views.name')}
            description={t('views.what')}
            value={name ?? ''}
            onChange={setName}
            autoFocus
          />
        </form>
      </Dialog>
    </>
  );
}
