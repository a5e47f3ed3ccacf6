/** What runs in the process of the host: opens an archive, serves windows, and tells the shell of jobs and health. */
import type { ArchiveStatus } from '../../shared/contract/archive.ts';
import type { Host } from '../host/index.ts';
import { serveListening } from './host-listening.ts';
import type { FromHost, Health, ToHost } from './host-messages.ts';
import type { Line } from './line.ts';

export interface ServiceOptions {
  /** Opens an archive; without a folder the person's own, made where there is none. */
  open(archive: string | undefined): Promise<{ readonly host: Host; readonly path: string }>;
  readonly tell: (message: FromHost) => void;
  exit(): void;
}

export class HostService {
  readonly #options: ServiceOptions;
  #opening: Promise<Host | undefined> = Promise.resolve(undefined);
  #closing = false;
  readonly #stop = new AbortController();

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  take(message: ToHost, lines: readonly Line[] = []): void {
    const [line] = lines;
    switch (message.type) {
      case 'open':
        this.#opening = this.#open(message.archive, message.resume);
        return;
      case 'serve':
        if (line !== undefined) this.#whenOpen((host) => host.serve(line), line);
        return;
      case 'listen':
        if (line !== undefined)
          this.#whenOpen((host) => serveListening(line, () => host.media(message.replica)), line);
        return;
      case 'audit':
        this.#whenOpen((host) => this.#note(host.client.fixity.audit({})));
        return;
      case 'ping':
        return this.#options.tell({ type: 'pong' });
      case 'close':
        if (!this.#closing) this.#note(this.#close());
    }
  }

  async #open(archive: string | undefined, resume: readonly string[]): Promise<Host | undefined> {
    const { tell } = this.#options;
    try {
      const { host, path } = await this.#options.open(archive);
      const status = await host.client.archive.status();
      const { rows: recent } = await host.client.preferences.recentArchives();
      tell({ type: 'opened', name: status.archive.name, path, recent });
      tell({ type: 'health', health: healthOf(status) });
      this.#note(this.#watchJobs(host));
      this.#note(this.#watchHealth(host));
      // Those that a person has cancelled or resumed by another way meanwhile say so; nothing is lost by asking.
      for (const id of resume) this.#note(host.client.jobs.resume({ id }));
      return host;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
      tell({ type: 'refused', code, message: wordsOf(error) });
      return undefined;
    }
  }

  async #close(): Promise<void> {
    this.#closing = true;
    this.#stop.abort();
    const host = await this.#opening;
    try {
      const notes = (await host?.close()) ?? [];
      this.#options.tell({ type: 'closed', notes });
    } finally {
      this.#options.exit();
    }
  }

  async #watchJobs(host: Host): Promise<void> {
    const options = { signal: this.#stop.signal };
    for await (const { rows } of await host.client.jobs.watchOpen(undefined, options)) {
      const running = rows.filter(({ state }) => state === 'running').map(({ id, title }) => ({ id, title }));
      this.#options.tell({ type: 'jobs', running });
    }
  }

  async #watchHealth(host: Host): Promise<void> {
    const options = { signal: this.#stop.signal };
    for await (const { topics } of await host.client.archive.changes(undefined, options)) {
      if (!topics.includes('events')) continue;
      this.#options.tell({ type: 'health', health: healthOf(await host.client.archive.status()) });
    }
  }

  #whenOpen(act: (host: Host) => void, line?: Line): void {
    this.#note(
      this.#opening.then((host) => {
        if (host === undefined || this.#closing) line?.close();
        else act(host);
      }),
    );
  }

  #note(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!this.#stop.signal.aborted) this.#options.tell({ type: 'note', message: wordsOf(error) });
    });
  }
}

function healthOf({ openFindings, overdue, awaitingFirstCheck, replicas }: ArchiveStatus): Health {
  return { findings: openFindings, overdue, awaiting: awaitingFirstCheck, replicas };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
