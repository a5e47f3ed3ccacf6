import { Link } from '@tanstack/react-router';
import type { DecisionResult } from '../../../../shared/contract/decisions.ts';
import { formatBytes, formatCount, PathText, plainVisible, SafeText, useTexts } from '../../../ui/index.ts';
import styles from '../jobs.module.css';

interface DecisionResultViewProps {
  readonly kind: 'resolution' | 'recovery';
  readonly result: DecisionResult;
}

export function DecisionResultView({ kind, result }: DecisionResultViewProps) {
  const { t } = useTexts('jobs');
  const { done, bytes, quarantined, refused, refusedTotal, successors = [] } = result;
  return (
    <>
      <p className={styles.sentence}>
        {t(`decision.${kind}`, { count: done, n: formatCount(done), size: formatBytes(bytes) })}
        {quarantined > 0 && (
          <>
            {` ${t('decision.quarantined', { count: quarantined, n: formatCount(quarantined) })} `}
            <Link to="/fixity/quarantine">{t('decision.toQuarantine')}</Link>
          </>
        )}
        {refusedTotal > 0 &&
          ` ${t('decision.refused', { count: refusedTotal, n: formatCount(refusedTotal) })}`}
      </p>
      {successors.map(({ path, supersedes, location, files, bytes: written }) => (
        <div key={path.display}>
          <p>
            {t('decision.successor', {
              count: files,
              n: formatCount(files),
              location: plainVisible(location.name, 80),
              size: formatBytes(written),
            })}
          </p>
          <PathText path={path} />
          <p>{t('decision.superseded')}</p>
          <PathText path={supersedes} />
        </div>
      ))}
      {refused.length > 0 && (
        <ul>
          {refused.map(({ finding, path, reason }) => (
            <li key={finding}>
              <PathText path={path} /> <SafeText value={reason} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
