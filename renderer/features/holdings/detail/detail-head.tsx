import type { ReactNode } from 'react';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import { formatCount, SafeText, StatusGlyph, useTexts } from '../../../ui/index.ts';
import { statusOf } from '../status-evidence.ts';
import css from './detail.module.css';
import { StatusSentences } from './status-sentences.tsx';
import { TextLink } from './text-link.tsx';

const KINDS: ReadonlySet<string> = new Set([
  'part',
  'item',
  'object',
  'replica',
  'accession',
  'collection',
  'finding',
]);
const MOST_TITLE = 200;

interface DetailHeadProps {
  readonly entity: Entity;
  readonly onOpen: (id: string) => void;
  readonly actions?: ReactNode;
  readonly isPage?: boolean;
}

/** What it is called, how well it is preserved, and how that is known. */
export function DetailHead({ entity, onOpen, actions, isPage = false }: DetailHeadProps): ReactNode {
  const { t } = useTexts('holdings');
  const status = statusOf(entity);
  const Heading = isPage ? 'h1' : 'h2';
  const { item, itemTitle, role, parts } = entity.facts;
  return (
    <header className={css.head}>
      <div className={css.kindLine}>
        <p className={css.kind}>
          {t(`entity.${KINDS.has(entity.kind) ? entity.kind : 'other'}`)}
          {typeof role === 'string' && t('detail.andRole', { role: t(`role.${role}`) })}
          {entity.kind === 'item' &&
            typeof parts === 'number' &&
            t('detail.andParts', { count: parts, n: formatCount(parts) })}{' '}
          <span className={css.id}>{entity.id}</span>
        </p>
        {actions}
      </div>
      <Heading className={isPage ? css.pageTitle : css.title} {...(isPage && { tabIndex: -1 })}>
        {entity.title === '' ? t('untitled') : <SafeText value={cut(entity.title)} />}
      </Heading>
      {typeof item === 'string' && typeof itemTitle === 'string' && itemTitle !== '' && (
        <p className={css.of}>
          {t('detail.partOf')} <TextLink id={item} onOpen={onOpen} text={itemTitle} />
        </p>
      )}
      <div className={css.status}>
        {status !== undefined && (
          <span className={css.statusWord}>
            <StatusGlyph status={status} size={16} label="" />
            {t(`status.${status}`)}
          </span>
        )}
        <StatusSentences entity={entity} />
      </div>
    </header>
  );
}

/** A heading is no place for a long text; the description has all of it. */
function cut(title: string): string {
  return title.length > MOST_TITLE ? `${title.slice(0, MOST_TITLE)}…` : title;
}
