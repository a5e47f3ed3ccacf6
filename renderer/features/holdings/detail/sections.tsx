import type { ReactNode } from 'react';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import { DESCRIBED_ENTITIES } from '../../../../shared/domain/description/fields.ts';
import type { Texts } from '../../../ui/index.ts';
import { DescriptionSection } from './description-section.tsx';
import { EventsSection } from './events-section.tsx';
import { FindingSection } from './finding-section.tsx';
import { FileSection } from './file-section.tsx';
import { IntegritySection } from './integrity-section.tsx';
import { PartsSection } from './parts-section.tsx';
import { RelationsSection } from './relations-section.tsx';
import { ReplicasSection } from './replicas-section.tsx';
import { RightsSection } from './rights-section.tsx';
import { TagsSection } from './tags-section.tsx';

export type SectionId =
  | 'finding'
  | 'description'
  | 'parts'
  | 'copies'
  | 'file'
  | 'integrity'
  | 'relations'
  | 'rights'
  | 'events'
  | 'tags';

export interface DetailSection {
  readonly id: SectionId;
  readonly label: string;
  readonly content: ReactNode;
}

/** What is known of a thing, in parts that are looked at one by one; those of which nothing is known are left out. */
export function sectionsOf(entity: Entity, onOpen: (id: string) => void, t: Texts): DetailSection[] {
  const described = describedId(entity);
  const tags = Object.keys(entity.object?.tags ?? {}).length > 0;
  const former = entity.formerReplicas?.length ?? 0;
  const rights = accessionOf(entity);
  const isWhole = entity.kind !== 'part' && entity.parts.length > 0;
  const found: (DetailSection | false)[] = [
    entity.kind === 'finding' && {
      id: 'finding',
      label: t('section.finding'),
      content: <FindingSection entity={entity} />,
    },
    described !== undefined && {
      id: 'description',
      label: t('section.description'),
      content: <DescriptionSection key={described} id={described} />,
    },
    isWhole && {
      id: 'parts',
      label: t('section.parts'),
      content: <PartsSection entity={entity} onOpen={onOpen} />,
    },
    entity.replicas.length + former > 0 && {
      id: 'copies',
      label: t('section.copies'),
      content: <ReplicasSection entity={entity} onOpen={onOpen} />,
    },
    entity.object !== undefined && {
      id: 'file',
      label: t('section.file'),
      content: <FileSection entity={entity} object={entity.object} />,
    },
    entity.object?.integrity !== undefined && {
      id: 'integrity',
      label: t('section.integrity'),
      content: (
        <IntegritySection
          integrity={entity.object.integrity}
          durationMs={numberOf(entity.object.technical['durationMs'])}
          onOpen={onOpen}
        />
      ),
    },
    tags && {
      id: 'tags',
      label: t('section.tags'),
      content: <TagsSection tags={entity.object?.tags ?? {}} />,
    },
    isRelated(entity) && {
      id: 'relations',
      label: t('section.relations'),
      content: <RelationsSection entity={entity} onOpen={onOpen} />,
    },
    rights !== undefined && {
      id: 'rights',
      label: t('section.rights'),
      content: <RightsSection key={rights} accession={rights} />,
    },
    entity.events.length > 0 && {
      id: 'events',
      label: t('section.events'),
      content: <EventsSection events={entity.events} />,
    },
  ];
  return found.filter((section) => section !== false);
}

/** Items and contents stand to one another; a part or a replica by its content. What custody has ended of only shows what was said. */
function isRelated({ kind, object, relations = [], facts }: Entity): boolean {
  const canBe = (kind === 'item' || object !== undefined) && facts['custodyEndedAt'] === undefined;
  return canBe || relations.length > 0;
}

/** What is described when this is: itself, or the one part that a content or a copy is. */
export function describedId({ kind, id, parts }: Entity): string | undefined {
  if ((DESCRIBED_ENTITIES as readonly string[]).includes(kind)) return id;
  return parts.length === 1 ? parts[0]?.id : undefined;
}

/** The accession that its rights come from, by number or id; undefined where it came with several. */
function accessionOf({ kind, id, facts, parts }: Entity): string | undefined {
  if (kind === 'accession') return id;
  if (typeof facts['accessionId'] === 'string') return facts['accessionId'];
  const numbers = new Set(parts.map(({ accession }) => accession));
  return numbers.size === 1 ? [...numbers][0] : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
