/** Rows of a list that has no filter of its own for what is looked for. */

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export interface Collected<Row> {
  readonly rows: readonly Row[];
  /** False where there may be more that was not looked through. */
  readonly isWhole: boolean;
}

/** Walks the pages until `most` rows fit, `mostPages` were read, or the list ends. */
export async function collectPages<Row>(
  page: (cursor: string | undefined) => Promise<Page<Row>>,
  fits: (row: Row) => boolean,
  { most, mostPages }: { readonly most: number; readonly mostPages: number },
): Promise<Collected<Row>> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let read = 0; read < mostPages; read++) {
    const { rows: found, next } = await page(cursor);
    for (const row of found) {
      if (!fits(row)) continue;
      if (rows.length === most) return { rows, isWhole: false };
      rows.push(row);
    }
    if (next === null) return { rows, isWhole: true };
    cursor = next;
  }
  return { rows, isWhole: false };
}
