import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import { useDesktop } from '../../../client/index.ts';
import {
  Bytes,
  formatDate,
  IconButton,
  Notch,
  PathText,
  plainVisible,
  SafeText,
  Term,
  Time,
  useTexts,
} from '../../../ui/index.ts';
import { isDamaged } from '../status-evidence.ts';
import css from './detail.module.css';
import { ReplicaHistory } from './replica-history.tsx';
import { quietly } from '../quietly.ts';

interface ReplicasSectionProps {
  readonly entity: Entity;
  readonly onOpen: (id: string) => void;
}

/** Where its replicas stand, what the last check of each said, and when each was last verified by reading it. */
export function ReplicasSection({ entity }: ReplicasSectionProps): ReactNode {
  const { t } = useTexts('holdings');
  const desktop = useDesktop();
  const { replicas, formerReplicas = [], facts } = entity;
  const notShown = facts['replicasNotShown'];
  return (
    <div className={css.stack}>
      <p className={css.note}>
        {t('copies.what')} <Term id="replica">{t('copies.term')}</Term>
      </p>
      <ul className={css.copies}>
        {replicas.map((replica) => (
          <li key={replica.id} className={css.copy}>
            <div className={css.copyHead}>
              <Link to="/locations/$id" params={{ id: replica.location }}>
                <SafeText value={replica.locationName} maxLength={80} />
              </Link>
              {isDamaged(replica.outcome) ? (
                <Notch kind="finding" label={t(`outcome.${replica.outcome}`)} />
              ) : (
                <span className={css.muted}>{t(`outcome.${replica.outcome}`)}</span>
              )}
              <span className={css.copyActs}>
                {desktop.kind === 'electron' && (
                  <IconButton
                    icon={FolderOpen}
                    label={t('reveal')}
                    onPress={() => quietly(desktop.reveal(replica.path))}
                  />
                )}
              </span>
            </div>
            <PathText path={replica.path} />
            <p className={css.copyFacts}>
              <Bytes value={replica.size} />
              <span aria-hidden="true">·</span>
              {replica.verifiedAt === undefined ? (
                t('copies.never')
              ) : (
                <span>
                  {t('copies.verified')} <Time at={replica.verifiedAt} />
                </span>
              )}
              {replica.checkedAt !== undefined && replica.checkedAt !== replica.verifiedAt && (
                <span>
                  {t('copies.checked')} <Time at={replica.checkedAt} />
                </span>
              )}
              {replica.attested !== undefined && (
                <span>
                  {t(replica.attested.agrees ? 'copies.attested' : 'copies.attestedOtherwise', {
                    by: plainVisible(replica.attested.by, 120),
                    date: formatDate(replica.attested.on),
                  })}
                </span>
              )}
            </p>
            <ReplicaHistory replica={replica.id} />
          </li>
        ))}
      </ul>
      {typeof notShown === 'number' && (
        <p className={css.note}>{t('copies.notShown', { count: notShown })}</p>
      )}
      {formerReplicas.length > 0 && (
        <div>
          <h3 className={css.subtitle}>{t('copies.former')}</h3>
          <ul className={css.copies}>
            {formerReplicas.map((former) => (
              <li key={former.id} className={css.copy}>
                <div className={css.copyHead}>
                  <SafeText value={former.locationName} maxLength={80} />
                </div>
                {former.path !== undefined && <PathText path={former.path} />}
                <p className={css.copyFacts}>
                  {t('copies.ended', {
                    date: formatDate(former.custodyEndedAt),
                    reason: plainVisible(former.reason, 200),
                    authority: plainVisible(former.authority, 120),
                  })}
                </p>
                <p className={css.copyFacts}>
                  {former.deletedAt === undefined
                    ? t('copies.bytesRemain')
                    : t('copies.deleted', { date: formatDate(former.deletedAt) })}
                </p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
