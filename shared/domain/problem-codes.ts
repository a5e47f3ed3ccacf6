/**
 * What can be wrong with a single file or folder during a survey, accession or rescan: data with stable codes, never an
 * exception, so that one bad file does not end an act. Every message says what to do.
 */

/**
 * `problem`: not taken in, or not wholly; a person should look. `advisory`: worth knowing; nothing is refused for it.
 * `refusal`: not taken in by policy.
 */
export type ProblemSeverity = 'problem' | 'advisory' | 'refusal';

/** What a message may mention; each is optional, and a message reads well without it. */
export interface ProblemContext {
  /** The system's own error code, such as EIO or EACCES. */
  readonly errno?: string | undefined;
  /** Byte offset of the failure. */
  readonly offset?: number | bigint | undefined;
  /** Where in the recording, in milliseconds from its beginning. */
  readonly timeMs?: number | undefined;
  /** Display form of another path: the twin, the target of a link, the folder that a loop leads back to. */
  readonly other?: string | undefined;
  /** What something was taken for or found to be: a format's name, `a socket`, a rule of the scan policy, a parser's word, where a link leads. */
  readonly detail?: string | undefined;
  /** What was expected instead: the format that the name claims. */
  readonly expected?: string | undefined;
}

interface ProblemTemplate {
  readonly severity: ProblemSeverity;
  readonly message: (context: ProblemContext) => string;
}

/** Codes are part of the command line's JSON: never renamed, never reused. */
export const PROBLEMS = {
  not_found: {
    severity: 'problem',
    message: () => 'Nothing is at this path. Check its spelling, and that its disk is connected.',
  },
  unreadable: {
    severity: 'problem',
    message: ({ errno }) =>
      `It may not be read${inBrackets(errno)}. Give this user permission to read it, then run this again.`,
  },
  io_error: {
    severity: 'problem',
    message: ({ errno, offset }) =>
      `The disk failed to return its bytes${offset === undefined ? '' : ` at offset ${offset}`}${inBrackets(errno)}. ` +
      'Stop writing to this disk, copy what can be read, and look for another copy of this file.',
  },
  vanished: {
    severity: 'problem',
    message: () =>
      'It was listed, and gone when it was to be read. Find out what removes it, then run this again.',
  },
  changed_while_read: {
    severity: 'problem',
    message: () =>
      'It changed while it was read, so no digest of it can be kept. Close what writes to it, then run this again.',
  },
  symlink_not_followed: {
    severity: 'problem',
    message: ({ other, detail }) => {
      const what = `It is a symbolic link${other === undefined ? '' : ` to ${other}`}`;
      return detail === undefined
        ? `${what} and was not followed. If what it points to belongs to this accession, name that path as well.`
        : `${what}, ${detail}. Repair or remove the link.`;
    },
  },
  special_file: {
    severity: 'problem',
    message: ({ detail }) =>
      `It is ${detail ?? 'a pipe, socket or device'}, not a file with content. Leave it out or remove it.`,
  },
  loop: {
    severity: 'problem',
    message: ({ other }) =>
      `This folder leads back to ${other ?? 'a folder above it'} and was not entered again. Remove the mount or link that closes the loop.`,
  },
  path_too_long: {
    severity: 'problem',
    message: () =>
      'Its path is longer than this system can open. Name a folder further down as the root, or shorten a folder.',
  },
  folder_unreadable: {
    severity: 'problem',
    message: ({ errno }) =>
      `This folder could not be listed${inBrackets(errno)}, so what it holds is unknown. Give this user permission, then run this again.`,
  },
  on_other_volume: {
    severity: 'problem',
    message: () =>
      'Another volume is mounted here and was not entered. If it belongs to this accession, name its path as well.',
  },
  destination_failed: {
    severity: 'problem',
    message: ({ errno }) =>
      `The place it was to be copied to failed${inBrackets(errno)}. Check that it is connected, writable and has room, then run this again.`,
  },
  copy_differs: {
    severity: 'problem',
    message: () =>
      'What was read here is not what was taken into custody, so it was not copied; another copy was used where there is one. Audit this place.',
  },
  no_good_copy: {
    severity: 'problem',
    message: () =>
      'No copy of its content could be read whole, so no bag was made of its accession. Connect the places that hold it, or recover it, then run this again.',
  },
  reader_failed: {
    severity: 'problem',
    message: ({ detail }) =>
      `Reading it brought the program's reader down${inBrackets(detail)}, so it was not taken in. ` +
      'That is a fault of the program: report it, with the file if you may.',
  },
  changed_since_custody: {
    severity: 'problem',
    message: () =>
      'It differs in size or times from what was taken into custody. Its digest stands as it was; run an audit to see what changed.',
  },
  protected: {
    severity: 'refusal',
    message: ({ detail }) =>
      `It is encrypted by ${detail ?? 'a rights management system'} and was not accepted: it could not be read once that system ends. ` +
      'Ask its source for a copy without protection.',
  },
  protected_kept: {
    severity: 'advisory',
    message: ({ detail }) =>
      `It is encrypted by ${detail ?? 'a rights management system'} and was accepted since a statute is the basis. ` +
      'It is kept as it is, never decrypted and never shared; ask its source for a copy without protection as well.',
  },
  name_not_utf8: {
    severity: 'advisory',
    message: () =>
      'Its name is not UTF-8. It is kept byte for byte, and shown with \\xHH for the bytes that are no text.',
  },
  name_twin: {
    severity: 'advisory',
    message: ({ other }) =>
      `Its name looks the same as ${other ?? "another file's"} and differs only in how accents are encoded (NFC, NFD). ` +
      'Both are kept apart; some systems cannot hold both, so consider renaming one before it is deposited.',
  },
  empty_file: {
    severity: 'advisory',
    message: () => 'It is empty (0 bytes). If it should hold a recording, look for another copy.',
  },
  tags_unreadable: {
    severity: 'advisory',
    message: ({ detail }) =>
      `Its tags could not be read${inBrackets(detail)}. The file is kept as it is; describe it by hand if need be.`,
  },
  cue_damaged: {
    severity: 'advisory',
    message: ({ detail }) =>
      `Not all of this cue sheet could be used${inBrackets(detail)}. The file is kept as it is; see: holdfast item tracks.`,
  },
  format_mismatch: {
    severity: 'advisory',
    message: ({ detail, expected }) =>
      `Its content is ${detail ?? 'another format'}, not ${expected ?? 'what its name claims'}. ` +
      'It is kept under its name and recorded as what it is; check where it comes from.',
  },
  virus_found: {
    severity: 'problem',
    message: ({ detail }) =>
      `The virus scanner finds ${detail ?? 'a virus'} in it. It was taken in as it is: do not open it, have it looked at, and deaccession it if it is not wanted.`,
  },
  virus_not_checked: {
    severity: 'problem',
    message: ({ detail }) =>
      `The virus scanner could not look at it${inBrackets(detail)}. Look at it by hand before it is handed on.`,
  },
  essence_damaged: {
    severity: 'problem',
    message: (context) =>
      `Its audio is damaged${placeOf(context)}${inBrackets(context.detail)}. Look for another copy, and keep this one until there is.`,
  },
  checksum_differs: {
    severity: 'advisory',
    message: (context) =>
      `It differs from the encoder's checksum${placeOf(context)}${inBrackets(context.detail)}. ` +
      'A change of volume (mp3gain) or cutting does that too; compare it with another copy.',
  },
  truncated: {
    severity: 'problem',
    message: (context) =>
      `It ends before its audio does${placeOf(context)}${inBrackets(context.detail)}. Look for a whole copy.`,
  },
  header_damaged: {
    severity: 'problem',
    message: (context) =>
      `What describes its audio is wrong${placeOf(context)}${inBrackets(context.detail)}, so players may misread it. ` +
      'Look for another copy; the audio itself may be saved from this one.',
  },
  decoder_limitation: {
    severity: 'advisory',
    message: (context) =>
      `This program could not follow all of it${placeOf(context)}${inBrackets(context.detail)}. ` +
      'That says nothing against the file; its message digest stands.',
  },
  structure_odd: {
    severity: 'advisory',
    message: (context) =>
      `It is built in an unusual way${placeOf(context)}${inBrackets(context.detail)}. Nothing is to be done.`,
  },
  left_out: {
    severity: 'advisory',
    message: ({ detail }) =>
      `Left out by the scan policy${detail === undefined ? '' : `: ${detail}`}. Nothing is to be done.`,
  },
} as const satisfies Readonly<Record<string, ProblemTemplate>>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The message of a problem, without the path it belongs to. */
export function problemMessage(code: ProblemCode, context: ProblemContext = {}): string {
  const template: ProblemTemplate = PROBLEMS[code];
  return template.message(context);
}

export function problemSeverity(code: ProblemCode): ProblemSeverity {
  return PROBLEMS[code].severity;
}

function placeOf({ offset, timeMs }: ProblemContext): string {
  const at = offset === undefined ? '' : ` at byte ${offset}`;
  return timeMs === undefined ? at : `${at}, ${recordingTime(timeMs)} into the recording`;
}

/** `1:02:03.4`; tenths of a second, as people look for a place by ear. */
function recordingTime(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = `${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
  if (minutes < 60) return `${minutes}:${seconds}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${seconds}`;
}

function inBrackets(detail: string | undefined): string {
  return detail === undefined ? '' : ` (${detail})`;
}
