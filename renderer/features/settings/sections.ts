export const SECTIONS = ['policy', 'agents', 'appearance', 'keyboard', 'about'] as const;
export type SettingsSection = (typeof SECTIONS)[number];

/** The section that an address names; the first for any other word. */
export function sectionOf(word: string | undefined): SettingsSection {
  return SECTIONS.find((each) => each === word) ?? 'policy';
}
