import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import { useCall } from '../../../client/index.ts';
import { Button, IconButton, plainVisible, useTexts } from '../../../ui/index.ts';
import { useRelations } from '../use-relations.tsx';
import css from './detail.module.css';
import { RelateDialog } from './relate-dialog.tsx';
import { TextLink } from './text-link.tsx';

/** Each is asked for by itself, so that it has its title. */
const MOST = 30;

interface RelationsSectionProps {
  readonly entity: Entity;
  readonly onOpen: (id: string) => void;
}

/** How it stands to other items and contents, which an archivist says and takes back. */
export function RelationsSection({ entity, onOpen }: RelationsSectionProps): ReactNode {
  const { t } = useTexts('holdings');
  const [isAdding, setAdding] = useState(false);
  const relations = useRelations();
  const all = entity.relations ?? [];
  // A replica, as its content: that is what is related.
  const related =
    entity.kind === 'item' || entity.kind === 'part' ? entity.id : (entity.object?.id ?? entity.id);
  const own = new Set([entity.id, entity.object?.id]);
  return (
    <div className={css.stack}>
      {all.length === 0 && <p className={css.note}>{t('relations.empty')}</p>}
      {all.length > 0 && (
        <ul className={css.relations}>
          {all.slice(0, MOST).map((relation) => {
            const { subject, predicate, object } = relation;
            const isSubject = own.has(subject);
            const other = isSubject ? object : subject;
            return (
              <li key={`${subject} ${predicate} ${object}`}>
                <span className={css.muted}>
                  {t(`${isSubject ? 'relation' : 'relationOf'}.${predicate}`)}
                </span>
                <Other id={other} onOpen={onOpen} onRemove={() => relations.unrelate(relation)} />
              </li>
            );
          })}
        </ul>
      )}
      {all.length > MOST && <p className={css.note}>{t('relations.more', { count: all.length - MOST })}</p>}
      <div>
        <Button onPress={() => setAdding(true)}>{t('relations.add')}</Button>
      </div>
      {isAdding && (
        <RelateDialog
          id={related}
          title={entity.title}
          onRelate={relations.relate}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  );
}

interface OtherProps {
  readonly id: string;
  readonly onOpen: (id: string) => void;
  readonly onRemove: () => void;
}

function Other({ id, onOpen, onRemove }: OtherProps): ReactNode {
  const { t } = useTexts('holdings');
  const { data } = useCall('holdings', 'show', { id }, { staleTime: 300_000 });
  const title = data?.title ?? id;
  return (
    <>
      <TextLink id={id} text={title} onOpen={onOpen} />
      <IconButton
        icon={X}
        label={t('relations.remove', { title: plainVisible(title, 120) })}
        onPress={onRemove}
      />
    </>
  );
}
