import type { ReactNode } from 'react';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import {
  formatBytes,
  formatCount,
  formatDate,
  plainVisible,
  useTexts,
  type Texts,
} from '../../../ui/index.ts';
import { evidenceOf, type Evidence } from '../status-evidence.ts';
import css from './detail.module.css';

/** More places than a person reads of; the list of copies has all. */
const MOST = 6;

/** How well it is preserved, in sentences that carry their evidence. */
export function StatusSentences({ entity }: { readonly entity: Entity }): ReactNode {
  const { t } = useTexts('holdings');
  const all = evidenceOf(entity);
  return (
    <ul className={css.evidence}>
      {all.slice(0, MOST).map((each, at) => (
        <li
          key={at}
          className={each.key === 'damaged' || each.key === 'noGoodCopy' ? css.finding : undefined}
        >
          {sentence(t, each)}
        </li>
      ))}
      {all.length > MOST && <li>{t('evidence.more', { count: all.length - MOST })}</li>}
    </ul>
  );
}

function sentence(t: Texts, evidence: Evidence): string {
  const key = `evidence.${evidence.key}`;
  switch (evidence.key) {
    case 'verified':
      return t(key, {
        date: formatDate(evidence.at),
        size: formatBytes(evidence.size),
        location: name(evidence.location),
      });
    case 'lastVerified':
      return t(key, { date: formatDate(evidence.at), location: name(evidence.location) });
    case 'verifiedAlso':
    case 'copies':
      return t(key, { count: evidence.count, n: formatCount(evidence.count) });
    case 'neverVerified':
      return t(key, {
        count: evidence.count,
        n: formatCount(evidence.count),
        location: name(evidence.location),
      });
    case 'damaged':
      return evidence.at === undefined
        ? t('evidence.damagedUndated', {
            outcome: t(`foundAs.${evidence.outcome}`),
            location: name(evidence.location),
          })
        : t(key, {
            outcome: t(`foundAs.${evidence.outcome}`),
            location: name(evidence.location),
            date: formatDate(evidence.at),
          });
    case 'goodElsewhere':
      return t(key, { location: name(evidence.location) });
    case 'itemVerified':
      return t(key, { date: formatDate(evidence.at), size: formatBytes(evidence.size) });
    case 'itemPartly':
      return t(key, { held: formatCount(evidence.held), parts: formatCount(evidence.parts) });
    case 'itemNeverVerified':
      return t(key, { count: evidence.parts, n: formatCount(evidence.parts) });
    case 'custodyEnded':
      return t(key, { date: formatDate(evidence.at), reason: plainVisible(evidence.reason, 200) });
    case 'noGoodCopy':
    case 'notHeld':
      return t(key);
  }
}

function name(location: string): string {
  return plainVisible(location, 80);
}
