/** What the manifests of bags that were handed over say of their contents, recorded as prior baseline once those are in custody. */
import type { ReceivedBag, ReceivedManifest } from '../../../shared/contract/accession.ts';
import { priorWishSchema } from '../../../shared/contract/manifests.ts';
import { isCalendarDay, isFutureDay } from '../../../shared/domain/calendar-day.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { decodeManifestPath, leavesRoot } from '../../../shared/domain/manifest-path.ts';
import {
  decodeUtf8,
  joinRaw,
  pathToJson,
  rawPath,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { ManifestComparison } from '../fixity/compare-manifest.ts';
import { differencesOf } from '../locations/attest.ts';
import { compareSlice } from '../packaging/import-manifest.ts';
import { spellingsOf, type Spelling } from '../packaging/manifest-names.ts';
import type { AttestedDifference, KnownAttestation, Manifests } from '../ports/attesting.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import { comparedAs, type BagHandedOver, type Received } from './received-bags.ts';

/** How an accession takes what came as bags. */
export interface BagIntake {
  readonly received: Received;
  readonly manifests: Manifests;
  readonly agent: ActingAgent;
}

/** Where the content of a bag now stands. */
export interface PlacedBag {
  readonly bag: BagHandedOver;
  readonly locationId: number;
  /** What a path in the bag may be called in the location, the likeliest first. */
  readonly pathsOf: (path: RawPath) => readonly RawPath[];
}

interface Baselines {
  readonly catalogue: Catalogue;
  readonly intake: BagIntake;
  /** That took the contents in. */
  readonly actId: number;
  readonly accessionId: number;
}

/** What a bag says of itself, as far as it is said. */
interface Statement {
  readonly by: string;
  readonly on: string;
  /** Days under which it may be recorded already: without a date of its own it is of the day of receipt. */
  readonly days: readonly string[];
}

const NOT_NAMED = 'the maker of the bag, who is not named';

/**
 * Compares each payload manifest with what is recorded now: what agrees is a prior baseline, what differs a finding. What another act of
 * this accession recorded of the same manifest is not recorded again. A manifest that cannot be read any more is told, for what was taken is sealed.
 * @param now milliseconds since 1970
 */
export async function recordBagBaselines(
  run: Baselines,
  placed: readonly PlacedBag[],
  now: number,
): Promise<ReceivedBag[]> {
  const accession = await run.catalogue.reader.accession(run.accessionId);
  const told: ReceivedBag[] = [];
  for (const place of placed) {
    const { bag } = place;
    const statement = statementOf(bag, accession, now);
    const agreeing = new Set<number>();
    const differing = new Set<number>();
    const manifests: ReceivedManifest[] = [];
    for (const manifest of bag.manifests) {
      const made = await recordManifest(run, place, manifest, statement);
      for (const id of made.agreeing) agreeing.add(id);
      for (const id of made.differing) differing.add(id);
      manifests.push(made.told);
    }
    for (const id of differing) agreeing.delete(id);
    told.push({
      path: pathToJson(bag.path),
      ...(bag.version === undefined ? {} : { version: bag.version }),
      verdict: bag.verdict,
      ...bag.told,
      by: statement.by,
      on: statement.on,
      agreeing: agreeing.size,
      differing: differing.size,
      manifests,
    });
  }
  return told;
}

function statementOf(
  { info }: BagHandedOver,
  accession:
    { readonly source?: string | undefined; readonly accruals: readonly { openedAt: string }[] } | undefined,
  now: number,
): Statement {
  const saysOf = (label: string): string[] =>
    info.flatMap(([name, value]) => (name.toLowerCase() === label ? [value] : []));
  const names = [...saysOf('source-organization'), accession?.source ?? ''];
  const by = names.map((name) => priorWishSchema.shape.by.safeParse(name.slice(0, 300)).data);
  const dated = saysOf('bagging-date').find((day) => isCalendarDay(day) && !isFutureDay(day, now));
  const today = new Date(now).toISOString().slice(0, 10);
  const receipts = (accession?.accruals ?? []).map(({ openedAt }) => openedAt.slice(0, 10));
  return {
    by: by.find((name) => name !== undefined) ?? NOT_NAMED,
    on: dated ?? today,
    days: dated === undefined ? [...new Set([today, ...receipts])] : [dated],
  };
}

interface Made {
  readonly told: ReceivedManifest;
  readonly agreeing: Iterable<number>;
  readonly differing: Iterable<number>;
}

async function recordManifest(
  run: Baselines,
  place: PlacedBag,
  { file, algorithm }: PlacedBag['bag']['manifests'][number],
  { by, on, days }: Statement,
): Promise<Made> {
  const { reader, writer } = run.catalogue;
  const { locationId } = place;
  if (comparedAs(algorithm) === undefined) return notTaken(algorithm, 'algorithm');
  const compared = await compare(run, place, file);
  if (compared === undefined) return notTaken(algorithm, 'unreadable');
  const { comparison, manifestSha256, characterSet } = compared;
  const all = comparison.outcomes(new Set(), Infinity);
  const before = await knownBefore(run, { locationId, by, manifestSha256 }, days);
  const taken = before && new Set(await reader.checkedReplicas(run.actId));
  const agreeing = taken === undefined ? all.agreeing : all.agreeing.filter((id) => taken.has(id));
  const differing = all.differing.filter(({ replicaId }) => taken?.has(replicaId) !== false);
  const { notComparable } = all;
  const told = {
    algorithm,
    lines: comparison.lines,
    agreeing: all.agreeing.length,
    differing: all.differing.length,
    differences: await differencesOf(reader, all.differing),
    notComparable,
    absent: comparison.unmatched,
    absentLines: comparison.unknown.map(({ line, message }) => ({ line, path: message })),
    findings: 0,
    recorded: false,
    ...(before === undefined
      ? {}
      : {
          before: {
            event: publicId('event', before.eventSeq),
            at: new Date(before.recordedAt).toISOString(),
          },
        }),
  };
  const made = { agreeing: all.agreeing, differing: idsOf(all.differing) };
  if (agreeing.length + differing.length === 0) return { told, ...made };
  const { eventSeq, findings } = await writer.recordPriorBaselines({
    locationId,
    accessionId: run.accessionId,
    by,
    on,
    made: `${file} of a bag, ${characterSet}`,
    isOfSamples: false,
    manifestSha256,
    agreeing,
    differing,
    notComparable,
    unmatched: comparison.unmatched,
    passedOver: comparison.wrongLines,
    agent: run.intake.agent,
  });
  return { told: { ...told, findings, recorded: true, event: publicId('event', eventSeq) }, ...made };
}

async function compare(
  { catalogue, intake }: Baselines,
  { bag, locationId, pathsOf }: PlacedBag,
  file: string,
) {
  const comparison = new ManifestComparison();
  const codePages = new Set<string>();
  try {
    const manifest = await intake.manifests.open(joinRaw(bag.path, utf8Path(file)));
    for await (const slice of manifest.slices)
      await compareSlice(comparison, slice, catalogue.reader, {
        locationId,
        waysOf: (written) => waysOf(written, pathsOf),
        codePages,
      });
    const characterSet = codePages.size === 0 ? manifest.made().characterSet : [...codePages].join(', ');
    return { comparison, manifestSha256: manifest.sha256(), characterSet };
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'BAD_INPUT') return undefined;
    throw error;
  }
}

async function knownBefore(
  { catalogue }: Baselines,
  of: { readonly locationId: number; readonly by: string; readonly manifestSha256: Uint8Array },
  days: readonly string[],
): Promise<KnownAttestation | undefined> {
  for (const on of days) {
    const known = await catalogue.reader.samePriorManifest({ ...of, on });
    if (known !== undefined) return known;
  }
  return undefined;
}

/** As BagIt has it, then as tools that do not encode percent signs, then in the other normal form: only what is in custody can tell. */
function waysOf(written: RawPath, pathsOf: PlacedBag['pathsOf']): Spelling[] {
  return spellingsOf(written, utf8Path('/')).flatMap((spelling) => {
    const text = Buffer.from(spelling.path).toString('latin1');
    const paths = [...new Set([decodeManifestPath(text), text])]
      .filter((path) => leavesRoot(path) === undefined)
      .map((path) => rawPath(Buffer.from(path, 'latin1')));
    return [...paths, ...paths.flatMap(otherForms)].flatMap((path) =>
      pathsOf(path).map((found) => ({ ...spelling, path: found })),
    );
  });
}

function otherForms(path: RawPath): RawPath[] {
  const text = decodeUtf8(path);
  if (text === undefined) return [];
  return [text.normalize('NFC'), text.normalize('NFD')].filter((form) => form !== text).map(utf8Path);
}

function notTaken(algorithm: string, why: NonNullable<ReceivedManifest['notTaken']>): Made {
  const counts = { lines: 0, agreeing: 0, differing: 0, notComparable: 0, absent: 0, findings: 0 };
  const lists = { differences: [], absentLines: [] };
  return {
    told: { algorithm, ...counts, ...lists, recorded: false, notTaken: why },
    agreeing: [],
    differing: [],
  };
}

const idsOf = (differing: readonly AttestedDifference[]): number[] =>
  differing.map(({ replicaId }) => replicaId);
