import { HoldfastError } from '../../../shared/domain/errors.ts';
import { ENTITY_PREFIXES, parsePublicId, type EntityKind } from '../../../shared/domain/ids.ts';

/** The number behind a public id of one kind. */
export function numberOf(kind: EntityKind, id: string): number {
  const parsed = parsePublicId(id);
  if (parsed?.kind === kind) return parsed.id;
  throw new HoldfastError(
    'BAD_INPUT',
    `"${id}" is not the id of a ${wordOf(kind)}. Such an id looks like ${ENTITY_PREFIXES[kind]}-12.`,
  );
}

/** `mass change`, for `massChange`. */
function wordOf(kind: EntityKind): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export function found<Value>(kind: EntityKind, id: string, value: Value | undefined): Value {
  if (value !== undefined) return value;
  throw new HoldfastError('NOT_FOUND', `There is no ${wordOf(kind)} ${id} in this archive.`);
}
