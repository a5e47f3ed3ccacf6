/** Damaged files that were set aside, for a person. */
import type { Aside, AsideDetail, Swept } from '../../../shared/contract/quarantine.ts';
import { count, counted, moment, size } from '../format/numbers.ts';
import { facts } from '../format/table.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { showReasons } from './problems.ts';
import { outcomeText } from './words.ts';

export const ASIDE_WORDS = {
  aside: 'in quarantine',
  restored: 'given back',
  discarded: 'removed',
} as const;

export function asideLines({ id, state, stoodAt, outcome, size: bytes, at }: Aside): string[] {
  return [
    `${id}  ${ASIDE_WORDS[state]}  ${outcomeText(outcome)}  ${size(bytes)}, set aside ${moment(at)}`,
    `    stood at ${clean(stoodAt.display)}`,
  ];
}

export function showAside(output: Output, aside: Aside | AsideDetail): void {
  const { id, state, path, stoodAt, location, finding, replica, outcome, sha256, at, by, job, released } =
    aside;
  const detail: Partial<AsideDetail> = aside;
  output.lines(
    output.heading(`${id}: ${ASIDE_WORDS[state]}`),
    ...facts([
      ['Stood at', clean(stoodAt.display)],
      [state === 'aside' ? 'Set aside at' : 'Was set aside at', clean(path.display)],
      ['Location', `${clean(location.name)} (${location.id})`],
      ['Found', `${outcomeText(outcome)}: ${finding}, of ${replica}`],
      [
        'Holds',
        `${count(aside.size)} bytes, ${sha256 === undefined ? 'which could not be read' : `SHA-256 ${sha256}`}`,
      ],
      ['Set aside', `${moment(at)} by ${clean(by)}, in ${job}`],
      ...(released === undefined
        ? []
        : [
            [
              state === 'restored' ? 'Given back' : 'Removed',
              `${moment(released.at)} by ${clean(released.by)}${released.secondAgent === undefined ? '' : ` and ${clean(released.secondAgent)}`} (${released.event})`,
            ] as const,
            ...(released.to === undefined ? [] : [['To', clean(released.to)] as const]),
            ['Reason', clean(released.reason)] as const,
          ]),
    ]),
  );
  if (state !== 'aside') return;
  if (detail.stands === false)
    output.lines('', 'No file stands there now: somebody has taken it out of quarantine by hand.');
  if (detail.placeTaken === true)
    output.lines('', 'Something stands where it stood, so that it can only be given back to another path.');
  if (detail.keepBecause !== undefined) output.lines('', `It is not to be removed. ${detail.keepBecause}`);
  if (detail.story !== undefined)
    output.lines('', output.heading('Its story'), ...detail.story.trimEnd().split('\n').map(clean));
  output.lines(
    '',
    `  holdfast quarantine restore ${id} --reason TEXT [--to PATH]`,
    `  holdfast quarantine discard ${id} --reason TEXT --agent NAME --second-agent NAME`,
  );
}

/** What interrupted recoveries had left. */
export function showSwept(output: Output, swept: Swept | undefined): void {
  if (swept === undefined) return;
  const { removed, recorded, stories, kept } = swept;
  if (removed > 0)
    output.lines(
      `${counted(removed, 'staged copy', 'staged copies')} of an interrupted recovery removed: the content stands elsewhere, read and found good.`,
    );
  if (recorded > 0)
    output.lines(
      `${counted(recorded, 'damaged file')} found that an interrupted recovery had set aside, and recorded: holdfast quarantine list`,
    );
  if (stories > 0) output.lines(`${counted(stories, 'text')} beside files in quarantine put right.`);
  showReasons(
    output,
    `${counted(kept.length, 'leftover')} of interrupted recoveries kept`,
    kept,
    kept.length,
    '--json',
  );
}
