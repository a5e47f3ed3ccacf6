/** The status of an archive for a person: what is so, what needs somebody, then the figures. */
import type { ArchiveStatus } from '../../../shared/contract/archive.ts';
import type { Tally } from '../../../shared/contract/common.ts';
import { PRESERVATION_STATUSES } from '../../../shared/domain/preservation-status.ts';
import { count, counted, hours, moment, share, size } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { clean, listWords } from '../format/text.ts';
import type { Output } from '../output.ts';
import { outcomeSummary } from './problems.ts';
import { INK, outcomeText, STATUS_MEANING } from './words.ts';

export function showStatus(output: Output, status: ArchiveStatus): void {
  output.lines(...verdict(status));
  const needs = needsAPerson(status);
  if (needs.length > 0) {
    output.lines('', output.heading('What needs a person'));
    output.lines(
      ...needs.map((need) => `  ${need.urgent ? output.style('!', 'finding') : '·'} ${need.text}`),
    );
  }
  people(output, status);
  if (status.replicas > 0) figures(output, status);
  output.lines(
    '',
    `The log holds ${counted(status.log.events, 'event')}. Its head: ${grouped(status.log.head)}`,
  );
}

function verdict(status: ArchiveStatus): string[] {
  const name = clean(status.archive.name);
  if (status.replicas === 0) {
    return [
      `${name} holds nothing yet. Taking custody of a folder is the first act:`,
      '  holdfast accession FOLDER --title TITLE --rights-basis copyright|license|statute|other',
    ];
  }
  const sound =
    status.hours > 0
      ? ` (${hours(status.hours)} of sound, ${size(status.bytes)})`
      : ` (${size(status.bytes)})`;
  const verb = status.items === 1 ? 'is' : 'are';
  return [`${name}: ${counted(status.items, 'item')} ${verb} in custody${sound}.`, ...verified(status)];
}

/** The evidence: how much was read and compared, and when. */
function verified(status: ArchiveStatus): string[] {
  const { replicas, lastAudit, byOutcome, offline } = status;
  const intact = byOutcome.intact ?? 0;
  const sentence =
    intact === 0
      ? `None of its ${counted(replicas, 'copy', 'copies')} has been verified yet: they were recorded, but not read again since.`
      : `${count(intact)} of ${counted(replicas, 'copy', 'copies')} (${share(intact, replicas)}) were intact when last read and compared.`;
  const away =
    offline.replicas === 0
      ? []
      : [
          `${counted(offline.replicas, 'copy', 'copies')} in ${counted(offline.locations, 'location')} offline as planned: no audit plans them.`,
        ];
  if (lastAudit === null) return [sentence, ...away, 'No audit has been made yet.'];
  const partly = lastAudit.complete ? '' : ' It did not reach everything it had planned.';
  const found = outcomeSummary(lastAudit.outcomes);
  return [
    sentence,
    ...away,
    `Last audit: ${moment(lastAudit.at)}, ${count(lastAudit.checked)} checked${found === '' ? '' : `: ${found}`}.${partly}`,
  ];
}

/** Who answers for the archive and who takes over. */
function people(output: Output, { responsible, successors }: ArchiveStatus): void {
  const named = (agents: ArchiveStatus['responsible']): string =>
    listWords(agents.map(({ id, name }) => `${clean(name)} (${id})`));
  if (responsible.length > 0) output.lines('', `Responsible for the archive: ${named(responsible)}.`);
  if (successors.length > 0) output.lines(`Takes over: ${named(successors)}.`);
}

interface Need {
  readonly text: string;
  readonly urgent: boolean;
}

function needsAPerson(status: ArchiveStatus): Need[] {
  const needs: Need[] = [];
  const add = (urgent: boolean, when: boolean, text: () => string): void => {
    if (when) needs.push({ urgent, text: text() });
  };
  const {
    openMassChanges,
    openFindings,
    openJobs,
    pendingDeletions,
    overdue,
    awaitingFirstCheck,
    offline,
    untracked,
    gaps,
  } = status;
  add(true, openMassChanges > 0, () => {
    const verb = openMassChanges === 1 ? 'waits' : 'wait';
    return `${counted(openMassChanges, 'mass change')} ${verb} for a decision, and much with ${openMassChanges === 1 ? 'it' : 'them'}: holdfast findings mass`;
  });
  add(true, openFindings > 0, () => {
    const verb = openFindings === 1 ? 'needs' : 'need';
    return `${counted(openFindings, 'finding')} ${verb} a decision: holdfast findings list`;
  });
  add(true, openJobs > 0, () => `${counted(openJobs, 'job')} not finished: holdfast jobs list`);
  add(
    true,
    pendingDeletions > 0,
    () => `${counted(pendingDeletions, 'place')} where a deletion is not done: holdfast delete --pending`,
  );
  add(false, overdue > 0, () => `${counted(overdue, 'copy', 'copies')} due for verification: holdfast audit`);
  add(
    false,
    awaitingFirstCheck > 0,
    () => `${counted(awaitingFirstCheck, 'copy', 'copies')} never verified yet, and not due so far`,
  );
  add(
    false,
    offline.toFetch > 0,
    () => `${counted(offline.toFetch, 'offline location')} to be fetched: holdfast location recall`,
  );
  add(false, untracked > 0, () => `${counted(untracked, 'file')} in the locations, in nobody's custody`);
  add(false, gaps.rights > 0, () => gap(gaps.rights, 'no documented rights basis'));
  add(false, gaps.source > 0, () => gap(gaps.source, 'no source'));
  add(false, gaps.acquired > 0, () => gap(gaps.acquired, 'no word on how and when it was acquired'));
  const { responsible, successors, withoutSuccessor } = status;
  add(false, responsible.length > 0 && successors.length === 0, () => {
    const names = listWords(responsible.map(({ name }) => clean(name)));
    return `Nobody is named to take over from ${names}: holdfast agent assign NAME --role successor --of archive`;
  });
  add(false, withoutSuccessor > 0, () => {
    const verb = withoutSuccessor === 1 ? 'has' : 'have';
    return `${counted(withoutSuccessor, 'collection or accession', 'collections or accessions')} ${verb} somebody responsible, and nobody named to take over`;
  });
  add(
    false,
    !status.catalogueHasCopy && status.replicas > 0,
    () => 'The catalogue has no copy elsewhere: if this disk is lost, so is what is recorded here.',
  );
  return needs;
}

function gap(accessions: number, lacks: string): string {
  return `${counted(accessions, 'accession')} with ${lacks}: a gap that blocks sharing`;
}

function figures(output: Output, status: ArchiveStatus): void {
  const reached = PRESERVATION_STATUSES.filter((step) => (status.byStatus[step]?.count ?? 0) > 0);
  output.lines('', output.heading('Preservation status, by items and hours'));
  output.lines(
    ...table(
      reached,
      [
        { title: '', of: (step) => INK[step] },
        { title: 'Status', of: (step) => step },
        { title: 'Items', align: 'right', of: (step) => count(status.byStatus[step]?.count ?? 0) },
        {
          title: 'Share',
          align: 'right',
          of: (step) => share(status.byStatus[step]?.count ?? 0, status.items),
        },
        { title: 'Sound', align: 'right', of: (step) => hours(status.byStatus[step]?.hours ?? 0) },
        { title: 'Meaning', of: (step) => STATUS_MEANING[step], shrinkTo: 16 },
      ],
      output.width,
      '  ',
    ),
  );
  const outcomes = Object.entries(status.byOutcome).filter(([, number]) => number > 0);
  output.lines('', output.heading('Copies, by the outcome of their last check'));
  output.lines(
    ...table(
      outcomes,
      [
        { title: 'Outcome', of: ([outcome]) => outcomeText(outcome) },
        { title: 'Copies', align: 'right', of: ([, number]) => count(number) },
        { title: 'Share', align: 'right', of: ([, number]) => share(number, status.replicas) },
      ],
      output.width,
      '  ',
    ),
  );
  tallies(output, 'Formats', 'Format', status.byFormat);
  tallies(output, 'Locations', 'Location', status.byLocation);
}

/** A table of counts, bytes and hours, the largest first. */
export function tallies(
  output: Output,
  heading: string,
  title: string,
  by: Readonly<Record<string, Tally>>,
): void {
  const rows = Object.entries(by).sort(([, a], [, b]) => b.count - a.count || b.bytes - a.bytes);
  if (rows.length === 0) return;
  output.lines('', output.heading(heading));
  output.lines(
    ...table(
      rows,
      [
        { title, of: ([name]) => (name === '' ? 'not identified' : name), shrinkTo: 16 },
        { title: 'Files', align: 'right', of: ([, tally]) => count(tally.count) },
        { title: 'Size', align: 'right', of: ([, tally]) => size(tally.bytes) },
        { title: 'Sound', align: 'right', of: ([, tally]) => (tally.hours > 0 ? hours(tally.hours) : '') },
      ],
      output.width,
      '  ',
    ),
  );
}

/** A digest in groups of four. */
export function grouped(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}
