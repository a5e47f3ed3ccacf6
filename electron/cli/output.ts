/** Where a command says what it has to say: results, notes, progress; in words or in JSON. */
import type { Io } from './io.ts';
import { toJson, type JsonObject } from './json.ts';

export type OutputForm = 'human' | 'json' | 'ndjson';

type Style = 'strong' | 'muted' | 'finding' | 'due';

// 8-colour codes only: they follow the terminal's own theme. Colour repeats what words say already.
const CODES: Readonly<Record<Style, string>> = { strong: '1', muted: '2', finding: '31', due: '33' };

export class Output {
  readonly form: OutputForm;
  readonly quiet: boolean;
  readonly #io: Io;
  readonly #colour: boolean;

  constructor(io: Io, form: OutputForm, quiet: boolean) {
    this.#io = io;
    this.form = form;
    this.quiet = quiet;
    // https://no-color.org: present and not empty.
    this.#colour = io.outIsTerminal && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';
  }

  /** Columns that a table may take; undefined where nothing needs to be shortened. */
  get width(): number | undefined {
    return this.#io.outColumns();
  }

  get closed(): boolean {
    return this.#io.outIsClosed();
  }

  /** The command's one JSON document. */
  json(value: JsonObject): void {
    if (this.form === 'human') return;
    this.#io.out(`${toJson(value, this.form === 'json' && this.#io.outIsTerminal ? 2 : 0)}\n`);
  }

  /** Lines of the human form; nothing with JSON. */
  lines(...lines: readonly string[]): void {
    if (this.form === 'human') this.#io.out(lines.map((line) => `${line}\n`).join(''));
  }

  /** A note beside the results. */
  note(text: string): void {
    if (!this.quiet) this.#io.err(`${text}\n`);
  }

  style(text: string, style: Style): string {
    return this.#colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
  }

  heading(text: string): string {
    return this.style(text, 'strong');
  }
}
