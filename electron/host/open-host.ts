import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { Contract } from '../../shared/contract/index.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';
import { bagWriter } from '../adapters/bagit/bag-writer.ts';
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
import { migrateCatalogue } from '../adapters/sqlite/migrate.ts';
import { openReadOnlyCopy } from '../adapters/sqlite/read-only-copy.ts';
import { signingKeyId } from '../adapters/sqlite/signing-key-id.ts';
import { refuseNetworkFileSystem } from '../adapters/sqlite/volume.ts';
import { JobRunner, type JobStore } from '../core/jobs/job-runner.ts';
import type { CatalogueReader, CatalogueWriter } from '../core/ports/catalogue.ts';
import { protectCatalogue } from '../core/replication/protect-catalogue.ts';
import { managedStore } from '../adapters/storage/managed-store.ts';
import { createFiles, type FileWork } from '../workers/files.ts';
import type { HostContext } from './context.ts';
import { createArchive } from './create-archive.ts';
import { PassingJobs } from './passing-jobs.ts';
import { router } from './router/index.ts';
import { servePort } from './serve-port.ts';
import { keepHeapSmall } from './small-heap.ts';
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
  /** What will be done with files: a thread for each kind starts while the catalogue opens. Nothing is refused without. */
  readonly work?: readonly FileWork[];
}

type Client = ContractRouterClient<Contract>;

/** An open archive. One process holds an archive for writing; several may read while none does. */
export interface Host {
  readonly client: Client;
  /** Serves the same contract to whoever holds the other end. */
  serve(port: MessagePort): void;
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
  keepHeapSmall();
  const dir = resolve(options.archive);
  const archive = readArchiveFile(dir);
  refuseNetworkFileSystem(dir);
  const agent = { name: options.agent, softwareVersion: version };
  const opening =
    options.mode === 'write'
      ? openForWriting(dir, archive, options)
      : Promise.resolve(openForReading(dir, archive, options));
  const files = createFiles();
  files.start(options.work ?? []);
  const opened = await opening.catch(async (error: unknown) => {
    await files.close();
    throw error;
  });
  const context: HostContext = {
    archivePath: dir,
    reader: opened.reader,
    writer: opened.writer,
    files,
    tables,
    exports,
    store: managedStore,
    bags: bagWriter,
    validator: bagValidator,
    protection: opened.writer && openCatalogueProtection(join(dir, 'catalogue.sqlite')),
    jobs: new JobRunner(catalogueJobs(opened)),
    passingJobs: new PassingJobs(),
    agent,
  };
  return {
    client: createRouterClient(router, { context }),
    serve(port) {
      servePort(port, context);
    },
    async close() {
      await context.jobs.shutdown();
      await context.passingJobs.runner.shutdown();
      try {
        return await protectAtClose(context);
      } finally {
        await files.close();
        await opened.close();
      }
    },
  };
}

async function protectAtClose(context: HostContext): Promise<readonly string[]> {
  const { protection, reader, writer, files } = context;
  if (protection === undefined || writer === undefined) return [];
  try {
    const tools = { catalogue: { reader, writer }, files, protection };
    const { problems } = await protectCatalogue(tools, { occasion: 'close' });
    return problems.map(
      ({ name, message }) => `The copy of the catalogue at "${name}" is not up to date. ${message}`,
    );
  } finally {
    await protection.close();
  }
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
  { command, readers = 1 }: HostOptions,
): Promise<Opened> {
  const lock = acquireHostLock(dir, { command });
  const path = join(dir, 'catalogue.sqlite');
  try {
    checkArchive(dir, archive);
    const { from, to } = migrateCatalogue(path);
    if (from !== to) writeArchiveFile(dir, { ...archive, schemaVersion: to });
    const key = loadSigningKey(join(dir, 'keys'), signingKeyId(path));
    // Started side by side: a thread takes longer to start than to open the catalogue.
    const connecting = connectCatalogueWriter(path, key);
    const reader = openReader(path, { archivePath: dir, readOnly: false, threads: readers });
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

function openForReading(dir: string, archive: ArchiveFile, { readers = 1 }: HostOptions): Opened {
  const { path, release } = isWritable(dir) ? lockedForReading(dir) : copiedForReading(dir);
  try {
    checkArchive(dir, archive, path);
    const reader = openReader(path, { archivePath: dir, readOnly: true, threads: readers });
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

function lockedForReading(dir: string): Readable {
  const lock = acquireReadLock(dir);
  return { path: join(dir, 'catalogue.sqlite'), release: () => lock.release() };
}

function copiedForReading(dir: string): Readable {
  const copy = openReadOnlyCopy(dir);
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

function catalogueJobs({ reader, writer }: Opened): JobStore {
  return {
    get: (id) => reader.job(id),
    save: async (id, change) => writer?.saveJob(id, change),
  };
}
