import type { ReactNode } from 'react';
import { Copyable } from './copyable.tsx';
import { pathParts } from './path-parts.ts';
import css from './text.module.css';

export interface PathTextProps {
  readonly path: { readonly display: string; readonly bytes?: string | undefined };
}

/** A path that gives way in the middle: its folders first, so that the name is seen. Whole on hover and focus. */
export function PathText({ path }: PathTextProps): ReactNode {
  const { folder, name, full } = pathParts(path.display);
  return (
    <Copyable text={path.display} spoken={full} full={<bdi>{full}</bdi>} className={css.path ?? ''}>
      {folder.length > 1 && <bdi className={css.folder}>{folder.slice(0, -1)}</bdi>}
      <bdi className={css.name}>{folder === '' ? name : `/${name}`}</bdi>
    </Copyable>
  );
}
