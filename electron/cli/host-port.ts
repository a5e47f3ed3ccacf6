/** What the command line asks of the host. Declared here so that it can be loaded late, and replaced in tests. */
import type { ContractRouterClient } from '@orpc/contract';
import type { ArchivePolicy } from '../../shared/contract/archive.ts';
import type { PathValue } from '../../shared/contract/common.ts';
import type { Contract } from '../../shared/contract/index.ts';
import type { InspectedFile } from '../../shared/contract/inspection.ts';
import type { JobProgress } from '../../shared/contract/jobs.ts';
import type { RebuildResult } from '../../shared/contract/rebuild.ts';

export type Client = ContractRouterClient<Contract>;

/** What a command will do with files, so that threads can start at once: see the host. */
export interface FileWork {
  readonly scan?: 'alone' | 'ahead';
  readonly read?: 'few' | 'all';
}

/** What an archive will be opened for; its threads start while the host loads. */
export interface Needs {
  readonly mode: 'write' | 'read';
  readonly work?: FileWork;
}

export interface Host {
  readonly client: Client;
  /** Of another process's host: whether it can no longer be reached. */
  isLost?(): boolean;
  /** Returns what a person should know of how it closed. */
  close(): Promise<readonly string[]>;
}

export interface Surveyor {
  readonly client: Pick<Client, 'accession' | 'packaging' | 'jobs'>;
  close(): Promise<readonly string[]>;
}

/** How the system calls this program every hour; see the host. */
interface TimerOptions {
  readonly archive: string;
  readonly program: readonly string[];
  readonly agent: string;
}

interface Timer {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly isRunning: boolean;
}

/** What became of the check of a proof; see the host. */
export interface CheckedProof {
  readonly ok: boolean;
  readonly reason?: string;
  readonly proven?: {
    readonly outcome: string;
    readonly replica: number;
    readonly sha256?: string;
    readonly at: string;
    readonly event: string;
    readonly head: { readonly seq: number; readonly hash: string; readonly at: string };
  };
  readonly names?:
    { readonly archive: string; readonly location: string; readonly path: PathValue } | undefined;
}

export interface HostModule {
  readonly openHost: (options: {
    archive: string;
    agent: string;
    mode: 'write' | 'read';
    command: string;
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
  /** What files say of themselves; see the host. */
  readonly inspectFiles: (options: {
    paths: readonly PathValue[];
    deep: boolean;
    signal: AbortSignal;
    onProgress: (progress: JobProgress) => void;
    onFile: (file: InspectedFile) => void;
  }) => Promise<void>;
  readonly describeTimer: (options: TimerOptions) => Timer;
  readonly installTimer: (options: TimerOptions) => Promise<Timer>;
  readonly uninstallTimer: (options: TimerOptions) => Promise<string[]>;
  /** Checks a proof that an archive handed out, without any archive. */
  readonly verifyProof: (text: string, publicKey: string) => CheckedProof;
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

/** Imports the host: sqlite and all. With `needs` its threads start meanwhile, for one archive to be opened. */
export type LoadHost = (needs?: Needs) => Promise<HostModule>;
