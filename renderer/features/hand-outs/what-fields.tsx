import type { ReactNode } from 'react';
import { useCall } from '../../client/index.ts';
import { plainVisible, RadioGroup, Select, TextField, useTexts } from '../../ui/index.ts';
import styles from './hand-outs.module.css';
import type { MakeSearch } from './hand-outs-search.ts';

type Kind = 'accession' | 'collection' | 'location' | 'search';

/** What is handed out, as far as it is chosen. */
export interface What {
  readonly kind: Kind;
  /** What was chosen of each kind, so that nothing is lost by looking at another. */
  readonly ids: Readonly<Partial<Record<Kind, string>>>;
  readonly words: string;
}

/** What the address names. */
export function firstWhat(kinds: readonly Kind[], address: MakeSearch): What {
  const { accession, collection, location } = address;
  const ids = {
    ...(accession === undefined ? {} : { accession }),
    ...(collection === undefined ? {} : { collection }),
    ...(location === undefined ? {} : { location }),
  };
  return { kind: kinds.find((each) => each in ids) ?? 'accession', ids, words: '' };
}

/**
 * As the contract takes it, by people's own names and not by our ids: files and the log are called after them. Undefined while nothing
 * is named.
 */
export function useNamed({ kind, ids, words }: What): Partial<Record<Kind, string>> | undefined {
  const things = useThings();
  const chosen = kind === 'search' ? words.trim() : (ids[kind] ?? '');
  if (chosen === '') return undefined;
  if (kind === 'search') return { search: chosen };
  return { [kind]: things[kind]?.find(({ id }) => id === chosen)?.name ?? chosen };
}

interface Props {
  readonly kinds: readonly Kind[];
  readonly what: What;
  readonly onChange: (what: What) => void;
  readonly children?: ReactNode;
}

export function WhatFields({ kinds, what, onChange, children }: Props): ReactNode {
  const { t } = useTexts('hand-outs');
  const things = useThings();
  const { kind, ids, words } = what;
  return (
    <>
      <RadioGroup<Kind>
        label={t('what.kind')}
        value={kind}
        onChange={(next) => onChange({ ...what, kind: next })}
        options={kinds.map((value) => ({ value, label: t(`what.${value}`) }))}
      />
      <div className={styles.fields}>
        {kind === 'search' ? (
          <TextField
            label={t('what.words')}
            description={t('what.wordsWhy')}
            value={words}
            onChange={(next) => onChange({ ...what, words: next })}
            isRequired
          />
        ) : (
          <Select
            label={t(`what.${kind}`)}
            value={ids[kind] ?? ''}
            onChange={(id) => onChange({ ...what, ids: { ...ids, [kind]: id } })}
            options={things[kind] ?? []}
            isDisabled={things[kind] === undefined}
            isRequired
          />
        )}
        {children}
      </div>
    </>
  );
}

interface Thing {
  readonly id: string;
  readonly name: string;
  readonly label: string;
}

/** Undefined while they are on their way. */
function useThings(): Readonly<Record<Exclude<Kind, 'search'>, readonly Thing[] | undefined>> {
  const accessions = useCall('accession', 'list', { limit: 1000 }).data?.rows;
  const collections = useCall('collections', 'list', {}).data?.rows;
  const locations = useCall('locations', 'list').data?.rows;
  return {
    accession: accessions?.map(({ id, number, title }) => ({
      id,
      name: number,
      label: `${number} ${plainVisible(title, 80)}`,
    })),
    collection: collections?.map(({ id, path }) => ({ id, name: path, label: plainVisible(path, 120) })),
    location: locations?.map(({ id, name }) => ({ id, name, label: plainVisible(name, 80) })),
  };
}
