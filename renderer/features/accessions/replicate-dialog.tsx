import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Accession } from '../../../shared/contract/accession.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Dialog,
  EmptyState,
  PathText,
  ProblemNotice,
  RadioGroup,
  SafeText,
  Spinner,
  Term,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import styles from './accessions.module.css';
import { FORMATS } from './formats.ts';
import { roomOf } from './sentences.ts';

/** A further copy of an accession in a managed location. */
export function ReplicateDialog({
  accession,
  bytes,
  onClose,
}: {
  readonly accession: Accession;
  readonly bytes: number | undefined;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const toast = useToast();
  const navigate = useNavigate();
  const [to, setTo] = useState('');
  const locations = useCall('locations', 'list');
  const checked = useCall('locations', 'check', {}, { staleTime: 10_000 });
  const managed = (locations.data?.rows ?? []).filter(
    (row) => row.writes === 'managed' && row.offline === undefined,
  );
  const start = useAct('replication', 'start', {
    onSuccess: ({ id }) => {
      toast.tell(t('replicate.begun', { number: accession.number }), {
        action: {
          label: t('replicate.watch'),
          onPress: () => {
            navigate({ to: '/jobs/$id', params: { id } }).catch(() => undefined);
          },
        },
      });
      onClose();
    },
  });
  const rooms = new Map(
    managed.map((row) => {
      const place = checked.data?.rows.find((one) => one.location === row.id);
      return [row.id, roomOf(place, bytes, t, FORMATS)];
    }),
  );
  return (
    <Dialog
      title={t('replicate.title', { number: accession.number })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button
            variant="primary"
            isDisabled={to === '' || start.isPending}
            onPress={() => {
              start.mutate({ accession: accession.id, to });
            }}
          >
            {t('replicate.act')}
          </Button>
        </>
      }
    >
      <p>
        {t('replicate.what')} <Term id="replica">{t('replicate.term')}</Term>
      </p>
      {locations.error !== null && <ProblemNotice error={locations.error} />}
      {locations.isPending && <Spinner label={t('room.asking')} />}
      {locations.data !== undefined && managed.length === 0 && (
        <EmptyState
          title={t('replicate.noPlace')}
          why={t('replicate.noPlaceWhy')}
          action={
            <Link to="/locations" className={styles.link}>
              {t('replicate.toLocations')}
            </Link>
          }
        />
      )}
      {managed.length > 0 && (
        <RadioGroup
          label={t('replicate.to')}
          value={to}
          onChange={setTo}
          options={managed.map((row) => ({
            value: row.id,
            label: <SafeText value={row.name} />,
            description: (
              <span className={styles.place}>
                <span>
                  <PathText path={row.root} />
                </span>
                <span className={rooms.get(row.id)?.tight === true ? styles.due : undefined}>
                  {rooms.get(row.id)?.text}
                </span>
              </span>
            ),
          }))}
        />
      )}
      {start.error !== null && <ProblemNotice error={start.error} />}
    </Dialog>
  );
}
