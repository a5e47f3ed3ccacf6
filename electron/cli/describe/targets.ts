/** What `describe` is about: ids, or what an accession, a collection or a search holds. */
import type { DescriptionTarget } from '../../../shared/contract/description.ts';
import {
  DESCRIBED_ENTITIES,
  FIELD_NAMES,
  nearestFieldName,
  parseFieldName,
  type DescribedEntity,
  type FieldName,
} from '../../../shared/domain/description/fields.ts';
import type { Invocation } from '../command.ts';
import { UsageError } from '../errors.ts';

/** Undefined where nothing was named. */
export function targetOf({ words, options }: Invocation): DescriptionTarget | undefined {
  const [accession, collection, search] = ['accession', 'collection', 'search'].map((name) =>
    options.text(name),
  );
  const targets: DescriptionTarget[] = [];
  if (words.length > 0) targets.push({ ids: words.map((word) => word.toLowerCase()) });
  if (accession !== undefined) targets.push({ accession });
  if (collection !== undefined) targets.push({ collection });
  if (search !== undefined) targets.push({ search });
  if (targets.length > 1)
    throw new UsageError('Name things by their ids, or by one of --accession, --collection and --search.');
  return targets[0];
}

/** Undefined where it is not said. */
export function kindsOf({ options }: Invocation): DescribedEntity[] | undefined {
  const only = options.text('only');
  if (only === undefined) return undefined;
  const kinds = only
    .split(',')
    .map((word) => DESCRIBED_ENTITIES.find((kind) => word === kind || word === `${kind}s`));
  if (!kinds.includes(undefined)) return kinds.filter((kind) => kind !== undefined);
  throw new UsageError(
    `--only takes collections, accessions, items, parts, or several with commas; "${only}" is none of them.`,
  );
}

export function fieldNamed(text: string): FieldName {
  const field = parseFieldName(text);
  if (field !== undefined) return field;
  const near = nearestFieldName(text);
  throw new UsageError(
    `"${text}" is no field. ${near === undefined ? `Fields are: ${FIELD_NAMES.join(', ')}.` : `Perhaps ${near} is meant.`}`,
  );
}

/** Changes to ask for: all of them for a script, as many as can be read for a person. */
export function shownFor({ output }: Invocation): number {
  return output.form === 'human' ? 50 : 1_000_000;
}
