/** Options as commander parsed them, read by name and type. */
import { parseBytes, parseDuration, parseShare, type AuditBudget } from '../../shared/domain/audit-budget.ts';
import { isCalendarDay } from '../../shared/domain/calendar-day.ts';
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

  /** A day, ISO 8601. */
  date(name: string): string | undefined {
    const text = this.text(name)?.trim();
    if (text === undefined || isCalendarDay(text)) return text;
    throw new UsageError(`--${kebab(name)} takes a date, such as 2027-06-30; "${text}" is none.`);
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

/** `--limit`, or an option that says the same of reading: bytes a second, with k, M or G. */
export function rateOf(options: Options, name = 'limit'): { bytesPerSecond?: number } {
  const text = options.text(name);
  if (text === undefined) return {};
  const bytesPerSecond = parseBytes(text) ?? 0;
  if (bytesPerSecond >= 1024) return { bytesPerSecond };
  throw new UsageError(`--${kebab(name)} takes bytes a second, at least 1k, such as 50M; "${text}" is none.`);
}

/** `--as-folder` of an accession. */
export function asFolderOf(options: Options): { asFolder?: true } {
  return options.flag('asFolder') ? { asFolder: true } : {};
}

/** The budget of an audit: --oldest, --share, --time, --bytes and --read-limit. */
export function budgetOf(options: Options): AuditBudget {
  const oldest = options.number('oldest', 1, Number.MAX_SAFE_INTEGER);
  const share = said(options, 'share', parseShare, 'a share above 0 and up to 1, such as 0.25, 25% or 1/4');
  const timeMs = said(options, 'time', parseDuration, 'a time with its unit, such as 90s, 30m or 1h30m');
  const bytes = said(options, 'bytes', parseBytes, 'bytes, such as 800M, 500G or 1.5T');
  return {
    ...(oldest === undefined ? {} : { oldest }),
    ...(share === undefined ? {} : { share }),
    ...(timeMs === undefined ? {} : { timeMs }),
    ...(bytes === undefined ? {} : { bytes }),
    ...rateOf(options, 'readLimit'),
  };
}

function said(
  options: Options,
  name: string,
  parse: (text: string) => number | undefined,
  takes: string,
): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  const value = parse(text);
  if (value !== undefined) return value;
  throw new UsageError(`--${kebab(name)} takes ${takes}; "${text}" is none.`);
}

/** A word that must be text: a title, a name. What is kept as text in the catalogue must be readable as such. */
export function textOf(word: string, what: string): string {
  if (isUtf8Word(word) && word.isWellFormed()) return word;
  throw new UsageError(`${what} must be UTF-8 text; "${showWords(word)}" is not.`);
}

/** An option's text as a property to spread; nothing where it was not given. */
export function textIf<Name extends string>(options: Options, name: Name): { [Key in Name]?: string } {
  const text = options.text(name);
  return (text === undefined ? {} : { [name]: text }) as { [Key in Name]?: string };
}

/** commander's parser for an option that may be repeated. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
