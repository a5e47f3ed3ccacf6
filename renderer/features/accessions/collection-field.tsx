import { useState, type ReactNode } from 'react';
import { useCall } from '../../client/index.ts';
import { Select, TextField, plainVisible, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';

const NONE = '-none';
const NEW = '-new';

/** A collection that is there, none, or a new one by name. */
export function CollectionField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (path: string) => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const { data } = useCall('collections', 'list');
  const rows = data?.rows ?? [];
  const isKnown = rows.some((row) => row.path === value);
  const [isNew, setNew] = useState(false);
  const typesOwn = isNew || (value !== '' && !isKnown && data !== undefined);
  return (
    <div className={styles.known}>
      <Select
        label={t('collection.label')}
        description={t('collection.why')}
        value={typesOwn ? NEW : value === '' ? NONE : value}
        onChange={(id) => {
          setNew(id === NEW);
          onChange(id === NEW || id === NONE ? '' : id);
        }}
        options={[
          { id: NONE, label: t('collection.none') },
          ...rows.map((row) => ({ id: row.path, label: plainVisible(row.path, 200) })),
          { id: NEW, label: t('collection.new') },
        ]}
      />
      {typesOwn && (
        <TextField
          label={t('collection.name')}
          description={t('collection.nameWhy')}
          value={value}
          onChange={onChange}
        />
      )}
    </div>
  );
}
