import {
  lookSentence,
  readEvidence,
  type Evidence,
  type Seen,
} from '../../../shared/domain/finding-evidence.ts';
import { PROBLEMS, problemMessage, type ProblemCode } from '../../../shared/domain/problem-codes.ts';
import { formatBytes, formatCount, formatPosition, type Texts } from '../../ui/index.ts';

/** The evidence of a finding, which the contract carries as JSON text, in sentences; other text as it is. */
export function findingDetail(t: Texts, detail: string): string {
  const evidence = readEvidence(detail);
  if (evidence.words !== undefined) return evidence.words;
  const { expected, observed, look } = evidence;
  const sentences: string[] = [];
  if (expected !== undefined && observed !== undefined) sentences.push(difference(t, expected, observed));
  const problem = problemText(evidence);
  if (problem !== undefined) sentences.push(problem);
  else if (expected !== undefined && observed === undefined)
    sentences.push(t('findings.detail.absent', { size: formatBytes(expected.size) }));
  const sound = lookSentence(look);
  if (sound !== undefined)
    sentences.push(t(`findings.detail.${sound}`, { time: formatPosition(look?.fromMs ?? 0) }));
  if (evidence.suspectedSilentCorruption) sentences.push(t('findings.detail.silent'));
  return sentences.join(' ');
}

function difference(t: Texts, expected: Seen, observed: Seen): string {
  if (expected.size === observed.size)
    return t('findings.detail.digest', { size: formatBytes(observed.size) });
  const [now, then] = [formatBytes(observed.size), formatBytes(expected.size)];
  return now === then
    ? t('findings.detail.sizeBytes', { now: formatCount(observed.size), then: formatCount(expected.size) })
    : t('findings.detail.size', { now, then });
}

function problemText({ problem, problemDetail, errno, offset }: Evidence): string | undefined {
  if (problem === undefined || !Object.hasOwn(PROBLEMS, problem)) return undefined;
  return problemMessage(problem as ProblemCode, { errno, detail: problemDetail, offset });
}
