import type { EventSummary } from '../../../shared/contract/holdings.ts';
import { useTexts } from '../../ui/index.ts';
import styles from './log.module.css';

/** An outcome by shape, word and colour: success is plain ink. */
export function OutcomeMark({ outcome }: { readonly outcome: EventSummary['outcome'] }) {
  const { t } = useTexts('log');
  return (
    <span className={styles[outcome]}>
      <svg className={styles.shape} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {outcome === 'success' && <circle cx="5" cy="5" r="3" fill="currentColor" />}
        {outcome === 'warning' && (
          <path d="M5 1 9.3 8.8H.7Z" fill="none" stroke="currentColor" strokeWidth="1.5" />
        )}
        {outcome === 'fail' && <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2" />}
      </svg>{' '}
      {t(`outcome.${outcome}`)}
    </span>
  );
}
