import { DateField, TextField, useTexts } from '../../ui/index.ts';
import styles from './locations.module.css';
import type { ShelfDraft } from './shelf.ts';

interface Props {
  readonly draft: ShelfDraft;
  readonly onChange: (part: Partial<ShelfDraft>) => void;
}

/** What a medium that is not connected is found by. */
export function ShelfFields({ draft, onChange }: Props) {
  const { t } = useTexts('locations');
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={t('shelf.shelf')}
          description={t('shelf.shelfWhy')}
          value={draft.shelf}
          onChange={(shelf) => {
            onChange({ shelf });
          }}
        />
        <TextField
          label={t('shelf.barcode')}
          description={t('shelf.barcodeWhy')}
          value={draft.barcode}
          onChange={(barcode) => {
            onChange({ barcode });
          }}
          isMonospace
        />
      </div>
      <div className={styles.pair}>
        <TextField
          label={t('shelf.generation')}
          description={t('shelf.generationWhy')}
          value={draft.generation}
          onChange={(generation) => {
            onChange({ generation });
          }}
        />
        <DateField
          label={t('shelf.recallBy')}
          description={t('shelf.recallByWhy')}
          value={draft.recallBy}
          onChange={(recallBy) => {
            onChange({ recallBy });
          }}
        />
      </div>
    </>
  );
}
