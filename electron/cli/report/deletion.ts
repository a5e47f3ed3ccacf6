/** Letting go, for a person: what would be removed, what was, and what was left and why. */
import type {
  Deaccessioned,
  DeletionPreview,
  DeletionResult,
  PendingDeletion,
  PreviewedPlace,
  SupersededPreview,
} from '../../../shared/contract/custody.ts';
import type { DeletionState } from '../../../shared/domain/letting-go.ts';
import { EXIT } from '../errors.ts';
import { count, counted, day, size } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { clean, listWords } from '../format/text.ts';
import type { Output } from '../output.ts';

const STATES: Readonly<Record<DeletionState | 'remove', string>> = {
  remove: 'remove',
  pending: 'pending',
  removing: 'begun, pending',
  deleted: 'removed',
  absent: 'not there',
  left: 'left',
  refused: 'not removed',
};

export function showDeaccession(output: Output, ended: Deaccessioned): number {
  const { accession, items, replicas, bytes, objects } = ended;
  output.lines(
    `Custody of accession ${clean(accession.number)} (${accession.id}) has ended: ${counted(items, 'item')}, ` +
      `${counted(replicas, 'copy', 'copies')}, ${size(bytes)}.`,
    'Its files stand where they stood; nothing of them was touched, and audits no longer read them.',
  );
  if (objects > 0)
    output.lines(
      `${counted(objects, 'content')} ${objects === 1 ? 'is' : 'are'} held by no other accession. The digests stay in the catalogue.`,
    );
  output.lines(
    `To remove bytes from managed locations is an act of its own, by two agents: holdfast delete ${clean(accession.number)} --dry-run`,
  );
  return EXIT.done;
}

export function showPreview(output: Output, preview: DeletionPreview): void {
  const { accession, deaccession, places, heldElsewhere, heldNowhereElse } = preview;
  output.lines(
    output.heading(`Deletion of accession ${clean(accession.number)}: ${clean(accession.title)}`),
    `Custody ended on ${day(deaccession.at)}, by ${clean(deaccession.agent)}, on the authority of: ${clean(deaccession.authority)}.`,
    '',
  );
  placeLines(output, places);
  const { objects, bytes, accessions } = heldElsewhere;
  output.lines('');
  if (objects > 0)
    output.lines(
      `${counted(objects, 'content')} (${size(bytes)}) ${objects === 1 ? 'is' : 'are'} held under ` +
        `${listWords(accessions.map((number) => `accession ${clean(number)}`))} too, and ${objects === 1 ? 'stays' : 'stay'} there.`,
    );
  if (heldNowhereElse.objects > 0)
    output.lines(
      `${counted(heldNowhereElse.objects, 'content')} (${size(heldNowhereElse.bytes)}) ` +
        `${heldNowhereElse.objects === 1 ? 'is' : 'are'} in custody nowhere else in this archive.`,
    );
}

export function showSuperseded(output: Output, { accession, places }: SupersededPreview): void {
  output.lines(
    output.heading(`Superseded bags of accession ${clean(accession.number)}: ${clean(accession.title)}`),
    '',
  );
  if (places.length === 0) output.lines('None of its bags that stand was succeeded.');
  else placeLines(output, places);
}

export function showDeletion(output: Output, result: DeletionResult): number {
  const { accession, places, removed, complete, certificate, superseded } = result;
  const copies = counted(removed.files, 'copy', 'copies');
  output.lines(
    removed.files === 0
      ? `Nothing of accession ${clean(accession.number)} was removed.`
      : `${copies} of accession ${clean(accession.number)} removed, ${size(removed.bytes)}.`,
    '',
  );
  placeLines(output, places);
  output.lines(
    '',
    complete
      ? `The deletion is complete.${certificate === undefined ? '' : ` Certificate: ${clean(certificate.html.display)}`}`
      : `The deletion is not complete.${certificate === undefined ? '' : ` How it stands: ${clean(certificate.html.display)}`}`,
  );
  if (!complete)
    output.lines(
      `Once the reasons are gone, run it again: holdfast delete ${clean(accession.number)}${superseded === true ? ' --superseded' : ''}`,
    );
  return complete ? EXIT.done : EXIT.attention;
}

export function showPending(output: Output, rows: readonly PendingDeletion[]): number {
  if (rows.length === 0) {
    output.lines('No deletion waits for a place.');
    return EXIT.done;
  }
  for (const row of rows)
    output.lines(
      `Accession ${clean(row.accession.number)}, since ${day(row.since)}, at ${clean(row.locationName)}: ` +
        `${counted(row.files, 'copy', 'copies')}, ${size(row.bytes)}, ${STATES[row.state]}.`,
      `    ${clean(row.path.display)}`,
      ...(row.detail === '' ? [] : [`    ${clean(row.detail)}`]),
    );
  return EXIT.attention;
}

type Shown = Omit<PreviewedPlace, 'state'> & { readonly state: keyof typeof STATES };

/** A line for each place, with its reason below it. */
function placeLines(output: Output, places: readonly Shown[]): void {
  if (places.length === 0) output.lines('Nothing of it stands anywhere.');
  const lines = table(
    places,
    [
      { title: 'Outcome', of: ({ state }) => STATES[state] },
      { title: 'Location', of: ({ locationName }) => locationName, shrinkTo: 12 },
      { title: 'Copies', align: 'right', of: ({ files }) => count(files) },
      { title: 'Size', align: 'right', of: ({ bytes }) => size(bytes) },
      { title: 'Path', of: ({ path }) => path.display, shrinkTo: 24 },
    ],
    output.width,
    '  ',
  );
  output.lines(
    ...(places.length === 0 ? [] : lines).flatMap((line, at) => {
      const detail = at === 0 ? '' : (places[at - 1]?.detail ?? '');
      return detail === '' ? [line] : [line, `      ${clean(detail)}`];
    }),
  );
}
