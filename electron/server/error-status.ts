/** The contract's errors as HTTP says them. */
import { HoldfastError, type ErrorCode } from '../../shared/domain/errors.ts';

const STATUSES: Partial<Record<ErrorCode, number>> = {
  BAD_INPUT: 400,
  NOT_FOUND: 404,
  UNSUPPORTED: 415,
  LOCATION_UNREACHABLE: 503,
};

/** Undefined for what a person cannot be told: a fault of the program. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof HoldfastError ? STATUSES[error.code] : undefined;
}
