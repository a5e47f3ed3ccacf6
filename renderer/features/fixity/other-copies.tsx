import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FindingDetail } from '../../../shared/contract/decisions.ts';
import { AUDIT_OUTCOMES, isFinding } from '../../../shared/domain/audit-outcome.ts';
import { Notch, PathText, plainVisible, Time, useTexts } from '../../ui/index.ts';
import styles from './detail.module.css';

/** Where else the same content stands, and how each of them was last found. */
export function OtherCopies({ copies }: { readonly copies: FindingDetail['otherCopies'] }): ReactNode {
  const { t } = useTexts('fixity');
  if (copies.length === 0) return <p>{t('copies.none')}</p>;
  return (
    <ul className={styles.copies}>
      {copies.map((copy) => (
        <li key={copy.replica} className={styles.copy}>
          <div className={styles.copyHead}>
            <Link to="/locations/$id" params={{ id: copy.location.id }}>
              {plainVisible(copy.location.name, 80)}
            </Link>
            {isBad(copy.outcome) ? (
              <Notch kind="finding" label={t(`outcome.${copy.outcome}`)} />
            ) : (
              <span className={styles.muted}>
                {copy.verifiedAt === undefined ? (
                  t('copies.never')
                ) : (
                  <>
                    {t('copies.verified')} <Time at={copy.verifiedAt} />
                  </>
                )}
              </span>
            )}
          </div>
          <PathText path={copy.path} />
        </li>
      ))}
    </ul>
  );
}

export function isBad(outcome: string): boolean {
  const known = AUDIT_OUTCOMES.find((each) => each === outcome);
  return known !== undefined && isFinding(known);
}
