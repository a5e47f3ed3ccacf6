import type { ExportResult, ExportWish } from '../../../shared/contract/exports.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { pathToJson, type RawPath } from '../../../shared/domain/path.ts';
import { RECORD_FORM_NAMES, type RecordForm } from '../../../shared/domain/record-forms.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { ExportedContent, Exports } from '../ports/exports.ts';
import type { PremisPlan } from '../ports/premis.ts';
import { fileStem, refused, selectionOf, type ChosenSelection } from './selection.ts';

/** Thrown out of the stream of a job that is stopped, so that what is staged of it goes away. */
const STOPPED = new Error('stopped');

export interface WantedExport extends ChosenSelection {
  readonly wish: ExportWish;
}

/**
 * What a file of records is asked to be of, made sure of before anything is begun.
 * @throws HoldfastError NOT_FOUND for what is not there; BAD_INPUT for an id that names no files
 */
export async function wantedExport(reader: CatalogueReader, wish: ExportWish): Promise<WantedExport> {
  return { wish, ...(await selectionOf(reader, wish)) };
}

export interface ExportTools {
  readonly catalogue: Catalogue;
  readonly exports: Exports;
}

/** A file of records that is about to be written. */
export interface Prepared {
  readonly form: RecordForm;
  readonly log: PremisPlan['log'];
  readonly extension: string;
  /** Of what it is of, for progress. */
  readonly filesTotal: number;
  readonly files: () => number;
  /** What it holds, by name; asked once it is written. */
  readonly counts: () => Readonly<Record<string, number>>;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** Writes one file of records as a job, and records it with its event. */
export async function writeExport(
  { catalogue, exports }: ExportTools,
  wanted: WantedExport,
  folder: RawPath,
  agent: ActingAgent,
  { signal, progress }: JobContext,
  prepare: (at: string) => Promise<Prepared>,
): Promise<JobEnd> {
  const { selection, of, wish } = wanted;
  progress.phase = 'planning';
  const at = new Date().toISOString();
  const { name: archive } = await catalogue.reader.archive();
  const prepared = await prepare(at);
  const { form, log, extension } = prepared;
  progress.phase = 'writing';
  progress.filesTotal = prepared.filesTotal;
  const content: ExportedContent = {
    extension,
    bytes: async function* () {
      for await (const piece of prepared.bytes()) {
        if (stopReason(signal) !== undefined) throw STOPPED;
        progress.files = prepared.files();
        yield piece;
      }
    },
  };
  let written;
  try {
    [written] = await exports.write(folder, fileStem(form, wish, 'everything'), [content]);
  } catch (error) {
    if (error === STOPPED) return { state: 'cancelled' };
    throw error;
  }
  if (written === undefined) throw new Error('records were written as no file');
  progress.phase = 'recording';
  const counts = prepared.counts();
  const { eventSeq } = await catalogue.writer.recordExport(
    {
      what: form,
      links: 'things' in selection ? selection.things.map(({ kind, id }) => ({ kind, id })) : [],
      facts: { counts, sensitive: wish.sensitive },
      head: log.head,
      written: [written],
      ...('search' in selection && { details: { search: selection.search } }),
      note: `${RECORD_FORM_NAMES[form]} of ${of === '' ? 'everything' : of} written`,
    },
    agent,
  );
  const result: ExportResult = {
    form,
    path: pathToJson(written.path),
    size: written.size,
    sha256: written.sha256,
    counts,
    sensitive: wish.sensitive,
    archive,
    at,
    agent: agent.name,
    log,
    event: publicId('event', eventSeq),
  };
  return { state: 'done', result };
}

export function nothingThere(of: string): Error {
  return refused(
    `No file of ${of === '' ? 'this archive' : of} is in sealed custody, so there is nothing to tell.`,
  );
}
