import type { ReactNode } from 'react';
import { Dialog, KeyHint, useTexts } from '../ui/index.ts';
import { PLACES } from './places.ts';
import css from './key-list.module.css';

const EVERYWHERE = [
  ['mod+k', 'palette'],
  ['/', 'palette'],
  ['?', 'list'],
  ['mod+b', 'rail'],
  ['escape', 'escape'],
] as const;

const LISTS = [
  ['j', 'next'],
  ['k', 'previous'],
  ['home', 'first'],
  ['end', 'last'],
  ['pagedown', 'page'],
  ['enter', 'openRow'],
  ['space', 'select'],
  ['shift+down', 'selectRange'],
  ['mod+a', 'selectAll'],
  ['mod+c', 'copy'],
  ['shift+f10', 'menu'],
] as const;

export function KeyList({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts('app');
  return (
    <Dialog title={t('keys.title')} isOpen={isOpen} onClose={onClose} size="large">
      <KeyGroups />
    </Dialog>
  );
}

/** Every key, for the list that floats and for the settings. */
export function KeyGroups(): ReactNode {
  const { t } = useTexts('app');
  return (
    <div className={css.groups}>
      <Group title={t('keys.everywhere')} rows={EVERYWHERE.map(([keys, id]) => [keys, t(`keys.${id}`)])} />
      <Group title={t('keys.go')} rows={PLACES.map(({ key, id }) => [`g+${key}`, t(`nav.${id}`)])} />
      <Group title={t('keys.lists')} rows={LISTS.map(([keys, id]) => [keys, t(`keys.${id}`)])} />
    </div>
  );
}

function Group({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}): ReactNode {
  return (
    <section>
      <h3 className={css.title}>{title}</h3>
      <dl className={css.rows}>
        {rows.map(([keys, act]) => (
          <div key={`${keys} ${act}`} className={css.row}>
            <dt>
              <KeyHint keys={keys} />
            </dt>
            <dd>{act}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
