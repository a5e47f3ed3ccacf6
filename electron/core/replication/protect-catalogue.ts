import { RECOVER_PAGES } from '../../../shared/domain/bag-path.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import { snapshotEvent } from '../../../shared/domain/location-layout.ts';
import { snapshotsToKeep } from '../../../shared/domain/snapshot-rotation.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { Catalogue, LocationIdentity } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { ManagedStore } from '../ports/managed-store.ts';
import type { CatalogueProtection, ProtectedPlace, ProtectionDue } from '../ports/protection.ts';
import { RECOVER_PAGE_VERSION, recoverPages, recoverPageVersion } from './recover-page.ts';

/** What protects: the catalogue that is copied, how places are told, and what writes there. */
export interface ProtectionTools {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly protection: CatalogueProtection;
  readonly store: Pick<ManagedStore, 'writePage'>;
}

export interface ProtectionOrder {
  /**
   * `act`: a deposit or a replication has ended; everything that is due is written. `close`: a session ends, and a person
   * waits: of a large catalogue no snapshot and no results of checks are written that are younger than a day there.
   */
  readonly occasion: 'act' | 'close';
  readonly signal?: AbortSignal;
}

export interface ProtectionResult {
  readonly snapshots: number;
  readonly supplements: number;
  /** Managed locations that were left as they are, and why. */
  readonly problems: readonly {
    readonly locationId: number;
    readonly name: string;
    readonly message: string;
  }[];
}

const LARGE_BYTES = 64 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** Between two slices a person may stop it. */
const SLICE = 50;

/**
 * Gives every managed location that can be reached what a rebuild needs (design, invariant 7): supplements of what has changed
 * and a snapshot of the catalogue. Costs a query a location where nothing happened since. It appends no event: what it copies
 * would be out of date with it. What cannot be written is told and tried again next time; it never fails the act before it.
 */
export async function protectCatalogue(
  tools: ProtectionTools,
  order: ProtectionOrder,
): Promise<ProtectionResult> {
  const result = { snapshots: 0, supplements: 0, problems: [] as ProtectionResult['problems'][number][] };
  for (const location of await tools.catalogue.reader.locationIdentities()) {
    if (location.writes !== 'managed' || order.signal?.aborted === true) continue;
    try {
      await protectAt(location, tools, order, result);
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      result.problems.push({ locationId: location.id, name: location.name, message: error.message });
    }
  }
  return result;
}

async function protectAt(
  location: LocationIdentity,
  { catalogue, files, protection, store }: ProtectionTools,
  { occasion, signal }: ProtectionOrder,
  result: { snapshots: number; supplements: number },
): Promise<void> {
  const due = await protection.due(location.id);
  const accessions = supplementsDue(due, occasion);
  const snapshot = isSnapshotDue(due, occasion);
  if (accessions.length === 0 && !snapshot) return;
  const reached = await reachLocation(files, location);
  if (!reached.reachable) throw new HoldfastError('LOCATION_UNREACHABLE', reached.reason);
  const place = { locationId: location.id, root: location.root };
  await writeRecoverPages(store, location.root);
  for (let from = 0; from < accessions.length && signal?.aborted !== true; from += SLICE) {
    const written = await protection.writeSupplements(place, accessions.slice(from, from + SLICE));
    await catalogue.writer.recordSupplements(location.id, written);
    result.supplements += written.length;
  }
  if (!snapshot || signal?.aborted === true) return;
  await catalogue.writer.recordSnapshot(location.id, await protection.writeSnapshot(place));
  result.snapshots++;
  // What stands may be all that is from before the damage; a person decides first (design, invariant 5).
  if ((await catalogue.reader.massChanges(false)).length > 0) return;
  await rotate(place, catalogue, protection, due.erasedAt ?? 0);
}

/** With the first supplements that a place gets, so that they never stand there unexplained. */
async function writeRecoverPages(store: ProtectionTools['store'], root: RawPath): Promise<void> {
  const { text, html } = recoverPages();
  const isOlder = (standing: string): boolean =>
    (recoverPageVersion(standing) ?? RECOVER_PAGE_VERSION) < RECOVER_PAGE_VERSION;
  const [textName = '', htmlName = ''] = RECOVER_PAGES;
  await store.writePage(root, textName, text, isOlder);
  await store.writePage(root, htmlName, html, isOlder);
}

function supplementsDue(due: ProtectionDue, occasion: ProtectionOrder['occasion']): readonly number[] {
  if (occasion === 'act' || due.catalogueBytes <= LARGE_BYTES || isDayOld(due)) return due.accessions;
  const onlyChecked = new Set(due.onlyChecked);
  return due.accessions.filter((id) => !onlyChecked.has(id));
}

function isSnapshotDue(due: ProtectionDue, occasion: ProtectionOrder['occasion']): boolean {
  if (due.newestSnapshot?.eventSeq === due.eventSeq) return false;
  const holdsErased = due.newestSnapshot !== undefined && due.newestSnapshot.eventSeq < (due.erasedAt ?? 0);
  return holdsErased || occasion === 'act' || due.catalogueBytes <= LARGE_BYTES || isDayOld(due);
}

function isDayOld({ newestSnapshot }: ProtectionDue): boolean {
  return newestSnapshot === undefined || Date.now() - newestSnapshot.takenAt >= DAY_MS;
}

/**
 * Recorded as gone before it is removed: what a crash leaves is removed the next time. A newer one stands by now, read back and
 * compared; so whatever is older than an erasure goes, whether the catalogue knows of it or not.
 */
async function rotate(
  place: ProtectedPlace,
  { writer }: Catalogue,
  protection: CatalogueProtection,
  erasedAt: number,
): Promise<void> {
  const all = await protection.snapshots(place.locationId);
  const standing = all.filter(({ removed }) => !removed);
  const keep = snapshotsToKeep(
    standing.filter(({ eventSeq }) => eventSeq >= erasedAt),
    Date.now(),
  );
  const outdated = standing.filter(({ id }) => !keep.has(id));
  if (outdated.length > 0) await writer.recordRotation(outdated.map(({ id }) => id));
  const kept = new Set(standing.filter(({ id }) => keep.has(id)).map(({ name }) => name));
  const older = (await protection.snapshotFiles(place)).filter(
    (name) => (snapshotEvent(name) ?? erasedAt) < erasedAt,
  );
  const gone = [...[...all.filter(({ removed }) => removed), ...outdated].map(({ name }) => name), ...older];
  await protection.removeSnapshots(
    place,
    [...new Set(gone)].filter((name) => !kept.has(name)),
  );
}
