import type { DecisionPreview, FindingSelection } from '../../../shared/contract/decisions.ts';
import { whyNot } from '../../../shared/domain/deciding.ts';
import { readEvidence } from '../../../shared/domain/finding-evidence.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { pathToJson } from '../../../shared/domain/path.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { CatalogueReader, LocationIdentity } from '../ports/catalogue.ts';
import type { FindingAtHand } from '../ports/deciding.ts';
import type { Files } from '../ports/files.ts';
import { chooseFindings } from './choose-findings.ts';
import { suspendedLocations, suspensionReason } from './suspended.ts';

export interface Place {
  readonly location: LocationIdentity;
  /** Why nothing can be read or written there now. */
  readonly unreachable?: string;
  /** Why many findings at once are not acted on there. */
  readonly suspended?: string;
}

export type Places = ReadonlyMap<number, Place>;

/** Every location as it stands now. */
export async function lookAtPlaces(reader: CatalogueReader, files: Files, what: string): Promise<Places> {
  const suspended = await suspendedLocations(reader);
  const places = new Map<number, Place>();
  for (const location of await reader.locationIdentities()) {
    const reached = await reachLocation(files, location);
    const change = suspended.get(location.id);
    places.set(location.id, {
      location,
      ...(reached.reachable ? {} : { unreachable: reached.reason }),
      ...(change === undefined ? {} : { suspended: suspensionReason(change, what) }),
    });
  }
  return places;
}

export const NO_BULK_RECOVERY = 'many files are not recovered there at once';

/** Why a finding is not recovered now; undefined where it can be tried. */
export function refusalOf(finding: FindingAtHand, places: Places, isBulk: boolean): string | undefined {
  const place = places.get(finding.locationId);
  if (finding.resolved) return 'It has been resolved already.';
  if (place === undefined) return 'Its location is none that this machine can write to.';
  const { writes } = place.location;
  const { outcome, isSealed, copies, detail } = finding;
  const reason = whyNot('recover', {
    outcome,
    isSealed,
    writes,
    otherCopies: copies.length,
    isOfThePast: readEvidence(detail).prior !== undefined,
  });
  if (reason !== undefined) return reason;
  if (place.unreachable !== undefined) return place.unreachable;
  if (isBulk && place.suspended !== undefined) return place.suspended;
  if (sourcesOf(finding, places).length > 0) return undefined;
  return 'Every other copy of its content is in a location that cannot be reached now. Connect one of them, then recover again.';
}

/** The copies that can be read now, the best first. */
export function sourcesOf({ copies }: FindingAtHand, places: Places): FindingAtHand['copies'] {
  return copies.filter(({ locationId }) => {
    const place = places.get(locationId);
    return place !== undefined && place.unreachable === undefined;
  });
}

/** What a recovery would do; reads no file, changes nothing. */
export async function previewRecovery(
  { reader, files }: { readonly reader: CatalogueReader; readonly files: Files },
  selection: FindingSelection,
): Promise<DecisionPreview> {
  const ids = await chooseFindings(reader, selection);
  const findings = await reader.findingsAtHand(ids);
  const places = await lookAtPlaces(reader, files, NO_BULK_RECOVERY);
  const preview: DecisionPreview = { willDo: [], refused: [], bytes: 0 };
  for (const finding of findings) {
    const [id, path] = [publicId('finding', finding.id), pathToJson(finding.path)];
    const reason = refusalOf(finding, places, ids.length > 1);
    if (reason !== undefined) {
      preview.refused.push({ finding: id, path, reason });
      continue;
    }
    const [from] = sourcesOf(finding, places);
    preview.willDo.push({
      finding: id,
      path,
      outcome: finding.outcome,
      ...(from === undefined ? {} : { from: pathToJson(from.path) }),
    });
    preview.bytes += finding.size;
  }
  return preview;
}
