/** A package that was made or is planned, for a person: what it holds, what stayed behind, how others check it. */
import type { HandOut, PackagePlan, PackageResult, WithheldRow } from '../../../shared/contract/hand-outs.ts';
import { ALGORITHM_NAMES } from '../../../shared/domain/manifest-forms.ts';
import { RESERVATION_NAMES } from '../../../shared/domain/may-leave.ts';
import { EXIT } from '../errors.ts';
import { count, counted, moment, size } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';

const SHOWN = 20;

export function showPackagePlan(output: Output, plan: PackagePlan): number {
  const { of, name, leaving, unreachable, withheld, digests, needs, free } = plan;
  const made = digests.map((each) => ALGORITHM_NAMES[each]).join(', ');
  output.lines(
    `Package "${clean(name)}" of ${clean(of)} would hold ${counted(leaving.files, 'file')}, ${size(leaving.bytes)}, ${made}. Nothing was written.`,
    `It needs ${size(needs)} while it is made; ${size(free)} are free there${needs > free ? ', which is too little' : ''}.`,
  );
  if (unreachable > 0)
    output.lines(
      `${counted(unreachable, 'file')} of these cannot be reached now: connect a location that has them, or no package can be made.`,
    );
  showWithheld(output, withheld);
  const isReady = leaving.files > 0 && unreachable === 0 && withheld.length === 0 && needs <= free;
  return isReady ? EXIT.done : EXIT.attention;
}

export function showPackage(output: Output, result: PackageResult): number {
  const { handOut, plan, problems, problemsTotal } = result;
  if (handOut === undefined)
    output.lines(
      `No package was made, and nothing is left of it: of ${plan.unreachable > 0 ? counted(plan.unreachable, 'file') : 'some files'} of ${clean(plan.of)} there is no good copy that can be reached.`,
    );
  else showHandOut(output, handOut);
  showWithheld(output, plan.withheld);
  if (problemsTotal > 0) {
    output.lines('', output.heading(`${counted(problemsTotal, 'copy', 'copies')} that could not be used`));
    output.lines(
      ...problems.slice(0, SHOWN).map(({ path, message }) => `  ${clean(path.display)}: ${clean(message)}`),
    );
    if (problemsTotal > SHOWN) output.lines(`  … and ${count(problemsTotal - SHOWN)} more`);
    output.lines('An audit says what has become of them: holdfast audit');
  }
  const isWhole = handOut !== undefined && plan.withheld.length === 0 && problemsTotal === 0;
  return isWhole ? EXIT.done : EXIT.attention;
}

export function showHandOut(output: Output, handOut: HandOut): void {
  const { id, state, of, files, bytes, digests, recipient, reservation, overrideRights, seal, log } = handOut;
  const made = digests.map((each) => ALGORITHM_NAMES[each]).join(', ');
  output.lines(
    `${id}: ${clean(handOut.path.display)} (${handOut.as}, ${state})`,
    `Package of ${clean(of)}: ${counted(files, 'file')}, ${size(bytes)}, ${made}.`,
    `Handed out by ${clean(handOut.agent)}${recipient === undefined ? '' : ` to ${clean(recipient)}`} on ${moment(handOut.openedAt)}${handOut.event === undefined ? '' : ` as ${handOut.event}`}; head of the log before: event ${count(log.events)}, ${log.head}`,
  );
  if (reservation !== undefined)
    output.lines(
      `Reserved by ${clean(reservation.by)}: ${reservation.uses.map((use) => RESERVATION_NAMES[use]).join(', ')}.`,
    );
  if (overrideRights !== undefined)
    output.lines(`Handed out without documented rights: ${clean(overrideRights)}`);
  if (seal !== undefined) {
    output.lines(`SHA-256 of its ${seal.of}: ${seal.sha256}`);
    if (seal.file !== undefined) output.lines(`SHA-256 of the ${handOut.as} file: ${seal.file}`);
    output.lines(
      'Others check it as README.txt in it says, with: sha256sum -c, or any program for BagIt bags',
    );
  }
}

function showWithheld(output: Output, withheld: readonly WithheldRow[]): void {
  if (withheld.length === 0) return;
  const files = withheld.reduce((sum, each) => sum + each.files, 0);
  output.lines('', output.heading(`${counted(files, 'file')} not let out`));
  output.lines(
    ...withheld
      .slice(0, SHOWN)
      .map(
        (each) =>
          `  ${clean(each.number)}: ${counted(each.files, 'file')}, ${size(each.bytes)}. ${each.message}`,
      ),
  );
  if (withheld.length > SHOWN) output.lines(`  … and ${count(withheld.length - SHOWN)} more`);
}
