/** Everything about one thing, for a person. */
import type { Entity } from '../../../shared/contract/holdings.ts';
import { descriptionLines } from './description.ts';
import { holdingLines } from './holdings.ts';
import { count, day, length, moment, size } from '../format/numbers.ts';
import { facts, table } from '../format/table.ts';
import { capitalise, clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { showIntegrity } from './integrity.ts';
import { grouped } from './status.ts';
import { relationLines, trackLines } from './structure.ts';
import { outcomeText } from './words.ts';

const EVENTS_SHOWN = 20;

export function showEntity(output: Output, entity: Entity): void {
  const { object, replicas, identifiers, events, parts, description = [] } = entity;
  output.lines(output.heading(clean(entity.title === '' ? entity.id : entity.title)));
  output.lines(...pairs([['Kind', entity.kind], ['Id', entity.id], ...Object.entries(entity.facts)]));
  if (description.length > 0)
    output.lines('', output.heading('Description'), ...descriptionLines(description));
  if (object !== undefined) {
    const { name, mime, puid } = object.format;
    const named = [name, mime, puid === '' ? '' : `PRONOM ${puid}`].filter((part) => part !== '').join(', ');
    output.lines('', output.heading(`File object ${object.id}`));
    output.lines(
      ...pairs([['Format', named], ['Size', size(object.size)], ...Object.entries(object.technical)]),
    );
    output.lines('', output.heading(`Message digests, recorded ${day(object.recordedAt)}`));
    output.lines(
      ...facts(
        Object.entries(object.digests).map(([name, hex]) => [name, grouped(hex)]),
        '  ',
      ),
    );
    if (object.shortfalls.length > 0)
      output.lines(
        '',
        output.heading('Short of the technical policy'),
        ...object.shortfalls.map(({ message }) => `  ${clean(message)}`),
      );
    output.lines(...priorLines(object));
    if (object.integrity !== undefined) showIntegrity(output, object.integrity);
    tags(output, object.tags);
  }
  if (replicas.length > 0) {
    output.lines('', output.heading('Copies'));
    output.lines(
      ...table(
        replicas,
        [
          { title: 'Id', of: (row) => row.id },
          { title: 'Location', of: (row) => row.locationName, shrinkTo: 12 },
          { title: 'Last check', of: (row) => outcomeText(row.outcome) },
          {
            title: 'Verified',
            of: (row) => (row.verifiedAt === undefined ? 'not yet' : moment(row.verifiedAt)),
          },
          { title: 'Attested elsewhere', of: attestedText },
          { title: 'Size', align: 'right', of: (row) => size(row.size) },
          { title: 'Path', of: (row) => row.path.display, shrinkTo: 24 },
        ],
        output.width,
        '  ',
      ),
    );
  }
  formerCopies(output, entity.formerReplicas ?? []);
  if (parts.length > 0) output.lines('', output.heading('Parts'), ...holdingLines(parts, output.width));
  if (entity.tracks !== undefined)
    output.lines('', output.heading('Tracks inside'), ...trackLines(entity.tracks, output.width));
  if (entity.relations !== undefined)
    output.lines('', output.heading('Relations'), ...relationLines(entity.relations));
  if (identifiers.length > 0) {
    output.lines('', output.heading('Identifiers'));
    output.lines(
      ...facts(
        identifiers.map(({ scheme, value, source }) => [clean(scheme), clean(`${value} (from ${source})`)]),
        '  ',
      ),
    );
  }
  if (events.length > 0) {
    output.lines('', output.heading('Events'));
    output.lines(
      ...table(
        events.slice(0, EVENTS_SHOWN),
        [
          { title: 'When', of: (row) => moment(row.at) },
          { title: 'Event', of: (row) => row.type },
          { title: 'Outcome', of: (row) => row.outcome },
          { title: 'Agent', of: (row) => row.agent, shrinkTo: 10 },
          { title: 'Note', of: (row) => row.note, shrinkTo: 20 },
        ],
        output.width,
        '  ',
      ),
    );
    if (events.length > EVENTS_SHOWN)
      output.lines(`  … and ${events.length - EVENTS_SHOWN} more: use --json`);
  }
}

/** Since when it is known to be what it is, by what others wrote down before it came into custody. */
function priorLines({ priorBaselines = [] }: NonNullable<Entity['object']>): string[] {
  return priorBaselines.map(
    ({ on, by, made, ofSamples }) =>
      `  Prior baseline: ${ofSamples ? 'its sound' : 'it'} was as recorded on ${on}, by a manifest of ${clean(by)} (${clean(made)}); not read here`,
  );
}

function attestedText({ attested }: Entity['replicas'][number]): string {
  if (attested === undefined) return '';
  return `${attested.on}${attested.agrees ? '' : ', not as recorded'}`;
}

/** Copies that custody has ended of: their paths may be gone, when and why is not. */
function formerCopies(output: Output, rows: NonNullable<Entity['formerReplicas']>): void {
  if (rows.length === 0) return;
  output.lines('', output.heading('Copies that custody has ended of'));
  for (const row of rows) {
    const deleted =
      row.deletedAt === undefined
        ? 'Its bytes were left.'
        : `Its bytes were removed on ${moment(row.deletedAt)}: ${clean(row.deletionReason ?? '')}`;
    output.lines(
      `  ${row.id}  ${clean(row.locationName)}  ${clean(row.path?.display ?? '(name erased)')}`,
      `      Accession ${clean(row.accession)}, until ${moment(row.custodyEndedAt)}: ${clean(row.reason)} ` +
        `(authority: ${clean(row.authority)}). ${deleted}`,
    );
  }
}

function tags(output: Output, all: Readonly<Record<string, readonly (readonly [string, unknown])[]>>): void {
  for (const [kind, values] of Object.entries(all)) {
    if (values.length === 0) continue;
    output.lines('', output.heading(`Tags (${clean(kind)}), as found`));
    output.lines(
      ...facts(
        values.map(([name, value]) => [clean(name), clean(tagText(value))]),
        '  ',
      ),
    );
  }
}

/** A tag is text, and a picture or a structure is only named. */
function tagText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

type Fact = string | number | boolean | null;

function pairs(entries: readonly (readonly [string, Fact])[]): string[] {
  return facts(
    entries.map(([name, value]) => [clean(labelOf(name)), factText(name, value)]),
    '  ',
  );
}

/** `rightsBasis` is `Rights basis`; what stands in other units for people loses its own. */
function labelOf(name: string): string {
  const [label] = name.split(/Ms$/);
  return capitalise((label ?? name).replace(/[a-z](?=[A-Z])/g, '$& ').toLowerCase()).replace(
    /^Bytes$/,
    'Size',
  );
}

function factText(name: string, value: Fact): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    if (name === 'bytes') return size(value);
    return name === 'durationMs' ? length(value) : whole(value);
  }
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? moment(value) : clean(value);
}

/** 44,100 as a count, 0.97 as it is. */
function whole(value: number): string {
  return Number.isInteger(value) ? count(value) : String(value);
}
