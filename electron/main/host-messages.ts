/** What the shell and the process of the host say to each other. */

export type ToHost =
  /** `resume`: jobs that were stopped by quitting. `archive` absent: the person's own, made where there is none. */
  | { readonly type: 'open'; readonly archive?: string; readonly resume: readonly string[] }
  /** With a port: the contract for a window. */
  | { readonly type: 'serve' }
  /** With a port: one replica to be listened to. */
  | { readonly type: 'listen'; readonly replica: string }
  | { readonly type: 'audit' }
  | { readonly type: 'ping' }
  | { readonly type: 'close' };

export interface RunningJob {
  readonly id: string;
  readonly title: string;
}

/** What the tray says. */
export interface Health {
  readonly findings: number;
  readonly overdue: number;
  /** Never verified, and not overdue yet. */
  readonly awaiting: number;
  readonly replicas: number;
}

export type FromHost =
  | { readonly type: 'pong' }
  | {
      readonly type: 'opened';
      readonly name: string;
      readonly path: string;
      readonly recent: readonly { readonly name: string; readonly path: string }[];
    }
  | { readonly type: 'refused'; readonly code: string; readonly message: string }
  | { readonly type: 'jobs'; readonly running: readonly RunningJob[] }
  | { readonly type: 'health'; readonly health: Health }
  /** It could not be done: why, for a person. */
  | { readonly type: 'note'; readonly message: string }
  | { readonly type: 'closed'; readonly notes: readonly string[] };
