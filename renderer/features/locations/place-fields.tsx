import type { Location } from '../../../shared/contract/locations.ts';
import { Button, TextField, useTexts } from '../../ui/index.ts';
import { independenceOf } from './independence.ts';
import styles from './locations.module.css';

/** What a location could be lost with, as it is typed: empty is unknown. */
export interface PlaceDraft {
  readonly site: string;
  readonly medium: string;
  readonly failureGroup: string;
}

interface Props {
  readonly draft: PlaceDraft;
  /** Whose groups are offered. */
  readonly known: readonly Location[];
  readonly onChange: (part: Partial<PlaceDraft>) => void;
}

/** What a location could be lost with. */
export function PlaceFields({ draft, known, onChange }: Props) {
  const { t } = useTexts('locations');
  const { groups } = independenceOf(known);
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={t('fact.medium')}
          description={t('add.mediumWhy')}
          value={draft.medium}
          onChange={(medium) => {
            onChange({ medium });
          }}
        />
        <TextField
          label={t('fact.site')}
          description={t('add.siteWhy')}
          value={draft.site}
          onChange={(site) => {
            onChange({ site });
          }}
        />
      </div>
      <TextField
        label={t('fact.group')}
        description={t('add.groupWhy')}
        value={draft.failureGroup}
        onChange={(failureGroup) => {
          onChange({ failureGroup });
        }}
      />
      {groups.length > 0 && (
        <div className={styles.suggestions} role="group" aria-label={t('add.groupsKnown')}>
          <span className={styles.muted}>{t('add.groupsKnown')}</span>
          {groups.map(({ name }) => (
            <Button
              key={name}
              variant="quiet"
              onPress={() => {
                onChange({ failureGroup: name });
              }}
            >
              {name}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
