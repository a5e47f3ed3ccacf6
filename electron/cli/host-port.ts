/** What the command line asks of the host. Declared here so that it can be loaded late, and replaced in tests. */
import type { ContractRouterClient } from '@orpc/contract';
import type { ArchivePolicy } from '../../shared/contract/archive.ts';
import type { PathValue } from '../../shared/contract/common.ts';
import type { Contract } from '../../shared/contract/index.ts';
import type { JobProgress } from '../../shared/contract/jobs.ts';
import type { RebuildResult } from '../../shared/contract/rebuild.ts';

export type Client = ContractRouterClient<Contract>;

/** What a command will do with files, so that the host can start its threads at once. */
export type FileWork = 'scan' | 'read';

export interface Host {
  readonly client: Client;
  /** Returns what a person should know of how it closed. */
  close(): Promise<readonly string[]>;
}

export interface Surveyor {
  readonly client: Pick<Client, 'accession' | 'packaging' | 'jobs'>;
  close(): Promise<readonly string[]>;
}

export interface HostModule {
  readonly openHost: (options: {
    archive: string;
    agent: string;
    mode: 'write' | 'read';
    command: string;
    work?: readonly FileWork[];
  }) => Promise<Host>;
  readonly createArchive: (options: {
    dir: string;
    name: string;
    agent: string;
    policy?: Partial<ArchivePolicy>;
  }) => Promise<{ id: string; path: string }>;
  readonly defaultArchiveDir: () => string;
  /** @throws HoldfastError FOLDER_NOT_FOUND, NOT_A_FOLDER, FOLDER_UNREADABLE */
  readonly requireFolder: (path: PathValue) => Promise<void>;
  readonly openSurveyor: () => Promise<Surveyor>;
  /** Makes an archive anew from managed locations; see the host. */
  readonly rebuildArchive: (options: {
    dir: string;
    from: readonly PathValue[];
    agent: string;
    archiveId?: string;
    moved?: boolean;
    signal: AbortSignal;
    onProgress: (progress: JobProgress) => void;
  }) => Promise<RebuildResult>;
}
