/** Large enough that a message between threads costs nothing beside the work, small enough to be told of soon. */
const FILES = 64;
const BYTES = 16 * 1024 * 1024;

/** Cuts a folder's files into units of work. A file larger than the bound is a unit by itself. */
export function* batches<File extends { readonly stamp: { readonly size: bigint } }>(
  files: readonly File[],
): Generator<File[]> {
  let batch: File[] = [];
  let bytes = 0;
  for (const file of files) {
    const size = Number(file.stamp.size);
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
