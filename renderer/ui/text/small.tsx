import type { ReactNode } from 'react';
import { textsOf } from '../i18n.ts';
import { isMac } from '../util/platform.ts';
import css from './text.module.css';

/** Spoken, not seen. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className={css.hidden}>{children}</span>;
}

const SIGNS: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  arrowup: '↑',
  arrowdown: '↓',
  enter: '↵',
};
const NAMED = [
  'ctrl',
  'alt',
  'shift',
  'escape',
  'space',
  'home',
  'end',
  'pageup',
  'pagedown',
  'tab',
  'delete',
];

function keyName(key: string): string {
  const t = textsOf('ui');
  const lower = key.toLowerCase();
  if (lower === 'mod') return isMac ? '⌘' : t('key.ctrl');
  if (isMac && lower === 'alt') return '⌥';
  const named = lower === 'esc' ? 'escape' : lower;
  return SIGNS[named] ?? (NAMED.includes(named) ? t(`key.${named}`) : key.toUpperCase());
}

/** Keys as they are drawn on the keyboard, written as in `useHotkeys`: `mod+k`. */
export function KeyHint({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span className={css.keys}>
      {keys.split('+').map((key) => (
        <kbd key={key} className={css.key}>
          {keyName(key)}
        </kbd>
      ))}
    </span>
  );
}
