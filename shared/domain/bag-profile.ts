/**
 * BagIt Profiles (bagit-profiles specification, 1.3 and 1.4): what somebody who takes bags asks of them beyond being valid. A
 * profile is data from elsewhere: it is read with bounds, and nothing that it names is fetched.
 */
import type { BagForm } from './bag-findings.ts';

export interface ProfileLabel {
  readonly isRequired: boolean;
  readonly isRepeatable: boolean;
  /** The only values that it may have; absent where any will do. */
  readonly values?: readonly string[];
}

export interface BagProfile {
  readonly identifier: string;
  /** Of the specification that it is written by. */
  readonly version: string;
  /** By label, in lower case. */
  readonly labels: ReadonlyMap<string, ProfileLabel & { readonly name: string }>;
  readonly manifests: ProfileSet;
  readonly tagManifests: ProfileSet;
  readonly mayFetch: boolean;
  readonly mustFetch: boolean;
  readonly serialisation: 'forbidden' | 'required' | 'optional';
  /** Media types. */
  readonly acceptsForms: readonly string[];
  readonly acceptsVersions: readonly string[];
  readonly tagFiles: ProfileSet;
  readonly payloadFiles: ProfileSet;
  readonly isDataEmpty: boolean;
}

/** `allowed` is absent where anything is. */
export interface ProfileSet {
  readonly required: readonly string[];
  readonly allowed?: readonly string[];
}

const MOST = 1000;
const LONGEST = 1000;

/** @returns why it is no profile, where it is none */
export function parseBagProfile(text: string): BagProfile | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (!isRecord(json)) return 'it is not a JSON object';
  try {
    return readProfile(json);
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

class Fault extends Error {}

function readProfile(json: Readonly<Record<string, unknown>>): BagProfile {
  const about = json['BagIt-Profile-Info'];
  if (!isRecord(about)) throw new Fault('it has no BagIt-Profile-Info');
  const identifier = about['BagIt-Profile-Identifier'];
  if (typeof identifier !== 'string' || identifier === '')
    throw new Fault('it has no BagIt-Profile-Identifier');
  const version = about['BagIt-Profile-Version'] ?? '1.1.0';
  const serialisation = json['Serialization'] ?? 'optional';
  if (serialisation !== 'forbidden' && serialisation !== 'required' && serialisation !== 'optional')
    throw new Fault('its Serialization is none of forbidden, required and optional');
  const acceptsVersions = texts(json, 'Accept-BagIt-Version') ?? [];
  if (acceptsVersions.length === 0) throw new Fault('it has no Accept-BagIt-Version');
  return {
    identifier,
    version: typeof version === 'string' ? version : 'unknown',
    labels: labelsOf(json['Bag-Info']),
    manifests: setOf(json, 'Manifests'),
    tagManifests: setOf(json, 'Tag-Manifests'),
    mayFetch: flag(json, 'Allow-Fetch.txt', true),
    mustFetch: flag(json, 'Fetch.txt-Required', false),
    serialisation,
    acceptsForms: texts(json, 'Accept-Serialization') ?? [],
    acceptsVersions,
    tagFiles: setOf(json, 'Tag-Files'),
    payloadFiles: setOf(json, 'Payload-Files'),
    isDataEmpty: flag(json, 'Data-Empty', false),
  };
}

function labelsOf(json: unknown): BagProfile['labels'] {
  if (json === undefined) return new Map();
  if (!isRecord(json)) throw new Fault('its Bag-Info is not an object');
  const entries = Object.entries(json);
  if (entries.length > MOST) throw new Fault(`it has more than ${MOST} labels`);
  return new Map(
    entries.map(([name, rule]) => {
      if (!isRecord(rule)) throw new Fault(`its rule for ${name} is not an object`);
      const values = texts(rule, 'values');
      return [
        name.toLowerCase(),
        {
          name,
          isRequired: flag(rule, 'required', false),
          isRepeatable: flag(rule, 'repeatable', true),
          // An empty list asks for nothing, in the profiles that there are.
          ...(values === undefined || values.length === 0 ? {} : { values }),
        },
      ];
    }),
  );
}

function setOf(json: Readonly<Record<string, unknown>>, what: string): ProfileSet {
  const allowed = texts(json, `${what}-Allowed`);
  return {
    required: texts(json, `${what}-Required`) ?? [],
    ...(allowed === undefined ? {} : { allowed }),
  };
}

function texts(json: Readonly<Record<string, unknown>>, key: string): readonly string[] | undefined {
  const value = json[key];
  if (value === undefined) return undefined;
  const isList = Array.isArray(value) && value.length <= MOST;
  if (!isList || !value.every((each) => typeof each === 'string' && each.length <= LONGEST))
    throw new Fault(`its ${key} is not a list of texts`);
  return value as string[];
}

function flag(json: Readonly<Record<string, unknown>>, key: string, otherwise: boolean): boolean {
  const value = json[key] ?? otherwise;
  // Profiles in use have "true" too.
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new Fault(`its ${key} is neither true nor false`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MEDIA_TYPES: Readonly<Record<Exclude<BagForm, 'folder'>, RegExp>> = {
  tar: /^application\/(?:x-)?(?:g?tar|ustar)$/i,
  'tar.gz': /^application\/(?:(?:x-)?gzip|(?:x-)?(?:tgz|gtar|compressed-tar)|(?:x-)?tar\+gzip)$/i,
  zip: /^application\/(?:x-)?zip(?:-compressed)?$/i,
};

export function acceptsForm({ acceptsForms }: BagProfile, form: Exclude<BagForm, 'folder'>): boolean {
  return acceptsForms.some((type) => MEDIA_TYPES[form].test(type));
}

/**
 * Whether a path is meant by a pattern, as fnmatch(3) has it without flags: `*` and `?` also stand for a slash. Takes no longer
 * than pattern times path, whatever the pattern.
 */
export function matchesGlob(path: string, pattern: string): boolean {
  let at = 0;
  let to = 0;
  let star = -1;
  let resume = 0;
  while (at < path.length) {
    const token = pattern[to];
    if (token === '*') {
      star = to++;
      resume = at;
    } else if (token !== undefined && (token === '?' || token === path[at])) {
      at += 1;
      to += 1;
    } else if (star >= 0) {
      to = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[to] === '*') to += 1;
  return to === pattern.length;
}
