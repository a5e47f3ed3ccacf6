import { useEffect, useRef } from 'react';
import { isHotkey, type HotkeyMap } from './hotkeys.ts';
import { isMac } from './platform.ts';

/**
 * Keys of a screen. While somebody types, only those with Ctrl, ⌘ or Alt are heard; while a dialog or menu is open, none. What an
 * element has already used is left alone.
 */
export function useHotkeys(map: HotkeyMap): void {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') != null) return;
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isPlain && target?.closest('input, textarea, select, [contenteditable=true]') != null) return;
      for (const [written, act] of Object.entries(latest.current)) {
        if (act === undefined || !isHotkey(event, written, isMac)) continue;
        event.preventDefault();
        act();
        return;
      }
    };
    document.addEventListener('keydown', hear);
    return () => {
      document.removeEventListener('keydown', hear);
    };
  }, []);
}
