import { LOCATION_OUTCOMES, outcomeWords } from '../../../shared/domain/audit-outcome.ts';
import type { Cell, Column } from '../hand-outs/document.ts';
import { length, plain, size } from './words.ts';

export const NUMBER = (name: string, unit?: string): Column => ({
  name,
  isNumber: true,
  ...(unit && { unit }),
});
export const bytesCell = (bytes: number): Cell => ({ text: size(bytes), value: bytes });
export const hoursCell = (hours: number): Cell => ({ text: length(hours), value: Number(hours.toFixed(4)) });

export function outcomeText(outcome: string): string {
  const known = LOCATION_OUTCOMES.find((each) => each === outcome);
  return known === undefined ? plain(outcome) : outcomeWords(known);
}
