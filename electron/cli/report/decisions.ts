/** Findings and what was decided on them, for a person. */
import type {
  DecisionPreview,
  DecisionResult,
  FindingDetail,
  MassChange,
} from '../../../shared/contract/decisions.ts';
import { readEvidence } from '../../../shared/domain/finding-evidence.ts';
import { EXIT } from '../errors.ts';
import { count, counted, moment, size } from '../format/numbers.ts';
import { facts } from '../format/table.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { detailText } from './finding-detail.ts';
import { outcomeSummary, showReasons } from './problems.ts';
import { ASIDE_WORDS, showSwept } from './quarantine.ts';
import { outcomeText } from './words.ts';

const SHOWN = 20;

export function showFinding(output: Output, finding: FindingDetail): void {
  const { id, path, location, accession, outcome, expected, found, lastGood, nextGood, otherCopies } =
    finding;
  output.lines(output.heading(`${id}: ${outcomeText(outcome)}`), clean(path.display), '');
  const detail = detailText(finding.detail);
  if (detail !== '') output.lines(clean(detail), '');
  const { attested, prior } = readEvidence(finding.detail);
  const isRead = attested === undefined && prior === undefined;
  const content = (of: FindingDetail['expected'] | undefined): string =>
    of?.size === undefined
      ? isRead
        ? 'nothing that could be read'
        : 'nothing was read here'
      : `${size(of.size)} (${count(of.size)} bytes), SHA-256 ${of.sha256 ?? ''}`;
  output.lines(
    ...facts([
      ['Location', `${clean(location.name)} (${location.id})`],
      ['Accession', `${clean(accession.number)} (${accession.id})`],
      ['Expected', content(expected)],
      ['Found', content(found)],
      ['First seen', `${moment(finding.openedAt)}`],
      ['Last seen', `${moment(finding.lastSeenAt)}, by ${finding.run}`],
      [
        'Last good before',
        lastGood === undefined
          ? 'no check that passed is recorded'
          : `${moment(lastGood.at)}, by ${lastGood.run}`,
      ],
      ['Good since', nextGood === undefined ? 'no' : `${moment(nextGood.at)}, by ${nextGood.run}`],
      ...(finding.massChange === undefined ? [] : [['Part of', finding.massChange] as const]),
      ...finding.setAside.map(({ id, state }) => ['Set aside', `${id}, ${ASIDE_WORDS[state]}`] as const),
    ]),
    '',
  );
  output.lines(output.heading('Other copies of its content'));
  if (otherCopies.length === 0) output.lines('  None is known.');
  for (const copy of otherCopies.slice(0, SHOWN))
    output.lines(
      `  ${outcomeText(copy.outcome)}, ${copy.verifiedAt === undefined ? 'never verified' : `verified ${moment(copy.verifiedAt)}`}, at ${clean(copy.location.name)}`,
      `      ${clean(copy.path.display)}`,
    );
  const { resolution } = finding;
  if (resolution !== undefined) {
    output.lines(
      '',
      `Resolved as ${clean(resolution.as)} on ${moment(resolution.at)}${resolution.by === undefined ? '' : ` by ${clean(resolution.by)}`}` +
        `${resolution.event === undefined ? '' : ` (${resolution.event})`}.`,
      ...(resolution.reason === undefined ? [] : [`Reason: ${clean(resolution.reason)}`]),
    );
    return;
  }
  output.lines('', output.heading('What can be decided'));
  for (const { fits, does, command } of finding.ways)
    output.lines(
      fits ? `  ${clean(command)}` : `  ${clean(command)}   (does not fit)`,
      `      ${clean(does)}`,
    );
}

/** In the form of a result: a script asks for the same things whether there was anything to do or not. */
export function showNothingMeant(output: Output, swept: Pick<DecisionResult, 'swept'> = {}): number {
  const result: DecisionResult = {
    done: 0,
    refused: [],
    refusedTotal: 0,
    quarantined: 0,
    bytes: 0,
    ...swept,
  };
  output.json({ ...result });
  output.lines(
    swept.swept === undefined
      ? 'No open finding is meant by that. Nothing was done.'
      : 'No open finding is meant by that.',
  );
  showSwept(output, swept.swept);
  return EXIT.done;
}

export function showDecisionPreview(
  output: Output,
  { willDo, refused, bytes, successors = [] }: DecisionPreview,
  what: string,
): number {
  output.lines(
    `${counted(willDo.length, 'finding')} would be ${what}${bytes > 0 ? `, ${size(bytes)} written` : ''}. Nothing was done.`,
  );
  for (const successor of successors) output.lines(...successorLines('would be made', successor));
  for (const { finding, path, outcome, from } of willDo.slice(0, SHOWN))
    output.lines(
      `  ${finding}  ${outcomeText(outcome)}  ${clean(path.display)}`,
      ...(from === undefined ? [] : [`      from ${clean(from.display)}`]),
    );
  if (willDo.length > SHOWN) output.lines(`  … and ${count(willDo.length - SHOWN)} more: use --json`);
  showRefused(output, refused, refused.length);
  return refused.length > 0 ? EXIT.attention : EXIT.done;
}

function showRefused(output: Output, refused: DecisionResult['refused'], total: number): void {
  const rows = refused.map(({ finding, path, reason }) => ({
    path,
    reason: `${finding}: ${reason}`,
  }));
  showReasons(
    output,
    `${counted(total, 'finding')} left open`,
    rows,
    total,
    'use --json for the first thousand',
  );
}

type Successor = NonNullable<DecisionResult['successors']>[number];

function successorLines(made: string, { location, path, supersedes, files, bytes }: Successor): string[] {
  return [
    `A bag ${made} at ${clean(location.name)} (${counted(files, 'file')}, ${size(bytes)}):`,
    `  ${clean(path.display)}`,
    'It succeeds this one, which stays as it is and is checked no more; remove it when you do not need it:',
    `  ${clean(supersedes.display)}`,
  ];
}

export function showResolution(
  output: Output,
  { done, refused, refusedTotal, successors = [] }: DecisionResult,
): number {
  output.lines(`${counted(done, 'finding')} resolved. No file was changed.`);
  for (const successor of successors) output.lines(...successorLines('was made', successor));
  showRefused(output, refused, refusedTotal);
  return refusedTotal > 0 ? EXIT.attention : EXIT.done;
}

export function showRecovery(output: Output, result: DecisionResult): number {
  const { done, bytes, quarantined, refused, refusedTotal } = result;
  output.lines(
    done === 0
      ? 'Nothing was recovered.'
      : `${counted(done, 'copy', 'copies')} recovered (${size(bytes)}): copied from good ones, read back and found equal.`,
  );
  if (quarantined > 0)
    output.lines(
      `${counted(quarantined, 'damaged file')} set aside, each on its own volume, with a text that tells why.`,
    );
  showSwept(output, result.swept);
  showRefused(output, refused, refusedTotal);
  return refusedTotal > 0 ? EXIT.attention : EXIT.done;
}

export function massLines(output: Output, change: MassChange): string[] {
  const { id, location, files, ofFiles, looksLike, folder, outcomes, decided, openFindings } = change;
  return [
    output.heading(
      `${id}: ${count(files)} of ${count(ofFiles)} files of ${clean(location.name)} changed at once`,
    ),
    ...facts(
      [
        ['Looks like', looksLike],
        ['Where', clean(folder.display)],
        ['What', outcomeSummary(outcomes)],
        ['Open', openFindings === 0 ? 'none of its findings' : `${counted(openFindings, 'finding')} of it`],
        [
          'Last intact',
          change.lastIntactAt === undefined ? 'none was ever verified' : moment(change.lastIntactAt),
        ],
        ['Seen', `${moment(change.openedAt)}, last ${moment(change.lastSeenAt)}, by ${change.run}`],
        ...(decided === undefined
          ? []
          : [
              ['Decided', `${decided.as}, on ${moment(decided.at)} by ${clean(decided.by)}`] as const,
              ['Reason', clean(decided.reason)] as const,
            ]),
      ],
      '  ',
    ),
    ...(decided === undefined
      ? [
          '  Until somebody decides, nothing is replicated from there, many findings are not accepted or recovered there at once,',
          '  and no older snapshot of the catalogue is rotated out.',
          `  holdfast findings mass decide ${id} --as intended|damage|restored --reason TEXT`,
        ]
      : []),
  ];
}
