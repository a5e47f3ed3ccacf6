import type { FilesRead } from '../../../core/ports/catalogue.ts';
import { packNames, unpackNames } from '../../../core/ports/packed-names.ts';
import { packReadings, unpackReadings, type PackedReadings } from '../../../core/ports/packed-readings.ts';
import type { FileOutcome } from '../../../core/ports/readings.ts';

/** FilesRead on its way to the thread. */
export interface PackedFiles extends Omit<FilesRead, 'files'> {
  readonly names: Uint8Array<ArrayBuffer>;
  readonly readings: PackedReadings;
}

export function packFiles({ files, ...batch }: FilesRead): PackedFiles {
  return {
    ...batch,
    names: packNames(files.map(({ name }) => name)),
    readings: packReadings(files.map(({ outcome }) => outcome)),
  };
}

export function unpackFiles({ names: packedNames, readings, ...batch }: PackedFiles): FilesRead {
  const outcomes = unpackReadings(readings) as FileOutcome[];
  const { names } = unpackNames(packedNames, outcomes.length);
  const files = outcomes.map((outcome, index) => ({ name: names[index] as Uint8Array, outcome }));
  return { ...batch, files };
}
