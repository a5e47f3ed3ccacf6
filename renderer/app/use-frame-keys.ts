import { useEffect, useRef } from 'react';
import { KeySequence } from './key-sequence.ts';

export interface FrameKeys {
  readonly onPalette: () => void;
  readonly onKeys: () => void;
  readonly onRail: () => void;
  /** `j` or `k` outside of any list. */
  readonly onList: (key: 'j' | 'k') => void;
  /** A letter after `g`; false where it is no place. */
  readonly onGo: (letter: string) => boolean;
}

const TYPING = 'input, textarea, select, [contenteditable=true]';
const FLOATING = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/** Keys of the frame. It listens last, at the window: what a page or a control uses is not heard here. */
export function useFrameKeys(keys: FrameKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const sequence = new KeySequence();
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const target = event.target instanceof Element ? event.target : undefined;
      if (target?.closest(FLOATING) != null) return;
      const mod = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const used = () => event.preventDefault();
      if (mod) {
        if (key === 'k' && !event.shiftKey) {
          used();
          latest.current.onPalette();
        } else if (key === 'b' && !event.shiftKey) {
          used();
          latest.current.onRail();
        }
        return;
      }
      if (target?.closest(TYPING) != null) return;
      if (event.key === '/') {
        used();
        latest.current.onPalette();
      } else if (event.key === '?') {
        used();
        latest.current.onKeys();
      } else if (!event.repeat && !event.shiftKey) {
        const pressed = sequence.press(key, performance.now());
        if (typeof pressed === 'object' && latest.current.onGo(pressed.letter)) used();
        else if ((key === 'j' || key === 'k') && target?.closest('[role=grid]') == null)
          latest.current.onList(key);
      }
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}
