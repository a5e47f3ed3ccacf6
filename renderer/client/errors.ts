/** Every error as the contract tells it. `CONNECTION_LOST`: the host is away; what was asked may or may not have been done. */
export interface CallError {
  readonly code: string;
  readonly message: string;
}

/** What calls reject with: an Error, so that it has a stack, and a CallError, so that screens can tell it. */
export class FailedCall extends Error implements CallError {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FailedCall';
    this.code = code;
  }
}

/** The code of a line that is gone; its words stand in the catalogue of messages. */
export const CONNECTION_LOST = 'CONNECTION_LOST';
/** The code of a question that was given up by whoever asked it. @testonly */
export const CANCELLED = 'CANCELLED';

function fieldOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null && name in error
    ? (error as Record<string, unknown>)[name]
    : undefined;
}

/** The contract's own check of what it was given names each field; a person reads them as one sentence a field. */
function badInput(error: unknown, message: string): string {
  const issues = fieldOf(fieldOf(error, 'data'), 'issues');
  if (!Array.isArray(issues)) return message;
  const lines = issues.flatMap((issue: unknown) => {
    const text = fieldOf(issue, 'message');
    if (typeof text !== 'string') return [];
    const path = fieldOf(issue, 'path');
    const where = Array.isArray(path) ? path.map(String).join('.') : '';
    return [where === '' ? text : `${where}: ${text}`];
  });
  return lines.length === 0 ? message : lines.join('; ');
}

export function callErrorOf(error: unknown): CallError {
  const message = error instanceof Error ? error.message : String(error);
  if (fieldOf(error, 'name') === 'AbortError') return { code: CANCELLED, message };
  const code = fieldOf(error, 'code');
  if (code === 'BAD_REQUEST') return { code: 'BAD_INPUT', message: badInput(error, message) };
  if (typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR') return { code: 'INTERNAL', message };
  return { code, message };
}

export function failedCall(error: unknown): FailedCall {
  if (error instanceof FailedCall) return error;
  const { code, message } = callErrorOf(error);
  return new FailedCall(code, message, { cause: error });
}
