import type {
  DescriptionChange,
  DescriptionTarget,
  EditResult,
} from '../../../shared/contract/description.ts';
import type { DescribedEntity, FieldName, FieldValue } from '../../../shared/domain/description/fields.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import type { Describable, EditMade, Standing } from '../ports/describing.ts';
import { Drafting, type Describing } from './drafting.ts';
import { describable, scopeOf, slicesOf } from './targets.ts';
import { changeOf, judge, shownOf, standingOf } from './values.ts';

interface FieldChange {
  readonly field: FieldName;
  /** Null clears: lists show again what the file says. */
  readonly value: FieldValue | null;
}

const MOST_TOLD = 10;

/**
 * Edits one thing.
 * @throws HoldfastError BAD_INPUT for a value that cannot be, NOT_FOUND, EDIT_CONFLICT where another value stands than each
 *   change names the version of.
 */
export async function editOne(
  { reader, writer }: Catalogue,
  id: string,
  changes: readonly (FieldChange & { readonly version: number })[],
  agent: ActingAgent,
): Promise<EditResult> {
  const of = describable(id);
  refuseTwice(changes);
  const judged = changes.map((change) => ({ ...change, kept: judgedFor(of, change) }));
  const standing = await standingFor(reader, of);
  const fields = changes.map(({ field }) => field).join(', ');
  const made = await writer.describe(
    { kind: 'edit', note: `Described ${id}: ${fields}`, agent },
    judged.map(({ field, kept, version }) => ({ ...of, field, value: kept, version })),
  );
  const changed = judged
    .map(({ field, kept }) => ({ field, from: standingOf(standing, field).value, to: kept }))
    .filter(({ from, to }) => from !== to)
    .map(({ field, from, to }) => changeOf(of, field, from, to));
  return resultOf(made, changed);
}

/** Writes the same into everything that a target holds, whatever stands there; or shows what that would change. */
export async function editMany(
  catalogue: Describing,
  input: {
    readonly target: DescriptionTarget;
    readonly of: readonly DescribedEntity[];
    readonly changes: readonly FieldChange[];
    readonly shown: number;
  },
  agent: ActingAgent,
): Promise<EditResult> {
  refuseTwice(input.changes);
  const scope = await scopeOf(catalogue.reader, input.target, input.of);
  const drafting = new Drafting(catalogue.writer, input.shown);
  return drafting.finishing(async () => {
    for await (const slice of slicesOf(catalogue.reader, scope)) {
      const standing = await catalogue.reader.standing(slice);
      refuseMissing(slice, standing);
      for (const of of standing)
        for (const change of input.changes) {
          const before = standingOf(of, change.field);
          drafting.change(of, change.field, before.value, judgedFor(of, change));
        }
      await drafting.pass();
    }
    const fields = input.changes.map(({ field }) => field).join(', ');
    return { kind: 'edit', note: `Described many at once: ${fields}`, agent };
  });
}

/** Finds and replaces in one field of everything that a target holds; or shows what that would change. */
export async function replaceText(
  catalogue: Describing,
  input: {
    readonly target: DescriptionTarget;
    readonly of: readonly DescribedEntity[];
    readonly field: FieldName;
    readonly find: string;
    readonly replaceWith: string;
    readonly shown: number;
  },
  agent: ActingAgent,
): Promise<EditResult> {
  const { field, find, replaceWith } = input;
  const scope = await scopeOf(catalogue.reader, input.target, input.of);
  const drafting = new Drafting(catalogue.writer, input.shown);
  return drafting.finishing(async () => {
    const problems: string[] = [];
    for await (const slice of slicesOf(catalogue.reader, scope)) {
      const standing = await catalogue.reader.standing(slice, true);
      refuseMissing(slice, standing);
      for (const of of standing) {
        const value = shownOf(of, field);
        const replaced = value === null ? null : replacedIn(value, find, replaceWith);
        if (replaced === null) continue;
        const judged = judge(of.entity, field, replaced);
        if ('problem' in judged) problems.push(`${publicId(of.entity, of.id)}: ${judged.problem}`);
        else {
          const { value: from, version } = standingOf(of, field);
          drafting.change(of, field, from, judged.kept, { version, shownFrom: value });
        }
      }
      await drafting.pass();
    }
    refuseProblems(problems);
    return { kind: 'replace', note: `Replaced "${find}" with "${replaceWith}" in ${field}`, agent };
  });
}

/** Takes an edit back. @throws HoldfastError NOT_FOUND; EDIT_CONFLICT names what has changed since. */
export async function undo(
  { reader, writer }: Catalogue,
  editId: number,
  shown: number,
  agent: ActingAgent,
): Promise<EditResult> {
  const made = await writer.undoEdit(editId, agent);
  const changes = made.edit === null ? [] : await reader.changesOf(made.edit, shown);
  return resultOf(
    made,
    changes.map(({ entity, id, field, from, to }) => changeOf({ entity, id }, field, from, to)),
  );
}

/** Null where nothing is found. */
function replacedIn(value: FieldValue, find: string, replaceWith: string): FieldValue | null {
  const found = (text: string) => text.includes(find);
  const replace = (text: string) => text.replaceAll(find, () => replaceWith);
  if (typeof value === 'string') return found(value) ? replace(value) : null;
  if (!value.some((each) => found(typeof each === 'string' ? each : each.name))) return null;
  return value.map((each) =>
    typeof each === 'string' ? replace(each) : { name: replace(each.name), role: each.role },
  ) as FieldValue;
}

function judgedFor(of: Describable, { field, value }: FieldChange): string {
  const judged = judge(of.entity, field, value);
  if ('problem' in judged) throw new HoldfastError('BAD_INPUT', `${judged.problem} Nothing was done.`);
  return judged.kept;
}

function refuseTwice(changes: readonly FieldChange[]): void {
  const twice = changes.find(({ field }, at) => changes.findIndex((each) => each.field === field) !== at);
  if (twice !== undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `The field ${twice.field} is said twice. Say all of its values at once.`,
    );
}

function refuseMissing(wanted: readonly Describable[], found: readonly Standing[]): void {
  if (found.length === wanted.length) return;
  const there = new Set(found.map(({ entity, id }) => publicId(entity, id)));
  const missing = wanted.map(({ entity, id }) => publicId(entity, id)).filter((id) => !there.has(id));
  throw new HoldfastError(
    'NOT_FOUND',
    `These are not in this archive: ${missing.slice(0, MOST_TOLD).join(', ')}. Nothing was done.`,
  );
}

function refuseProblems(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const more = problems.length > MOST_TOLD ? ` And ${problems.length - MOST_TOLD} more.` : '';
  throw new HoldfastError(
    'BAD_INPUT',
    `What would come of it cannot be: ${problems.slice(0, MOST_TOLD).join(' ')}${more} Nothing was done.`,
  );
}

async function standingFor(reader: Catalogue['reader'], of: Describable): Promise<Standing> {
  const [standing] = await reader.standing([of]);
  if (standing !== undefined) return standing;
  throw new HoldfastError('NOT_FOUND', `There is no ${publicId(of.entity, of.id)} in this archive.`);
}

function resultOf(made: EditMade, changes: readonly DescriptionChange[]): EditResult {
  return {
    edit: made.edit === null ? null : publicId('edit', made.edit),
    total: made.total,
    entities: made.entities,
    changes: made.edit === null ? [] : [...changes],
  };
}
