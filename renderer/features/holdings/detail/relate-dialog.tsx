import { useDeferredValue, useState, type ReactNode } from 'react';
import type { Holding } from '../../../../shared/contract/holdings.ts';
import type { Relation } from '../../../../shared/contract/items.ts';
import { RELATION_PREDICATES, type RelationPredicate } from '../../../../shared/domain/vocabulary.ts';
import { useCall } from '../../../client/index.ts';
import { Button, Dialog, plainVisible, RadioGroup, Select, TextField, useTexts } from '../../../ui/index.ts';
import css from './detail.module.css';

const TITLE = 120;
const FOUND = 20;

interface Way {
  readonly id: string;
  readonly predicate: RelationPredicate;
  readonly isSubject: boolean;
}

/** A predicate as it is read from this thing, or from the other. */
const WAYS = RELATION_PREDICATES.flatMap((predicate): Way[] =>
  predicate === 'same essence'
    ? [{ id: predicate, predicate, isSubject: true }]
    : [
        { id: predicate, predicate, isSubject: true },
        { id: `of ${predicate}`, predicate, isSubject: false },
      ],
);

interface RelateProps {
  readonly id: string;
  readonly title: string;
  readonly onRelate: (relation: Relation) => void;
  readonly onClose: () => void;
}

/** How this thing stands to another, which is found by its words. An item is related as a whole, any other thing by its content. */
export function RelateDialog({ id, title, onRelate, onClose }: RelateProps): ReactNode {
  const { t } = useTexts('holdings');
  const [way, setWay] = useState<string>('part of' satisfies RelationPredicate);
  const [typed, setTyped] = useState('');
  const [to, setTo] = useState('');
  const words = useDeferredValue(typed.trim());
  const isItem = id.startsWith('item-');
  const found = useCall(
    'holdings',
    'search',
    { text: words, limit: FOUND },
    { enabled: words !== '', keepPrevious: true },
  );
  const rows = words === '' ? [] : othersOf(found.data?.rows ?? [], isItem, id);
  const chosen = rows.find((row) => row.value === to);
  const said = WAYS.find((each) => each.id === way);
  return (
    <Dialog
      isOpen
      title={t('relations.addTitle', { title: plainVisible(title, TITLE) })}
      onClose={onClose}
      actions={
        <Button
          variant="primary"
          isDisabled={chosen === undefined || said === undefined}
          onPress={() => {
            if (chosen === undefined || said === undefined) return;
            const { predicate, isSubject } = said;
            onRelate(
              isSubject
                ? { subject: id, predicate, object: chosen.value }
                : { subject: chosen.value, predicate, object: id },
            );
            onClose();
          }}
        >
          {t('relations.record')}
        </Button>
      }
    >
      <div className={css.stack}>
        <Select
          label={t('relations.how')}
          value={way}
          onChange={setWay}
          options={WAYS.map((each) => ({
            id: each.id,
            label: t(`${each.isSubject ? 'relation' : 'relationOf'}.${each.predicate}`),
            description: t(`relations.what.${each.predicate}`),
          }))}
        />
        <TextField
          label={t('relations.find')}
          description={t(isItem ? 'relations.findItem' : 'relations.findFile')}
          value={typed}
          onChange={setTyped}
          autoFocus
        />
        <div role="status">
          {words !== '' && found.data !== undefined && rows.length === 0 && (
            <p className={css.note}>{t('relations.none')}</p>
          )}
        </div>
        {rows.length > 0 && (
          <RadioGroup label={t('relations.to')} value={to} onChange={setTo} options={rows} />
        )}
      </div>
    </Dialog>
  );
}

/** What was found, each once: items where an item is related, parts (which stand for their content) otherwise. */
function othersOf(
  rows: readonly Holding[],
  isItem: boolean,
  id: string,
): { readonly value: string; readonly label: string; readonly description: string }[] {
  const known = new Map<string, { value: string; label: string; description: string }>();
  for (const row of rows) {
    const value = isItem ? row.item : row.id;
    if (value === id || known.has(value)) continue;
    const label = isItem ? row.itemTitle : row.title;
    const description = [row.accession, isItem ? row.artist : row.itemTitle, row.format]
      .filter((word) => word !== '')
      .join(' · ');
    known.set(value, {
      value,
      label: plainVisible(label === '' ? value : label, TITLE),
      description: plainVisible(description, TITLE),
    });
  }
  return [...known.values()];
}
