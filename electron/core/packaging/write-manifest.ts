import type { ManifestResult, ManifestWish } from '../../../shared/contract/manifests.ts';
import { parsePublicId, publicId } from '../../../shared/domain/ids.ts';
import { algorithmsFor, FORM_FACTS } from '../../../shared/domain/manifest-forms.ts';
import { displayPath, pathToJson, type RawPath } from '../../../shared/domain/path.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { named } from '../locations/offline.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { Exports } from '../ports/exports.ts';
import type { ManifestPlan, ManifestSelection } from '../ports/manifests.ts';
import { ManifestText, type ManifestFacts } from './manifest-text.ts';
import { fileStem, refused, selectionOf } from './selection.ts';

/** Thrown out of the stream of a job that is stopped, so that what is staged of it goes away. */
const STOPPED = new Error('stopped');

export interface WantedManifest extends Pick<ManifestFacts, 'algorithms' | 'of'> {
  readonly selection: ManifestSelection;
  readonly locationId: number | undefined;
  readonly wish: ManifestWish;
}

/**
 * What a manifest is asked for, made sure of before anything is begun.
 * @throws HoldfastError NOT_FOUND for what is not there; BAD_INPUT for an id that names no files, and a form without that algorithm
 */
export async function wantedManifest(reader: CatalogueReader, wish: ManifestWish): Promise<WantedManifest> {
  const { form } = wish;
  const algorithms = algorithmsFor(form, wish.algorithms);
  if (algorithms === undefined) {
    const { algorithms: all, takesSeveral } = FORM_FACTS[form];
    throw refused(
      all.length === 0
        ? `A manifest of the form ${form} has the MD5 that FLAC files state of their samples, and takes no other digest.`
        : `A manifest of the form ${form} is made with ${takesSeveral ? 'one or several' : 'one'} of: ${all.join(', ')}.`,
    );
  }
  const location = wish.location === undefined ? undefined : await named(reader, wish.location);
  const { selection, of } = await selectionOf(reader, wish);
  const there = location === undefined ? '' : `${of === '' ? '' : ' in '}location "${location.name}"`;
  const locationId = location && parsePublicId(location.id)?.id;
  return { selection, locationId, algorithms, wish, of: `${of}${there}` };
}

/**
 * Writes a checksum manifest of what stands recorded and records that it was handed out. It reads no recording, and proves nothing by
 * itself: whoever has the files holds them against it.
 * @param folder absolute; made where it is missing
 * @throws HoldfastError BAD_INPUT where there is nothing to list, or relative paths would need several roots; what `Exports.write` throws
 */
export async function writeManifest(
  { catalogue, exports }: { readonly catalogue: Catalogue; readonly exports: Exports },
  wanted: WantedManifest,
  folder: RawPath,
  agent: ActingAgent,
  job: JobContext,
): Promise<JobEnd> {
  const { reader, writer } = catalogue;
  const { selection, algorithms, wish, of } = wanted;
  const { signal, progress } = job;
  progress.phase = 'planning';
  const plan = await reader.manifestPlan(selection, wanted.locationId);
  requireRoots(plan, wish, of);
  progress.phase = 'writing';
  progress.filesTotal = plan.replicas.length;
  const at = new Date().toISOString();
  const { name: archive } = await reader.archive();
  const text = new ManifestText(plan, { ...wanted, archive, at, agent: agent.name });
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of text.pieces(reader)) {
      if (stopReason(signal) !== undefined) throw STOPPED;
      progress.files = text.files + text.omitted;
      yield piece;
    }
    if (text.files === 0) throw refused(nothingToList(text));
  };
  const [name, extension] = fileNameOf(wanted);
  let written;
  try {
    [written] = await exports.write(folder, name, [{ extension, bytes: pieces }]);
  } catch (error) {
    if (error === STOPPED) return { state: 'cancelled' };
    throw error;
  }
  if (written === undefined) throw new Error('a manifest was written as no file');
  progress.phase = 'recording';
  const { eventSeq } = await writer.recordManifest(
    {
      selection,
      locationIds: plan.locations.map(({ id }) => id),
      form: wish.form,
      algorithms,
      files: text.files,
      omitted: text.omitted,
      head: plan.log.head,
      written,
      note: `Checksum manifest of ${of} written (${wish.form}): ${text.files.toLocaleString('en')} files`,
    },
    agent,
  );
  const result: ManifestResult = {
    form: wish.form,
    algorithms: [...algorithms],
    path: pathToJson(written.path),
    size: written.size,
    sha256: written.sha256,
    files: text.files,
    bytes: text.bytes,
    locations: plan.locations.map(({ id, root, ...rest }) => ({
      id: publicId('location', id),
      root: pathToJson(root),
      ...rest,
    })),
    relative: !wish.absolute,
    omitted: text.omitted,
    omissions: text.omissions.map(({ path, reason }) => ({ path: pathToJson(path), reason })),
    amiss: text.amiss,
    archive,
    at,
    agent: agent.name,
    log: plan.log,
    event: publicId('event', eventSeq),
  };
  return { state: 'done', result };
}

function requireRoots({ replicas, locations }: ManifestPlan, wish: ManifestWish, of: string): void {
  if (replicas.length === 0)
    throw refused(`No file of ${of} is in sealed custody, so there is nothing to list.`);
  if (wish.absolute) {
    const unplaced = locations.find(({ root }) => root.length === 0);
    if (unplaced === undefined) return;
    throw refused(
      `"${unplaced.name}" was never connected here, so its files have no absolute path. Leave --absolute away.`,
    );
  }
  if (locations.length === 1) return;
  const names = locations.slice(0, 10).map(({ name }) => `"${name}"`);
  throw refused(
    `Files of ${of} lie in ${locations.length} locations (${names.join(', ')}), and the paths of a manifest are relative to the ` +
      'root of one. Name it with --location, or ask for --absolute paths.',
  );
}

function nothingToList({ omissions }: ManifestText): string {
  const [first] = omissions;
  if (first?.reason === 'name')
    return `The form cannot write any of these names, such as ${displayPath(first.path)}. The form gnu writes every name.`;
  return (
    'The catalogue holds no such digest of any of these files, and none is guessed. Ask for sha256, which is always recorded; what else ' +
    'is recorded of files that are yet to come: holdfast policy --digest.'
  );
}

const EXTENSIONS = { hashdeep: 'hashdeep', sfv: 'sfv', ffp: 'ffp', csv: 'csv' } as const;

/** Its name says what it is of and what it is made with, for whoever finds it beside the files. */
function fileNameOf({ wish, algorithms }: WantedManifest): [name: string, extension: string] {
  const { form, location } = wish;
  const [algorithm = 'sha256'] = algorithms;
  return [
    fileStem('manifest', wish, location ?? ''),
    form in EXTENSIONS ? EXTENSIONS[form as keyof typeof EXTENSIONS] : algorithm,
  ];
}
