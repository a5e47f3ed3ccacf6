import { Maximize2 } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useCall } from '../../../client/index.ts';
import { IconButton, ProblemNotice, Skeleton, Tabs, useTexts } from '../../../ui/index.ts';
import css from './detail.module.css';
import { DetailHead } from './detail-head.tsx';
import { Player } from './player.tsx';
import { sectionsOf, type SectionId } from './sections.tsx';
import { quietly } from '../quietly.ts';

interface HoldingDetailProps {
  readonly id: string;
  /** Shows another thing in the pane. */
  readonly onOpen: (id: string) => void;
}

/** Everything about one thing, in the pane beside the list. */
export function HoldingDetail({ id, onOpen }: HoldingDetailProps): ReactNode {
  const { t } = useTexts('holdings');
  const navigate = useNavigate();
  const [tab, setTab] = useState<SectionId>('description');
  const { data: entity, error, refetch } = useCall('holdings', 'show', { id }, { keepPrevious: true });
  if (entity === undefined)
    return error === null ? (
      <Skeleton lines={8} />
    ) : (
      <ProblemNotice error={error} onRetry={() => quietly(refetch())} />
    );
  const sections = sectionsOf(entity, onOpen, t);
  const selected = sections.some((section) => section.id === tab) ? tab : (sections[0]?.id ?? 'description');
  return (
    <article className={css.detail} aria-label={t('detail.label')}>
      <DetailHead
        entity={entity}
        onOpen={onOpen}
        actions={
          <IconButton
            icon={Maximize2}
            label={t('menu.page')}
            onPress={() => quietly(navigate({ to: '/holdings/$id', params: { id: entity.id } }))}
          />
        }
      />
      <Player key={entity.id} entity={entity} />
      <Tabs<SectionId> label={t('detail.sections')} tabs={sections} selected={selected} onChange={setTab} />
    </article>
  );
}
