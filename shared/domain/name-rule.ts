/**
 * File-name rules: patterns with named placeholders that say which item a file belongs to, in which role and place.
 *
 *     {item}_{side}_{track}.wav
 *     {item}-{role:pm=preservation master,am=access copy,label=documentation}.{ext}
 *
 * A placeholder takes at least one character and none of the slashes. `{item}` names the item; `{group}` tells items of one
 * name apart and is no part of the name; `{title}` is its title; `{disc}`, `{side}` and `{track}` give the place; `{ext}` is the
 * end of the name; `{role:…}` says which text means which role; `*` is anything. A pattern with a slash is matched with the path
 * below the accession's folder, any other with the file's name alone. Upper and lower case are alike. A backslash makes the
 * character after it literal.
 */
import { parseRole } from './structure-terms.ts';
import type { RepresentationRole } from './vocabulary.ts';

/** A pattern that is none, with the reason in words for the archivist. */
export class NameRuleError extends RangeError {
  override readonly name = 'NameRuleError';
}

const FIELDS = ['item', 'group', 'title', 'disc', 'side', 'track', 'ext', 'role'] as const;
type Field = (typeof FIELDS)[number];

type Token =
  | { readonly literal: string }
  | { readonly field: Field | undefined; readonly accepts: (text: string) => boolean; readonly most: number };

export interface NameRule {
  readonly pattern: string;
  /** Matched with the path, not the name alone. */
  readonly ofPath: boolean;
  readonly tokens: readonly Token[];
  readonly roles: ReadonlyMap<string, RepresentationRole>;
}

/** What a rule reads from a name. */
export interface NameMatch {
  readonly item: string;
  readonly group?: string;
  readonly title?: string;
  readonly disc?: number;
  readonly track?: number;
  readonly role?: RepresentationRole;
}

const MOST_PATTERN = 1_000;
const MOST_FIELDS = 16;
/** What is longer is matched by no rule: the work of a match grows with the square of it. */
const MOST_TEXT = 1_024;

/** @throws NameRuleError for a pattern without `{item}`, with an unknown placeholder or two without anything between. */
export function parseNameRule(pattern: string): NameRule {
  if (pattern.length > MOST_PATTERN)
    throw new NameRuleError(`A rule takes at most ${MOST_PATTERN} characters.`);
  const tokens: Token[] = [];
  const roles = new Map<string, RepresentationRole>();
  const seen = new Set<Field>();
  let literal = '';
  const flush = (): void => {
    if (literal !== '') tokens.push({ literal: fold(literal) });
    literal = '';
  };
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '\\' && at + 1 < pattern.length) literal += pattern.charAt(++at);
    else if (character === '*') {
      flush();
      push(tokens, { field: undefined, accepts: () => true, most: MOST_TEXT });
    } else if (character === '{') {
      const end = pattern.indexOf('}', at);
      if (end < 0) throw new NameRuleError(`The brace at ${at + 1} of "${pattern}" is never closed.`);
      flush();
      const token = placeholder(pattern.slice(at + 1, end), roles);
      if (token.field !== undefined && seen.has(token.field))
        throw new NameRuleError(`{${token.field}} stands twice in "${pattern}".`);
      if (token.field !== undefined) seen.add(token.field);
      push(tokens, token);
      at = end;
    } else if (character === '}')
      throw new NameRuleError(
        `The brace at ${at + 1} of "${pattern}" closes nothing; write \\} for the character itself.`,
      );
    else literal += character;
  }
  flush();
  if (!seen.has('item'))
    throw new NameRuleError(`"${pattern}" does not say what names the item: put {item} where that stands.`);
  if (tokens.filter((token) => 'field' in token).length > MOST_FIELDS)
    throw new NameRuleError(`A rule takes at most ${MOST_FIELDS} placeholders.`);
  return {
    pattern,
    ofPath: tokens.some((token) => 'literal' in token && token.literal.includes('/')),
    tokens,
    roles,
  };
}

/**
 * What the rule reads from a file; undefined where it does not match.
 * @param path below the accession's folder, in the display form; `name` is its last segment
 */
export function matchNameRule(rule: NameRule, path: string, name: string): NameMatch | undefined {
  const text = (rule.ofPath ? path : name).normalize('NFC');
  if (text.length > MOST_TEXT) return undefined;
  const values = new Matcher(rule.tokens, text).match();
  const item = values?.get('item');
  if (values === undefined || item === undefined) return undefined;
  const number = (field: Field) => placeNumber(values.get(field));
  const disc = number('disc');
  const side = number('side');
  const track = number('track');
  const role = values.get('role');
  const roleFound = role === undefined ? undefined : (rule.roles.get(fold(role)) ?? parseRole(role));
  const [group, title] = [values.get('group'), values.get('title')];
  // Sides within a numbered disc count on, as folders of sides do.
  const place = disc !== undefined && side !== undefined ? (disc - 1) * 2 + side : (disc ?? side);
  return {
    item,
    ...(group !== undefined && { group }),
    ...(title !== undefined && { title }),
    ...(place !== undefined && { disc: place }),
    ...(track !== undefined && { track }),
    ...(roleFound !== undefined && { role: roleFound }),
  };
}

function placeholder(
  inside: string,
  roles: Map<string, RepresentationRole>,
): Extract<Token, { field: unknown }> {
  const colon = inside.indexOf(':');
  const name = (colon < 0 ? inside : inside.slice(0, colon)).trim().toLowerCase();
  const field = FIELDS.find((known) => known === name);
  if (field === undefined)
    throw new NameRuleError(
      `{${inside}} is no placeholder. There are: ${FIELDS.map((known) => `{${known}}`).join(', ')}.`,
    );
  if (colon >= 0 && field !== 'role')
    throw new NameRuleError(`{${inside}}: only {role:…} takes a list behind a colon.`);
  switch (field) {
    case 'role':
      if (colon >= 0) readRoles(inside.slice(colon + 1), roles);
      return {
        field,
        most: 60,
        accepts: (text) => (roles.size > 0 ? roles.has(fold(text)) : parseRole(text) !== undefined),
      };
    case 'disc':
    case 'track':
      return { field, most: 6, accepts: (text) => /^\d{1,4}$/.test(text) };
    case 'side':
      return { field, most: 3, accepts: (text) => /^(?:[a-z]|\d{1,2})$/i.test(text) };
    case 'ext':
      return { field, most: 16, accepts: (text) => /^[\p{L}\p{N}]+$/u.test(text) };
    case 'item':
    case 'group':
    case 'title':
      return { field, most: MOST_TEXT, accepts: (text) => text.trim() !== '' };
  }
}

function readRoles(list: string, roles: Map<string, RepresentationRole>): void {
  for (const pair of list.split(',')) {
    const [code = '', name = ''] = pair.split('=').map((text) => text.trim());
    const role = parseRole(name);
    if (code === '' || role === undefined)
      throw new NameRuleError(
        `"${pair.trim()}" says no role. Write for example {role:pm=preservation master,am=access copy}; the roles are: ` +
          'preservation master, production master, access copy, documentation.',
      );
    roles.set(fold(code), role);
  }
}

function push(tokens: Token[], token: Extract<Token, { field: unknown }>): void {
  const last = tokens.at(-1);
  if (last !== undefined && 'field' in last)
    throw new NameRuleError('Between two placeholders there must be something that parts them.');
  tokens.push(token);
}

/** Backtracks, but never twice at the same place of the text with the same token: hostile names cost no more than others. */
class Matcher {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  /** In nearly every name as long as the text itself, so that places in both are the same. */
  readonly #lower: string;
  readonly #failed = new Set<number>();
  readonly #values = new Map<Field, string>();

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
    this.#lower = text.toLowerCase();
  }

  match(): ReadonlyMap<Field, string> | undefined {
    return this.#from(0, 0) ? this.#values : undefined;
  }

  #from(token: number, at: number): boolean {
    const current = this.#tokens[token];
    if (current === undefined) return at === this.#text.length;
    const state = token * (MOST_TEXT + 1) + at;
    if (this.#failed.has(state)) return false;
    const matches =
      'literal' in current ? this.#literal(current.literal, token, at) : this.#field(current, token, at);
    if (!matches) this.#failed.add(state);
    return matches;
  }

  #literal(literal: string, token: number, at: number): boolean {
    const end = at + literal.length;
    const matches =
      this.#lower.length === this.#text.length
        ? this.#lower.startsWith(literal, at)
        : this.#text.slice(at, end).toLowerCase() === literal;
    return matches && this.#from(token + 1, end);
  }

  #field(current: Extract<Token, { field: unknown }>, token: number, at: number): boolean {
    const most = Math.min(this.#text.length, at + current.most);
    for (let end = at + 1; end <= most; end++) {
      if (this.#text.charAt(end - 1) === '/') return false;
      const value = this.#text.slice(at, end);
      if (!current.accepts(value) || !this.#from(token + 1, end)) continue;
      if (current.field !== undefined) this.#values.set(current.field, value);
      return true;
    }
    return false;
  }
}

function placeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : text.toLowerCase().charCodeAt(0) - 0x60;
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
