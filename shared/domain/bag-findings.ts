/**
 * What can be found of a bag (RFC 8493, BagIt 0.93 to 1.0): data with stable codes, each with the section that it is about and
 * a sentence that says what is so.
 */

/**
 * `error`: it is no valid bag. `incomplete`: what its fetch.txt names has not been brought here yet. `undetermined`: something
 * could not be read or compared, so nothing is proven of it. `warning`: valid, yet some tool or system will stumble.
 */
export type BagFindingSeverity = 'error' | 'incomplete' | 'undetermined' | 'warning';

/** `complete`: all is there and well-formed, and the payload was not read. `valid`: it was, and every digest agrees. */
export const BAG_VERDICTS = ['valid', 'complete', 'incomplete', 'undetermined', 'invalid'] as const;
export type BagVerdict = (typeof BAG_VERDICTS)[number];

/** What a sentence may mention; the file itself stands beside it. */
export interface BagFindingContext {
  /** Name of the manifest or other tag file that it was found in. */
  readonly in?: string | undefined;
  /** Line of that file, counted from 1. */
  readonly line?: number | undefined;
  /** What was found: an algorithm, a version, a reason, the system's error code. */
  readonly detail?: string | undefined;
  /** What was expected instead. */
  readonly expected?: string | undefined;
}

interface BagFindingTemplate {
  readonly severity: BagFindingSeverity;
  /** Section of RFC 8493. */
  readonly rule: string;
  readonly message: (context: BagFindingContext) => string;
}

/**
 * Codes are part of the command line's JSON: never renamed, never reused.
 * @testonly
 */
export const BAG_FINDINGS = {
  declaration_missing: {
    severity: 'error',
    rule: '2.1.1',
    message: () => 'There is no bagit.txt, so this folder does not declare itself a bag.',
  },
  declaration_malformed: {
    severity: 'error',
    rule: '2.1.1',
    message: ({ detail }) => `bagit.txt is not the two lines that it must be${because(detail)}.`,
  },
  declaration_loose: {
    severity: 'warning',
    rule: '2.1.1',
    message: ({ detail }) => `bagit.txt is not written as later versions ask${because(detail)}.`,
  },
  version_unknown: {
    severity: 'error',
    rule: '2.1.1',
    message: ({ detail }) =>
      `It is declared as BagIt ${detail ?? '?'}, which is none of 0.93 to 0.97 and 1.0. It was judged as 1.0.`,
  },
  encoding_unknown: {
    severity: 'error',
    rule: '2.1.1',
    message: ({ detail }) =>
      `Tag files are declared as ${detail ?? '?'}, which cannot be read here. They were read as UTF-8.`,
  },
  tag_file_encoding: {
    severity: 'error',
    rule: '2.1.1',
    message: (at) => `${place(at)} is not in the declared encoding${because(at.expected)}.`,
  },
  byte_order_mark: {
    severity: 'warning',
    rule: '2.1.1',
    message: () => 'This tag file begins with a byte order mark, which some tools read as text.',
  },
  payload_folder_missing: {
    severity: 'error',
    rule: '2.1.2',
    message: () => 'There is no folder data/.',
  },
  empty_folder: {
    severity: 'warning',
    rule: '2.1.2',
    message: () =>
      'This folder is empty. No manifest can list it, so it will be lost when the bag is copied by its manifests.',
  },
  manifest_missing: {
    severity: 'error',
    rule: '2.1.3',
    message: () => 'There is no payload manifest.',
  },
  manifest_twice: {
    severity: 'error',
    rule: '2.4',
    message: ({ detail }) =>
      `There is another manifest for ${detail ?? 'the same algorithm'}; this one was not read.`,
  },
  manifest_name: {
    severity: 'warning',
    rule: '2.4',
    message: ({ expected }) => `Its name should be ${expected ?? 'in lower case, without punctuation'}.`,
  },
  manifest_line: {
    severity: 'error',
    rule: '2.1.3',
    message: (at) => `${place(at)} is not a digest and a path${because(at.detail)}.`,
  },
  digest_malformed: {
    severity: 'error',
    rule: '2.1.3',
    message: (at) => `${place(at)} has no ${at.expected ?? 'digest'} digest in hexadecimal.`,
  },
  manifest_dialect: {
    severity: 'warning',
    rule: '6.1.3',
    message: (at) =>
      `${place(at)} is written in a dialect of checksum tools (${at.detail ?? 'not BagIt'}). It was read as they mean it.`,
  },
  path_refused: {
    severity: 'error',
    rule: '5.1',
    message: (at) =>
      `${place(at)} names a path that is refused: ${at.detail ?? 'it may lead out of the bag'}.`,
  },
  path_outside_payload: {
    severity: 'error',
    rule: '2.1.3',
    message: (at) => `${place(at)} names a path that is not below data/.`,
  },
  listed_twice: {
    severity: 'error',
    rule: '2.1.3',
    message: (at) => `${place(at)} lists this file once more.`,
  },
  missing: {
    severity: 'error',
    rule: '3',
    message: ({ in: manifest }) => `It is listed in ${manifest ?? 'a manifest'}, and is not there.`,
  },
  unlisted: {
    severity: 'error',
    rule: '3',
    message: () => 'It is in data/, and no manifest lists it.',
  },
  not_in_every_manifest: {
    severity: 'error',
    rule: '2.1.3',
    message: ({ detail }) => `Not every payload manifest lists it, as BagIt 1.0 asks${because(detail)}.`,
  },
  digest_mismatch: {
    severity: 'error',
    rule: '3',
    message: ({ detail }) => `Its content is not what the manifests say: ${detail ?? 'its digest'} differs.`,
  },
  manifests_disagree: {
    severity: 'error',
    rule: '3',
    message: ({ detail, expected }) =>
      `The manifests disagree about it: ${expected ?? 'one'} agrees with its content, ${detail ?? 'another'} does not.`,
  },
  weak_algorithm: {
    severity: 'warning',
    rule: '2.4',
    message: ({ detail }) =>
      `${detail ?? 'Its algorithm'} finds accidents, and no longer proves that nobody changed the content on purpose.`,
  },
  algorithm_unknown: {
    severity: 'undetermined',
    rule: '2.4',
    message: ({ detail }) =>
      `Digests of ${detail ?? 'this algorithm'} cannot be made here; they were not compared.`,
  },
  oxum_mismatch: {
    severity: 'error',
    rule: '2.2.2',
    message: ({ detail, expected }) =>
      `Payload-Oxum says ${expected ?? 'otherwise'} (bytes.files), and data/ holds ${detail ?? 'something else'}.`,
  },
  oxum_malformed: {
    severity: 'error',
    rule: '2.2.2',
    message: (at) => `${place(at)}: Payload-Oxum is not two numbers, bytes.files.`,
  },
  oxum_twice: {
    severity: 'error',
    rule: '2.2.2',
    message: (at) => `${place(at)}: Payload-Oxum stands more than once.`,
  },
  bag_info_line: {
    severity: 'error',
    rule: '2.2.2',
    message: (at) => `${place(at)} is neither a label and its value nor the continuation of one.`,
  },
  fetch_line: {
    severity: 'error',
    rule: '2.2.3',
    message: (at) => `${place(at)} is not an address, a length and a path.`,
  },
  fetch_unlisted: {
    severity: 'error',
    rule: '2.2.3',
    message: () => 'It is to be fetched, and not every payload manifest lists it.',
  },
  not_fetched: {
    severity: 'incomplete',
    rule: '2.2.3',
    message: () =>
      'It is listed in fetch.txt and has not been brought here. Nothing is downloaded by itself: ask the sender for the whole bag.',
  },
  tag_file_missing: {
    severity: 'error',
    rule: '3',
    message: ({ in: manifest }) => `It is listed in ${manifest ?? 'a tag manifest'}, and is not there.`,
  },
  tag_digest_mismatch: {
    severity: 'error',
    rule: '3',
    message: ({ in: manifest }) => `Its content is not what ${manifest ?? 'a tag manifest'} says.`,
  },
  tag_manifest_lists_itself: {
    severity: 'error',
    rule: '2.2.1',
    message: (at) => `${place(at)} lists a tag manifest, which none may.`,
  },
  tag_manifest_omits: {
    severity: 'error',
    rule: '2.2.1',
    message: ({ in: manifest }) =>
      `${manifest ?? 'A tag manifest'} does not list this payload manifest, as it must.`,
  },
  tag_file_unlisted: {
    severity: 'warning',
    rule: '2.2.1',
    message: ({ in: manifest }) =>
      `${manifest ?? 'A tag manifest'} does not list it, so a change of it would not be seen.`,
  },
  symlink: {
    severity: 'error',
    rule: '5.1',
    message: () => 'It is a symbolic link, which may lead out of the bag. It was not followed.',
  },
  special_file: {
    severity: 'error',
    rule: '2.1.2',
    message: ({ detail }) => `It is ${detail ?? 'a pipe, socket or device'}, not a file with content.`,
  },
  name_not_utf8: {
    severity: 'error',
    rule: '6.1.1',
    message: () => 'Its name is not UTF-8, so no manifest can list it.',
  },
  normalisation_twin: {
    severity: 'error',
    rule: '6.1.1',
    message: () =>
      'There is another name that differs from it only in normalisation (NFC, NFD). Some systems take both for one, so that one of the files would be lost.',
  },
  normalisation_differs: {
    severity: 'warning',
    rule: '6.1.1',
    message: (at) => `${place(at)} lists it in another normalisation (NFC, NFD) than its name on disk.`,
  },
  case_twin: {
    severity: 'warning',
    rule: '6.1.2',
    message: () =>
      'There is another name that differs from it only in case. Windows and macOS can hold but one of them.',
  },
  reserved_name: {
    severity: 'warning',
    rule: '6.1.2',
    message: ({ detail }) => `Windows cannot hold this name${because(detail)}.`,
  },
  percent_in_name: {
    severity: 'warning',
    rule: '2.1.3',
    message: () => 'Its name has a percent sign, which some tools do not decode in manifests.',
  },
  percent_not_encoded: {
    severity: 'warning',
    rule: '2.1.3',
    message: (at) =>
      `${place(at)} should have its percent sign encoded as %25. It was read as the name that is there.`,
  },
  unreadable: {
    severity: 'undetermined',
    rule: '3',
    message: ({ detail }) =>
      `It could not be read${detail === undefined ? '' : ` (${detail})`}, so nothing is proven of it.`,
  },
  changed_while_checked: {
    severity: 'undetermined',
    rule: '3',
    message: () => 'It changed while the bag was checked. Close what writes to it, then check again.',
  },
  too_large: {
    severity: 'undetermined',
    rule: '3',
    message: ({ detail }) =>
      `It is beyond what is checked${because(detail)}; the rest of it was not looked at.`,
  },
} as const satisfies Readonly<Record<string, BagFindingTemplate>>;

export type BagFindingCode = keyof typeof BAG_FINDINGS;

export function bagFindingSeverity(code: BagFindingCode): BagFindingSeverity {
  return BAG_FINDINGS[code].severity;
}

export function bagFindingRule(code: BagFindingCode): string {
  return `RFC 8493 §${BAG_FINDINGS[code].rule}`;
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
  return payloadRead ? 'valid' : 'complete';
}

function place({ in: file, line }: BagFindingContext): string {
  if (line === undefined) return file ?? 'A tag file';
  return `Line ${line} of ${file ?? 'a tag file'}`;
}

function because(detail: string | undefined): string {
  return detail === undefined ? '' : `: ${detail}`;
}
