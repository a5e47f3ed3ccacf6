/**
 * How much room will be needed, if what was taken in goes on as it did: a straight line through recorded intake, and no more than
 * that. Refused where the record is too short to draw one.
 */

/** Calendar months (UTC) that are over, and began after the archive did. */
export const LEAST_MONTHS = 6;
const MOST_MONTHS = 36;
const AHEAD = [12, 24, 36] as const;

export interface Intake {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly bytes: number;
}

export interface StorageForecast {
  /** `YYYY-MM`, the first and the last of those that it is made from. */
  readonly from: string;
  readonly to: string;
  readonly months: number;
  /** Bytes a month, of each content once. */
  readonly mean: number;
  readonly least: number;
  readonly most: number;
  /** Bytes of all copies for each byte of content, as it is now. */
  readonly copies: number;
  readonly ahead: readonly { readonly inMonths: number; readonly content: number; readonly stored: number }[];
}

/** @param held bytes now: `content` each content once, `stored` all copies */
export function storageForecast(
  intake: readonly Intake[],
  archiveSince: string,
  now: string,
  held: { readonly content: number; readonly stored: number },
): StorageForecast | { readonly refused: string } {
  const first = monthOf(archiveSince) + 1;
  const last = monthOf(now) - 1;
  const months = Math.min(Math.max(last - first + 1, 0), MOST_MONTHS);
  if (months < LEAST_MONTHS)
    return {
      refused: `No forecast is made: it needs ${String(LEAST_MONTHS)} whole months of recorded intake, and there ${months === 1 ? 'is' : 'are'} ${String(months)}.`,
    };
  if (held.content === 0) return { refused: 'No forecast is made: the archive holds nothing now.' };
  const sums = Array.from({ length: months }, () => 0);
  for (const { at, bytes } of intake) {
    const place = monthOf(at) - (last - months + 1);
    if (place >= 0 && place < months) sums[place] = (sums[place] ?? 0) + bytes;
  }
  const mean = sums.reduce((sum, each) => sum + each, 0) / months;
  const copies = held.stored / held.content;
  return {
    from: nameOf(last - months + 1),
    to: nameOf(last),
    months,
    mean,
    least: Math.min(...sums),
    most: Math.max(...sums),
    copies,
    ahead: AHEAD.map((inMonths) => {
      const content = Math.round(held.content + mean * inMonths);
      return { inMonths, content, stored: Math.round(content * copies) };
    }),
  };
}

/** Months since the year 0. */
function monthOf(time: string): number {
  return Number(time.slice(0, 4)) * 12 + Number(time.slice(5, 7)) - 1;
}

function nameOf(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
