import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { WebSocket } from 'ws';
import type { Contract } from '../../shared/contract/index.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { bagWriter } from '../adapters/bagit/bag-writer.ts';
import { bagProfiles } from '../adapters/bagit/read-profile.ts';
import { serialisedBags } from '../adapters/bagit/serialised/serialised-bags.ts';
import { bagValidator } from '../adapters/bagit/validate-bag.ts';
import { tables } from '../adapters/csv/read-table.ts';
import { exports } from '../adapters/exports/write-exports.ts';
import { loadSigningKey } from '../adapters/keys/signing-keys.ts';
import { readArchiveFile, writeArchiveFile, type ArchiveFile } from '../adapters/sqlite/archive-file.ts';
import { openCatalogueProtection } from '../adapters/sqlite/catalogue-protection.ts';
import { openReader } from '../adapters/sqlite/catalogue-reader.ts';
import { connectCatalogueWriter } from '../adapters/sqlite/catalogue-writer.ts';
import { checkArchive } from '../adapters/sqlite/check-archive.ts';
import { acquireHostLock, acquireReadLock } from '../adapters/sqlite/lock.ts';
import { migrateCatalogue, SCHEMA_VERSION } from '../adapters/sqlite/migrate.ts';
import { openReadOnlyCopy } from '../adapters/sqlite/read-only-copy.ts';
import { signingKeyId } from '../adapters/sqlite/signing-key-id.ts';
import { refuseNetworkFileSystem } from '../adapters/sqlite/volume.ts';
import { JobRunner, type JobStore } from '../core/jobs/job-runner.ts';
import type { CatalogueReader, CatalogueWriter } from '../core/ports/catalogue.ts';
import { smtp } from '../adapters/notify/smtp.ts';
import { mailPassword } from '../adapters/preferences/mail-password.ts';
import { chromium } from '../adapters/printing/chromium.ts';
import { openPreferences } from '../adapters/preferences/preference-files.ts';
import { folders } from '../adapters/storage/list-folders.ts';
import { packagePlace } from '../adapters/storage/package-place.ts';
import { openQuietly } from '../adapters/storage/read-file.ts';
import { clamdscan } from '../adapters/virus/clamdscan.ts';
import { managedStore } from '../adapters/storage/managed-store.ts';
import { tellRuns } from '../core/telling/tell-runs.ts';
import { Changes } from './changes.ts';
import { withAgent, type HostContext } from './context.ts';
import { createArchive } from './create-archive.ts';
import { CatalogueKeeper } from './keeper.ts';
import { openMedia, type Media } from './media.ts';
import { PassingJobs } from './passing-jobs.ts';
import { RecoverySweeper } from './recovery-sweeper.ts';
import { router } from './router/index.ts';
import { startScheduled } from './router/fixity.ts';
import { quarantineTools } from './router/quarantine.ts';
import { Scheduler } from './scheduler.ts';
import { servePort, type ServedPort } from './serve-port.ts';
import { serveSocket } from './serve-socket.ts';
import { keepHeapSmall } from './small-heap.ts';
import { endThreads, startThreads, type HostThreads } from './start-threads.ts';
import { defaultStateFolder } from './state-folder.ts';
import { version } from './version.ts';

export interface HostOptions {
  /** The archive's folder. */
  readonly archive: string;
  /** Who acts, as it will stand in the log. */
  readonly agent: string;
  /** `read` opens no writer: an archive on a read-only volume can be looked at. */
  readonly mode: 'write' | 'read';
  /** What this process does, for whoever finds the archive held by it. */
  readonly command: string;
  /** Threads that read the catalogue; default 1. Two where screens must not wait for a heavy query. */
  readonly readers?: 1 | 2;
  /** Threads that were started while this module was loaded, for the same mode. */
  readonly threads?: HostThreads;
  /** Where preferences are kept; by default the user's folder for state. */
  readonly stateFolder?: string;
  /** Folder of the collection that ships with the program; offered to an archive that is empty. */
  readonly sample?: string;
  /** Puts the archive on the list of recently opened ones. */
  readonly remember?: boolean;
  /** Milliseconds after the last act in which managed locations get what changed of the catalogue; absent: when it closes. */
  readonly protectAfterMs?: number;
  /** How often it is looked for schedules that are due, in milliseconds; absent: only when a command asks for it. */
  readonly scheduleEveryMs?: number;
}

type Client = ContractRouterClient<Contract>;

/** An open archive. One process holds an archive for writing; several may read while none does. */
export interface Host {
  readonly client: Client;
  /** Serves the same contract to whoever holds the other end. */
  serve(port: ServedPort): void;
  /** The same over a WebSocket; `agent` is who acts through it, where that is not the one who opened the archive. */
  serveSocket(socket: WebSocket, options?: { readonly agent?: string }): void;
  /**
   * Opens an audio or video replica (`rep-12`) to be listened to.
   * @throws HoldfastError BAD_INPUT, NOT_FOUND, UNSUPPORTED, LOCATION_UNREACHABLE
   */
  media(replicaId: string): Promise<Media>;
  /**
   * Pauses what is running, gives managed locations what changed of the catalogue, closes it and gives the archive free.
   * Returns what a person should know of it: locations whose copy is not up to date, and why.
   */
  close(): Promise<readonly string[]>;
}

/** The catalogue as it was opened, and what must be undone when it is closed. */
interface Opened {
  readonly reader: CatalogueReader;
  readonly writer?: CatalogueWriter;
  close(): Promise<void>;
}

/**
 * Opens an archive.
 * @throws HoldfastError ARCHIVE_NOT_FOUND, ARCHIVE_HELD, ARCHIVE_READ_ONLY, NETWORK_FILE_SYSTEM, CATALOGUE_NEWER,
 *   CATALOGUE_CORRUPT, DISK_FULL
 */
export async function openHost(options: HostOptions): Promise<Host> {
  // After the threads, which start the slower for it.
  const threads = options.threads ?? startThreads(options);
  keepHeapSmall();
  try {
    return await openWith(threads, options);
  } catch (error) {
    await endThreads(threads);
    throw error;
  }
}

async function openWith(threads: HostThreads, options: HostOptions): Promise<Host> {
  const dir = resolve(options.archive);
  const archive = readArchiveFile(dir);
  refuseNetworkFileSystem(dir);
  const agent = { name: options.agent, softwareVersion: version };
  const { files } = threads;
  const opened =
    options.mode === 'write'
      ? await openForWriting(dir, archive, threads, options)
      : openForReading(dir, archive, threads, options);
  const changes = new Changes();
  const writer = opened.writer && changes.telling(opened.writer);
  const jobs = new JobRunner(catalogueJobs(opened.reader, writer));
  const protection = writer && openCatalogueProtection(join(dir, 'catalogue.sqlite'));
  const tools =
    writer && protection
      ? { catalogue: { reader: opened.reader, writer }, files, protection, store: managedStore }
      : undefined;
  const stateFolder = options.stateFolder ?? defaultStateFolder();
  const preferences = openPreferences(stateFolder, archive.id);
  const telling = { mailer: smtp, password: mailPassword(stateFolder, archive.id) };
  if (options.remember === true) await preferences.opened({ name: archive.name, path: dir });
  const context: HostContext = {
    archivePath: dir,
    reader: opened.reader,
    writer,
    files,
    tables,
    exports,
    printer: chromium,
    store: managedStore,
    bags: bagWriter,
    validator: bagValidator,
    serialisedBags,
    bagProfiles,
    packagePlace,
    handOutsUnderWay: new Set(),
    virusScanner: clamdscan((path) => openQuietly(Buffer.from(path))),
    telling,
    scheduler:
      tools &&
      new Scheduler(
        {
          catalogue: tools.catalogue,
          jobs,
          start: (schedule) => startScheduled(context, schedule),
          tell: () => tellRuns(tools.catalogue, telling, Date.now()),
        },
        options.scheduleEveryMs,
      ),
    keeper: tools && new CatalogueKeeper(tools, jobs, changes, options.protectAfterMs),
    changes,
    preferences,
    folders,
    jobs,
    passingJobs: new PassingJobs(),
    agent,
    sample:
      options.sample === undefined || !existsSync(options.sample) ? undefined : utf8Path(options.sample),
  };
  // Only where the archive stays open: a command that asks for a list must not wake every disk.
  const sweeper =
    writer === undefined || options.protectAfterMs === undefined
      ? undefined
      : new RecoverySweeper(quarantineTools(context));
  return {
    client: createRouterClient(router, { context }),
    serve(port) {
      servePort(port, context);
    },
    serveSocket(socket, { agent } = {}) {
      serveSocket(socket, agent === undefined ? context : withAgent(context, agent));
    },
    media: (replicaId) => openMedia(context, replicaId),
    async close() {
      context.scheduler?.stopStarting();
      await context.jobs.shutdown();
      await context.scheduler?.close();
      await context.passingJobs.runner.shutdown();
      const left = (await sweeper?.close()) ?? [];
      try {
        return [...left, ...((await context.keeper?.close()) ?? [])];
      } finally {
        await protection?.close();
        await files.close();
        await opened.close();
      }
    },
  };
}

/** Opens what a survey needs where there is no archive: an empty one that is gone with the host. */
export async function openSurveyor(): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-survey-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const archive = join(folder, 'archive');
    await createArchive({ dir: archive, name: 'Survey', agent: 'survey' });
    const host = await openHost({ archive, agent: 'survey', mode: 'read', command: 'survey' });
    return {
      ...host,
      async close() {
        const notes = await host.close();
        remove();
        return notes;
      },
    };
  } catch (error) {
    remove();
    if (!(error instanceof HoldfastError) || error.code !== 'DISK_FULL') throw error;
    throw new HoldfastError(
      'DISK_FULL',
      `The volume of ${tmpdir()} has no room for what a survey keeps while it runs (1 MB). Make room there, or set TMPDIR to a folder that has.`,
      { cause: error },
    );
  }
}

async function openForWriting(
  dir: string,
  archive: ArchiveFile,
  threads: HostThreads,
  { command, readers = 1 }: HostOptions,
): Promise<Opened> {
  const lock = acquireHostLock(dir, { command });
  const path = join(dir, 'catalogue.sqlite');
  try {
    bringUpToDate(dir, archive);
    const key = loadSigningKey(join(dir, 'keys'), signingKeyId(path));
    // Started side by side: a thread takes longer to start than to open the catalogue.
    const connecting = connectCatalogueWriter(path, key, threads.writer);
    const reader = openReader(path, {
      archivePath: dir,
      readOnly: false,
      threads: readers,
      started: threads.reader,
    });
    try {
      const writer = await connecting;
      await writer.markInterrupted();
      return {
        reader,
        writer,
        async close() {
          await reader.close();
          await writer.close();
          lock.release();
        },
      };
    } catch (error) {
      await reader.close().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The caller holds the host lock. */
function bringUpToDate(dir: string, archive: ArchiveFile): void {
  checkArchive(dir, archive);
  const { to } = migrateCatalogue(join(dir, 'catalogue.sqlite'));
  if (archive.schemaVersion !== to) writeArchiveFile(dir, { ...archive, schemaVersion: to });
}

function openForReading(
  dir: string,
  archive: ArchiveFile,
  threads: HostThreads,
  { readers = 1, command }: HostOptions,
): Opened {
  const { path, release } = isWritable(dir)
    ? lockedForReading(dir, archive, command)
    : copiedForReading(dir, archive);
  try {
    const reader = openReader(path, {
      archivePath: dir,
      readOnly: true,
      threads: readers,
      started: threads.reader,
    });
    return {
      reader,
      async close() {
        await reader.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

interface Readable {
  readonly path: string;
  readonly release: () => void;
}

/** What an older program has written cannot be read as it is: it is brought up to date first, as a writer does. */
function lockedForReading(dir: string, archive: ArchiveFile, command: string): Readable {
  const path = join(dir, 'catalogue.sqlite');
  const lock = acquireReadLock(dir);
  try {
    if (checkArchive(dir, archive) === SCHEMA_VERSION) return { path, release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
  lock.release();
  const own = acquireHostLock(dir, { command });
  try {
    bringUpToDate(dir, archive);
  } finally {
    own.release();
  }
  const again = acquireReadLock(dir);
  return { path, release: () => again.release() };
}

function copiedForReading(dir: string, archive: ArchiveFile): Readable {
  const copy = openReadOnlyCopy(dir);
  try {
    checkArchive(dir, archive, copy.path);
  } catch (error) {
    copy.remove();
    throw error;
  }
  return { path: copy.path, release: () => copy.remove() };
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    // Another user's folder, or a volume mounted read-only.
    return false;
  }
}

function catalogueJobs(reader: CatalogueReader, writer: CatalogueWriter | undefined): JobStore {
  return {
    get: (id) => reader.job(id),
    async save(id, change) {
      await writer?.saveJob(id, change);
    },
  };
}
