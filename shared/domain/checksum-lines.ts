/**
 * Lines of checksum manifests, as the tools that make them write them. Pure. Names are bytes: a line and what it names are text with a
 * character a byte (Latin-1), so that no name is lost.
 *
 * - GNU coreutils (sha256sum, sha512sum, sha1sum, md5sum): digest, a space, a space (text) or `*` (binary), name. A `\` before the digest says
 *   that the name is escaped (`\\`, `\n`, `\r`). With one space alone (`md5 -r` of BSD) the name follows at once.
 * - `--tag`, and BSD and OpenSSL: `SHA256 (name) = digest`; escaped in the same way.
 * - hashdeep: `%%%% HASHDEEP-1.0`, then `%%%% size,md5,sha256,filename`, then values in this order.
 *
 * - SFV: name, white space, CRC-32. FFP: name, a colon, the MD5 of the samples of a FLAC file. The first line that says something decides
 *   which it is: a line of another kind is then a wrong one. Lines of GNU coreutils and of --tag may stand together.
 *
 * The algorithm of a line without its name is that of the length of its digest. Empty lines and those that begin with `#` or `;` (TeraCopy,
 * FastSum, RapidCRC, all SFV) say nothing.
 */
import { leavesRoot } from './manifest-path.ts';

/** What a manifest may be made with and is compared by, weakest first; `samples-md5` is of the sound that a FLAC file decodes to. */
export const CHECKSUM_ALGORITHMS = ['crc32', 'md5', 'sha1', 'sha256', 'sha512', 'samples-md5'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Lower-case. */
  readonly hex: string;
}

export type ChecksumLine =
  | { readonly path: string; readonly checksums: readonly Checksum[] }
  /** Why the line cannot be taken. */
  | { readonly problem: string };

const HEX_DIGITS: Readonly<Record<ChecksumAlgorithm, number>> = {
  crc32: 8,
  md5: 32,
  sha1: 40,
  sha256: 64,
  sha512: 128,
  'samples-md5': 32,
};
const SUPPORTED = 'CRC-32, MD5, SHA-1, SHA-256 and SHA-512 are compared';
const FORM =
  'It is none of the lines that sha256sum, sha512sum, sha1sum, md5sum (also with --tag), hashdeep or makers of SFV and FFP files write';

/** Ways of writing, as they are told to people. */
export type ChecksumDialect = 'coreutils or md5deep' | 'BSD (--tag)' | 'hashdeep' | 'SFV' | 'FFP';
/** Programs that name themselves in a comment. */
const TOOLS = /TeraCopy|FastSum|RapidCRC|QuickSFV|cksfv|hkSFV|WIN-SFV32|RHash|Holdfast/i;

/** Reads a manifest line by line, from its first: hashdeep says in its head what its columns are. */
export class ChecksumLines {
  readonly dialects = new Set<ChecksumDialect>();
  #tool: string | undefined;
  #columns: readonly string[] | undefined;
  #isHashdeep = false;
  readonly #takesAbsolute: boolean;

  /** @param takesAbsolute absolute paths are kept as they are; otherwise a line with one is wrong */
  constructor({ takesAbsolute = false }: { readonly takesAbsolute?: boolean } = {}) {
    this.#takesAbsolute = takesAbsolute;
  }

  /** What a comment says that it was made with. */
  get tool(): string | undefined {
    return this.#tool;
  }

  /** @returns undefined for a line that names nothing: an empty one, a comment, a head */
  read(line: string): ChecksumLine | undefined {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text.trim() === '') return undefined;
    if (text.startsWith('#') || text.startsWith(';')) {
      this.#tool = TOOLS.exec(text)?.[0] ?? this.#tool;
      return undefined;
    }
    if (text.startsWith('%%%% ')) return this.#head(text.slice(5).trim());
    if (this.#columns !== undefined) return this.#named('hashdeep', ofColumns(text, this.#columns));
    const read = this.#readsAs('coreutils or md5deep', 'BSD (--tag)')
      ? (this.#named('BSD (--tag)', ofTag(text)) ?? this.#named('coreutils or md5deep', ofCoreutils(text)))
      : undefined;
    const named =
      read ??
      (this.#readsAs('FFP') ? this.#named('FFP', ofFfp(text)) : undefined) ??
      (this.#readsAs('SFV') ? this.#named('SFV', ofSfv(text)) : undefined);
    return named ?? { problem: `${FORM}.` };
  }

  /** Whether a line may be of these: no line before was of another. */
  #readsAs(...dialects: readonly ChecksumDialect[]): boolean {
    return this.dialects.size === 0 || dialects.some((each) => this.dialects.has(each));
  }

  #named(dialect: ChecksumDialect, said: Said | undefined): ChecksumLine | undefined {
    if (said === undefined || 'problem' in said) return said;
    this.dialects.add(dialect);
    return named(said.written, said.checksums, this.#takesAbsolute);
  }

  #head(text: string): ChecksumLine | undefined {
    if (/^HASHDEEP-1\.\d+$/.test(text)) {
      this.#isHashdeep = true;
      this.#columns = undefined;
      return undefined;
    }
    const columns = text.toLowerCase().split(',');
    if (!this.#isHashdeep || columns.at(-1) !== 'filename')
      return { problem: 'It begins as a head of hashdeep does, and is none.' };
    this.#columns = columns;
    return undefined;
  }
}

/** What a line says, before its path is looked at. */
type Said =
  { readonly written: string; readonly checksums: readonly Checksum[] } | { readonly problem: string };

function ofColumns(text: string, columns: readonly string[]): Said {
  const values = text.split(',');
  if (values.length < columns.length)
    return {
      problem: `It has ${values.length} values, and the head of the manifest ${columns.length} columns.`,
    };
  const checksums: Checksum[] = [];
  for (const [at, column] of columns.entries()) {
    const algorithm = algorithmNamed(column);
    const hex = (values[at] ?? '').toLowerCase();
    if (algorithm === undefined) continue;
    if (!isHex(hex) || hex.length !== HEX_DIGITS[algorithm])
      return { problem: `Its ${column} has not the ${HEX_DIGITS[algorithm]} hexadecimal digits of one.` };
    checksums.push({ algorithm, hex });
  }
  if (checksums.length === 0) return { problem: `It has no digest that is known here: ${SUPPORTED}.` };
  // A comma in the name parts no columns: it is the last of them.
  return { written: values.slice(columns.length - 1).join(','), checksums };
}

function ofTag(text: string): Said | undefined {
  const [, escape, name = '', path = '', digest = ''] =
    /^(\\?)([A-Za-z][A-Za-z0-9/_-]*) ?\((.*)\) ?= ?([0-9A-Fa-f]+)$/s.exec(text) ?? [];
  if (name === '') return undefined;
  const algorithm = algorithmNamed(name);
  if (algorithm === undefined) return { problem: `${name} is not known here: ${SUPPORTED}.` };
  const hex = digest.toLowerCase();
  if (hex.length !== HEX_DIGITS[algorithm])
    return { problem: `Its digest has ${hex.length} digits, where ${name} has ${HEX_DIGITS[algorithm]}.` };
  return { written: escape === '' ? path : unescapeName(path), checksums: [{ algorithm, hex }] };
}

function ofCoreutils(text: string): Said | undefined {
  const [, escape, digest = '', path = ''] = /^(\\?)([0-9A-Fa-f]+)(?:[ \t][ *]|[ \t])(.+)$/s.exec(text) ?? [];
  const hex = digest.toLowerCase();
  // A word that happens to be of these letters is no digest.
  if (hex.length < 16) return undefined;
  const algorithm = CHECKSUM_ALGORITHMS.find((each) => HEX_DIGITS[each] === hex.length);
  if (algorithm === undefined)
    return { problem: `A digest of ${hex.length} digits is not known here: ${SUPPORTED}.` };
  return { written: escape === '' ? path : unescapeName(path), checksums: [{ algorithm, hex }] };
}

function ofSfv(text: string): Said | undefined {
  const [, written = '', digest = ''] = /^(.*\S.*)[ \t]([0-9A-Fa-f]{8})$/s.exec(text) ?? [];
  return written === ''
    ? undefined
    : { written, checksums: [{ algorithm: 'crc32', hex: digest.toLowerCase() }] };
}

function ofFfp(text: string): Said | undefined {
  const [, written = '', digest = ''] = /^(.+):([0-9A-Fa-f]{32})$/s.exec(text) ?? [];
  return written === ''
    ? undefined
    : { written, checksums: [{ algorithm: 'samples-md5', hex: digest.toLowerCase() }] };
}

/** A leading `./` is how `find .` and hashdeep write what is below the folder that they were started in. */
function named(written: string, checksums: readonly Checksum[], takesAbsolute: boolean): ChecksumLine {
  const path = written.replace(/^(?:\.\/+)+/, '');
  const reason = leavesRoot(takesAbsolute ? path.replace(/^\/+/, '') : path);
  if (reason === undefined) return { path, checksums };
  return {
    problem: `Its path is not one below the location's root: ${reason}. Make the manifest in the root of the location.`,
  };
}

/** `SHA-256`, `sha256`, and as OpenSSL says it `SHA2-256`. */
function algorithmNamed(name: string): ChecksumAlgorithm | undefined {
  const plain = name
    .toLowerCase()
    .replace(/^sha2-/, 'sha')
    .replace(/^(sha)-/, '$1');
  return CHECKSUM_ALGORITHMS.find((each) => each === plain && each !== 'samples-md5');
}

function isHex(text: string): boolean {
  return /^[0-9a-f]+$/.test(text);
}

/** As GNU coreutils escape names: a `\` at the beginning of the line says that they did. */
export function unescapeName(text: string): string {
  return text.replace(/\\([\\nr])/g, (_, code: string) => (code === 'n' ? '\n' : code === 'r' ? '\r' : '\\'));
}
