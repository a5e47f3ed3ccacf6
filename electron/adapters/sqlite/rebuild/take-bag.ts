import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { BagCompared, RebuildPlace } from '../../../core/ports/rebuilding.ts';
import type { FileReading } from '../../../core/ports/readings.ts';
import type { RebuildProblem } from '../../../../shared/contract/rebuild.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { parseBagIdentifier } from '../../../../shared/domain/bag-path.ts';
import { fileKind } from '../../../../shared/domain/file-kind.ts';
import { baseName, joinRaw, parentOf, utf8Path, type RawPath } from '../../../../shared/domain/path.ts';
import { asBuffer } from '../connection.ts';
import { digestOf } from '../protection/destination.ts';
import type { RecordedBag } from '../writer/bag-facts.ts';
import { proposeOpenFolders, sealAccession } from '../writer/close-accession.ts';
import type { WriterContext } from '../writer/context.ts';
import { openAccrual } from '../writer/open-accession.ts';
import type { ItemProposer } from '../writer/propose-items.ts';
import type { FileRecorder } from '../writer/record-files.ts';
import { PlainFolders } from './compare-bag.ts';
import { readBagInfo, readManifest, type ManifestEntry } from './our-bag.ts';
import { problemAt } from './problems.ts';

export interface BagTaker {
  readonly context: WriterContext;
  readonly files: FileRecorder;
  readonly proposer: ItemProposer;
  readonly archiveId: string;
  readonly agent: ActingAgent;
}

interface FoundFile {
  /** Relative to the location's root. */
  readonly path: RawPath;
  readonly reading: FileReading;
}

/** Which accrual a bag says that it is of, and which edition it is of those in its location. */
interface BagName {
  readonly number: string;
  readonly accrual: number;
  readonly edition: number;
  readonly title: string;
}

const UNTOLD_SUCCESSOR =
  'It succeeds a bag that the catalogue knows, and nothing tells of the decision behind it: it was left out, and its files are in nobody’s custody. ' +
  'Name further places with --from. Otherwise audit the bag before it, decide again, and move this one elsewhere.';
const SECOND_COPY =
  'It says that it is a bag which stands there under another name too: it was left out, and its files are in nobody’s custody. Compare the two, and move one elsewhere.';

const TAG_MANIFEST = 'tagmanifest-sha256.txt';
const OTHER_TAG_MANIFEST = 'tagmanifest-sha512.txt';

/**
 * Takes a bag into the catalogue that nothing else tells of: as an accession whose rights and provenance are gaps, or as a
 * further copy of an accrual that is known. Digests are those of its manifests; nothing of its payload is read.
 * @param superseded names of the bags in this place that it succeeds, oldest first, of which nothing tells either
 */
export function takeBag(
  taker: BagTaker,
  place: RebuildPlace,
  locationId: number,
  name: string,
  superseded: readonly string[],
): BagCompared {
  const relative = utf8Path(`${taker.archiveId}/bags/${name}`);
  const bag = asBuffer(joinRaw(place.root, relative));
  const problems: RebuildProblem[] = [];
  let found: FoundFile[];
  let tagFiles: Map<string, ManifestEntry>;
  try {
    tagFiles = readManifest(bag, TAG_MANIFEST, 32);
    found = filesOf(bag, relative, place.root, problems);
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    const message = `No supplement tells of this bag, and it cannot be read: ${error.message}. It was left out.`;
    return { files: 0, problems: [problemAt(bag, 'bag_unreadable', message)] };
  }
  const named = nameOf(bag, taker.archiveId, name);
  const bagOf = (accrualId: number): RecordedBag => {
    for (const before of superseded) insertSuperseded(taker, place, { accrualId, locationId }, before);
    return insertBag(taker.context, { accrualId, locationId, relative, bag, found, tagFiles });
  };
  const known = taker.context.connection
    .sql<{ id: number }>(
      `SELECT c.id FROM accruals c JOIN accessions a ON a.id = c.accession_id WHERE a.number = ? AND c.number = ?`,
    )
    .get(named.number, named.accrual);
  // A later bag of an accrual would succeed the one that is known; that is a person's decision, and nothing tells of one.
  if (known !== undefined && hasBag(taker, known.id, locationId))
    return {
      files: 0,
      problems: [problemAt(bag, 'no_supplement', named.edition > 1 ? UNTOLD_SUCCESSOR : SECOND_COPY)],
    };
  if (known !== undefined) {
    taker.context.transactions.single(() => {
      bagOf(known.id);
      addCopies(taker.context, known.id, locationId, found, problems, place.root);
    });
  } else {
    problems.push(
      problemAt(
        bag,
        'no_supplement',
        `Nothing but this bag tells of accession ${named.number}: its description, rights and provenance are not known. Complete them, or name further places with --from.`,
      ),
    );
    takeAccession(taker, named, locationId, found, bagOf);
  }
  return { files: found.length, problems };
}

function filesOf(bag: Buffer, relative: RawPath, root: RawPath, problems: RebuildProblem[]): FoundFile[] {
  const sha256 = readManifest(bag, 'manifest-sha256.txt', 32);
  const sha512 = readManifest(bag, 'manifest-sha512.txt', 64);
  const folders = new PlainFolders(bag);
  return [...sha256.values()].flatMap((entry): FoundFile[] => {
    const inBag = utf8Path(entry.path);
    const path = joinRaw(relative, inBag);
    const stats = folders.file(inBag);
    if (stats === undefined) {
      const message = 'The manifest of its bag names it, and it is not there. It was left out.';
      problems.push(problemAt(joinRaw(root, path), 'not_there', message));
      return [];
    }
    const further = sha512.get(entry.path)?.digest;
    const nanoseconds = (ms: number): bigint => BigInt(Math.round(ms * 1e6));
    return [
      {
        path,
        reading: {
          status: 'read',
          stamp: {
            size: BigInt(stats.size),
            mtimeNs: nanoseconds(stats.mtimeMs),
            ctimeNs: nanoseconds(stats.ctimeMs),
            inode: BigInt(stats.ino),
          },
          sha256: entry.digest,
          digests: further === undefined ? [] : [{ algorithm: 'sha512', value: further }],
          kind: fileKind(baseName(inBag)),
          format: { name: 'unidentified', mime: 'application/octet-stream', puid: '' },
          identifiers: [],
          problems: [],
        },
      },
    ];
  });
}

function hasBag({ context }: BagTaker, accrualId: number, locationId: number): boolean {
  return (
    context.connection
      .sql('SELECT 1 FROM bags WHERE accrual_id = ? AND location_id = ? LIMIT 1')
      .get(accrualId, locationId) !== undefined
  );
}

/** Its number as `External-Identifier` says it, else by the name of its folder. */
export function nameOf(bag: Buffer, archiveId: string, folder: string): BagName {
  const info = readBagInfo(bag);
  const said = parseBagIdentifier(info.get('External-Identifier') ?? '', archiveId);
  const title = info.get('External-Description')?.slice(0, 1000).trim();
  return said === undefined
    ? { number: folder, accrual: 1, edition: 1, title: title ?? folder }
    : { ...said, title: title ?? said.number };
}

/** A bag that another one there succeeds: it is known, and none of its files is expected any more. */
function insertSuperseded(
  { context, archiveId }: BagTaker,
  { root }: RebuildPlace,
  of: { readonly accrualId: number; readonly locationId: number },
  name: string,
): void {
  const relative = utf8Path(`${archiveId}/bags/${name}`);
  const bag = asBuffer(joinRaw(root, relative));
  try {
    const tagFiles = readManifest(bag, TAG_MANIFEST, 32);
    insertBag(context, { ...of, relative, bag, found: filesOf(bag, relative, root, []), tagFiles });
  } catch (error) {
    // Then a rescan tells of its files.
    if (!(error instanceof HoldfastError)) throw error;
  }
}

function takeAccession(
  { context, files, proposer, agent }: BagTaker,
  named: BagName,
  locationId: number,
  found: readonly FoundFile[],
  bagOf: (accrualId: number) => RecordedBag,
): void {
  const { connection, transactions, acts } = context;
  const earlier = connection
    .sql<{ id: number }>('SELECT id FROM accessions WHERE number = ?')
    .get(named.number);
  const opened = transactions.single(() => {
    const accrual = openAccrual(context, {
      accession: { paths: [], title: named.title, rightsBasis: 'unknown', rightsNote: '' },
      ...(earlier === undefined ? {} : { accessionId: earlier.id }),
      resumeKey: `rebuild ${named.number}/${named.accrual}`,
      agent,
      mode: 'managed',
    });
    connection.sql('UPDATE accessions SET number = ? WHERE id = ?').run(named.number, accrual.accessionId);
    connection.sql('UPDATE accruals SET number = ? WHERE id = ?').run(named.accrual, accrual.accrualId);
    return accrual;
  });
  const { actId, accrualId } = opened;
  for (const [folder, inFolder] of byFolder(found)) {
    transactions.bulk(inFolder.length, () =>
      files.record(acts.use(actId), {
        actId,
        accrualId,
        locationId,
        folder,
        files: inFolder.map(({ path, reading }) => ({ name: baseName(path), outcome: reading })),
      }),
    );
    transactions.bulk(0, () => proposer.recordings(acts.use(actId), context.folders.at(locationId, folder)));
  }
  proposeOpenFolders(context, proposer, acts.use(actId));
  transactions.single(() => sealAccession(context, acts.use(actId), 'done', { bag: bagOf(accrualId) }));
}

function byFolder(found: readonly FoundFile[]): Iterable<[RawPath, FoundFile[]]> {
  const folders = new Map<string, [RawPath, FoundFile[]]>();
  for (const file of found) {
    const folder = parentOf(file.path);
    const key = Buffer.from(folder).toString('latin1');
    const group = folders.get(key) ?? [folder, []];
    group[1].push(file);
    folders.set(key, group);
  }
  return folders.values();
}

/** Replicas of contents that are known; not verified, since nobody has read them here. */
function addCopies(
  context: WriterContext,
  accrualId: number,
  locationId: number,
  found: readonly FoundFile[],
  problems: RebuildProblem[],
  root: RawPath,
): void {
  const { connection } = context;
  const object = connection.sql<{ id: number }>('SELECT id FROM objects WHERE sha256 = ?');
  const insert = connection.sql(
    `INSERT INTO replicas (object_id, folder_id, accrual_id, name, size, mtime_ns, ctime_ns, inode)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  for (const { path, reading } of found) {
    const known = object.get(reading.sha256);
    if (known === undefined) {
      const message =
        'The manifest of its bag names a content that the accession does not have. It was left out.';
      problems.push(problemAt(joinRaw(root, path), 'not_in_catalogue', message));
      continue;
    }
    const { size, mtimeNs, ctimeNs, inode } = reading.stamp;
    const folder = context.folders.at(locationId, parentOf(path));
    insert.run(known.id, folder.id, accrualId, baseName(path), size, mtimeNs, ctimeNs, inode);
  }
}

function insertBag(
  { connection }: WriterContext,
  from: {
    readonly accrualId: number;
    readonly locationId: number;
    readonly relative: RawPath;
    readonly bag: Buffer;
    readonly found: readonly FoundFile[];
    readonly tagFiles: ReadonlyMap<string, ManifestEntry>;
  },
): RecordedBag {
  const { accrualId, locationId, relative, bag, found, tagFiles } = from;
  const octets = found.reduce((sum, { reading }) => sum + Number(reading.stamp.size), 0);
  const id = Number(
    connection
      .sql(
        'INSERT INTO bags (accrual_id, location_id, path, octets, files, sealed_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(accrualId, locationId, relative, octets, found.length, Date.now()).lastInsertRowid,
  );
  const folders = new PlainFolders(bag);
  const insert = connection.sql(
    'INSERT INTO bag_tag_files (bag_id, name, size, sha256) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  for (const { path, digest } of tagFiles.values()) {
    const name = utf8Path(path);
    insert.run(id, name, folders.file(name)?.size ?? 0, digest);
  }
  // The tag manifests speak for all others, and nothing in the bag for them.
  const seals = [TAG_MANIFEST, OTHER_TAG_MANIFEST].flatMap((name) => {
    if (folders.file(utf8Path(name)) === undefined) return [];
    const seal = digestOf(Buffer.concat([bag, Buffer.from(`/${name}`)]));
    insert.run(id, utf8Path(name), seal.size, seal.sha256);
    return [seal];
  });
  const sealedBy = seals[0]?.sha256.toString('hex') ?? '';
  return { id, locationId, oxum: `${octets}.${found.length}`, sealedBy, direct: false };
}
