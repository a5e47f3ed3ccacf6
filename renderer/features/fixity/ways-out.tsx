import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FindingDetail } from '../../../shared/contract/decisions.ts';
import { useCall } from '../../client/index.ts';
import { Button, formatBytes, PathText, SafeText, useTexts } from '../../ui/index.ts';
import { DECIDED_HERE, type DecidedHere, type Deciding } from './decisions.ts';
import styles from './detail.module.css';

interface Props {
  readonly finding: FindingDetail;
  readonly isReadOnly: boolean;
  readonly onDecide: (deciding: Deciding) => void;
}

/** Every way out with what it would do, or why it does not fit; those that fit come first. */
export function WaysOut({ finding, isReadOnly, onDecide }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const selection = { findings: [finding.id] };
  const ways = [...finding.ways].sort((a, b) => Number(b.fits) - Number(a.fits));
  const mayRecover = finding.ways.some(({ way, fits }) => way === 'recover' && fits);
  return (
    <ul className={styles.ways}>
      {ways.map(({ way, fits, does }) => (
        <li key={way} className={styles.way} data-fits={fits}>
          <div className={styles.wayWords}>
            <h3 className={styles.wayName}>{t(`way.${way}.name`)}</h3>
            <p className={fits ? undefined : styles.muted}>
              {fits ? (
                <SafeText value={does} maxLength={600} />
              ) : (
                <>
                  {t('ways.not')} <SafeText value={does} maxLength={600} />
                </>
              )}
            </p>
            {way === 'recover' && mayRecover && <RecoveryPreview finding={finding} />}
          </div>
          {isDecidedHere(way) ? (
            <Button
              variant={way === 'recover' && fits ? 'primary' : 'plain'}
              isDisabled={!fits || isReadOnly}
              onPress={() => {
                onDecide({ way, selection, count: 1 });
              }}
            >
              {t(`way.${way}.button`)}
            </Button>
          ) : (
            <Link to="/accessions/$id" params={{ id: finding.accession.id }} className={styles.wayLink}>
              {t('way.deaccession.button', { number: finding.accession.number })}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A dry run: asked of the places as they stand now, without reading or writing a file. */
function RecoveryPreview({ finding }: { readonly finding: FindingDetail }): ReactNode {
  const { t } = useTexts('fixity');
  const { data } = useCall('decisions', 'previewRecovery', { findings: [finding.id] });
  const [first] = data?.willDo ?? [];
  const [refused] = data?.refused ?? [];
  if (refused !== undefined)
    return (
      <p className={styles.muted}>
        {t('ways.notNow')} <SafeText value={refused.reason} maxLength={600} />
      </p>
    );
  if (first?.from === undefined) return null;
  return (
    <div className={styles.dry}>
      <span className={styles.muted}>{t('ways.from', { size: formatBytes(data?.bytes ?? 0) })}</span>{' '}
      <PathText path={first.from} />
    </div>
  );
}

function isDecidedHere(way: string): way is DecidedHere {
  return DECIDED_HERE.some((each) => each === way);
}
