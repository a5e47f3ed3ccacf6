/**
 * Every error that Holdfast tells a person, as a stable code with the exit code of the command line.
 * 2: wrong usage or bad input, nothing was done. 3: could not complete; what was done is recorded and can be resumed.
 */
export const ERROR_EXIT_CODES = {
  BAD_INPUT: 2,
  ARCHIVE_NOT_FOUND: 2,
  ARCHIVE_EXISTS: 2,
  NETWORK_FILE_SYSTEM: 2,
  FOLDER_NOT_FOUND: 2,
  NOT_A_FOLDER: 2,
  FOLDER_UNREADABLE: 2,
  RIGHTS_REQUIRED: 2,
  PROVENANCE_REQUIRED: 2,
  ALREADY_IN_CUSTODY: 2,
  LOCATIONS_OVERLAP: 2,
  JOB_DIFFERS: 2,
  NOT_FOUND: 2,
  EDIT_CONFLICT: 2,
  UNSUPPORTED: 2,
  JOB_RUNNING: 3,
  ARCHIVE_HELD: 3,
  ARCHIVE_READ_ONLY: 3,
  CATALOGUE_NEWER: 3,
  CATALOGUE_CORRUPT: 3,
  DISK_FULL: 3,
  LOCATION_UNREACHABLE: 3,
  INTERNAL: 3,
} as const;

export type ErrorCode = keyof typeof ERROR_EXIT_CODES;

/** An error for a person: `message` says what is so and what to do about it. */
export class HoldfastError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HoldfastError';
    this.code = code;
  }
}
