/** Options as commander parsed them, read by name and type. */
import { UsageError } from './errors.ts';
import { isUtf8Word, showWords } from './words.ts';

export class Options {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  /** The option's word as typed; may hold bytes (words.ts). */
  word(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** The option's text; undefined when it was not given. */
  text(name: string): string | undefined {
    const word = this.word(name);
    return word === undefined ? undefined : textOf(word, `--${kebab(name)}`);
  }

  list(name: string): string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
  }

  /** A whole number between `least` and `most`. */
  number(name: string, least: number, most: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new UsageError(
      `--${kebab(name)} takes a whole number from ${least} to ${most}; "${text}" is none.`,
    );
  }
}

const RATE_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/** `--limit`: bytes a second, with k, M or G. */
export function rateOf(options: Options): { bytesPerSecond?: number } {
  const text = options.text('limit');
  if (text === undefined) return {};
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?)$/i.exec(text.trim()) ?? [];
  const bytesPerSecond = Math.round(Number(number) * (RATE_UNITS[unit.toLowerCase()] ?? 0));
  if (bytesPerSecond >= 1024) return { bytesPerSecond };
  throw new UsageError(`--limit takes bytes a second, at least 1k, such as 50M; "${text}" is none.`);
}

/** A word that must be text: a title, a name. What is kept as text in the catalogue must be readable as such. */
export function textOf(word: string, what: string): string {
  if (isUtf8Word(word) && word.isWellFormed()) return word;
  throw new UsageError(`${what} must be UTF-8 text; "${showWords(word)}" is not.`);
}

/** commander's parser for an option that may be repeated. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
