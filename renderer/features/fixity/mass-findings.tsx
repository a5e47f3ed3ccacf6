import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { MassChange } from '../../../shared/contract/decisions.ts';
import { Button, formatCount, Section, useTexts } from '../../ui/index.ts';
import styles from './mass.module.css';
import { useDecision } from './use-decision.tsx';

interface Props {
  readonly change: MassChange;
  readonly isReadOnly: boolean;
}

const WAYS = ['recover', 'accept', 'moved', 'false-alarm'] as const;
type Way = (typeof WAYS)[number];

/** What fits what was decided on all of them together; the others stay within reach. */
function firstOf({ decided, looksLike }: MassChange): Way | undefined {
  switch (decided?.as) {
    case 'damage':
      return 'recover';
    case 'intended':
      return looksLike === 'moved' ? 'moved' : 'accept';
    case 'restored':
      return 'false-alarm';
    default:
      return undefined;
  }
}

/** Only of what is not at its place can it be found elsewhere. */
function waysOf({ outcomes }: MassChange): readonly Way[] {
  const mayHaveMoved = (outcomes['moved'] ?? 0) + (outcomes['missing'] ?? 0) > 0;
  return WAYS.filter((way) => way !== 'moved' || mayHaveMoved);
}

/** All findings of one mass change, decided at once: each with its preview before it. */
export function MassFindings({ change, isReadOnly }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const { decide, dialog, outcome } = useDecision();
  const { id, openFindings: count, location } = change;
  const shown = formatCount(count);
  const isDecided = change.decided !== undefined;
  const first = firstOf(change);
  return (
    <Section
      title={t('mass.all.title', { count, shown })}
      description={count === 0 ? t('mass.all.none') : t(isDecided ? 'mass.all.why' : 'mass.all.whyNotYet')}
      actions={
        <Link to="/fixity" search={{ location: location.id }}>
          {t('mass.toFindings')}
        </Link>
      }
    >
      {count > 0 && (
        <ul className={styles.ways}>
          {waysOf(change).map((way) => (
            <li key={way} className={styles.way}>
              <Button
                {...(way === first ? { variant: 'primary' as const } : {})}
                // What is read again and found intact is no acceptance, so that it need not wait.
                isDisabled={isReadOnly || (!isDecided && way !== 'false-alarm')}
                onPress={() => {
                  decide({ way, selection: { massChange: id }, count });
                }}
              >
                {t(`mass.all.${way}`, { count, shown })}
              </Button>
              <p className={styles.muted}>{t(`mass.all.does.${way}`)}</p>
            </li>
          ))}
        </ul>
      )}
      {outcome}
      {dialog}
    </Section>
  );
}
