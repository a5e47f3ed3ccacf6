import type { ReactNode } from 'react';
import type { Swept } from '../../../shared/contract/quarantine.ts';
import { formatCount, PathText, SafeText, useTexts } from '../../ui/index.ts';
import styles from './quarantine.module.css';
import { sweptWords } from './swept-words.ts';

/** What became of what interrupted recoveries had left, and file by file what was kept. */
export function SweptTold({ swept }: { readonly swept: Swept }): ReactNode {
  const { t } = useTexts('fixity');
  const { kept } = swept;
  return (
    <>
      {sweptWords(swept, t).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {kept.length > 0 && (
        <>
          <p>{t('quarantine.swept.kept', { count: kept.length, shown: formatCount(kept.length) })}</p>
          <ul className={styles.kept}>
            {kept.map(({ path, reason }) => (
              <li key={path.display}>
                <PathText path={path} />
                <SafeText value={reason} maxLength={600} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
