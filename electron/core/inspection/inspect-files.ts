import type { InspectedFile } from '../../../shared/contract/inspection.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { InternalVerdict } from '../../../shared/domain/integrity.ts';
import {
  baseName,
  joinRaw,
  parentOf,
  pathToJson,
  type RawPath,
  utf8Path,
} from '../../../shared/domain/path.ts';
import {
  type ProblemCode,
  type ProblemContext,
  problemMessage,
  problemSeverity,
} from '../../../shared/domain/problem-codes.ts';
import { InFlight } from '../jobs/in-flight.ts';
import { batchesBySize } from '../jobs/batches.ts';
import type { ProgressMeter } from '../jobs/progress.ts';
import type { Evidence } from '../ports/audio-reading.ts';
import type { DeepCheck, DeepFinding } from '../ports/deep-check.ts';
import type { Files } from '../ports/files.ts';
import type { FileOutcome } from '../ports/readings.ts';

export interface InspectOptions {
  /** Files, and folders with everything in them; absolute. */
  readonly paths: readonly RawPath[];
  /** Also decodes what can prove more when decoded; absent: only what one pass over the bytes proves. */
  readonly deep?: DeepCheck;
  readonly signal: AbortSignal;
  readonly progress: ProgressMeter;
  /** Called as files are done, in no promised order. */
  readonly onFile: (file: InspectedFile) => void;
}

const noFolder = utf8Path('');
/** Codes of identifyRoot for what is to be read as a file: reading it tells what it is, or why it is none. */
const notAFolder = new Set(['NOT_A_FOLDER', 'FOLDER_NOT_FOUND', 'FOLDER_UNREADABLE']);

/**
 * What files say of themselves. There is no baseline, so that nothing is verified by it, and nothing is recorded. A file
 * that cannot be read is a row that says so. Ends early, without an error, when aborted.
 * @throws HoldfastError FOLDER_UNREADABLE when a folder that was named cannot be listed
 */
export async function inspectFiles(files: Files, options: InspectOptions): Promise<void> {
  const { paths, signal, progress } = options;
  progress.phase = 'reading';
  const inFlight = new InFlight(files.concurrency * 2);
  const read = (root: RawPath, folder: RawPath, names: readonly Uint8Array[]) =>
    inFlight.run(() => readBatch(files, options, root, folder, names));
  try {
    for (const path of paths) {
      if (signal.aborted) break;
      const root = await folderAt(files, path);
      if (root === undefined) {
        await read(parentOf(path), noFolder, [baseName(path)]);
        continue;
      }
      for await (const slices of files.scan(root, signal, 'ahead')) {
        for (const { folder, names, stamps, notes } of slices) {
          for (const { name, problem } of notes) {
            options.onFile(unread(joinRaw(joinRaw(root, folder), name), problem));
          }
          const found = names.map((name, index) => ({ name, size: Number(stamps[index * 4] ?? 0n) }));
          for (const batch of batchesBySize(found, ({ size }) => size)) {
            if (signal.aborted) break;
            await read(
              root,
              folder,
              batch.map(({ name }) => name),
            );
          }
        }
      }
    }
    await inFlight.drain();
  } catch (error) {
    await inFlight.settle();
    throw error;
  }
}

/** Undefined where no folder stands there. */
async function folderAt(files: Files, path: RawPath): Promise<RawPath | undefined> {
  try {
    return (await files.identifyRoot(path)).path;
  } catch (error) {
    if (error instanceof HoldfastError && notAFolder.has(error.code)) return undefined;
    throw error;
  }
}

async function readBatch(
  files: Files,
  { deep, signal, progress, onFile }: InspectOptions,
  root: RawPath,
  folder: RawPath,
  names: readonly Uint8Array[],
): Promise<void> {
  const outcomes = await files.readAll(root, folder, names, ['md5'], signal, (bytes) => {
    progress.bytes += bytes;
  });
  for (const [index, outcome] of outcomes.entries()) {
    if (signal.aborted) return;
    const path = joinRaw(folder.length === 0 ? root : joinRaw(root, folder), names[index] as Uint8Array);
    const file = inspected(path, outcome);
    const finding =
      file.verdict === null || file.verdict === 'protected'
        ? undefined
        : await deep?.check(path, file.format?.mime ?? '', signal);
    onFile(finding === undefined ? file : deepened(file, finding));
    progress.files++;
  }
}

function inspected(path: RawPath, outcome: FileOutcome): InspectedFile {
  if (outcome.status === 'failed') {
    const { code } = outcome.problem;
    // A name that was given, not one that was listed.
    return unread(path, {
      offset: outcome.offset,
      ...outcome.problem,
      code: code === 'vanished' ? 'not_found' : code,
    });
  }
  const { stamp, sha256, digests, kind, format, technical = {}, audio } = outcome;
  const { codec, durationMs, sampleRate, bitDepth, channels } = technical;
  const known = { codec, durationMs, sampleRate, bitDepth, channels };
  return {
    path: pathToJson(path),
    bytes: Number(stamp.size),
    kind,
    format: {
      ...format,
      ...(audio?.version === undefined ? {} : { version: audio.version }),
      identifiedBy: 'signature',
    },
    digests: {
      sha256: hex(sha256),
      ...Object.fromEntries(digests.map(({ algorithm, value }) => [algorithm, hex(value)])),
    },
    essence:
      audio?.essence === undefined
        ? null
        : { definition: audio.essence.definition, sha256: hex(audio.essence.value) },
    verdict: audio?.verdict ?? null,
    proofs: [...(audio?.proofs ?? [])],
    lacks: [...(audio?.lacks ?? [])],
    technical: Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
    evidence: (audio?.evidence ?? []).map(shown),
    problems: [...outcome.problems, ...(audio?.problems ?? [])].map(({ code, ...context }) =>
      told(code, context),
    ),
    unlisted: audio?.unlisted ?? 0,
  };
}

function unread(
  path: RawPath,
  { code, ...context }: ProblemContext & { readonly code: ProblemCode },
): InspectedFile {
  return {
    path: pathToJson(path),
    bytes: null,
    kind: null,
    format: null,
    digests: {},
    essence: null,
    verdict: null,
    proofs: [],
    lacks: [],
    technical: {},
    evidence: [],
    problems: [told(code, context)],
    unlisted: 0,
  };
}

function told(code: ProblemCode, context: ProblemContext): InspectedFile['problems'][number] {
  const { offset, timeMs } = context;
  return {
    code,
    severity: problemSeverity(code),
    message: problemMessage(code, context),
    ...(offset === undefined ? {} : { offset: Number(offset) }),
    ...(timeMs === undefined ? {} : { timeMs }),
  };
}

function shown({
  kind,
  id,
  offset,
  length,
  sha256,
  bytes,
  fields,
}: Evidence): InspectedFile['evidence'][number] {
  const text = fields === undefined && bytes !== undefined ? textOf(bytes) : undefined;
  return {
    kind,
    id,
    offset,
    length,
    sha256: hex(sha256),
    ...(fields === undefined ? {} : { fields: { ...fields } }),
    ...(text === undefined ? {} : { text }),
  };
}

/** Undefined where the bytes are no text in UTF-8. NULs fill the end of many a chunk. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\0+$/, '');
    return text === '' || /[\x00-\x08\x0e-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Of a file that is cut or damaged already, that its samples are others is no news. */
const settled: ReadonlySet<InternalVerdict> = new Set(['essence_damaged', 'truncated', 'protected']);

function deepened(file: InspectedFile, { outcome, detail }: DeepFinding): InspectedFile {
  const { verdict, proofs, lacks, problems } = file;
  if (verdict === null) return file;
  switch (outcome) {
    case 'proved':
      return {
        ...file,
        proofs: [...proofs, detail],
        verdict: verdict === 'unverifiable' ? 'intact' : verdict,
      };
    case 'damaged':
      if (settled.has(verdict)) return file;
      return {
        ...file,
        verdict: 'essence_damaged',
        proofs: [],
        problems: [...problems, told('essence_damaged', { detail })],
      };
    case 'limited':
      return { ...file, problems: [...problems, told('decoder_limitation', { detail })] };
    case 'absent':
      return { ...file, lacks: [...lacks, `deep check: ${detail}`] };
    case 'not_set':
      return file;
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
