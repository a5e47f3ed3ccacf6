import { Link } from '@tanstack/react-router';
import type { ArchiveInfo, ArchiveStatus } from '../../../shared/contract/archive.ts';
import { AUDIT_OUTCOMES, type AuditOutcome } from '../../../shared/domain/audit-outcome.ts';
import { formatCount, Section, Term, Time, useTexts } from '../../ui/index.ts';
import { AuditAct } from './audit-act.tsx';
import styles from './overview.module.css';
import { outcomesInWords, wordOf } from './words.ts';

interface LastAuditProps {
  readonly status: ArchiveStatus;
  readonly info: ArchiveInfo;
}

/** What the last audit read and found, and how every copy stood when it was last looked at. */
export function LastAudit({ status, info }: LastAuditProps) {
  const { t } = useTexts('overview');
  const { lastAudit, byOutcome } = status;
  const outcomes = Object.entries(byOutcome).filter(([, count]) => count > 0);
  return (
    <Section title={<Term id="fixity">{t('audit.title')}</Term>}>
      {lastAudit === null ? (
        <>
          <p>{t('audit.none')}</p>
          <p className={styles.why}>{t('audit.noneWhy')}</p>
        </>
      ) : (
        <>
          <p>
            {t('audit.last')} <Time at={lastAudit.at} />. {found(lastAudit)}
          </p>
          {!lastAudit.complete && <p className={styles.why}>{t('audit.incomplete')}</p>}
        </>
      )}
      <p className={styles.outcomes}>
        <span className={styles.why}>{t('audit.copies')}</span>
        {outcomes.map(([outcome, count]) => (
          <span key={outcome}>
            {isOutcome(outcome) ? (
              <Link to="/holdings" search={{ outcome }}>
                {`${formatCount(count)} ${wordOf(t, 'outcome', outcome)}`}
              </Link>
            ) : (
              `${formatCount(count)} ${wordOf(t, 'outcome', 'never')}`
            )}
          </span>
        ))}
      </p>
      <div className={styles.auditAct}>
        <AuditAct isReadOnly={info.readOnly} variant={lastAudit === null ? 'primary' : 'plain'} />
        {!info.readOnly && <p className={styles.why}>{t('audit.actWhy')}</p>}
      </div>
    </Section>
  );

  function found({ checked, outcomes }: NonNullable<ArchiveStatus['lastAudit']>): string {
    if (checked === 0) return t('audit.foundNothing');
    return t('audit.found', {
      count: checked,
      n: formatCount(checked),
      outcomes: outcomesInWords(t, outcomes, formatCount),
    });
  }
}

function isOutcome(outcome: string): outcome is AuditOutcome {
  const outcomes: readonly string[] = AUDIT_OUTCOMES;
  return outcomes.includes(outcome);
}
