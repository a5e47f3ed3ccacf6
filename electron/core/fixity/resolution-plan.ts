import type { DecisionPreview, NewResolution } from '../../../shared/contract/decisions.ts';
import { whyNot } from '../../../shared/domain/deciding.ts';
import { readEvidence } from '../../../shared/domain/finding-evidence.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { joinRaw, pathToJson } from '../../../shared/domain/path.ts';
import type { FurtherDigest } from '../../../shared/domain/vocabulary.ts';
import type { Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { FindingAtHand, OpenedDecision } from '../ports/deciding.ts';
import type { Files } from '../ports/files.ts';
import type { ManagedStore } from '../ports/managed-store.ts';
import type { BagToSucceed } from '../ports/succession.ts';
import { roomLacking, type BagRun } from '../replication/finish-bag.ts';
import { chooseFindings } from './choose-findings.ts';
import { lookAtPlaces, type Place, type Places } from './recovery-plan.ts';

export interface ResolutionRun {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly opened: OpenedDecision;
  readonly as: NewResolution['as'];
  readonly furtherDigests: readonly FurtherDigest[];
  /** What a successor bag is made with, wherever it goes. */
  readonly bags: Omit<BagRun, 'location'>;
}

export const NO_BULK_ACCEPTANCE = 'many findings are not accepted there at once';

/** @throws HoldfastError BAD_INPUT where a reason is asked for and none is given. */
export function requireReason({ as, reason }: NewResolution): void {
  if (as === 'accept' && (reason === undefined || reason.trim() === ''))
    throw new HoldfastError(
      'BAD_INPUT',
      'A new baseline is not accepted without a reason: it will stand beside the digest that it replaces. Nothing was done.',
    );
}

/** Why a finding is not resolved so; undefined where its file is to be read. */
export function refusalOf(
  as: NewResolution['as'],
  finding: FindingAtHand,
  places: Places,
  isBulk: boolean,
): string | undefined {
  if (finding.resolved) return 'It has been resolved already.';
  const place = places.get(finding.locationId);
  if (place === undefined) return 'Its location is none that can be read from here.';
  const { outcome, isSealed, copies, detail } = finding;
  const { writes } = place.location;
  const reason = whyNot(as, {
    outcome,
    isSealed,
    writes,
    otherCopies: copies.length,
    isOfThePast: readEvidence(detail).prior !== undefined,
  });
  if (reason !== undefined) return reason;
  if (as === 'accept' && isSealed && finding.bagId === undefined)
    return 'It stands in a managed location, and in no bag that the catalogue knows: nothing there can succeed it. Recover it.';
  if (place.unreachable !== undefined) return place.unreachable;
  return isBulk && as !== 'false-alarm' ? place.suspended : undefined;
}

/** Why nothing succeeds a bag now, whatever its files hold. @param bytes that successors before it will take there */
export async function bagRefusal(
  store: ManagedStore,
  { location }: Pick<Place, 'location'>,
  bag: BagToSucceed | undefined,
  bytes = 0,
): Promise<string | undefined> {
  if (bag === undefined) return 'Its bag has been succeeded by another meanwhile. Audit it, then look again.';
  if (bag.copiedBy !== undefined) {
    const job = publicId('job', bag.copiedBy);
    return `${job} is not over, and fills a bag of the same accession. Go on with it or call it off first: holdfast jobs resume ${job}, holdfast jobs cancel ${job}`;
  }
  const lacking = await roomLacking({ store }, location, bytes + bag.bytes);
  if (lacking === undefined) return undefined;
  const anew = bytes === 0 ? 'for a successor of its bag' : 'for the successors of all bags that are meant';
  return `${lacking} are needed ${anew}: the sealed one stays as it is. Nothing was written. Make room there, or recover the file instead.`;
}

interface Looking {
  readonly reader: CatalogueReader;
  readonly files: Files;
  readonly store: ManagedStore;
}

/** What a resolution would do, as far as can be told without reading the files; changes nothing. */
export async function previewResolution(
  { reader, files, store }: Looking,
  wanted: NewResolution,
): Promise<DecisionPreview> {
  requireReason(wanted);
  const ids = await chooseFindings(reader, wanted);
  const places = await lookAtPlaces(reader, files, NO_BULK_ACCEPTANCE);
  const findings = await reader.findingsAtHand(ids);
  const reasons = new Map(
    findings.map((finding) => [finding, refusalOf(wanted.as, finding, places, ids.length > 1)]),
  );
  const preview: DecisionPreview = { willDo: [], refused: [], bytes: 0 };
  if (wanted.as === 'accept') await planSuccessors({ reader, files, store }, reasons, places, preview);
  for (const [finding, reason] of reasons) {
    const [id, path] = [publicId('finding', finding.id), pathToJson(finding.path)];
    if (reason === undefined) preview.willDo.push({ finding: id, path, outcome: finding.outcome });
    else preview.refused.push({ finding: id, path, reason });
  }
  return preview;
}

/** The bags that would be made, and why findings of others cannot be accepted. */
async function planSuccessors(
  { reader, store }: Looking,
  reasons: Map<FindingAtHand, string | undefined>,
  places: Places,
  preview: DecisionPreview,
): Promise<void> {
  const sealed = [...reasons].flatMap(([finding, reason]) =>
    reason === undefined && finding.isSealed ? [finding] : [],
  );
  const bagIds = [...new Set(sealed.flatMap(({ bagId }) => bagId ?? []))];
  const bags = new Map((await reader.bagsToSucceed(bagIds)).map((bag) => [bag.id, bag]));
  const taken = new Map<number, number>();
  for (const bagId of bagIds) {
    const ofBag = sealed.filter((finding) => finding.bagId === bagId);
    const place = places.get(ofBag[0]?.locationId ?? 0);
    if (place === undefined) continue;
    const { location } = place;
    const bag = bags.get(bagId);
    const reason = await bagRefusal(store, place, bag, taken.get(location.id));
    if (reason !== undefined || bag === undefined) {
      for (const finding of ofBag) reasons.set(finding, reason);
      continue;
    }
    taken.set(location.id, (taken.get(location.id) ?? 0) + bag.bytes);
    preview.bytes += bag.bytes;
    (preview.successors ??= []).push({
      location: { id: publicId('location', location.id), name: location.name },
      path: pathToJson(joinRaw(location.root, bag.successor)),
      supersedes: pathToJson(joinRaw(location.root, bag.path)),
      files: bag.files,
      bytes: bag.bytes,
    });
  }
}
