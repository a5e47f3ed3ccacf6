/** Errors as the command line tells them: a code, a sentence, an exit code. */
import { ERROR_EXIT_CODES, HoldfastError, type ErrorCode } from '../../shared/domain/errors.ts';

export const EXIT = { done: 0, attention: 1, usage: 2, incomplete: 3, interrupted: 130 } as const;

/** Wrong usage: nothing was done. */
export class UsageError extends HoldfastError {
  constructor(message: string, code: ErrorCode = 'BAD_INPUT') {
    super(code, message);
    this.name = 'UsageError';
  }
}

/** A person pressed Ctrl-C, or the system asked the program to end. */
export class Interrupted extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Interrupted';
  }
}

/** A job that does not rest as done, with a reason that is none of the contract's codes. */
export class JobStopped extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'JobStopped';
    this.code = code;
  }
}

/** A failure as it is told; `code` is in `--json`. */
export interface Told {
  readonly code: string;
  readonly message: string;
  readonly exit: number;
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_EXIT_CODES, code);
}

/** Whether something thrown by the host or the contract carries this code. */
export function hasCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

export function tell(error: unknown): Told {
  if (error instanceof Interrupted)
    return { code: 'INTERRUPTED', message: error.message, exit: EXIT.interrupted };
  if (error instanceof JobStopped) return { code: error.code, message: error.message, exit: EXIT.incomplete };
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (isErrorCode(code)) return { code, message, exit: ERROR_EXIT_CODES[code] };
  // The contract's own check of what it was given: it comes before any act.
  if (code === 'BAD_REQUEST')
    return { code: 'BAD_INPUT', message: badRequest(error, message), exit: EXIT.usage };
  return {
    code: 'INTERNAL',
    message: `This is a fault of the program, not of your files: ${message}. Set HOLDFAST_DEBUG=1 to see where.`,
    exit: EXIT.incomplete,
  };
}

function badRequest(error: unknown, message: string): string {
  const data = error instanceof Error && 'data' in error ? error.data : undefined;
  const issues: unknown =
    typeof data === 'object' && data !== null && 'issues' in data ? data.issues : undefined;
  if (!Array.isArray(issues) || issues.length === 0) return message;
  const lines = issues.map((issue: unknown) => {
    if (typeof issue !== 'object' || issue === null) return '';
    const path = 'path' in issue && Array.isArray(issue.path) ? issue.path.join('.') : '';
    const text = 'message' in issue && typeof issue.message === 'string' ? issue.message : 'not accepted';
    return path === '' ? text : `${path}: ${text}`;
  });
  return lines.filter((line) => line !== '').join('; ');
}
