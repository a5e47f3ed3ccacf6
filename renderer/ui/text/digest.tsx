import type { ReactNode } from 'react';
import { Copyable } from './copyable.tsx';
import { digestGroups } from './digest-groups.ts';
import css from './text.module.css';
import { plainVisible } from './visible.ts';

export interface DigestProps {
  /** Lower-case hex. */
  readonly value: string;
  readonly algorithm?: string | undefined;
}

/** A message digest in groups of four; the first and the last are always seen. The gaps are drawn, so that a copy has none. */
export function Digest({ value, algorithm }: DigestProps): ReactNode {
  const safe = plainVisible(value, 256);
  const { first, middle, last } = digestGroups(safe);
  const spaced = [first, ...middle, last].filter((group) => group !== '').join(' ');
  const groups = (
    <>
      <span className={css.group}>{first}</span>
      {middle.length > 0 && (
        <span className={css.middle}>
          {middle.map((group, at) => (
            <span key={at} className={css.group}>
              {group}
            </span>
          ))}
        </span>
      )}
      {last !== '' && <span className={css.group}>{last}</span>}
    </>
  );
  return (
    <span className={css.digestLine}>
      {algorithm !== undefined && <span className={css.algorithm}>{algorithm}</span>}
      <Copyable
        text={value}
        spoken={algorithm === undefined ? safe : `${algorithm} ${safe}`}
        full={spaced}
        className={css.digest ?? ''}
      >
        {groups}
      </Copyable>
    </span>
  );
}
