/**
 * Checksum manifests as we write them, for the tools that read them. Pure. A line is text with a character a byte (Latin-1), so that a
 * name reaches the file as the bytes that it is; that of a CSV is text, to be written as UTF-8. What reads them is checksum-lines.ts.
 *
 * - `gnu`, `gnu-binary`: digest, two blanks (or a blank and `*`), name. A name with a backslash, a newline or a return is
 *   escaped, which a `\` before the digest says (GNU coreutils, digest.c). Those that know no `\r` (shasum) cannot read a return.
 * - `tag`: `SHA256 (name) = digest`, escaped in the same way.
 * - `hashdeep`: HASHDEEP-1.0, for `hashdeep -r -l -a -k`, which writes names below its folder as `./name`.
 * - `md5deep`: digest, two blanks, name; nothing is escaped and no line may be a comment. For `-x` and `-m`, which look at digests alone.
 * - `sfv`: name, a blank, CRC-32. `ffp`: name, a colon, the MD5 of the samples that the FLAC file states.
 * - `csv`: RFC 4180, with every digest that is asked for; its cells run in no spreadsheet.
 */
import { toCell } from './description/cells.ts';

export const MANIFEST_FORMS = [
  'gnu',
  'gnu-binary',
  'tag',
  'hashdeep',
  'md5deep',
  'sfv',
  'ffp',
  'csv',
] as const;
export type ManifestForm = (typeof MANIFEST_FORMS)[number];

/** What a manifest may be made with, the strongest first. */
export const MANIFEST_ALGORITHMS = ['sha512', 'sha256', 'sha1', 'md5', 'crc32'] as const;
export type ManifestAlgorithm = (typeof MANIFEST_ALGORITHMS)[number];

export const ALGORITHM_NAMES: Readonly<Record<ManifestAlgorithm, string>> = {
  sha512: 'SHA-512',
  sha256: 'SHA-256',
  sha1: 'SHA-1',
  md5: 'MD5',
  crc32: 'CRC-32',
};

interface FormFacts {
  readonly algorithms: readonly ManifestAlgorithm[];
  /** Taken where none is asked for; `ffp` has none to choose. */
  readonly usual: readonly ManifestAlgorithm[];
  readonly takesSeveral: boolean;
  /** What begins a comment; undefined where the form has none. */
  readonly comment: string | undefined;
  /** What a name cannot hold in it. */
  readonly unwritable: RegExp | undefined;
}

const LINES = /[\n\r]/;
const GNU: FormFacts = {
  algorithms: ['sha512', 'sha256', 'sha1', 'md5'],
  usual: ['sha256'],
  takesSeveral: false,
  comment: '# ',
  unwritable: undefined,
};

export const FORM_FACTS: Readonly<Record<ManifestForm, FormFacts>> = {
  gnu: GNU,
  'gnu-binary': GNU,
  tag: GNU,
  hashdeep: {
    algorithms: ['md5', 'sha1', 'sha256'],
    usual: ['sha256'],
    takesSeveral: true,
    comment: '## ',
    unwritable: /\n|\r$/,
  },
  md5deep: {
    algorithms: ['md5', 'sha1', 'sha256'],
    usual: ['md5'],
    takesSeveral: false,
    comment: undefined,
    unwritable: LINES,
  },
  sfv: {
    algorithms: ['crc32'],
    usual: ['crc32'],
    takesSeveral: false,
    comment: '; ',
    unwritable: LINES,
  },
  ffp: { algorithms: [], usual: [], takesSeveral: false, comment: '; ', unwritable: LINES },
  csv: {
    algorithms: MANIFEST_ALGORITHMS,
    usual: MANIFEST_ALGORITHMS,
    takesSeveral: true,
    comment: undefined,
    unwritable: undefined,
  },
};

export interface ManifestedFile {
  /** Relative or absolute, a character a byte. */
  readonly path: string;
  readonly size: number;
  /** Lower-case hex, as far as they are known. */
  readonly digests: Readonly<Partial<Record<ManifestAlgorithm, string>>>;
  /** Of a FLAC file, as its STREAMINFO states it; lower-case hex. */
  readonly samplesMd5?: string;
}

/** Why a file cannot stand in a manifest. */
export const OMISSIONS = ['no digest', 'name'] as const;
export type Omission = (typeof OMISSIONS)[number];

/** Algorithms in the order in which a form lists them; undefined where it cannot be made with one of those that are asked for. */
export function algorithmsFor(
  form: ManifestForm,
  asked: readonly ManifestAlgorithm[],
): readonly ManifestAlgorithm[] | undefined {
  const { algorithms, usual, takesSeveral } = FORM_FACTS[form];
  if (asked.length === 0) return usual;
  if (asked.some((each) => !algorithms.includes(each))) return undefined;
  const chosen = algorithms.filter((each) => asked.includes(each));
  return chosen.length > 1 && !takesSeveral ? undefined : chosen;
}

/** Lines before all others, without comments; each with its end. */
export function headOf(form: ManifestForm, algorithms: readonly ManifestAlgorithm[]): string {
  if (form === 'hashdeep')
    return `%%%% HASHDEEP-1.0\n%%%% ${['size', ...algorithms, 'filename'].join(',')}\n`;
  // By the byte order mark a spreadsheet knows UTF-8.
  if (form === 'csv') return `\ufeff${csvRecord(['path', 'path_base64', 'size', ...algorithms])}`;
  return '';
}

/**
 * The line of a file with its end, or why it has none.
 * @param shown of its name, for people: only a CSV takes that
 */
export function lineOf(
  form: ManifestForm,
  algorithms: readonly ManifestAlgorithm[],
  file: ManifestedFile,
  shown: () => { readonly display: string; readonly base64?: string | undefined },
): { readonly line: string } | { readonly omitted: Omission } {
  const { path, size, digests } = file;
  if (form === 'csv') {
    const { display, base64 = '' } = shown();
    const cells = [display, base64, String(size), ...algorithms.map((each) => digests[each] ?? '')];
    return { line: csvRecord(cells.map(toCell)) };
  }
  const values = form === 'ffp' ? [file.samplesMd5] : algorithms.map((each) => digests[each]);
  if (!values.every((value) => value !== undefined)) return { omitted: 'no digest' };
  if (FORM_FACTS[form].unwritable?.test(path) === true) return { omitted: 'name' };
  const [value = ''] = values;
  switch (form) {
    case 'gnu':
      return { line: escaped(path, (name) => `${value}  ${name}`) };
    case 'gnu-binary':
      return { line: escaped(path, (name) => `${value} *${name}`) };
    case 'tag':
      return { line: escaped(path, (name) => `${tagOf(algorithms)} (${name}) = ${value}`) };
    case 'hashdeep':
      return { line: `${[size, ...values].join(',')},${path.startsWith('/') ? '' : './'}${path}\n` };
    case 'md5deep':
      return { line: `${value}  ${path}\n` };
    case 'sfv':
      return { line: `${plain(path)} ${value}\n` };
    case 'ffp':
      return { line: `${plain(path)}:${value}\n` };
  }
}

/** GNU coreutils escape a name for what would break its line, and for the backslash that says so. */
function escaped(path: string, lineOfName: (name: string) => string): string {
  if (!/[\\\n\r]/.test(path)) return `${lineOfName(path)}\n`;
  const name = path.replace(/[\\\n\r]/g, (character) =>
    character === '\n' ? '\\n' : character === '\r' ? '\\r' : '\\\\',
  );
  return `\\${lineOfName(name)}\n`;
}

function tagOf([algorithm = 'sha256']: readonly ManifestAlgorithm[]): string {
  return algorithm.toUpperCase();
}

/** A name that begins as a comment does, with a blank, or with a byte order mark (rhash drops it) would be another at its beginning. */
function plain(path: string): string {
  return /^(?:[;\s]|\xef\xbb\xbf)/.test(path) ? `./${path}` : path;
}

/** RFC 4180; cells as they are. */
export function csvRecord(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
}
