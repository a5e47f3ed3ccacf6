import { joinRaw, pathToJson, type PathJson, type RawPath } from '../../../shared/domain/path.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { CatalogueReader, LocationIdentity, PlannedCheck } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import { hex } from './evidence.ts';

/** Where else the content of a replica stands that is not at its path. */
export interface Elsewhere {
  readonly at: 'unregistered path' | 'registered path';
  readonly places: readonly { readonly path: PathJson; readonly location: string }[];
  /** The file at an unregistered path, which no rescan may have seen yet. */
  readonly stranger?: { readonly locationId: number; readonly path: RawPath; readonly size: bigint };
}

interface Place {
  readonly location: LocationIdentity;
  /** Relative to the location's root. */
  readonly path: RawPath;
}

interface Stranger extends Place {
  readonly size: bigint;
}

const SLASH = 0x2f;
/** Folders whose strangers are remembered: where many files of one are gone, it is listed once. */
const MOST_FOLDERS = 32;
/** A folder of a hundred thousand files of one size must not be read for each that is missing. */
const MOST_READ = 50;

/**
 * Looks for the content of files that are gone: at paths in nobody's custody of the same size, on any location in reach, read and
 * compared by digest, each once in a run; and at other paths of its custody, as they were last verified. One file that turned up
 * accounts for one that is gone.
 */
export class ContentElsewhere {
  readonly #files: Files;
  readonly #reader: CatalogueReader;
  readonly #digests = new Map<string, string | undefined>();
  readonly #claimed = new Set<string>();
  readonly #strangers = new Map<string, Promise<readonly Stranger[]>>();
  readonly #reached = new Map<number, Promise<LocationIdentity | undefined>>();

  constructor(files: Files, reader: CatalogueReader) {
    this.#files = files;
    this.#reader = reader;
  }

  async of(
    location: LocationIdentity,
    gone: readonly PlannedCheck[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, Elsewhere>> {
    const found = new Map<number, Elsewhere>();
    if (gone.length === 0) return found;
    const untracked = await this.#reader.untrackedOfSizes([...new Set(gone.map(({ size }) => size))]);
    for (const check of gone) {
      if (signal.aborted) break;
      const known: Place[] = [];
      for (const { locationId, path, size } of untracked) {
        if (size !== check.size) continue;
        const reached = await this.#reach(locationId);
        if (reached !== undefined) known.push({ location: reached, path });
      }
      const candidates = known.length > 0 ? known : await this.#beside(location, check, signal);
      const place = await this.#holds(candidates, hex(check.sha256), signal);
      if (place !== undefined) {
        found.set(check.replicaId, {
          at: 'unregistered path',
          places: [placeJson(place)],
          stranger: { locationId: place.location.id, path: place.path, size: BigInt(check.size) },
        });
        continue;
      }
      const verified = await this.#reader.verifiedElsewhere(check.replicaId);
      if (verified.length > 0)
        found.set(check.replicaId, {
          at: 'registered path',
          places: verified.map(({ path, locationId }) => ({
            path: pathToJson(path),
            location: publicId('location', locationId),
          })),
        });
    }
    return found;
  }

  /** The first of these that has the content, and was not found for another one. */
  async #holds(
    candidates: readonly Place[],
    sha256: string,
    signal: AbortSignal,
  ): Promise<Place | undefined> {
    let read = 0;
    for (const place of candidates) {
      const path = joinRaw(place.location.root, place.path);
      const key = Buffer.from(path).toString('latin1');
      if (this.#claimed.has(key)) continue;
      if (!this.#digests.has(key)) {
        if (++read > MOST_READ) return undefined;
        const [outcome] = await this.#files.digestAll([path], signal);
        if (outcome === undefined) return undefined;
        this.#digests.set(key, outcome.status === 'read' ? hex(outcome.sha256) : undefined);
      }
      if (this.#digests.get(key) !== sha256) continue;
      this.#claimed.add(key);
      return place;
    }
    return undefined;
  }

  /** Where no rescan has seen anything of that size: what stands in the same folder and is not registered. */
  async #beside(
    location: LocationIdentity,
    check: PlannedCheck,
    signal: AbortSignal,
  ): Promise<readonly Place[]> {
    const absolute = check.path.subarray(0, check.path.lastIndexOf(SLASH)) as RawPath;
    const key = Buffer.from(absolute).toString('latin1');
    let strangers = this.#strangers.get(key);
    if (strangers === undefined) {
      strangers = this.#strangersIn(location, absolute, signal);
      this.#strangers.set(key, strangers);
      const [oldest] = this.#strangers.keys();
      if (this.#strangers.size > MOST_FOLDERS && oldest !== undefined) this.#strangers.delete(oldest);
    }
    return (await strangers).filter(({ size }) => size === BigInt(check.size));
  }

  async #strangersIn(
    location: LocationIdentity,
    absolute: RawPath,
    signal: AbortSignal,
  ): Promise<readonly Stranger[]> {
    const folder = absolute.subarray(location.root.length + 1) as RawPath;
    const strangers: Stranger[] = [];
    try {
      for await (const slices of this.#files.scan(absolute, signal, 'ahead')) {
        const own = slices.filter((slice) => slice.folder.length === 0);
        for (const { added } of await this.#reader.compare(location.id, folder, own))
          for (const { name, stamp } of added)
            strangers.push({ location, path: joinRaw(folder, name), size: stamp.size });
        if (own.some(({ last }) => last)) break;
      }
    } catch {
      // A folder that is gone too, or may not be listed, holds nothing that could be told of.
      return [];
    }
    return strangers;
  }

  #reach(id: number): Promise<LocationIdentity | undefined> {
    let reached = this.#reached.get(id);
    if (reached === undefined) {
      reached = this.#tryReach(id);
      this.#reached.set(id, reached);
    }
    return reached;
  }

  async #tryReach(id: number): Promise<LocationIdentity | undefined> {
    const location = (await this.#reader.locationIdentities()).find((each) => each.id === id);
    if (location === undefined) return undefined;
    return (await reachLocation(this.#files, location)).reachable ? location : undefined;
  }
}

function placeJson({ location, path }: Place): Elsewhere['places'][number] {
  return { path: pathToJson(joinRaw(location.root, path)), location: publicId('location', location.id) };
}
