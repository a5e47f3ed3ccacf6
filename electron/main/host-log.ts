/** What the process of the host writes to its standard error, kept in the archive's logs, and never more than two files of a bounded size. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'app-host.log';
const LARGEST = 1024 * 1024;

export class HostLog {
  readonly #largest: number;
  #folder: string | undefined;
  #waiting = '';

  constructor({ largest = LARGEST }: { readonly largest?: number } = {}) {
    this.#largest = largest;
  }

  /** Known once an archive is open; what was written before is kept until then, as far as it fits. */
  useArchive(path: string): void {
    this.#folder = join(path, 'logs');
    const waiting = this.#waiting;
    this.#waiting = '';
    if (waiting !== '') this.write(waiting);
  }

  write(text: string): void {
    if (this.#folder === undefined) {
      this.#waiting = (this.#waiting + text).slice(-this.#largest);
      return;
    }
    const file = join(this.#folder, NAME);
    try {
      mkdirSync(this.#folder, { recursive: true });
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > 0 && size + Buffer.byteLength(text) > this.#largest) renameSync(file, `${file}.1`);
      appendFileSync(file, text.slice(-this.#largest), { mode: 0o600 });
    } catch {
      // An archive on a full or vanished volume: the program goes on, and says what matters on the screen.
    }
  }
}
