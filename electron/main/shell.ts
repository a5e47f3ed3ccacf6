/** The shell at work: which archive is open, what a person is asked, and how the program ends. Electron is behind its parts. */
import type { Asked } from './arguments.ts';
import type { FromHost, Health } from './host-messages.ts';
import { HostProcess, type Child } from './host-process.ts';
import type { JobsAtWork } from './jobs-at-work.ts';
import type { Remembered } from './memory.ts';
import { WORDS } from './words.ts';

export interface ShellWindow {
  /** Makes it where there is none, and brings it to the front. */
  show(): void;
  /** Has the page go to a place of the app, in a window that is shown. */
  go(place: string): void;
  /** Where there is one. */
  reload(): void;
  setProgress(share: number | undefined): void;
}

export interface Question {
  readonly title: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  /** What Escape and closing mean. */
  readonly cancel: number;
}

export interface ShellParts<Port> {
  fork(): Child<Port>;
  readonly window: ShellWindow;
  readonly memory: {
    readonly value: Remembered;
    set(change: Partial<Record<keyof Remembered, unknown>>): void;
  };
  readonly log: { useArchive(path: string): void };
  readonly jobs: JobsAtWork;
  readonly ask: (question: Question) => Promise<number>;
  readonly tell: (title: string, body: string) => void;
  readonly chooseFolder: (title: string) => Promise<string | undefined>;
  readonly isArchive: (path: string) => boolean;
  /** Menus and tray are to be made anew. */
  readonly refresh: () => void;
  /** Ends the program without asking again. */
  readonly exit: () => void;
}

export class Shell<Port extends { close(): void }> {
  readonly #parts: ShellParts<Port>;
  readonly #host: HostProcess<Port>;
  #archive: string | undefined;
  #health: Health | undefined;
  #recent: readonly { readonly name: string; readonly path: string }[] = [];
  #isAsking = false;

  constructor(parts: ShellParts<Port>) {
    this.#parts = parts;
    this.#host = new HostProcess<Port>({
      fork: () => parts.fork(),
      onMessage: (message) => this.#take(message),
      onRestart: () => {
        this.#rest();
        parts.tell(WORDS.restarted, WORDS.restartedWhy);
      },
      onGiveUp: () => {
        this.#rest();
        this.#offer(WORDS.gaveUp, WORDS.gaveUpWhy(this.#archive ?? '')).catch(() => parts.exit());
      },
    });
  }

  get health(): Health | undefined {
    return this.#health;
  }

  /** Other archives that were opened, the newest first. */
  get recent(): readonly { readonly name: string; readonly path: string }[] {
    return this.#recent.filter(({ path }) => path !== this.#archive);
  }

  async start({ archive, place, isHidden }: Asked): Promise<void> {
    const { memory, window } = this.#parts;
    const { archive: last, resume } = memory.value;
    await this.#open(archive ?? last, resume);
    if (place !== undefined) window.go(place);
    else if (!isHidden) window.show();
  }

  /** Started a second time: this one answers. */
  async again({ archive, place, isHidden }: Asked): Promise<void> {
    if (!isHidden && place === undefined) this.#parts.window.show();
    if (archive !== undefined && archive !== this.#archive) await this.openArchive(archive);
    if (place !== undefined) this.#parts.window.go(place);
  }

  /** @throws Error with words for a person, where it is no archive. */
  async openArchive(path: string): Promise<void> {
    const { isArchive, window } = this.#parts;
    if (!isArchive(path)) throw new Error(WORDS.notArchive(path));
    if (!(await this.#mayStop())) return;
    await this.#open(path);
    window.reload();
  }

  async chooseArchive(): Promise<void> {
    const path = await this.#parts.chooseFolder(WORDS.chooseArchive);
    if (path !== undefined) await this.openArchive(path);
  }

  audit(): void {
    this.#host.send({ type: 'audit' });
  }

  /** Gives a window its line to the host. */
  connect(port: Port): void {
    if (!this.#host.send({ type: 'serve' }, [port])) port.close();
  }

  /** @returns false where no archive is open. */
  listen(replica: string, port: Port): boolean {
    return this.#host.send({ type: 'listen', replica }, [port]);
  }

  /** Ends the program, once jobs are paused and the catalogue is closed; asks where jobs run. */
  async quit(): Promise<void> {
    if (!(await this.#mayStop())) return this.#parts.window.show();
    await this.#host.close();
    this.#parts.exit();
  }

  async #open(archive: string | undefined, resume?: Remembered['resume']): Promise<void> {
    const { memory } = this.#parts;
    const jobs = resume !== undefined && resume.archive === archive ? resume.jobs : [];
    // Only once: a job that ends the host must not be started at every start.
    if (resume !== undefined) memory.set({ resume: undefined });
    this.#rest();
    await this.#host.open(archive, jobs);
  }

  /** Whether what runs may be stopped; what is stopped is remembered, to go on at the next start. */
  async #mayStop(): Promise<boolean> {
    const { ask, jobs, memory } = this.#parts;
    const { running } = jobs;
    if (running.length === 0) return true;
    if (this.#isAsking) return false;
    this.#isAsking = true;
    try {
      const chosen = await ask({
        title: WORDS.quitTitle,
        detail: WORDS.quitWhy(running.map(({ title }) => title)),
        buttons: [WORDS.stay, WORDS.quitAndResume],
        cancel: 0,
      });
      if (chosen !== 1) return false;
    } finally {
      this.#isAsking = false;
    }
    if (this.#archive !== undefined)
      memory.set({ resume: { archive: this.#archive, jobs: running.map(({ id }) => id) } });
    return true;
  }

  #take(message: FromHost): void {
    const { jobs, log, memory, refresh, tell, window } = this.#parts;
    switch (message.type) {
      case 'opened':
        this.#archive = message.path;
        this.#recent = message.recent;
        log.useArchive(message.path);
        memory.set({ archive: message.path });
        return refresh();
      case 'refused':
        this.#offer(WORDS.notOpened, message.message).catch(() => this.#parts.exit());
        return;
      case 'jobs':
        jobs.set(message.running);
        if (message.running.length === 0) window.setProgress(undefined);
        return;
      case 'health':
        this.#health = message.health;
        return refresh();
      case 'note':
        return tell('Holdfast', message.message);
      case 'closed':
        for (const note of message.notes) tell('Holdfast', note);
        return;
      case 'pong':
        return;
    }
  }

  /** No archive is open: what a person can do about it. */
  async #offer(title: string, detail: string): Promise<void> {
    const { ask, chooseFolder, exit, isArchive, memory, window } = this.#parts;
    const buttons = [WORDS.chooseAnother, WORDS.tryAgain, WORDS.quit];
    const chosen = await ask({ title, detail, buttons, cancel: 2 });
    if (chosen === 2) {
      await this.#host.close();
      return exit();
    }
    if (chosen === 1) {
      await this.#open(this.#archive ?? memory.value.archive);
      return window.reload();
    }
    const path = await chooseFolder(WORDS.chooseArchive);
    if (path === undefined) return this.#offer(title, detail);
    if (!isArchive(path)) return this.#offer(title, WORDS.notArchive(path));
    await this.#open(path);
    window.reload();
  }

  #rest(): void {
    this.#health = undefined;
    this.#parts.jobs.set([]);
    this.#parts.window.setProgress(undefined);
    this.#parts.refresh();
  }
}
