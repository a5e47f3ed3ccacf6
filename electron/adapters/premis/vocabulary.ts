/** Terms of the Library of Congress (id.loc.gov/vocabulary/preservation) by their labels; what is not listed there has no address. */
import type { EventOutcome, EventType } from '../../../shared/domain/vocabulary.ts';

const PRESERVATION = 'http://id.loc.gov/vocabulary/preservation';

const EVENT_TYPES: Readonly<Record<EventType, string>> = {
  accession: 'acc',
  appraisal: 'app',
  transfer: 'tra',
  ingestion: 'ing',
  'message digest calculation': 'mes',
  'fixity check': 'fix',
  'format identification': 'for',
  'metadata extraction': 'mee',
  'metadata modification': 'mem',
  validation: 'val',
  'virus check': 'vir',
  replication: 'rep',
  quarantine: 'qua',
  unquarantine: 'unq',
  recovery: 'rec',
  'information package creation': 'ipc',
  exporting: 'exp',
  dissemination: 'dis',
  'filename change': 'fil',
  'policy assignment': 'poa',
  deaccession: 'dea',
  deletion: 'del',
};

const RELATIONS: Readonly<Record<string, string>> = { structural: 'str', derivation: 'der', logical: 'log' };
const SUB_TYPES: Readonly<Record<string, string>> = { 'is part of': 'isp', 'has part': 'hsp' };

/** As the registry of digest algorithms labels them, by Holdfast's names; others stand as they are. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  sha256: 'SHA-256',
  sha512: 'SHA-512',
  sha1: 'SHA-1',
  md5: 'MD5',
  crc32: 'CRC32',
  blake2b512: 'BLAKE2b-512',
};
/** Algorithms that the vocabulary has. */
const LISTED: ReadonlySet<string> = new Set(['sha256', 'sha512', 'sha1', 'md5', 'crc32']);

/** The address of a term alone, where a document has millions of them: it says whose it is. */
function address(list: string, code: string | undefined): string {
  return code === undefined ? '' : ` valueURI="${PRESERVATION}/${list}/${code}"`;
}

/** Attributes of an element whose text is a term: authority, its address, and the address of the term. */
function authority(list: string, code: string): string {
  return ` authority="${list}" authorityURI="${PRESERVATION}/${list}" valueURI="${PRESERVATION}/${list}/${code}"`;
}

export function eventTypeTerm(type: EventType): string {
  return authority('eventType', EVENT_TYPES[type]);
}

export function eventOutcomeTerm(outcome: EventOutcome): string {
  return authority('eventOutcome', { success: 'suc', fail: 'fai', warning: 'war' }[outcome]);
}

export function relationTypeTerm(type: string): string {
  return address('relationshipType', RELATIONS[type]);
}

export function relationSubTypeTerm(subType: string): string {
  return address('relationshipSubType', SUB_TYPES[subType]);
}

/** @returns the label, and the attributes that stand with it */
export function algorithmTerm(algorithm: string): { label: string; term: string } {
  return {
    label: ALGORITHMS[algorithm] ?? algorithm,
    term: address('cryptographicHashFunctions', LISTED.has(algorithm) ? algorithm : undefined),
  };
}
