import type { RebuildProblem, RebuildResult } from '../../../shared/contract/rebuild.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, joinRaw, pathToJson, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import type { ProgressMeter } from '../jobs/progress.ts';
import type { ActingAgent } from '../ports/catalogue.ts';
import type {
  BagCompared,
  CatalogueRebuild,
  FoundSupplement,
  NewSigningKey,
  RebuildPlace,
  RebuildSources,
} from '../ports/rebuilding.ts';

export interface RebuildOrder {
  readonly places: readonly RebuildPlace[];
  /** Which archive, where the places hold several. */
  readonly archiveId?: string;
  /** A person says that places which the catalogue knows elsewhere were moved. */
  readonly moved: boolean;
  readonly agent: ActingAgent;
  readonly createKey: () => NewSigningKey;
  readonly signal: AbortSignal;
  readonly progress: ProgressMeter;
}

/** `path` is the caller's. */
type Rebuilt = Omit<RebuildResult, 'archive'> & {
  readonly archive: { readonly id: string; readonly name: string };
};

const LISTED = 1000;

/**
 * Makes a catalogue from what managed locations hold: the newest snapshot that proves to be whole, then every supplement that
 * is newer, then bags that nothing else tells of. What cannot be used, and what does not agree, is told; payloads are not read.
 * @throws HoldfastError BAD_INPUT, NOT_FOUND, CATALOGUE_NEWER, DISK_FULL; `signal`'s reason when it was aborted
 */
export async function rebuildCatalogue(rebuild: CatalogueRebuild, order: RebuildOrder): Promise<Rebuilt> {
  return new Rebuilding(rebuild, order).run();
}

class Rebuilding {
  readonly #rebuild: CatalogueRebuild;
  readonly #order: RebuildOrder;
  readonly #told: RebuildProblem[] = [];
  #archiveId = '';

  constructor(rebuild: CatalogueRebuild, order: RebuildOrder) {
    this.#rebuild = rebuild;
    this.#order = order;
  }

  async run(): Promise<Rebuilt> {
    const { progress, agent } = this.#order;
    progress.phase = 'looking';
    this.#archiveId = await this.#choose();
    const sources = await this.#rebuild.sources(this.#archiveId);
    this.#tell(sources.problems);
    if (sources.snapshots.length + sources.supplements.length + sources.bags.length === 0)
      throw this.#nothing();
    const snapshot = await this.#takeSnapshot(sources);
    const supplements = await this.#takeSupplements(sources, snapshot?.eventSeq ?? -1);
    await this.#registerPlaces();
    progress.phase = 'verifying the log';
    this.#tell(await this.#rebuild.settle());
    const { known, unknown } = await this.#rebuild.bags();
    progress.phase = 'comparing bags';
    for (const id of known) {
      this.#stopIfAsked();
      this.#add(await this.#rebuild.compareBag(id));
    }
    await this.#rebuild.signWith(this.#order.createKey(), agent);
    for (const { place, name } of unknown) {
      this.#stopIfAsked();
      this.#add(await this.#rebuild.takeBag(place, name));
    }
    progress.phase = 'indexing';
    while (await this.#rebuild.index()) this.#stopIfAsked();
    progress.phase = 'counting';
    const { archive, counts, problems } = await this.#rebuild.finish();
    this.#tell(problems);
    const notes = this.#told.filter(({ severity }) => severity === 'note');
    const rest = this.#told.filter(({ severity }) => severity !== 'note');
    return {
      archive,
      snapshot: snapshot ?? null,
      supplements,
      bagsWithoutSupplement: unknown.length,
      ...counts,
      problems: rest.slice(0, LISTED),
      problemsTotal: rest.length,
      notes: notes.slice(0, LISTED),
    };
  }

  async #choose(): Promise<string> {
    const archives = await this.#rebuild.archives();
    const { archiveId } = this.#order;
    if (archiveId !== undefined) {
      if (archives.some(({ id }) => id === archiveId)) return archiveId;
      throw new HoldfastError('NOT_FOUND', `None of these places holds the archive ${archiveId}.`);
    }
    const [only, ...others] = archives;
    if (only === undefined) throw this.#nothing();
    if (others.length === 0) return only.id;
    const list = archives.map(({ id, name }) => `${id} ("${name}")`).join(', ');
    throw new HoldfastError(
      'BAD_INPUT',
      `These places hold ${archives.length} archives. Say which one with --archive-id: ${list}`,
    );
  }

  async #takeSnapshot({
    snapshots,
  }: RebuildSources): Promise<NonNullable<RebuildResult['snapshot']> | undefined> {
    this.#order.progress.phase = 'reading the newest snapshot';
    for (const { place, name, eventSeq } of [...snapshots].sort((a, b) => b.eventSeq - a.eventSeq)) {
      this.#stopIfAsked();
      const why = await this.#rebuild.takeSnapshot(place, name);
      const path = this.#pathOf(place, 'snapshots', name);
      if (why === undefined) return { path: pathToJson(path), eventSeq };
      this.#tellOf(path, 'snapshot_refused', 'problem', `This snapshot was not used: ${why}.`);
    }
    await this.#rebuild.takeNothing();
    return undefined;
  }

  /** Of each accession the newest that holds; older first, so that what they share ends as the newest says. */
  async #takeSupplements({ supplements }: RebuildSources, after: number): Promise<number> {
    const { progress } = this.#order;
    const newer = supplements.filter(({ eventSeq }) => eventSeq > after);
    await this.#rebuild.prepareSupplements([...new Set(newer.map((each) => each.accessionId))]);
    const groups = [...groupBy(newer, ({ accessionId }) => accessionId).values()].map((group) =>
      group.sort(newestFirst),
    );
    for (const group of groups) this.#compareStates(group);
    groups.sort(([a], [b]) => order(a, b));
    progress.phase = 'reading supplements';
    let taken = 0;
    for (const group of groups) {
      const refused = new Set<string>();
      for (const { place, name, digest } of group) {
        this.#stopIfAsked();
        // The same bytes from another place would be refused for the same reason.
        if (digest !== undefined && refused.has(digest)) continue;
        const why = await this.#rebuild.takeSupplement(place, name);
        if (why === undefined) {
          taken++;
          break;
        }
        if (digest !== undefined) refused.add(digest);
        const path = this.#pathOf(place, 'supplements', name);
        this.#tellOf(path, 'supplement_refused', 'problem', `This supplement was not used: ${why}.`);
      }
    }
    return taken;
  }

  #compareStates([newest, ...others]: readonly FoundSupplement[]): void {
    if (newest === undefined) return;
    for (const other of others) {
      if (other.digest !== undefined && other.digest === newest.digest) continue;
      const path = this.#pathOf(other.place, 'supplements', other.name);
      const shown = displayPath(this.#pathOf(newest.place, 'supplements', newest.name));
      if (other.eventSeq < newest.eventSeq)
        this.#tellOf(
          path,
          'older_state',
          'note',
          `It is of an older state (event ${other.eventSeq}) than ${shown} (event ${newest.eventSeq}), which was taken.`,
        );
      else if (other.eventHash !== newest.eventHash)
        this.#tellOf(
          path,
          'log_forked',
          'problem',
          `It and ${shown} were written by two copies of this archive that have gone different ways since. The one written last was taken; what only the other says is not in the new catalogue.`,
        );
    }
  }

  async #registerPlaces(): Promise<void> {
    const { places, moved } = this.#order;
    const registered = await this.#rebuild.registerPlaces();
    registered.forEach(({ name, knownAt }, at) => {
      const root = places[at]?.root;
      if (knownAt === undefined || root === undefined || moved) return;
      this.#tellOf(
        root,
        'moved_or_copied',
        'question',
        `The location "${name}" was known at ${displayPath(knownAt)}; it is registered here now. Moved, or a copy? If it was moved, ` +
          'all is well (--moved says so beforehand). If this is a copy and the other one still stands, keep only one of them in use.',
      );
    });
  }

  #add({ files, problems }: BagCompared): void {
    const { progress } = this.#order;
    progress.files += files;
    this.#tell(problems);
    progress.problems = this.#told.filter(({ severity }) => severity === 'problem').length;
  }

  #tell(problems: readonly RebuildProblem[]): void {
    this.#told.push(...problems);
  }

  #tellOf(
    path: RawPath,
    code: RebuildProblem['code'],
    severity: RebuildProblem['severity'],
    message: string,
  ): void {
    this.#told.push({ path: pathToJson(path), code, severity, message });
  }

  #pathOf(place: number, folder: string, name: string): RawPath {
    const root = this.#order.places[place]?.root ?? utf8Path('');
    return joinRaw(root, utf8Path(`${this.#archiveId}/${folder}/${name}`));
  }

  #nothing(): HoldfastError {
    const roots = this.#order.places.map(({ root }) => displayPath(root)).join(', ');
    return new HoldfastError(
      'NOT_FOUND',
      `There is nothing of an archive at ${roots}. Name the root of a managed location.`,
    );
  }

  #stopIfAsked(): void {
    this.#order.signal.throwIfAborted();
  }
}

function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

function newestFirst(a: FoundSupplement, b: FoundSupplement): number {
  return b.eventSeq - a.eventSeq || (a.writtenAt < b.writtenAt ? 1 : a.writtenAt > b.writtenAt ? -1 : 0);
}

/** The archive's own comes last of one moment: it alone holds the whole log. */
function order(a: FoundSupplement | undefined, b: FoundSupplement | undefined): number {
  const [x, y] = [a?.eventSeq ?? 0, b?.eventSeq ?? 0];
  return x - y || Number(a?.accessionId === 0) - Number(b?.accessionId === 0);
}
