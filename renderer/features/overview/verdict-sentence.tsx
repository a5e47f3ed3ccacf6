import { Link } from '@tanstack/react-router';
import type { ArchiveStatus } from '../../../shared/contract/archive.ts';
import { formatBytes, formatCount, formatHours, formatShare, MarkedText, useTexts } from '../../ui/index.ts';
import styles from './overview.module.css';
import { STATUS_ANCHOR } from './anchors.ts';
import { verifiedOf } from './verdict.ts';

interface VerdictSentenceProps {
  readonly status: ArchiveStatus;
  readonly withinDays: number;
}

/** What is held and how much of it was verified, with the evidence in the same breath. */
export function VerdictSentence({ status, withinDays }: VerdictSentenceProps) {
  const { t } = useTexts('overview');
  const { items, hours, bytes } = status;
  const n = formatCount(items);
  const size = formatBytes(bytes);
  const held =
    hours > 0
      ? t('verdict.held', {
          count: items,
          n,
          sound: t('verdict.sound', { hours: formatHours(hours), size }),
        })
      : t('verdict.heldSilent', { count: items, n, size });
  if (status.replicas === 0) return t('verdict.nothing');
  const verified = verifiedOf(status);
  const toVerified = (text: string) => (
    <Link to="/overview" hash={STATUS_ANCHOR} className={styles.number}>
      {text}
    </Link>
  );
  return (
    <span>
      <MarkedText
        text={held}
        link={(text) => (
          <Link to="/holdings" className={styles.number}>
            {text}
          </Link>
        )}
      />{' '}
      <MarkedText text={verifiedText()} link={toVerified} />
    </span>
  );

  function verifiedText(): string {
    const days = formatCount(withinDays);
    switch (verified.kind) {
      case 'never':
        return t('verdict.never');
      case 'none':
        return t('verdict.none', { days });
      case 'copies':
        return t('verdict.all', { days });
      case 'all':
        return t('verdict.allItems', { days });
      case 'partly':
        return t(verified.percent === 0 ? 'verdict.partlyLess' : 'verdict.partly', {
          share: formatShare(Math.max(1, verified.percent), 100),
          days,
        });
    }
  }
}
