/**
 * What can be found of a bag (RFC 8493, BagIt 0.93 to 1.0): data with stable codes, each with the section that it is about and
 * a sentence that says what is so.
 */
import {
  type BagFindingContext,
  type BagFindingSeverity,
  type BagFindingTemplate,
  because,
} from './bag-finding.ts';
import { PROFILE_FINDINGS, SERIAL_FINDINGS } from './bag-findings-beyond.ts';

/**
 * `complete`: all is there and well-formed, and the payload was not read. `valid`: it was, and every digest agrees;
 * `valid_with_warnings`: that too, yet some tool or system will stumble. `incomplete`: not valid until what fetch.txt names is here.
 */
export const BAG_VERDICTS = [
  'valid',
  'valid_with_warnings',
  'complete',
  'incomplete',
  'undetermined',
  'invalid',
] as const;
export type BagVerdict = (typeof BAG_VERDICTS)[number];

/** What a bag is in. */
export const BAG_FORMS = ['folder', 'tar', 'tar.gz', 'zip'] as const;
export type BagForm = (typeof BAG_FORMS)[number];

/**
 * Codes are part of the command line's JSON: never renamed, never reused. docs/bagit-rules.md is written from them.
 * @testonly
 */
export const BAG_FINDINGS = {
  'BAG-DECLARATION-MISSING': {
    severity: 'error',
    rule: '2.1.1',
    message: () => 'There is no bagit.txt, so this folder does not declare itself a bag.',
  },
  'BAG-DECLARATION-MALFORMED': {
    severity: 'error',
    rule: '2.1.1',
    message: ({ detail }) => `bagit.txt is not the two lines that it must be${because(detail)}.`,
  },
  'BAG-DECLARATION-LOOSE': {
    severity: 'warning',
    rule: '2.1.1',
    message: ({ detail }) => `bagit.txt is not written as later versions ask${because(detail)}.`,
  },
  'BAG-VERSION-UNKNOWN': {
    severity: 'error',
    rule: '2.1.1',
    message: ({ detail }) =>
      `It is declared as BagIt ${detail ?? '?'}, which is none of 0.93 to 0.97 and 1.0. It was judged as 1.0.`,
  },
  'BAG-ENCODING-UNKNOWN': {
    severity: 'error',
    rule: '2.1.1',
    message: ({ detail }) =>
      `Tag files are declared as ${detail ?? '?'}, which cannot be read here. They were read as UTF-8.`,
  },
  'BAG-TAG-FILE-ENCODING': {
    severity: 'error',
    rule: '2.3',
    message: (at) => `${place(at)} is not in the declared encoding${because(at.expected)}.`,
  },
  'BAG-BYTE-ORDER-MARK': {
    severity: 'warning',
    rule: '2.3',
    message: () => 'This tag file begins with a byte order mark, which some tools read as text.',
  },
  'BAG-PAYLOAD-FOLDER-MISSING': {
    severity: 'error',
    rule: '2.1.2',
    message: () => 'There is no folder data/.',
  },
  'BAG-EMPTY-FOLDER': {
    severity: 'warning',
    rule: '2.1.3',
    message: () =>
      'This folder is empty. No manifest can list it, so it will be lost when the bag is copied by its manifests.',
  },
  'BAG-MANIFEST-MISSING': {
    severity: 'error',
    rule: '2.1.3',
    message: () => 'There is no payload manifest.',
  },
  'BAG-MANIFEST-TWICE': {
    severity: 'error',
    rule: '2.1.3',
    message: ({ detail }) =>
      `There is another manifest for ${detail ?? 'the same algorithm'}; this one was not read.`,
  },
  'BAG-MANIFEST-NAME': {
    severity: 'warning',
    rule: '2.4',
    message: ({ expected }) => `Its name should be ${expected ?? 'in lower case, without punctuation'}.`,
  },
  'BAG-MANIFEST-LINE': {
    severity: 'error',
    rule: '2.1.3',
    message: (at) => `${place(at)} is not a digest and a path${because(at.detail)}.`,
  },
  'BAG-DIGEST-MALFORMED': {
    severity: 'error',
    rule: '2.1.3',
    message: (at) =>
      `${place(at)} has no ${at.expected === undefined ? '' : `${at.expected} `}digest in hexadecimal.`,
  },
  'BAG-MANIFEST-DIALECT': {
    severity: 'warning',
    rule: '6.1.3',
    message: (at) =>
      `${place(at)} is written in a dialect of checksum tools (${at.detail ?? 'not BagIt'}). It was read as they mean it.`,
  },
  'BAG-PATH-REFUSED': {
    severity: 'error',
    rule: '5.1',
    message: (at) =>
      `${place(at)} names a path that is refused: ${at.detail ?? 'it may lead out of the bag'}.`,
  },
  'BAG-PATH-OUTSIDE-PAYLOAD': {
    severity: 'error',
    rule: '2.1.3',
    message: (at) => `${place(at)} names a path that is not below data/.`,
  },
  'BAG-LISTED-TWICE': {
    severity: 'error',
    rule: '2.1.3',
    message: (at) => `${place(at)} lists this file once more.`,
  },
  'BAG-MISSING': {
    severity: 'error',
    rule: '3',
    message: ({ in: manifest }) => `It is listed in ${manifest ?? 'a manifest'}, and is not there.`,
  },
  'BAG-UNLISTED': {
    severity: 'error',
    rule: '3',
    message: () => 'It is in data/, and no manifest lists it.',
  },
  'BAG-NOT-IN-EVERY-MANIFEST': {
    severity: 'error',
    rule: '2.1.3',
    message: ({ detail }) => `Not every payload manifest lists it, as BagIt 1.0 asks${because(detail)}.`,
  },
  'BAG-DIGEST-MISMATCH': {
    severity: 'error',
    rule: '3',
    message: ({ detail }) => `Its content is not what the manifests say: ${detail ?? 'its digest'} differs.`,
  },
  'BAG-MANIFESTS-DISAGREE': {
    severity: 'error',
    rule: '3',
    message: ({ detail, expected }) =>
      `The manifests disagree about it: ${expected ?? 'one'} agrees with its content, ${detail ?? 'another'} does not.`,
  },
  'BAG-WEAK-ALGORITHM': {
    severity: 'warning',
    rule: '2.4',
    message: ({ detail }) =>
      `${detail ?? 'Its algorithm'} finds accidents, and no longer proves that nobody changed the content on purpose.`,
  },
  'BAG-ALGORITHM-UNKNOWN': {
    severity: 'undetermined',
    rule: '2.4',
    message: ({ detail }) =>
      `Digests of ${detail ?? 'this algorithm'} cannot be made here; they were not compared.`,
  },
  'BAG-OXUM-MISMATCH': {
    severity: 'error',
    rule: '2.2.2',
    message: ({ detail, expected }) =>
      `Payload-Oxum says ${expected ?? 'otherwise'} (bytes.files), and data/ holds ${detail ?? 'something else'}.`,
  },
  'BAG-OXUM-MALFORMED': {
    severity: 'error',
    rule: '2.2.2',
    message: (at) => `${place(at)}: Payload-Oxum is not two numbers, bytes.files.`,
  },
  'BAG-OXUM-TWICE': {
    severity: 'error',
    rule: '2.2.2',
    message: (at) => `${place(at)}: Payload-Oxum stands more than once.`,
  },
  'BAG-INFO-LINE': {
    severity: 'error',
    rule: '2.2.2',
    message: (at) => `${place(at)} is neither a label and its value nor the continuation of one.`,
  },
  'BAG-FETCH-LINE': {
    severity: 'error',
    rule: '2.2.3',
    message: (at) => `${place(at)} is not an address, a length and a path.`,
  },
  'BAG-FETCH-UNLISTED': {
    severity: 'error',
    rule: '2.2.3',
    message: () => 'It is to be fetched, and not every payload manifest lists it.',
  },
  'BAG-NOT-FETCHED': {
    severity: 'incomplete',
    rule: '2.2.3',
    message: () =>
      'It is listed in fetch.txt and has not been brought here. Nothing is downloaded by itself: ask the sender for the whole bag.',
  },
  'BAG-TAG-FILE-MISSING': {
    severity: 'error',
    rule: '3',
    message: ({ in: manifest }) => `It is listed in ${manifest ?? 'a tag manifest'}, and is not there.`,
  },
  'BAG-TAG-DIGEST-MISMATCH': {
    severity: 'error',
    rule: '3',
    message: ({ in: manifest }) => `Its content is not what ${manifest ?? 'a tag manifest'} says.`,
  },
  'BAG-TAG-MANIFEST-LISTS-ITSELF': {
    severity: 'error',
    rule: '2.2.1',
    message: (at) => `${place(at)} lists a tag manifest, which none may.`,
  },
  'BAG-TAG-MANIFEST-OMITS': {
    severity: 'error',
    rule: '2.2.1',
    message: ({ in: manifest }) =>
      `${manifest ?? 'A tag manifest'} does not list this payload manifest, as it must.`,
  },
  'BAG-TAG-FILE-UNLISTED': {
    severity: 'warning',
    rule: '2.2.1',
    message: ({ in: manifest }) =>
      `${manifest ?? 'A tag manifest'} does not list it, so a change of it would not be seen.`,
  },
  'BAG-SYMLINK': {
    severity: 'error',
    rule: '5.1',
    message: () => 'It is a symbolic link, which may lead out of the bag. It was not followed.',
  },
  'BAG-SPECIAL-FILE': {
    severity: 'error',
    rule: '2.1.2',
    message: ({ detail }) => `It is ${detail ?? 'a pipe, socket or device'}, not a file with content.`,
  },
  'BAG-NAME-NOT-UTF8': {
    severity: 'error',
    rule: '2.3',
    message: () => 'Its name is not UTF-8, so no manifest can list it.',
  },
  'BAG-NORMALISATION-TWIN': {
    severity: 'error',
    rule: '6.1.1.3',
    message: () =>
      'There is another name that differs from it only in normalisation (NFC, NFD). Some systems take both for one, so that one of the files would be lost.',
  },
  'BAG-NORMALISATION-DIFFERS': {
    severity: 'warning',
    rule: '6.1.1.3',
    message: (at) => `${place(at)} lists it in another normalisation (NFC, NFD) than its name on disk.`,
  },
  'BAG-CASE-TWIN': {
    severity: 'warning',
    rule: '6.1.1.3',
    message: () =>
      'There is another name that differs from it only in case. Windows and macOS can hold but one of them.',
  },
  'BAG-RESERVED-NAME': {
    severity: 'warning',
    rule: '6.1.2',
    message: ({ detail }) => `Windows cannot hold this name${because(detail)}.`,
  },
  'BAG-PERCENT-IN-NAME': {
    severity: 'warning',
    rule: '2.1.3',
    message: () => 'Its name has a percent sign, which some tools do not decode in manifests.',
  },
  'BAG-PERCENT-NOT-ENCODED': {
    severity: 'warning',
    rule: '2.1.3',
    message: (at) =>
      `${place(at)} should have its percent sign encoded as %25. It was read as the name that is there.`,
  },
  'BAG-UNREADABLE': {
    severity: 'undetermined',
    rule: '3',
    message: ({ detail }) =>
      `It could not be read${detail === undefined ? '' : ` (${detail})`}, so nothing is proven of it.`,
  },
  'BAG-CHANGED-WHILE-CHECKED': {
    severity: 'undetermined',
    rule: '3',
    message: () => 'It changed while the bag was checked. Close what writes to it, then check again.',
  },
  'BAG-TOO-LARGE': {
    severity: 'undetermined',
    rule: '3',
    message: ({ detail }) =>
      `It is beyond what is checked${because(detail)}; the rest of it was not looked at.`,
  },
  ...SERIAL_FINDINGS,
  ...PROFILE_FINDINGS,
} as const satisfies Readonly<Record<string, BagFindingTemplate>>;

export type BagFindingCode = keyof typeof BAG_FINDINGS;

/** Whether this version of the program knows it. */
export function isBagFindingCode(code: string): code is BagFindingCode {
  return Object.hasOwn(BAG_FINDINGS, code);
}

export function bagFindingSeverity(code: BagFindingCode): BagFindingSeverity {
  return BAG_FINDINGS[code].severity;
}

export function bagFindingRule(code: BagFindingCode): string {
  const { rule } = BAG_FINDINGS[code];
  return /^\d/.test(rule) ? `RFC 8493 §${rule}` : rule;
}

export function bagFindingMessage(code: BagFindingCode, context: BagFindingContext = {}): string {
  const template: BagFindingTemplate = BAG_FINDINGS[code];
  return template.message(context);
}

/** What may be said of a bag as a whole, the worst of its findings deciding. */
export function bagVerdict(found: Iterable<BagFindingSeverity>, payloadRead: boolean): BagVerdict {
  const severities = new Set(found);
  if (severities.has('error')) return 'invalid';
  if (severities.has('incomplete')) return 'incomplete';
  if (severities.has('undetermined')) return 'undetermined';
  if (!payloadRead) return 'complete';
  return severities.has('warning') ? 'valid_with_warnings' : 'valid';
}

function place({ in: file, line }: BagFindingContext): string {
  if (line === undefined) return file ?? 'A tag file';
  return `Line ${line} of ${file ?? 'a tag file'}`;
}
