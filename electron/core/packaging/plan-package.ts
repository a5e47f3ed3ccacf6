import { hash, randomUUID } from 'node:crypto';
import type { PackagePlan, PackageWish } from '../../../shared/contract/hand-outs.ts';
import { BagNames, unmapBagName } from '../../../shared/domain/bag-name.ts';
import type { BagProfile } from '../../../shared/domain/bag-profile.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { mayLeave, withheldMessage, type WithheldReason } from '../../../shared/domain/may-leave.ts';
import { isOwnLabel, isPackageName, packageNameOf } from '../../../shared/domain/package-forms.ts';
import { packageDigests, packageObstacles } from '../../../shared/domain/profile-obstacles.ts';
import {
  decodeUtf8,
  displayPath,
  isInside,
  joinRaw,
  pathFromJson,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { BagProfiles } from '../ports/bag-validation.ts';
import type { CatalogueReader, LocationIdentity } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { ChosenAccession, ChosenFile, ChosenFiles, Withheld } from '../ports/handing-out.ts';
import type { NamedSelection } from '../ports/manifests.ts';
import type { PackagePlace } from '../ports/package-place.ts';
import type { PremisForm } from '../ports/premis.ts';
import { packageInfo, type PackageFacts } from './package-facts.ts';
import { packageTagFiles, type LeavingRow } from './package-tag-files.ts';
import { selectionOf } from './selection.ts';

export interface PlanningTools {
  readonly reader: CatalogueReader;
  readonly files: Files;
  readonly place: PackagePlace;
  readonly profiles: BagProfiles;
  readonly premis: PremisForm;
  /** Absolute; nothing is made in it but below its exports/. */
  readonly archivePath: RawPath;
  readonly agent: string;
  readonly software: string;
}

/** A package as it will be made. */
export interface PlannedPackage {
  readonly wish: PackageWish;
  readonly selection: NamedSelection;
  /** Absolute: the folder, what the package is called in it, and the folder in which it is made. */
  readonly folder: RawPath;
  readonly path: RawPath;
  readonly partial: RawPath;
  readonly facts: PackageFacts;
  readonly profile: BagProfile | undefined;
  readonly fieldsWithheld: ReadonlySet<string>;
  /** Replicas by which the files that leave are called, in their order. */
  readonly leaving: Int32Array;
  readonly isRenamed: boolean;
  readonly unreachable: number;
  /** The first hundred. */
  readonly outOfReach: readonly ChosenFile[];
  readonly reachable: ReadonlySet<number>;
  readonly needs: number;
  readonly free: number;
  readonly rowsOf: (chosen: readonly ChosenFile[]) => LeavingRow[];
}

export const SLICE = 512;
const LISTED = 100;
/** A line in every manifest, in the description and in the table of names, and what folders cost. */
const BESIDE_A_FILE = 4096;

/** What is asked for, as far as a moment tells. */
export interface WantedPackage extends Pick<PlannedPackage, 'wish' | 'selection' | 'folder' | 'profile'> {
  /** For people. */
  readonly of: string;
  readonly digests: PackageFacts['digests'];
}

/** @throws HoldfastError NOT_FOUND, BAD_INPUT; what `PackagePlace` throws */
export async function wantedPackage(tools: PlanningTools, wish: PackageWish): Promise<WantedPackage> {
  requireTags(wish);
  const profile = wish.profile && (await tools.profiles.read(pathFromJson(wish.profile)));
  const digests = packageDigests(wish.digests, profile);
  if (typeof digests === 'string') throw refused(digests);
  const { selection, of } = await selectionOf(tools.reader, wish);
  if ('all' in selection) throw refused('Say what to pack.');
  return { selection, of, wish, digests, profile, folder: await freeFolder(tools, pathFromJson(wish.to)) };
}

/**
 * What a package would be, made sure of before anything is written: what may leave, whether it can be reached, whether a profile can
 * be met, whether its name is free. Ends early, with less, when it is aborted.
 * @throws HoldfastError BAD_INPUT; what `PackagePlace` throws
 */
export async function planPackage(
  tools: PlanningTools,
  wanted: WantedPackage,
  signal: AbortSignal,
): Promise<PlannedPackage> {
  const { reader, place } = tools;
  const { wish, selection, of, digests, profile, folder } = wanted;
  const chosen = await reader.chosenFiles(selection);
  if (chosen.replicas.length === 0) throw refused(`No file of ${of} is in sealed custody.`);
  const at = new Date().toISOString();
  const name = nameOf(wish, chosen, at.slice(0, 10));
  const entry = wish.as === 'folder' ? name : `${name}.${wish.as}`;
  await place.requireFree(folder, [entry, `${name}.partial`]);
  const looked = await lookThrough(tools, chosen, wish.overrideRights !== undefined, signal);
  const { id, name: archive } = await reader.archive();
  const facts: PackageFacts = {
    token: randomUUID(),
    archive: { id, name: archive },
    of,
    name,
    form: wish.as,
    at,
    agent: tools.agent,
    software: tools.software,
    recipient: wish.recipient,
    reservation: wish.reservation,
    overrideRights: wish.overrideRights,
    accessions: chosen.accessions.filter((accession) => looked.leavingFrom.has(accession.id)),
    files: looked.leaving.length,
    bytes: looked.bytes,
    withheld: looked.withheld,
    digests,
    log: chosen.log,
  };
  const fieldsWithheld = new Set(wish.withholdFields);
  if (profile !== undefined)
    requireProfile(profile, wish, facts, { reader, premis: tools.premis, fieldsWithheld, ...looked });
  const copies = wish.as === 'folder' ? 1 : 2;
  return {
    ...looked,
    wish,
    selection,
    folder,
    path: joinRaw(folder, utf8Path(entry)),
    partial: joinRaw(folder, utf8Path(`${name}.partial`)),
    facts,
    profile,
    fieldsWithheld,
    needs: copies * (looked.bytes + looked.leaving.length * BESIDE_A_FILE) + 4 * 1024 * 1024,
    free: await place.freeBytes(folder),
  };
}

/** The plan as people and scripts see it. */
export function shownPlan({ facts, unreachable, needs, free }: PlannedPackage): PackagePlan {
  const numbers = new Map(facts.withheld.map(({ accession, number }) => [accession, number]));
  return {
    of: facts.of,
    name: facts.name,
    leaving: { files: facts.files, bytes: facts.bytes },
    unreachable,
    withheld: facts.withheld.map(({ accession, reason, files, bytes }) => ({
      accession: publicId('accession', accession),
      number: numbers.get(accession) ?? '',
      reason,
      message: withheldMessage(reason),
      files,
      bytes,
    })),
    digests: [...facts.digests],
    needs,
    free,
  };
}

function requireTags({ tags, name }: PackageWish): void {
  const own = tags.find(([label]) => isOwnLabel(label));
  if (own !== undefined)
    throw refused(
      `${own[0]} says what the program did or counted, and cannot be given. Leave that --tag away.`,
    );
  if (name !== undefined && !isPackageName(name))
    throw refused(
      `"${name}" cannot be the name of a package: it takes letters, digits, ".", "_" and "-", and begins with a letter, a digit or "_".`,
    );
}

function nameOf(
  { name, accession, collection, search }: PackageWish,
  chosen: ChosenFiles,
  day: string,
): string {
  if (name !== undefined) return name;
  const [only, ...others] = chosen.accessions;
  const what =
    accession === undefined
      ? (collection ?? (search === undefined ? 'package' : `search ${search}`))
      : only !== undefined && others.length === 0
        ? only.number
        : accession;
  return `${packageNameOf(what)}-${day}`;
}

/** Where nothing of ours stands: a location is only written to by its own acts. */
async function freeFolder({ reader, place, archivePath }: PlanningTools, wanted: RawPath): Promise<RawPath> {
  const folder = await place.resolve(wanted);
  const archive = await place.resolve(archivePath);
  const within = (await reader.locationIdentities()).find(
    ({ root }) => isInside(root, folder) || sameBytes(root, folder),
  );
  if (within !== undefined)
    throw refused(
      `${displayPath(folder)} is in the location "${within.name}", where nothing is put but what it keeps. Name another folder with --to.`,
    );
  const exports = joinRaw(archive, utf8Path('exports'));
  const isInArchive = isInside(archive, folder) || sameBytes(archive, folder);
  if (!isInArchive || isInside(exports, folder) || sameBytes(exports, folder)) return folder;
  throw refused(
    `${displayPath(folder)} is in the archive's own folder. Name another folder with --to, or ${displayPath(exports)}.`,
  );
}

interface Looked {
  readonly leaving: Int32Array;
  readonly bytes: number;
  readonly leavingFrom: ReadonlySet<number>;
  readonly withheld: readonly (Withheld & { readonly number: string })[];
  readonly isRenamed: boolean;
  readonly unreachable: number;
  readonly outOfReach: readonly ChosenFile[];
  readonly reachable: ReadonlySet<number>;
  readonly rowsOf: (chosen: readonly ChosenFile[]) => LeavingRow[];
}

/** Every file once: whether it may leave, whether a copy of it can be reached, and what names stand beside its own. */
async function lookThrough(
  { reader, files }: PlanningTools,
  { replicas, accessions }: ChosenFiles,
  isOverridden: boolean,
  signal: AbortSignal,
): Promise<Looked> {
  const reachable = await reachableLocations(reader, files);
  const known = new Map(accessions.map((accession) => [accession.id, accession]));
  const names = new BagNames((bytes) => hash('sha256', bytes, 'buffer'));
  const leaving: number[] = [];
  const leavingFrom = new Set<number>();
  const withheld = new Map<
    string,
    { -readonly [Key in keyof Looked['withheld'][number]]: Looked['withheld'][number][Key] }
  >();
  const outOfReach: ChosenFile[] = [];
  let bytes = 0;
  let unreachable = 0;
  for (let from = 0; from < replicas.length && !signal.aborted; from += SLICE)
    for (const file of await reader.chosenRows(replicas.slice(from, from + SLICE))) {
      const accession = known.get(file.accessionId);
      if (accession === undefined) throw new Error('a file of an accession that was not chosen');
      const reason = reasonAgainst(file, accession, isOverridden);
      if (reason !== undefined) {
        const key = `${String(accession.id)} ${reason}`;
        const { id, number } = accession;
        const so = withheld.get(key) ?? { accession: id, number, reason, files: 0, bytes: 0 };
        withheld.set(key, { ...so, files: so.files + 1, bytes: so.bytes + file.size });
        continue;
      }
      if (!file.isBagPath) names.add(file.path);
      leaving.push(file.replicaId);
      leavingFrom.add(accession.id);
      bytes += file.size;
      if (file.copies.some(({ locationId }) => reachable.has(locationId))) continue;
      unreachable++;
      if (outOfReach.length < LISTED) outOfReach.push(file);
    }
  const rowsOf = (chosen: readonly ChosenFile[]): LeavingRow[] => chosen.map((file) => called(file, names));
  let isRenamed = false;
  for (let from = 0; from < leaving.length && !signal.aborted && !isRenamed; from += SLICE) {
    const slice = await reader.chosenRows(Int32Array.from(leaving.slice(from, from + SLICE)));
    isRenamed = rowsOf(slice).some(({ original }) => original !== undefined);
  }
  return {
    leaving: Int32Array.from(leaving),
    bytes,
    leavingFrom,
    withheld: [...withheld.values()],
    isRenamed,
    unreachable,
    outOfReach,
    reachable,
    rowsOf,
  };
}

function reasonAgainst(
  { isProtected, ownBases }: ChosenFile,
  { bases, hasSource, hasAcquisition }: ChosenAccession,
  isOverridden: boolean,
): WithheldReason | undefined {
  const file = { bases: [...bases, ...ownBases], hasSource, hasAcquisition, isProtected };
  const may = mayLeave(file, { isOverridden });
  return may.leaves ? undefined : may.reason;
}

/** In a bag of ours names are mapped already; what they were is read back from them, save of those that were too long. */
function called(file: ChosenFile, names: BagNames): LeavingRow {
  if (!file.isBagPath) {
    const packagePath = names.map(file.path);
    const isSame = decodeUtf8(file.path) === packagePath;
    return { ...file, packagePath, original: isSame ? undefined : file.path };
  }
  const packagePath = decodeUtf8(file.path);
  if (packagePath === undefined) throw new Error('a path in a bag is UTF-8');
  const original = unmapBagName(packagePath);
  const isSame = original === undefined || sameBytes(original, file.path);
  return { ...file, packagePath, original: isSame ? undefined : original };
}

async function reachableLocations(reader: CatalogueReader, files: Files): Promise<Set<number>> {
  const found = new Set<number>();
  const look = async (location: LocationIdentity): Promise<void> => {
    if ((await reachLocation(files, location)).reachable) found.add(location.id);
  };
  await Promise.all((await reader.locationIdentities()).map(look));
  return found;
}

function requireProfile(
  profile: BagProfile,
  { tags, as }: PackageWish,
  facts: PackageFacts,
  contents: {
    readonly reader: CatalogueReader;
    readonly premis: PremisForm;
    readonly fieldsWithheld: ReadonlySet<string>;
    readonly isRenamed: boolean;
  },
): void {
  const rows = async function* (): AsyncGenerator<never> {};
  const obstacles = packageObstacles(profile, {
    form: as,
    info: packageInfo(facts, tags, profile.identifier),
    algorithms: facts.digests,
    tagFiles: packageTagFiles({ ...contents, facts, rows }).map(({ path }) => path),
  });
  if (obstacles.length === 0) return;
  throw refused(`The package cannot be what the profile asks for. ${obstacles.join(' ')}`);
}

function refused(message: string): HoldfastError {
  return new HoldfastError('BAD_INPUT', `${message} Nothing was written.`);
}
