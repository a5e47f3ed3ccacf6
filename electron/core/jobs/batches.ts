/** Large enough that a message between threads costs nothing beside the work, small enough to be told of soon. */
const FILES = 64;
const BYTES = 16 * 1024 * 1024;

/** Cuts files into units of work, in their order. One that is larger than the bound is a unit by itself. */
export function* batchesBySize<File>(
  files: Iterable<File>,
  sizeOf: (file: File) => number,
): Generator<File[]> {
  let batch: File[] = [];
  let bytes = 0;
  for (const file of files) {
    const size = sizeOf(file);
    if (batch.length > 0 && (batch.length >= FILES || bytes + size > BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
