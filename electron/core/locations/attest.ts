import type { Attestation, AttestationWish } from '../../../shared/contract/attesting.ts';
import type { Location } from '../../../shared/contract/locations.ts';
import { endOfDay, isFutureDay } from '../../../shared/domain/calendar-day.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId, publicId } from '../../../shared/domain/ids.ts';
import { displayPath, pathFromJson, pathToJson } from '../../../shared/domain/path.ts';
import { ManifestComparison } from '../fixity/compare-manifest.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import type { AttestedDifference, ManifestRow, Manifests, OpenManifest } from '../ports/attesting.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import { named } from './offline.ts';

/** Differences that are told; all of them are findings. */
const TOLD = 100;
/** With fewer, most of them may well differ. */
const FEW = 10;

/** A manifest at hand, and the location that it is of. */
export interface OpenedAttestation {
  readonly wish: AttestationWish;
  readonly location: Location;
  readonly manifest: OpenManifest;
  /** Of the manifest, as a person reads it. */
  readonly told: string;
}

interface Attesting {
  readonly reader: CatalogueReader;
  /** Absent for a dry run. */
  readonly writer: Catalogue['writer'] | undefined;
}

/**
 * What can be known before a line is read.
 * @param now milliseconds since 1970
 * @throws HoldfastError NOT_FOUND for an unknown location; BAD_INPUT for a day that has not come, a location without copies, and no file
 */
export async function openAttestation(
  reader: CatalogueReader,
  manifests: Manifests,
  wish: AttestationWish,
  now: number,
): Promise<OpenedAttestation> {
  const location = await named(reader, wish.location);
  if (isFutureDay(wish.on, now))
    throw refused(`${wish.on} has not come yet, so nobody can have checked anything on it.`);
  if (location.replicas === 0)
    throw refused(`"${location.name}" holds no copy that is in custody, so there is nothing to attest.`);
  const path = pathFromJson(wish.manifest);
  return { wish, location, manifest: await manifests.open(path), told: displayPath(path) };
}

/**
 * Takes in what somebody else says of a location's files: all of a manifest or, where a line of it is wrong and that is not waived,
 * nothing. It verifies nothing; where a digest is another than the recorded one, it opens a finding. What a manifest says is known once
 * its last line was read, and is recorded by one transaction: until then nothing is kept, so that stopped in any way it is over, and is
 * run again from the start. The transaction itself is not stopped.
 * @throws HoldfastError BAD_INPUT for a manifest that is unreadable, empty, in no known form, of another place, or not comparable
 */
export async function runAttestation(
  { reader, writer }: Attesting,
  { wish, location, manifest, told }: OpenedAttestation,
  agent: ActingAgent,
  { signal, progress }: JobContext,
): Promise<JobEnd> {
  const locationId = parsePublicId(location.id)?.id ?? 0;
  const compared = new ManifestComparison();
  progress.phase = 'comparing';
  progress.bytesTotal = manifest.size;
  for await (const slice of manifest.slices) {
    if (stopReason(signal) !== undefined) return { state: 'cancelled' };
    await compare(compared, slice, reader, locationId);
    progress.files = compared.lines;
    progress.bytes = manifest.bytesRead();
    progress.problems = compared.wrongLines;
  }
  requireForm(compared, told);
  const manifestSha256 = manifest.sha256();
  const { by, on } = wish;
  const same = await reader.sameAttestations({ locationId, by, on, manifestSha256 });
  const recordedBefore = await replicasOf(
    reader,
    same.map(({ actId }) => actId),
  );
  const { agreeing, differing, notComparable, alreadyRecorded } = compared.outcomes(
    recordedBefore,
    endOfDay(on),
  );
  const result: Attestation = {
    location: { id: location.id, name: location.name },
    by,
    on,
    dryRun: wish.dryRun,
    recorded: false,
    lines: compared.lines,
    wrongLines: compared.wrongLines,
    wrong: compared.wrong,
    replicas: location.replicas,
    matched: compared.matched,
    attested: agreeing.length,
    differing: differing.length,
    readSince: differing.filter(({ isReadSince }) => isReadSince).length,
    differences: await differencesOf(reader, differing),
    notComparable,
    alreadyRecorded,
    notNamed: Math.max(0, location.replicas - compared.matched),
    unmatched: compared.unmatched,
    unmatchedLines: compared.unknown.map(({ line, message }) => ({ line, path: message })),
    repeated: compared.repeated,
    findings: 0,
  };
  const [before] = same;
  if (before !== undefined && agreeing.length + differing.length === 0) {
    const at = new Date(before.recordedAt).toISOString();
    return done({ ...result, before: { event: publicId('event', before.eventSeq), at } });
  }
  // With wrong lines the person reads of those first.
  if (compared.wrongLines > 0 && !wish.skipBad) return done(result);
  requireSense(
    { ...result, agreeing: result.attested },
    { what: `"${location.name}"`, other: 'another location' },
    told,
    wish.acceptMostDiffering,
  );
  if (writer === undefined) return done(result);
  if (stopReason(signal) !== undefined) return { state: 'cancelled' };
  progress.phase = 'recording';
  const { actId, eventSeq, findings } = await writer.recordAttestation({
    locationId,
    by,
    on,
    manifestSha256,
    agreeing,
    differing,
    notComparable,
    unmatched: compared.unmatched,
    passedOver: compared.wrongLines,
    sameBefore: same.length,
    agent,
  });
  return done({
    ...result,
    findings,
    recorded: true,
    run: publicId('run', actId),
    event: publicId('event', eventSeq),
  });
}

function done(result: Attestation): JobEnd {
  return { state: 'done', result };
}

async function compare(
  compared: ManifestComparison,
  slice: readonly ManifestRow[],
  reader: CatalogueReader,
  locationId: number,
): Promise<void> {
  const paths = slice.flatMap((row) => ('problem' in row ? [] : [row.path]));
  const replicas = await reader.attestables(locationId, paths);
  let at = 0;
  for (const row of slice) {
    if ('problem' in row) compared.takeWrong(row);
    else compared.take(row, replicas[at++]);
  }
}

/** @throws HoldfastError BAD_INPUT where no line says anything that can be taken */
export function requireForm({ lines, wrongLines, wrong }: ManifestComparison, told: string): void {
  if (lines === 0) throw refused(`The manifest ${told} names no file.`);
  if (wrongLines < lines) return;
  const [first] = wrong;
  throw refused(
    `No line of ${told} can be taken as one of a manifest. Line ${first?.line ?? 1}: ${first?.message ?? ''} ` +
      'Manifests of sha256sum, sha512sum, sha1sum, md5sum (also with --tag), md5deep, hashdeep, and SFV and FFP files are read.',
  );
}

/**
 * What would record nothing, or something that is hardly meant.
 * @param of what the manifest is held against, and what it may be of instead, for people
 * @throws HoldfastError BAD_INPUT
 */
export function requireSense(
  {
    lines,
    matched,
    agreeing,
    differing,
    notComparable,
    alreadyRecorded = 0,
  }: Pick<Attestation, 'lines' | 'matched' | 'differing' | 'notComparable'> & {
    readonly agreeing: number;
    readonly alreadyRecorded?: number;
  },
  of: { readonly what: string; readonly other: string },
  told: string,
  acceptMostDiffering: boolean,
): void {
  if (matched === 0)
    throw refused(
      `None of the ${lines.toLocaleString('en')} lines of ${told} names a copy in ${of.what}. It may be of ${of.other}; ` +
        'or it was not made in the folder to which its paths must be relative.',
    );
  if (agreeing + differing + alreadyRecorded === 0 && notComparable > 0)
    throw refused(
      `The catalogue holds no digest of the algorithm that ${told} is made with, so nothing can be compared. Ask for a manifest with SHA-256.`,
    );
  const compared = agreeing + differing;
  if (compared >= FEW && differing * 2 > compared && !acceptMostDiffering)
    throw refused(
      `${differing.toLocaleString('en')} of the ${compared.toLocaleString('en')} digests that can be compared are not the recorded ones: ` +
        `it may be a manifest of ${of.other}, or made with another algorithm. If it is of ${of.what}, and that is so: ` +
        '--accept-most-differing',
    );
}

export function refused(message: string): HoldfastError {
  return new HoldfastError('BAD_INPUT', `${message} Nothing was recorded.`);
}

async function replicasOf(reader: CatalogueReader, actIds: readonly number[]): Promise<Set<number>> {
  const replicas = new Set<number>();
  for (const actId of actIds) for (const id of await reader.checkedReplicas(actId)) replicas.add(id);
  return replicas;
}

/** The first of them, with their paths. */
export async function differencesOf(
  reader: CatalogueReader,
  differing: readonly AttestedDifference[],
): Promise<Attestation['differences']> {
  const shown = differing.slice(0, TOLD);
  const checks = await reader.plannedChecks(Int32Array.from(shown, ({ replicaId }) => replicaId));
  const paths = new Map(checks.map(({ replicaId, path }) => [replicaId, path]));
  return shown.flatMap(({ replicaId, algorithm, expected, found }) => {
    const path = paths.get(replicaId);
    return path === undefined
      ? []
      : [{ replica: publicId('replica', replicaId), path: pathToJson(path), algorithm, expected, found }];
  });
}
