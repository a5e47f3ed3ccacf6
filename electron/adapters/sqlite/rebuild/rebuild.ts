import { join } from 'node:path';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type {
  CatalogueRebuild,
  FoundSupplement,
  NewSigningKey,
  RebuildPlace,
  RebuildSources,
} from '../../../core/ports/rebuilding.ts';
import type { RebuildProblem } from '../../../../shared/contract/rebuild.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { displayPath, rawPath } from '../../../../shared/domain/path.ts';
import { writeArchiveFile } from '../archive-file.ts';
import { openConnection, type Connection } from '../connection.ts';
import { DEFAULT_POLICY } from '../create.ts';
import { migrateCatalogue, SCHEMA_VERSION } from '../migrate.ts';
import { AccessionScope } from '../protection/scope.ts';
import { headOf } from '../protection/write-supplement.ts';
import { syncPath } from '../sync-path.ts';
import { WriterContext } from '../writer/context.ts';
import { compareCounters, recount } from '../writer/counters.ts';
import { refreshWords } from '../writer/described-words.ts';
import { actorId, softwareId } from '../writer/events.ts';
import { ItemProposer } from '../writer/propose-items.ts';
import { FileRecorder } from '../writer/record-files.ts';
import { compareBag } from './compare-bag.ts';
import { below } from '../protection/destination.ts';
import { countsOf, deriveItems } from './derive.ts';
import { loadSnapshot } from './load-snapshot.ts';
import { bagsOfPlace } from './known-bags.ts';
import { SupplementLoader } from './load-supplement.ts';
import { readBagInfo } from './our-bag.ts';
import { aboutArchive, problemAt } from './problems.ts';
import { readHeader } from './read-supplement.ts';
import { registerCopies, registerPlace } from './register-places.ts';
import { checkLog, dropDangling, forgetChecks } from './settle.ts';
import { archiveIn, archivesIn, digestBeside, type ArchiveInPlace } from './survey-places.ts';
import { takeBag, type BagTaker } from './take-bag.ts';

/** The port's methods as they run in the thread: synchronous, with the same arguments. */
export type RebuildMethods = {
  [Name in keyof CatalogueRebuild]: (
    ...args: Parameters<CatalogueRebuild[Name]>
  ) => Awaited<ReturnType<CatalogueRebuild[Name]>>;
};

export interface RebuildOrder {
  /** The archive's folder in the making; it exists. */
  readonly folder: string;
  readonly places: readonly RebuildPlace[];
}

const PARTS_AT_ONCE = 2_000;

export function openRebuild({ folder, places }: RebuildOrder): RebuildMethods {
  return new Rebuild(folder, places);
}

/** See the port for what each method does; they are called in its order. */
class Rebuild implements RebuildMethods {
  readonly #folder: string;
  readonly #path: string;
  readonly #places: readonly RebuildPlace[];
  #archiveId = '';
  #found: readonly ArchiveInPlace[] = [];
  #supplements: readonly FoundSupplement[] = [];
  #locations: readonly number[] = [];
  /** Of each place: bags that nothing tells of, with those that each succeeds. */
  readonly #succeededBy: ReadonlyMap<string, readonly string[]>[] = [];
  #holdsTo = 0;
  #snapshotSeq: number | undefined;
  #taken = 0;
  #open: { readonly connection: Connection; loader?: SupplementLoader; scope?: AccessionScope } | undefined;
  #writing: BagTaker | undefined;
  #indexed = 0;

  constructor(folder: string, places: readonly RebuildPlace[]) {
    this.#folder = folder;
    this.#path = join(folder, 'catalogue.sqlite');
    this.#places = places;
  }

  archives = (): ReturnType<RebuildMethods['archives']> => {
    const ids = new Set(this.#places.flatMap(({ root }) => archivesIn(root)));
    return [...ids].map((id) => ({ id, name: this.#nameOf(id) }));
  };

  /** As a supplement tells it, else a bag; a part of the id where nothing does. */
  #nameOf(archiveId: string): string {
    for (const { root } of this.#places) {
      const { supplements, bags } = archiveIn(root, archiveId);
      for (const { path } of supplements)
        try {
          return readHeader(path).archive.name;
        } catch {
          continue; // another one may tell
        }
      for (const bag of bags) {
        const name =
          readBagInfo(below(root, archiveId, 'bags', bag))
            .get('Source-Organization')
            ?.trim() ?? '';
        if (name !== '') return name.slice(0, 200);
      }
    }
    return `Archive ${archiveId.slice(0, 8)}`;
  }

  sources = (archiveId: string): RebuildSources => {
    this.#archiveId = archiveId;
    this.#found = this.#places.map(({ root }) => archiveIn(root, archiveId));
    const problems = this.#found.flatMap(({ noFiles }) =>
      noFiles.map(({ path, of }) =>
        problemAt(
          path,
          of === 'snapshots' ? 'snapshot_refused' : 'supplement_refused',
          'It is not a file, and was not used.',
        ),
      ),
    );
    this.#supplements = this.#found.flatMap(({ supplements }, place) =>
      supplements.flatMap((file): FoundSupplement[] => {
        try {
          const header = readHeader(file.path);
          const digest = digestBeside(file);
          return [
            {
              place,
              name: file.name,
              accessionId: header.accession?.id ?? 0,
              accessionNumber: header.accession?.number ?? '',
              eventSeq: header.event.seq,
              eventHash: header.event.hash,
              writtenAt: header.writtenAt,
              ...(digest === undefined ? {} : { digest }),
            },
          ];
        } catch (error) {
          problems.push(
            problemAt(
              file.path,
              'supplement_refused',
              `This supplement was not used: ${refusedAs(error, file.path)}.`,
            ),
          );
          return [];
        }
      }),
    );
    return {
      snapshots: this.#found.flatMap(({ snapshots }, place) =>
        snapshots.map(({ name, eventSeq }) => ({ place, name, eventSeq })),
      ),
      supplements: this.#supplements,
      bags: this.#found.flatMap(({ bags }, place) => bags.map((name) => ({ place, name }))),
      problems,
    };
  };

  takeSnapshot = (place: number, name: string): string | undefined => {
    const snapshot = this.#found[place]?.snapshots.find((each) => each.name === name);
    if (snapshot === undefined) throw new Error(`there is no snapshot ${name}`);
    try {
      loadSnapshot(snapshot, this.#archiveId, this.#path);
    } catch (error) {
      return refusedAs(error, snapshot.path);
    }
    this.#snapshotSeq = snapshot.eventSeq;
    this.#openCatalogue();
    return undefined;
  };

  takeNothing = (): void => {
    migrateCatalogue(this.#path);
    this.#openCatalogue()
      .sql(
        `INSERT INTO archive (one, id, name, accession_pattern, further_digests, verify_within_days, created_at)
         VALUES (1, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        this.#archiveId,
        this.#nameOf(this.#archiveId),
        DEFAULT_POLICY.accessionPattern,
        JSON.stringify(DEFAULT_POLICY.furtherDigests),
        DEFAULT_POLICY.verifyWithinDays,
        Date.now(),
      );
  };

  prepareSupplements = (accessionIds: readonly number[]): void => {
    const { connection } = this.#opened();
    const scope = new AccessionScope(connection);
    scope.prepare(accessionIds);
    this.#open = { connection, scope, loader: new SupplementLoader(connection, scope, this.#archiveId) };
  };

  takeSupplement = (place: number, name: string): string | undefined => {
    const file = this.#found[place]?.supplements.find((each) => each.name === name);
    if (file === undefined) throw new Error(`there is no supplement ${name}`);
    try {
      this.#opened().loader?.load(file.path);
    } catch (error) {
      return refusedAs(error, file.path);
    }
    this.#taken++;
    return undefined;
  };

  registerPlaces = (): ReturnType<RebuildMethods['registerPlaces']> => {
    const { connection } = this.#opened();
    const now = Date.now();
    return connection.db.transaction(() => {
      const registered = this.#places.map((place, at) => {
        const location = registerPlace(connection, place, now);
        const inPlace = this.#supplements.filter((supplement) => supplement.place === at);
        const found = this.#found[at];
        if (found !== undefined) registerCopies(connection, location.locationId, found, inPlace);
        return location;
      });
      this.#locations = registered.map(({ locationId }) => locationId);
      return registered;
    })();
  };

  settle = (): RebuildProblem[] => {
    const { connection } = this.#opened();
    const dropped = connection.db.transaction(() => {
      forgetChecks(connection);
      return dropDangling(connection);
    })();
    const log = checkLog(connection);
    this.#holdsTo = log.holdsTo;
    return [...dropped, ...log.problems];
  };

  bags = (): ReturnType<RebuildMethods['bags']> => {
    const { connection } = this.#opened();
    const known: number[] = [];
    const unknown: { place: number; name: string }[] = [];
    this.#places.forEach(({ root }, place) => {
      const names = this.#found[place]?.bags ?? [];
      const found = bagsOfPlace(connection, this.#locations[place] ?? 0, root, this.#archiveId, names);
      known.push(...found.known);
      for (const name of found.unknown.keys()) unknown.push({ place, name });
      this.#succeededBy[place] = found.unknown;
    });
    return { known, unknown };
  };

  compareBag = (bagId: number): ReturnType<RebuildMethods['compareBag']> => {
    const { connection } = this.#opened();
    const location = connection
      .sql<number>('SELECT location_id FROM bags WHERE id = ?')
      .pluck(true)
      .get(bagId);
    const place = this.#places[this.#locations.indexOf(location ?? 0)];
    if (place === undefined) throw new Error(`bag ${bagId} is in none of the places`);
    return connection.db.transaction(() => compareBag(connection, place.root, bagId, this.#holdsTo))();
  };

  signWith = (key: NewSigningKey, agent: ActingAgent): void => {
    const { connection } = this.#opened();
    const now = Date.now();
    const head = headOf(connection);
    connection.db.transaction(() => {
      connection.sql('UPDATE signing_keys SET retired_at = ? WHERE retired_at IS NULL').run(now);
      connection
        .sql('INSERT INTO signing_keys (id, public_key, since) VALUES (?, ?, ?)')
        .run(key.id, key.publicKey, now);
    })();
    connection.close();
    this.#open = undefined;
    const context = new WriterContext(this.#path, key);
    const files = new FileRecorder(context);
    this.#writing = {
      context,
      files,
      proposer: new ItemProposer(context),
      archiveId: this.#archiveId,
      agent,
    };
    context.transactions.single(() => {
      softwareId(context.connection, agent.softwareVersion);
      context.events.append(
        {
          type: 'policy assignment',
          outcome: 'success',
          agentId: actorId(context.connection, agent.name),
          links: [{ kind: 'archive', id: 1 }],
          facts: {
            archive: this.#archiveId,
            key: { id: key.id, algorithm: 'Ed25519', publicKey: key.publicKey },
            rebuilt: {
              head: { seq: head.seq, hash: head.hash },
              logHolds: this.#holdsTo === head.seq,
              snapshot: this.#snapshotSeq ?? null,
              supplements: this.#taken,
              locations: [...this.#locations],
            },
          },
          details: {
            note: `Catalogue rebuilt from ${this.#places.length} managed locations, with a new key`,
          },
        },
        now,
      );
    });
  };

  takeBag = (place: number, name: string): ReturnType<RebuildMethods['takeBag']> => {
    const at = this.#places[place];
    const locationId = this.#locations[place];
    if (at === undefined || locationId === undefined) throw new Error(`there is no place ${place}`);
    const superseded = this.#succeededBy[place]?.get(name) ?? [];
    return takeBag(this.#writer(), at, locationId, name, superseded);
  };

  index = (): boolean => {
    const { connection, transactions } = this.#writer().context;
    const ids = connection
      .sql<number>(`SELECT id FROM parts WHERE id > ? ORDER BY id LIMIT ${PARTS_AT_ONCE}`)
      .pluck(true)
      .all(this.#indexed);
    transactions.bulk(ids.length, () => refreshWords(connection, [], ids));
    this.#indexed = ids.at(-1) ?? this.#indexed;
    return ids.length === PARTS_AT_ONCE;
  };

  finish = (): ReturnType<RebuildMethods['finish']> => {
    const { context } = this.#writer();
    const { connection } = context;
    context.transactions.single(() => deriveItems(connection));
    // After the commit that writes what was counted while bags were taken.
    context.transactions.single(() => recount(connection));
    const differences = compareCounters(connection);
    connection.db.pragma('analysis_limit = 400');
    connection.db.exec('ANALYZE');
    connection.db.pragma('wal_checkpoint(TRUNCATE)');
    const archive = connection.sql<{ id: string; name: string }>('SELECT id, name FROM archive').get();
    if (archive === undefined) throw new Error('the catalogue holds no archive');
    const counts = countsOf(connection);
    connection.close();
    this.#writing = undefined;
    writeArchiveFile(this.#folder, { ...archive, schemaVersion: SCHEMA_VERSION });
    for (const entry of ['catalogue.sqlite', '']) syncPath(join(this.#folder, entry));
    return {
      archive,
      counts,
      problems: differences.map((difference) => aboutArchive('counters_differ', 'problem', difference)),
    };
  };

  close = (): void => {
    this.#open?.connection.close();
    this.#writing?.context.connection.close();
  };

  #openCatalogue(): Connection {
    const connection = openConnection(this.#path);
    const { db } = connection;
    // A crash leaves a folder that is thrown away: only what is finished must be on the disk.
    for (const pragma of [
      'journal_mode = MEMORY',
      'synchronous = OFF',
      'foreign_keys = OFF',
      'cache_size = -65536',
    ])
      db.pragma(pragma);
    this.#open = { connection };
    return connection;
  }

  #opened(): { readonly connection: Connection; readonly loader?: SupplementLoader } {
    if (this.#open === undefined) throw new Error('no catalogue was taken');
    return this.#open;
  }

  #writer(): BagTaker {
    if (this.#writing === undefined) throw new Error('the catalogue has no key yet');
    return this.#writing;
  }
}

/** Why something was refused; what is no matter of what was found is thrown on. */
function refusedAs(error: unknown, path: Buffer): string {
  if (!(error instanceof HoldfastError)) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^E[A-Z]+$/.test(code)) return `it cannot be read (${code})`;
    throw error;
  }
  if (error.code === 'BAD_INPUT') return error.message;
  if (error.code !== 'CATALOGUE_NEWER') throw error;
  throw new HoldfastError(
    'CATALOGUE_NEWER',
    `${displayPath(rawPath(path))} cannot be used: ${error.message}`,
    {
      cause: error,
    },
  );
}
