const ROW = 32;
const FRAME = 4;

/** The block size of a table that shows so many rows under its heading. */
export function tableHeight(rows: number, most: number): string {
  return `${(Math.min(rows, most) + 1) * ROW + FRAME}px`;
}
