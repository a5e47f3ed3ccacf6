import { sameBytes } from '../../../shared/domain/bytes.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { joinRaw, parentOf, utf8Path } from '../../../shared/domain/path.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import type { UnfinishedHandOut } from '../ports/handing-out.ts';
import type { PackagePlace } from '../ports/package-place.ts';

/** Tokens of the packages that are being made by this host: what they leave unfinished is not left. */
export type HandOutsUnderWay = Set<string>;

export interface SettlingTools {
  readonly catalogue: Catalogue;
  readonly place: PackagePlace;
  readonly underWay: HandOutsUnderWay;
}

/**
 * Settles what a process that ended had left of packages: one that had got its name is recorded as handed out, since it stands and may
 * have left; of any other, what was made is taken away. A disk that is not there keeps its own until it is.
 */
export async function settleHandOuts(tools: SettlingTools, agent: ActingAgent): Promise<void> {
  for (const handOut of await tools.catalogue.reader.unfinishedHandOuts()) {
    if (tools.underWay.has(handOut.token)) continue;
    try {
      await settle(tools, handOut, agent);
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
    }
  }
}

async function settle(
  { catalogue: { writer }, place }: SettlingTools,
  handOut: UnfinishedHandOut,
  agent: ActingAgent,
): Promise<void> {
  const stands = await standsAsSealed(place, handOut);
  const partial = joinRaw(parentOf(handOut.path), utf8Path(`${handOut.name}.partial`));
  const isClear = await place.clear(partial, handOut.token);
  if (stands) await writer.closeHandOut(handOut.id, agent);
  else if (isClear) await writer.withdrawHandOut(handOut.id);
}

async function standsAsSealed(place: PackagePlace, { path, seal }: UnfinishedHandOut): Promise<boolean> {
  if (seal === undefined) return false;
  const found = await place.digestOf(seal.file === undefined ? joinRaw(path, utf8Path(seal.of)) : path);
  return found !== undefined && sameBytes(found, seal.file ?? seal.sha256);
}
