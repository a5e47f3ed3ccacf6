import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ArchivePolicy } from '../../../shared/contract/archive.ts';
import { formatAccessionNumber } from '../../../shared/domain/accession-number.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { DEFAULT_STATUS_POLICY } from '../../../shared/domain/preservation-status.ts';
import { DEFAULT_TECHNICAL_POLICY } from '../../../shared/domain/technical-policy.ts';
import type { Json } from '../../core/events/canonical-json.ts';
import type { ActingAgent } from '../../core/ports/catalogue.ts';
import { ARCHIVE_FILE, readArchiveFile, writeArchiveFile, type ArchiveFile } from './archive-file.ts';
import { DEFAULT_MASS_THRESHOLDS } from '../../../shared/domain/mass-change.ts';
import { catalogueError, openConnection } from './connection.ts';
import { migrateCatalogue, SCHEMA_VERSION } from './migrate.ts';
import { syncPath } from './sync-path.ts';
import { refuseNetworkFileSystem } from './volume.ts';
import { actorId, softwareId, EventLog, type SigningKey } from './writer/events.ts';

export const DEFAULT_POLICY: ArchivePolicy = {
  accessionPattern: '{year}-{n:4}',
  furtherDigests: [],
  verifyWithinDays: DEFAULT_STATUS_POLICY.verifiedWithinDays,
  technical: structuredClone(DEFAULT_TECHNICAL_POLICY) as ArchivePolicy['technical'],
  virusCheck: false,
  massChange: DEFAULT_MASS_THRESHOLDS,
};

export interface NewArchive {
  readonly dir: string;
  readonly name: string;
  readonly agent: ActingAgent;
  readonly policy?: ArchivePolicy;
  /** Makes the key that signs the log and keeps it in the folder given. */
  readonly createKey: (keysDir: string) => SigningKey & { readonly publicKey: string };
}

/** Everything is built here and moved up; archive.json, which makes a folder an archive, comes last. */
const BUILDING = '.holdfast-init';

/**
 * Makes an archive in a folder, which may exist when it is empty. After a crash the same call completes what was begun.
 * @throws HoldfastError ARCHIVE_EXISTS, BAD_INPUT for a folder with other things in it, NETWORK_FILE_SYSTEM,
 *   ARCHIVE_READ_ONLY, DISK_FULL.
 */
export function createArchive(input: NewArchive): ArchiveFile & { readonly path: string } {
  const dir = resolve(input.dir);
  const policy = input.policy ?? DEFAULT_POLICY;
  checkInput(input, policy);
  refuseNetworkFileSystem(dir);
  try {
    makeFolder(dir);
    const building = join(dir, BUILDING);
    if (!existsSync(join(building, ARCHIVE_FILE))) {
      refuseUsed(dir);
      rmSync(building, { recursive: true, force: true });
      build(building, input, policy);
    }
    return finish(dir, building, input.name);
  } catch (error) {
    throw readable(error, dir);
  }
}

function checkInput(input: NewArchive, policy: ArchivePolicy): void {
  if (input.name.trim() === '') throw new HoldfastError('BAD_INPUT', 'An archive needs a name.');
  if (!input.dir.isWellFormed() || input.dir.includes('\u{fffd}'))
    throw new HoldfastError(
      'BAD_INPUT',
      'The path of an archive must be UTF-8. Choose another folder for it.',
    );
  try {
    formatAccessionNumber(policy.accessionPattern, 2000, 1);
  } catch (error) {
    throw new HoldfastError('BAD_INPUT', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

/** Not with `recursive`: where the system refuses a folder (/proc), Node then tries for ever, or gives another reason. */
function makeFolder(dir: string): void {
  const missing: string[] = [];
  for (let folder = dir; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) mkdirSync(folder);
  if (missing[0] !== undefined) syncPath(dirname(missing[0]));
}

function refuseUsed(dir: string): void {
  if (existsSync(join(dir, ARCHIVE_FILE))) {
    const { name } = readArchiveFile(dir);
    throw new HoldfastError(
      'ARCHIVE_EXISTS',
      `${dir} is an archive already ("${name}"). Nothing was changed.`,
    );
  }
  const other = readdirSync(dir).find((entry) => entry !== BUILDING);
  if (other !== undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `${dir} is not empty ("${other}" is in it). An archive needs a folder of its own; choose an empty or a new one.`,
    );
}

function build(building: string, input: NewArchive, policy: ArchivePolicy): void {
  for (const folder of ['', 'exports', 'logs']) mkdirSync(join(building, folder));
  mkdirSync(join(building, 'keys'), { mode: 0o700 });
  const key = input.createKey(join(building, 'keys'));
  const id = randomUUID();
  const now = Date.now();
  const path = join(building, 'catalogue.sqlite');
  migrateCatalogue(path);
  const connection = openConnection(path);
  try {
    connection.sql('BEGIN IMMEDIATE').run();
    connection
      .sql(
        `INSERT INTO archive
           (one, id, name, accession_pattern, further_digests, verify_within_days, technical_policy, virus_check, mass_change, created_at)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        input.name,
        policy.accessionPattern,
        JSON.stringify(policy.furtherDigests),
        policy.verifyWithinDays,
        JSON.stringify(policy.technical),
        Number(policy.virusCheck),
        JSON.stringify(policy.massChange),
        now,
      );
    connection
      .sql('INSERT INTO signing_keys (id, public_key, since) VALUES (?, ?, ?)')
      .run(key.id, key.publicKey, now);
    softwareId(connection, input.agent.softwareVersion);
    // The first event ties the chain to this archive and to the key that signs it.
    new EventLog(connection, key).append(
      {
        type: 'policy assignment',
        outcome: 'success',
        agentId: actorId(connection, input.agent.name),
        links: [{ kind: 'archive', id: 1 }],
        facts: {
          archive: id,
          key: { id: key.id, algorithm: 'Ed25519', publicKey: key.publicKey },
          policy: {
            accessionPattern: policy.accessionPattern,
            furtherDigests: [...policy.furtherDigests],
            verifyWithinDays: policy.verifyWithinDays,
            technical: JSON.parse(JSON.stringify(policy.technical)) as Json,
            virusCheck: policy.virusCheck,
            massChange: { ...policy.massChange },
          },
        },
        details: { note: `Archive "${input.name}" made`, name: input.name },
      },
      now,
    );
    connection.sql('COMMIT').run();
  } finally {
    // The last connection to close moves everything out of the write-ahead log, so that one file remains.
    connection.close();
  }
  for (const entry of ['catalogue.sqlite', 'keys', 'exports', 'logs', '']) syncPath(join(building, entry));
  writeArchiveFile(building, { id, name: input.name, schemaVersion: SCHEMA_VERSION });
}

function finish(dir: string, building: string, name: string): ArchiveFile & { readonly path: string } {
  const file = readArchiveFile(building);
  for (const entry of readdirSync(building))
    if (entry !== ARCHIVE_FILE) renameSync(join(building, entry), join(dir, entry));
  syncPath(dir);
  renameSync(join(building, ARCHIVE_FILE), join(dir, ARCHIVE_FILE));
  rmdirSync(building);
  syncPath(dir);
  if (file.name !== name)
    throw new HoldfastError(
      'ARCHIVE_EXISTS',
      `${dir} was being made as the archive "${file.name}" when that was interrupted; it is complete now.`,
    );
  return { ...file, path: dir };
}

function readable(cause: unknown, dir: string): unknown {
  const error = catalogueError(cause, join(dir, 'catalogue.sqlite'));
  switch ('code' in error ? error.code : undefined) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'DISK_FULL':
      return new HoldfastError(
        'DISK_FULL',
        `The volume of ${dir} is full, so no archive was made. Make room there, then run this again.`,
        { cause: error },
      );
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
    case 'ENOENT': // as /proc says it
      return new HoldfastError(
        'ARCHIVE_READ_ONLY',
        `Nothing can be written in ${dir}. Choose another folder, or give this user permission.`,
        { cause: error },
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new HoldfastError(
        'BAD_INPUT',
        `${dir} cannot be a folder: a file is in the way. Choose another path.`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}
