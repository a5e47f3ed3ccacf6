const SLICE = 500;

/** Reads things by their ids a slice at a time, always one slice ahead: the thread that reads works while the last one is written. */
export async function* inSlices<Row>(
  ids: Int32Array,
  read: (slice: Int32Array) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let next: Promise<readonly Row[]> | undefined = ids.length === 0 ? undefined : read(ids.slice(0, SLICE));
  for (let from = SLICE; next !== undefined; from += SLICE) {
    const rows = await next;
    next = from < ids.length ? read(ids.slice(from, from + SLICE)) : undefined;
    // Whoever stops listening leaves it behind: its failure is then nobody's.
    next?.catch(() => undefined);
    yield rows;
  }
}
