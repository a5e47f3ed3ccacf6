/** What the reader chose; `system` follows the system, high contrast included. */
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'holdfast.theme';

/** Shows the theme, and remembers it in this browser so that the next start does not flash in the other one. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be refused; the archive's preferences remember it as well.
  }
}

/** The theme of the last start, shown before anything is drawn. */
export function restoreTheme(): Theme {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(KEY);
  } catch {
    // As above.
  }
  const theme = THEMES.find((each) => each === stored) ?? 'system';
  applyTheme(theme);
  return theme;
}
