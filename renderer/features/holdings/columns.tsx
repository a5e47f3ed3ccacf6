import type { ReactNode } from 'react';
import type { Holding } from '../../../shared/contract/holdings.ts';
import {
  Bytes,
  Count,
  Duration,
  formatBytes,
  formatCount,
  Notch,
  PathText,
  SafeText,
  StatusGlyph,
  textsOf,
  Time,
  type Column,
} from '../../ui/index.ts';
import css from './holdings.module.css';
import { isDamaged } from './status-evidence.ts';
import type { ColumnId } from './views.ts';

const translate = textsOf('holdings');
type Key = Parameters<typeof translate>[0];
const kept = new Map<Key, string>();

/** Kept: a table asks for the same few words in each of its cells, and each costs as much as a cell. */
function t(key: Key): string {
  const word = kept.get(key) ?? translate(key);
  kept.set(key, word);
  return word;
}

/** In a cell nothing longer is looked at: a title of ten megabytes costs as much as a word. */
const CELL = 300;

interface Spec extends Omit<Column<Holding>, 'id' | 'header'> {
  readonly id: ColumnId;
}

const SPECS: readonly Spec[] = [
  {
    id: 'title',
    width: 280,
    minWidth: 140,
    isSortable: true,
    cell: (row) => <TitleCell row={row} />,
    text: ({ title }) => title,
  },
  words('artist', 170, ({ artist }) => artist, true),
  words('album', 190, ({ album }) => album, true),
  words('date', 90, ({ date }) => date),
  {
    id: 'role',
    width: 150,
    cell: ({ role }) => t(`role.${role}`),
    text: ({ role }) => t(`role.${role}`),
  },
  {
    id: 'kind',
    width: 90,
    cell: ({ kind }) => t(`kind.${kind}`),
    text: ({ kind }) => t(`kind.${kind}`),
  },
  words('format', 130, ({ format }) => format),
  {
    id: 'duration',
    width: 84,
    align: 'end',
    isSortable: true,
    cell: ({ durationMs }) => (durationMs > 0 ? <Duration ms={durationMs} /> : ''),
    text: ({ durationMs }) => String(durationMs / 1000),
  },
  {
    id: 'size',
    width: 92,
    align: 'end',
    isSortable: true,
    cell: ({ size }) => <Bytes value={size} />,
    text: ({ size }) => formatBytes(size),
  },
  {
    id: 'replicas',
    width: 76,
    align: 'end',
    cell: ({ replicas }) => <Count value={replicas} />,
    text: ({ replicas }) => formatCount(replicas),
  },
  {
    id: 'outcome',
    width: 150,
    cell: ({ outcome }) =>
      isDamaged(outcome) ? <Notch kind="finding" label={t(`outcome.${outcome}`)} /> : t(`outcome.${outcome}`),
    text: ({ outcome }) => t(`outcome.${outcome}`),
  },
  {
    id: 'verified',
    width: 120,
    cell: ({ verifiedAt }) =>
      verifiedAt === undefined ? (
        <span className={css.never}>{t('column.neverVerified')}</span>
      ) : (
        <Time at={verifiedAt} />
      ),
    text: ({ verifiedAt }) => verifiedAt ?? '',
  },
  words('accession', 110, ({ accession }) => accession),
  {
    id: 'path',
    width: 320,
    isMonospace: true,
    cell: ({ path }) => <PathText path={path} />,
    text: ({ path }) => path.display,
  },
  { id: 'id', width: 96, isMonospace: true, cell: ({ id }) => id, text: ({ id }) => id },
];

/** The columns of the list, with their words. */
export function holdingColumns(): Column<Holding>[] {
  return SPECS.map((spec) => ({ ...spec, header: t(`column.${spec.id}`) }));
}

function words(id: ColumnId, width: number, of: (row: Holding) => string, isSortable = false): Spec {
  return {
    id,
    width,
    isSortable,
    cell: (row) => <SafeText value={of(row)} maxLength={CELL} />,
    text: of,
  };
}

function TitleCell({ row }: { readonly row: Holding }): ReactNode {
  return (
    <span className={css.titleCell}>
      <StatusGlyph status={row.status} size={12} label={t(`status.${row.status}`)} />
      <span className={css.titleText}>
        {row.title === '' ? (
          <span className={css.never}>{t('untitled')}</span>
        ) : (
          <SafeText value={row.title} maxLength={CELL} />
        )}
      </span>
      {isDamaged(row.outcome) && <Notch kind="finding" label={t('notch.finding')} />}
    </span>
  );
}
