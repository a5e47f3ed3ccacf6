/** `describe --set`, `--clear` and `--replace`. */
import type { EditResult } from '../../../shared/contract/description.ts';
import { parseValue } from '../../../shared/domain/description/cells.ts';
import { fieldOf, type FieldName, type FieldValue } from '../../../shared/domain/description/fields.ts';
import type { Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import type { Client } from '../host-port.ts';
import { textOf } from '../options.ts';
import { editLines } from '../report/description.ts';
import { withHost } from '../with-host.ts';
import { fieldNamed, kindsOf, shownFor, targetOf } from './targets.ts';

interface Change {
  readonly field: FieldName;
  readonly value: FieldValue | null;
}

export async function editValues(invocation: Invocation): Promise<number> {
  const changes = changesOf(invocation);
  const target = targetOf(invocation);
  const of = kindsOf(invocation);
  if (target === undefined)
    throw new UsageError(
      'Say what to describe: ids such as item-12, or --accession, --collection or --search.',
    );
  const [id, second] = target.ids ?? [];
  const dryRun = invocation.options.flag('dryRun');
  return withHost(invocation, dryRun ? 'read' : 'write', async (client) => {
    const one = id !== undefined && second === undefined && !dryRun;
    const result = one
      ? await editOne(client, id, changes)
      : await client.description.editMany({
          target,
          changes: changes.map(carried),
          dryRun,
          shown: shownFor(invocation),
          ...(of !== undefined && { of }),
        });
    return tellEdit(invocation, result, dryRun);
  });
}

export async function replaceValues(invocation: Invocation): Promise<number> {
  const { options } = invocation;
  const [find, replaceWith, field] = ['replace', 'with', 'field'].map((name) => options.text(name));
  if (find === undefined || find === '') throw new UsageError('--replace is empty: say which text to find.');
  if (replaceWith === undefined)
    throw new UsageError('Say what to put in its place: --with TEXT (it may be empty).');
  if (field === undefined) throw new UsageError('Say in which field: --field title, for instance.');
  const target = targetOf(invocation);
  if (target === undefined)
    throw new UsageError('Say where to look: ids such as item-12, or --accession, --collection or --search.');
  const of = kindsOf(invocation);
  const dryRun = options.flag('dryRun');
  const input = {
    target,
    field: fieldNamed(field),
    find,
    replaceWith,
    shown: shownFor(invocation),
    ...(of !== undefined && { of }),
  };
  return withHost(invocation, dryRun ? 'read' : 'write', async (client) => {
    const result = await (dryRun
      ? client.description.replacePreview(input)
      : client.description.replace(input));
    return tellEdit(invocation, result, dryRun);
  });
}

export function tellEdit({ output }: Invocation, result: EditResult, dryRun: boolean): number {
  output.json({ ...result, dryRun });
  output.lines(...editLines(result, dryRun, output.width));
  return EXIT.done;
}

/** The version is that of what stands now: whoever types a value has seen no other. */
async function editOne(client: Client, id: string, changes: readonly Change[]): Promise<EditResult> {
  const { history = [] } = await client.description.get({ id, history: true });
  const version = (field: FieldName) =>
    history.find((each) => each.current && each.field === field)?.version ?? 0;
  return client.description.edit({
    id,
    changes: changes.map((change) => ({ ...carried(change), version: version(change.field) })),
  });
}

function changesOf({ options }: Invocation): Change[] {
  const set = new Map<FieldName, FieldValue>();
  for (const word of options.list('set')) {
    const text = textOf(word, '--set');
    const cut = text.indexOf('=');
    if (cut < 1)
      throw new UsageError(`--set takes FIELD=VALUE, such as title="Kettle songs"; "${text}" is not that.`);
    const field = fieldNamed(text.slice(0, cut));
    const value = parseValue(fieldOf(field), text.slice(cut + 1));
    const before = set.get(field);
    if (before !== undefined && (typeof before === 'string' || typeof value === 'string'))
      throw new UsageError(`${field} takes one value, and is set twice.`);
    set.set(field, before === undefined ? value : ([...before, ...value] as FieldValue));
  }
  const cleared = options.list('clear').map((word) => fieldNamed(textOf(word, '--clear')));
  const both = cleared.find((field) => set.has(field));
  if (both !== undefined) throw new UsageError(`${both} is both set and cleared.`);
  return [
    ...[...set].map(([field, value]) => ({ field, value })),
    ...[...new Set(cleared)].map((field) => ({ field, value: null })),
  ];
}

/** As the contract's schema infers it: lists that may be written to. */
function carried({ field, value }: Change): { field: FieldName; value: EditResult['changes'][number]['to'] } {
  return { field, value: value === null || typeof value === 'string' ? value : ([...value] as string[]) };
}
