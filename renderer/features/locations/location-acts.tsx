import { useNavigate } from '@tanstack/react-router';
import { Archive, Copy, Ellipsis, FolderInput, PencilLine, RefreshCw, ShieldCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { Location } from '../../../shared/contract/locations.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  ConfirmDialog,
  formatBytes,
  MenuButton,
  ProblemNotice,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import { EditLocationDialog } from './edit-location-dialog.tsx';
import styles from './locations.module.css';
import type { Reach } from './reach.ts';
import { ShelveDialog } from './shelf-dialogs.tsx';

interface Props {
  readonly location: Location;
  readonly reach: Reach;
  readonly isReadOnly: boolean;
  readonly onRelink: () => void;
}

/**
 * What can be done with a place: the buttons, and what could not be done, which needs more room than they have. Long acts
 * begin at once and go on in the job shelf.
 */
export function useLocationActs({ location, reach, isReadOnly, onRelink }: Props): {
  readonly buttons: ReactNode;
  readonly problem: ReactNode;
} {
  const { t } = useTexts('locations');
  const { tell } = useToast();
  const navigate = useNavigate();
  const [isReplicating, setReplicating] = useState(false);
  const [isShelving, setShelving] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const begun = (key: string) => (job: Job) => {
    tell(t(key, { name: location.name }), {
      action: {
        label: t('act.showJob'),
        onPress: () => {
          navigate({ to: '/jobs/$id', params: { id: job.id } }).catch(() => undefined);
        },
      },
    });
  };
  const audit = useAct('fixity', 'audit', { onSuccess: begun('began.audit') });
  const rescan = useAct('fixity', 'rescan', { onSuccess: begun('began.rescan') });
  const replicate = useAct('replication', 'start', { onSuccess: begun('began.replication') });
  const isAway = reach.state !== 'reachable' || isReadOnly;
  const isEmpty = location.replicas === 0;
  const problem = audit.error ?? rescan.error ?? replicate.error;
  const buttons = (
    <>
      <div className={styles.acts}>
        <Button
          icon={ShieldCheck}
          isDisabled={isAway || isEmpty || audit.isPending}
          onPress={() => {
            audit.mutate({ location: location.id });
          }}
        >
          {t('act.audit')}
        </Button>
        <Button
          icon={RefreshCw}
          isDisabled={isAway || isEmpty || rescan.isPending}
          onPress={() => {
            rescan.mutate({ location: location.id });
          }}
        >
          {t('act.rescan')}
        </Button>
        {location.writes === 'managed' && (
          <Button
            icon={Copy}
            isDisabled={isAway || replicate.isPending}
            onPress={() => {
              setReplicating(true);
            }}
          >
            {t('act.replicate')}
          </Button>
        )}
        <MenuButton
          label={t('act.moreOf', { name: location.name })}
          icon={Ellipsis}
          items={[
            {
              id: 'edit',
              label: t('act.edit'),
              icon: PencilLine,
              onAction: () => {
                setEditing(true);
              },
              isDisabled: isReadOnly,
            },
            {
              id: 'relink',
              label: t('act.relink'),
              icon: FolderInput,
              onAction: onRelink,
              isDisabled: isReadOnly,
            },
            {
              id: 'shelve',
              label: t('act.shelve'),
              icon: Archive,
              onAction: () => {
                setShelving(true);
              },
              isDisabled: isReadOnly,
            },
          ]}
        />
      </div>
      {isShelving && (
        <ShelveDialog
          location={location}
          onClose={() => {
            setShelving(false);
          }}
        />
      )}
      {isEditing && (
        <EditLocationDialog
          location={location}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
      {isReplicating && (
        <ReplicateDialog
          location={location}
          reach={reach}
          onClose={() => {
            setReplicating(false);
          }}
          onConfirm={() => {
            setReplicating(false);
            replicate.mutate({ to: location.id });
          }}
        />
      )}
    </>
  );
  return { buttons, problem: problem === null ? undefined : <ProblemNotice error={problem} /> };
}

interface ReplicateProps {
  readonly location: Location;
  readonly reach: Reach;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

function ReplicateDialog({ location, reach, onClose, onConfirm }: ReplicateProps) {
  const { t } = useTexts('locations');
  const free = reach.state === 'reachable' ? reach.free : undefined;
  const status = useCall('archive', 'status').data;
  return (
    <ConfirmDialog
      title={t('replicate.title', { name: location.name })}
      isOpen
      onClose={onClose}
      confirmLabel={t('replicate.confirm')}
      consequences={[
        t('replicate.copies', { name: location.name }),
        t('replicate.skips'),
        ...(free === undefined || status === undefined
          ? []
          : [t('replicate.room', { held: formatBytes(status.bytes), free: formatBytes(free) })]),
        t('replicate.stop'),
      ]}
      onConfirm={onConfirm}
    />
  );
}
