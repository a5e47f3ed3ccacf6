import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { WithheldRow } from '../../../shared/contract/hand-outs.ts';
import { canBeOverridden, type WithheldReason } from '../../../shared/domain/may-leave.ts';
import { formatBytes, formatCount, plainVisible, useTexts } from '../../ui/index.ts';
import styles from './hand-outs.module.css';

const WORDS: Readonly<Record<WithheldReason, string>> = {
  protected: 'withheld.protected',
  'no basis': 'withheld.noBasis',
  'no source': 'withheld.noSource',
  'no acquisition': 'withheld.noAcquisition',
};

/** What stays behind: a reason once, and below it of which accessions. */
export function Withheld({ rows }: { readonly rows: readonly WithheldRow[] }): ReactNode {
  const { t } = useTexts('hand-outs');
  if (rows.length === 0) return <p className={styles.lead}>{t('withheld.none')}</p>;
  return [...Map.groupBy(rows, ({ reason }) => reason)].map(([reason, alike]) => (
    <section key={reason} className={styles.group} aria-label={t(WORDS[reason])}>
      <p className={styles.groupWords}>{t(WORDS[reason])}</p>
      {canBeOverridden(reason) && <p className={styles.muted}>{t('withheld.document')}</p>}
      <ul className={styles.files}>
        {alike.map(({ accession, number, files, bytes }) => (
          <li key={accession}>
            <Link to="/accessions/$id" params={{ id: accession }}>
              {t('withheld.accession', { number: plainVisible(number, 100) })}
            </Link>
            {': '}
            {t('withheld.files', { count: files, n: formatCount(files), bytes: formatBytes(bytes) })}
          </li>
        ))}
      </ul>
    </section>
  ));
}

export function filesOf(rows: readonly WithheldRow[]): number {
  return rows.reduce((sum, { files }) => sum + files, 0);
}
