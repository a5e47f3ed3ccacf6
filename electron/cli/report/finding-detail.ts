/** The evidence of a finding, which the contract carries as JSON text, in sentences. */
import {
  lookSentence,
  readEvidence,
  shortDigest,
  type Evidence,
  type Look,
  type Seen,
} from '../../../shared/domain/finding-evidence.ts';
import { PROBLEMS, problemMessage, type ProblemCode } from '../../../shared/domain/problem-codes.ts';
import { count, length, size } from '../format/numbers.ts';
import { capitalise } from '../format/text.ts';

/** Text that is no such JSON is returned as it is. */
export function detailText(detail: string): string {
  const evidence = readEvidence(detail);
  if (evidence.words !== undefined) return evidence.words;
  const { expected, observed, reason } = evidence;
  const sentences: string[] = [];
  if (expected !== undefined && observed !== undefined) sentences.push(difference(expected, observed));
  const isInTheWay = reason === 'not a regular file';
  const problem = isInTheWay ? `In its place stands ${inTheWay(evidence)}.` : problemText(evidence);
  if (problem !== undefined) sentences.push(problem);
  else if (expected !== undefined && observed === undefined)
    sentences.push(`Nothing stands at its path, where ${size(expected.size)} were recorded.`);
  sentences.push(...lookText(evidence.look));
  if (evidence.suspectedSilentCorruption)
    sentences.push('Its modification time did not change with it: suspected silent corruption.');
  const { contentAt } = evidence;
  if (contentAt !== undefined)
    sentences.push(
      `The same content ${reason === undefined ? 'stands at' : 'was verified at'} ${contentAt.join(', ')}.`,
    );
  else if (reason !== undefined && !isInTheWay) sentences.push(`${capitalise(reason)}.`);
  return sentences.join(' ');
}

function difference(expected: Seen, observed: Seen): string {
  if (expected.size !== observed.size) {
    const [now, then] = [size(observed.size), size(expected.size)];
    const exact = now === then ? ` (${count(observed.size)} bytes, not ${count(expected.size)})` : '';
    return `It holds ${now} where ${then} were recorded${exact}, and its SHA-256 is ${shortDigest(observed.sha256)}, not ${shortDigest(expected.sha256)}.`;
  }
  return `All ${size(observed.size)} were read: their SHA-256 is ${shortDigest(observed.sha256)}, not ${shortDigest(expected.sha256)}.`;
}

/** Whether the sound is the one that was deposited, and where the file differs. */
function lookText(look: Look | undefined): string[] {
  const sound = lookSentence(look);
  const [from, to] = look?.bytes ?? [];
  return [
    ...(sound === 'soundSame'
      ? ['The sound is the one that was deposited: only what stands around it changed.']
      : []),
    ...(sound === 'soundDiffers' ? ['The sound differs from what was deposited.'] : []),
    ...(sound === 'soundDiffersFrom'
      ? [`The sound differs from what was deposited, from ${length(Math.max(1, look?.fromMs ?? 0))} on.`]
      : []),
    ...(sound !== 'soundSame' && from !== undefined && to !== undefined
      ? [`Its bytes differ between ${count(from)} and ${count(to)}.`]
      : []),
  ];
}

function problemText({ problem, problemDetail, errno, offset }: Evidence): string | undefined {
  if (problem === undefined || !Object.hasOwn(PROBLEMS, problem)) return undefined;
  return problemMessage(problem as ProblemCode, { errno, detail: problemDetail, offset });
}

function inTheWay({ problem, problemDetail }: Evidence): string {
  if (problem === 'symlink_not_followed') return 'a symbolic link';
  return problemDetail ?? 'something that is no regular file';
}
