/** Keys as they are written: `mod+k` (Ctrl, or ⌘ on a Mac), `shift+f10`, `/`, `?`, `escape`. */

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = {
  esc: 'escape',
  space: ' ',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  plus: '+',
};

/** Whether a key press is the one that is written. Signs such as `?` need Shift on some keyboards, so Shift is free for them. */
export function isHotkey(press: KeyPress, written: string, isMac: boolean): boolean {
  const parts = written.toLowerCase().split('+');
  const last = parts.pop() ?? '';
  const key = NAMES[last] ?? last;
  if (press.key.toLowerCase() !== key) return false;
  const mod = parts.includes('mod');
  const ctrl = parts.includes('ctrl') || (mod && !isMac);
  const meta = mod && isMac;
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && key !== ' ';
  return (
    press.ctrlKey === ctrl &&
    press.metaKey === meta &&
    press.altKey === parts.includes('alt') &&
    (isSign || press.shiftKey === parts.includes('shift'))
  );
}

export type HotkeyMap = Readonly<Record<string, (() => void) | undefined>>;
