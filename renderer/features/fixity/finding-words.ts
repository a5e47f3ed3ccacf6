import type { FindingDetail } from '../../../shared/contract/decisions.ts';
import { readEvidence, type Evidence } from '../../../shared/domain/finding-evidence.ts';
import { PROBLEMS, problemMessage, type ProblemCode } from '../../../shared/domain/problem-codes.ts';
import { formatBytes, formatPosition, plainVisible, type Texts } from '../../ui/index.ts';
import { isBad } from './other-copies.tsx';

/** What is so, what speaks for its cause, and what is left of the content elsewhere: sentences that carry their evidence. */
export function findingWords(finding: FindingDetail, t: Texts): string {
  const evidence = readEvidence(finding.detail);
  return [
    ...(finding.resolution === undefined ? [] : [t('what.then')]),
    what(finding, evidence, t),
    ...causes(evidence, t),
    ...remains(finding, t),
  ].join(' ');
}

function what({ outcome, expected, found }: FindingDetail, evidence: Evidence, t: Texts): string {
  const { look, problem, problemDetail, errno, offset, contentAt, words } = evidence;
  switch (outcome) {
    case 'missing':
      return evidence.reason === 'not a regular file' ? t('what.inTheWay') : t('what.missing');
    case 'moved':
      return contentAt === undefined
        ? t('what.moved')
        : t('what.movedTo', { path: plainVisible(contentAt[0] ?? '', 500) });
    case 'truncated':
      return t('what.truncated', {
        now: formatBytes(found?.size ?? 0),
        then: formatBytes(expected.size ?? 0),
      });
    case 'tags_changed':
      return t('what.tags_changed');
    case 'unreadable':
      return problem !== undefined && Object.hasOwn(PROBLEMS, problem)
        ? problemMessage(problem as ProblemCode, { errno, detail: problemDetail, offset })
        : t('what.unreadable');
    default:
      if (look?.essenceSame === false)
        return look.fromMs === undefined
          ? t('what.soundDiffers')
          : t('what.soundDiffersFrom', { time: formatPosition(look.fromMs) });
      return words ?? t('what.altered');
  }
}

function causes({ suspectedSilentCorruption, contentAt, look }: Evidence, t: Texts): string[] {
  return [
    ...(suspectedSilentCorruption ? [t('what.silent')] : []),
    ...(contentAt !== undefined && look === undefined ? [t('what.contentAlso')] : []),
  ];
}

function remains({ otherCopies, resolution }: FindingDetail, t: Texts): string[] {
  if (resolution !== undefined) return [];
  const good = otherCopies.filter(({ outcome, verifiedAt }) => !isBad(outcome) && verifiedAt !== undefined);
  const unread = otherCopies.filter(({ outcome, verifiedAt }) => !isBad(outcome) && verifiedAt === undefined);
  const names = new Intl.ListFormat(undefined, { type: 'conjunction' });
  const placesOf = (copies: FindingDetail['otherCopies']): string =>
    names.format([...new Set(copies.map(({ location }) => plainVisible(location.name, 80)))].slice(0, 4));
  if (good.length > 0)
    return [t('remains.good', { count: good.length, places: placesOf(good) }), t('remains.nothing')];
  if (unread.length > 0) return [t('remains.unread', { count: unread.length, places: placesOf(unread) })];
  return [t('remains.none')];
}
