import type { PriorImport, PriorWish } from '../../../shared/contract/manifests.ts';
import { isFutureDay } from '../../../shared/domain/calendar-day.ts';
import { parsePublicId, publicId } from '../../../shared/domain/ids.ts';
import { displayPath, pathFromJson, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { ManifestComparison } from '../fixity/compare-manifest.ts';
import { differencesOf, refused, requireForm, requireSense } from '../locations/attest.ts';
import { named } from '../locations/offline.ts';
import type { Attestable, ManifestRow, Manifests, OpenManifest } from '../ports/attesting.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import { below, spellingsOf, type Spelling } from './manifest-names.ts';

interface Importing {
  readonly reader: CatalogueReader;
  /** Absent for a dry run. */
  readonly writer: Catalogue['writer'] | undefined;
  readonly manifests: Manifests;
}

/** What the paths of a manifest may be relative to. */
interface Place {
  readonly location: { readonly id: number; readonly publicId: string; readonly name: string };
  readonly root: RawPath;
  readonly folders: readonly RawPath[];
  readonly accessionId?: number;
  /** For people. */
  readonly told: string;
}

const SLASH = 0x2f;

type Said = Exclude<ManifestRow, { problem: string }>;

/**
 * Takes in what somebody's digests of a past day say of what is in custody now: all of a manifest or, where a line of it is wrong and that
 * is not waived, nothing. It says nothing of today: no copy is attested or verified by it.
 * @param now milliseconds since 1970
 * @throws HoldfastError NOT_FOUND for an unknown location or accession; BAD_INPUT for a day that has not come, and a manifest that is
 *   unreadable, empty, in no known form, of something else, or not comparable
 */
export async function importManifest(
  { reader, writer, manifests }: Importing,
  wish: PriorWish,
  agent: ActingAgent,
  now: number,
  signal?: AbortSignal,
): Promise<PriorImport> {
  const { by, on } = wish;
  if (isFutureDay(on, now)) throw refused(`${on} has not come yet, so nobody can have made digests on it.`);
  const place = await placeOf(reader, wish);
  const path = pathFromJson(wish.manifest);
  const manifest = await manifests.open(path, { takesAbsolute: true });
  const compared = new ManifestComparison();
  const codePages = new Set<string>();
  for await (const slice of manifest.slices) {
    signal?.throwIfAborted();
    await compareSlice(compared, slice, reader, {
      locationId: place.location.id,
      waysOf: (written) => waysOf(written, place),
      codePages,
    });
  }
  const told = displayPath(path);
  requireForm(compared, told);
  const locationId = place.location.id;
  const manifestSha256 = manifest.sha256();
  const before = await reader.samePriorManifest({ locationId, by, on, manifestSha256 });
  const { agreeing, differing, notComparable } = compared.outcomes(new Set(), Infinity);
  const made = madeOf(manifest, codePages);
  const result = {
    location: { id: place.location.publicId, name: place.location.name },
    by,
    on,
    dryRun: wish.dryRun,
    lines: compared.lines,
    wrongLines: compared.wrongLines,
    wrong: compared.wrong,
    matched: compared.matched,
    agreeing: agreeing.length,
    differing: differing.length,
    differences: await differencesOf(reader, differing),
    notComparable,
    unmatched: compared.unmatched,
    unmatchedLines: compared.unknown.map(({ line, message }) => ({ line, path: message })),
    repeated: compared.repeated,
    findings: 0,
    recorded: false,
    ...made,
  };
  if (before !== undefined)
    return {
      ...result,
      before: { event: publicId('event', before.eventSeq), at: new Date(before.recordedAt).toISOString() },
    };
  // With wrong lines the person reads of those first.
  if (compared.wrongLines > 0 && !wish.skipBad) return result;
  requireSense(result, { what: place.told, other: 'something else' }, told, wish.acceptMostDiffering);
  if (writer === undefined) return result;
  const { actId, eventSeq, findings } = await writer.recordPriorBaselines({
    locationId,
    ...(place.accessionId === undefined ? {} : { accessionId: place.accessionId }),
    by,
    on,
    made: [...made.dialects, ...(made.tool === undefined ? [] : [made.tool]), made.characterSet].join(', '),
    isOfSamples: made.dialects.includes('FFP'),
    manifestSha256,
    agreeing,
    differing,
    notComparable,
    unmatched: compared.unmatched,
    passedOver: compared.wrongLines,
    agent,
  });
  return {
    ...result,
    findings,
    recorded: true,
    run: publicId('run', actId),
    event: publicId('event', eventSeq),
  };
}

async function placeOf(reader: CatalogueReader, { location, accession }: PriorWish): Promise<Place> {
  const asked = location === undefined ? undefined : await named(reader, location);
  const accessionId = accession === undefined ? undefined : await reader.accessionId(accession);
  const all = accessionId === undefined ? [] : await reader.handedOverFolders(accessionId);
  const askedId = asked && parsePublicId(asked.id)?.id;
  const there = all.filter(({ locationId }) => askedId === undefined || locationId === askedId);
  const ids = new Set(there.map(({ locationId }) => locationId));
  if (accession !== undefined && ids.size === 0)
    throw refused(`Accession ${accession} has no folder${asked === undefined ? '' : ` in "${asked.name}"`}.`);
  if (ids.size > 1)
    throw refused(
      `Accession ${accession ?? ''} lies in ${ids.size} locations. Name the one that it came to: --location.`,
    );
  const [only] = ids;
  const found = asked ?? (await named(reader, publicId('location', only ?? 0)));
  return {
    location: { id: parsePublicId(found.id)?.id ?? 0, publicId: found.id, name: found.name },
    root: pathFromJson(found.root),
    folders: accessionId === undefined ? [utf8Path('')] : there.map(({ folder }) => folder),
    ...(accessionId === undefined ? {} : { accessionId }),
    told: accession === undefined ? `"${found.name}"` : `accession ${accession}`,
  };
}

/** Each line is looked up under its likeliest name first; only those that are not found so are looked up under the next. */
export async function compareSlice(
  compared: ManifestComparison,
  slice: readonly ManifestRow[],
  reader: CatalogueReader,
  {
    locationId,
    waysOf,
    codePages,
  }: {
    readonly locationId: number;
    /** What a written path may be called in the location. */
    readonly waysOf: (written: RawPath) => readonly Spelling[];
    /** Takes those by which a name was found. */
    readonly codePages: Set<string>;
  },
): Promise<void> {
  const found = new Map<ManifestRow, Attestable>();
  let open = slice
    .filter((row): row is Said => 'path' in row)
    .map((row) => ({ row, ways: waysOf(row.path) }));
  for (let way = 0; open.length > 0; way++) {
    open = open.filter(({ ways }) => way < ways.length);
    const asked = open.map(({ ways }) => ways[way] as Spelling);
    const replicas =
      asked.length === 0
        ? []
        : await reader.attestables(
            locationId,
            asked.map(({ path }) => path),
            { withSamples: true },
          );
    open = open.filter(({ row }, at) => {
      const replica = replicas[at];
      if (replica === undefined) return true;
      found.set(row, replica);
      const codePage = asked[at]?.codePage;
      if (codePage !== undefined) codePages.add(codePage);
      return false;
    });
  }
  for (const row of slice) {
    if ('problem' in row) compared.takeWrong(row);
    else compared.take(row, found.get(row));
  }
}

function waysOf(path: RawPath, { root, folders }: Place): Spelling[] {
  if (path[0] === SLASH) return spellingsOf(path, root);
  return spellingsOf(path, root).flatMap((spelling) =>
    folders.map((folder) => ({ ...spelling, path: below(folder, spelling.path) })),
  );
}

function madeOf(manifest: OpenManifest, codePages: ReadonlySet<string>) {
  const { dialects, tool, characterSet } = manifest.made();
  return {
    dialects: [...dialects],
    ...(tool === undefined ? {} : { tool }),
    characterSet: codePages.size === 0 ? characterSet : [...codePages].join(', '),
  };
}
