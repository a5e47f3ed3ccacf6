import { formatBytes, formatCount, formatPosition, type Texts } from '../../ui/index.ts';
import { PROBLEMS, problemMessage, type ProblemCode } from '../../../shared/domain/problem-codes.ts';
import {
  lookSentence,
  readEvidence,
  shortDigest,
  type Evidence,
} from '../../../shared/domain/finding-evidence.ts';

/** The evidence of a finding in sentences: what was recorded, what is there, and what speaks for the cause. */
export function findingWords(detail: string, t: Texts): string {
  const evidence = readEvidence(detail);
  if (evidence.words !== undefined) return evidence.words;
  const isInTheWay = evidence.reason === 'not a regular file';
  const problem = isInTheWay ? t('evidence.inTheWay') : problemWords(evidence);
  const sentences = [comparison(evidence, t), problem];
  const { expected, observed } = evidence;
  if (problem === undefined && expected !== undefined && observed === undefined)
    sentences.push(t('evidence.nothing', { size: formatBytes(expected.size) }));
  const sound = lookSentence(evidence.look);
  if (sound !== undefined)
    sentences.push(t(`evidence.${sound}`, { time: formatPosition(evidence.look?.fromMs ?? 0) }));
  if (evidence.suspectedSilentCorruption) sentences.push(t('evidence.silent'));
  if (evidence.reason !== undefined && !isInTheWay) sentences.push(sentence(evidence.reason));
  return sentences.filter((each) => each !== undefined).join(' ');
}

function comparison({ expected, observed }: Evidence, t: Texts): string | undefined {
  if (expected === undefined || observed === undefined) return undefined;
  const digests = { now: shortDigest(observed.sha256), then: shortDigest(expected.sha256) };
  if (expected.size === observed.size)
    return t('evidence.sameSize', { size: formatBytes(observed.size), ...digests });
  const [sizeNow, sizeThen] = [formatBytes(observed.size), formatBytes(expected.size)];
  // Two sizes that round alike must still be told apart.
  return sizeNow === sizeThen
    ? t('evidence.otherBytes', {
        bytesNow: formatCount(observed.size),
        bytesThen: formatCount(expected.size),
        ...digests,
      })
    : t('evidence.otherSize', { sizeNow, sizeThen, ...digests });
}

function problemWords({ problem, errno, offset }: Evidence): string | undefined {
  if (problem === undefined || !Object.hasOwn(PROBLEMS, problem)) return undefined;
  return problemMessage(problem as ProblemCode, { errno, offset });
}

function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
