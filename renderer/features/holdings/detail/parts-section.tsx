import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Entity, Holding } from '../../../../shared/contract/holdings.ts';
import { REPRESENTATION_ROLES } from '../../../../shared/domain/vocabulary.ts';
import { Bytes, Duration, IconButton, Notch, Select, useTexts } from '../../../ui/index.ts';
import { isDamaged } from '../status-evidence.ts';
import { moved } from '../structure-acts.ts';
import { useStructure } from '../use-structure.tsx';
import css from './detail.module.css';
import { TextLink } from './text-link.tsx';

interface PartsSectionProps {
  readonly entity: Entity;
  readonly onOpen: (id: string) => void;
}

/** What it is made of, in order. The order and the roles of an item are an archivist's to say. */
export function PartsSection({ entity, onOpen }: PartsSectionProps): ReactNode {
  const { t } = useTexts('holdings');
  const structure = useStructure();
  const { parts, facts } = entity;
  const notShown = facts['partsNotShown'];
  const isItem = entity.kind === 'item' && facts['custodyEndedAt'] === undefined;
  return (
    <>
      <ol className={css.parts}>
        {parts.map((part, at) => (
          <Part
            key={part.id}
            part={part}
            onOpen={onOpen}
            acts={
              isItem && (
                <>
                  <Select
                    label={t('parts.role', { title: part.title === '' ? part.id : part.title.slice(0, 80) })}
                    isLabelHidden
                    value={REPRESENTATION_ROLES.find((role) => role === part.role)}
                    options={REPRESENTATION_ROLES.map((id) => ({ id, label: t(`role.${id}`) }))}
                    onChange={(role) => structure.setRole(part, role)}
                  />
                  <IconButton
                    icon={ArrowUp}
                    label={t('parts.up')}
                    isDisabled={!sameRole(parts[at - 1], part)}
                    onPress={() => move(part, -1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={t('parts.down')}
                    isDisabled={!sameRole(parts[at + 1], part)}
                    onPress={() => move(part, 1)}
                  />
                </>
              )
            }
          />
        ))}
      </ol>
      {typeof notShown === 'number' && <p className={css.note}>{t('parts.notShown', { count: notShown })}</p>}
    </>
  );

  function move(part: Holding, by: -1 | 1): void {
    const order = moved(
      parts.map(({ id }) => id),
      part.id,
      by,
    );
    if (order !== undefined) structure.order(entity.id, order);
  }
}

/** Parts stand in the order of their role: a place is changed within it. */
function sameRole(neighbour: Holding | undefined, part: Holding): boolean {
  return neighbour !== undefined && neighbour.role === part.role;
}

interface PartProps {
  readonly part: Holding;
  readonly onOpen: (id: string) => void;
  readonly acts: ReactNode;
}

function Part({ part, onOpen, acts }: PartProps): ReactNode {
  const { t } = useTexts('holdings');
  return (
    <li className={css.part}>
      <span className={css.partTitle}>
        <TextLink id={part.id} text={part.title === '' ? t('untitled') : part.title} onOpen={onOpen} />
      </span>
      <span className={css.partFacts}>
        {t(`kind.${part.kind}`)}
        {part.durationMs > 0 && <Duration ms={part.durationMs} />}
        <Bytes value={part.size} />
        {isDamaged(part.outcome) && <Notch kind="finding" label={t(`outcome.${part.outcome}`)} />}
      </span>
      {acts !== false && <span className={css.partActs}>{acts}</span>}
    </li>
  );
}
