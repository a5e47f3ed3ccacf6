import { formatBytes, formatCount, formatHours, plainVisible } from '../../ui/index.ts';
import type { Formats } from './sentences.ts';

/**
 * Words that come from a person or a file, within a sentence of ours: what a screen would obey is shown as a mark, and they
 * are set apart (UAX #9, FSI and PDI), so that they turn nothing around but themselves.
 */
export function isolated(text: string): string {
  return `\u2068${plainVisible(text, 300)}\u2069`;
}

/** The reader's own numbers, for sentences. */
export const FORMATS: Formats = {
  count: (value) => formatCount(value),
  bytes: (value) => formatBytes(value),
  hours: (value) => formatHours(value),
  words: isolated,
};
