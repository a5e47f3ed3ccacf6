import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Accession } from '../../../shared/contract/accession.ts';
import type { DeletionPreview, PreviewedPlace } from '../../../shared/contract/custody.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  ConfirmDialog,
  Dialog,
  formatBytes,
  formatCount,
  PathText,
  ProblemNotice,
  SafeText,
  Skeleton,
  Term,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import styles from './accessions.module.css';

interface DeletionProps {
  readonly accession: Pick<Accession, 'id' | 'number'>;
  readonly onClose: () => void;
}

/** Removing what custody has ended of: first what is where and what would go, then why and who stands for it, then the question. */
export function DeletionDialog({ accession, onClose }: DeletionProps): ReactNode {
  const { t } = useTexts('accessions');
  const { id, number } = accession;
  const navigate = useNavigate();
  const preview = useCall('custody', 'previewDeletion', { accession: id }, { staleTime: 0 });
  const pending = useCall('custody', 'pending', { limit: 1000 });
  const [reason, setReason] = useState('');
  const [second, setSecond] = useState('');
  const [isAsking, setAsking] = useState(false);
  const remove = useAct('custody', 'delete', {
    onSuccess: (job) => {
      onClose();
      navigate({ to: '/jobs/$id', params: { id: job.id } }).catch(() => undefined);
    },
  });
  const places = preview.data?.places ?? [];
  const going = places.filter(({ state }) => state === 'remove');
  const waiting = places.filter(({ state }) => state === 'pending' || state === 'refused');
  // Who goes on with it need not say again what the first run was told.
  const isBegun =
    places.some(({ state }) => state === 'deleted') ||
    (pending.data?.rows ?? []).some((row) => row.accession.id === id);
  const isSaid = isBegun || (reason.trim() !== '' && second.trim() !== '');
  const canBegin = going.length + waiting.length > 0;
  return (
    <>
      <Dialog
        title={t('deletion.title', { number })}
        isOpen={!isAsking}
        size="large"
        onClose={onClose}
        actions={
          <>
            <Button variant="quiet" onPress={onClose}>
              {t('act.cancel')}
            </Button>
            {canBegin && (
              <Button
                variant="danger"
                isDisabled={!isSaid || remove.isPending}
                onPress={() => {
                  setAsking(true);
                }}
              >
                {t('deaccession.next')}
              </Button>
            )}
          </>
        }
      >
        <p>
          {t('deletion.what')} <Term id="deletion">{t('deletion.term')}</Term>
        </p>
        {preview.error !== null && <ProblemNotice error={preview.error} />}
        {preview.data === undefined && preview.error === null && <Skeleton lines={4} />}
        {preview.data !== undefined && <Preview preview={preview.data} />}
        {canBegin && !isBegun && (
          <div className={styles.fields}>
            <TextField
              label={t('deaccession.reason')}
              description={t('deletion.reasonWhy')}
              value={reason}
              onChange={setReason}
              isMultiline
              isRequired
            />
            <TextField
              label={t('deletion.second')}
              description={t('deletion.secondWhy')}
              value={second}
              onChange={setSecond}
              isRequired
            />
          </div>
        )}
        {canBegin && isBegun && <p className={styles.muted}>{t('deletion.begun')}</p>}
        {remove.error !== null && <ProblemNotice error={remove.error} />}
      </Dialog>
      <ConfirmDialog
        title={t('deletion.confirm', { number })}
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
        }}
        tone="danger"
        consequences={[
          t('deletion.goes', {
            count: going.length,
            n: formatCount(going.length),
            size: formatBytes(going.reduce((sum, { bytes }) => sum + bytes, 0)),
          }),
          ...(waiting.length > 0
            ? [t('deletion.waits', { count: waiting.length, n: formatCount(waiting.length) })]
            : []),
          preview.data === undefined || preview.data.heldNowhereElse.objects === 0
            ? t('deletion.heldElsewhere')
            : t('deletion.last', {
                count: preview.data.heldNowhereElse.objects,
                n: formatCount(preview.data.heldNowhereElse.objects),
              }),
          t('deletion.record'),
          t('deletion.forever'),
        ]}
        confirmLabel={t('deletion.act')}
        onConfirm={() => {
          remove.mutate({
            accession: id,
            ...(isBegun ? {} : { reason: reason.trim(), secondAgent: second.trim() }),
          });
        }}
      />
    </>
  );
}

function Preview({ preview }: { readonly preview: DeletionPreview }): ReactNode {
  const { t } = useTexts('accessions');
  const { places, heldElsewhere, heldNowhereElse } = preview;
  if (places.length === 0) return <p>{t('deletion.nowhere')}</p>;
  return (
    <>
      <table className={styles.table}>
        <caption className={styles.muted}>{t('deletion.places')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('deletion.outcome')}</th>
            <th scope="col">{t('deletion.place')}</th>
            <th scope="col" className={styles.end}>
              {t('column.files')}
            </th>
            <th scope="col" className={styles.end}>
              {t('column.size')}
            </th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <PlaceRow key={`${place.location} ${place.path.display}`} place={place} />
          ))}
        </tbody>
      </table>
      {heldElsewhere.objects > 0 && (
        <p>
          {t('deletion.also', {
            count: heldElsewhere.objects,
            n: formatCount(heldElsewhere.objects),
            accessions: heldElsewhere.accessions.join(', '),
          })}
        </p>
      )}
      {heldNowhereElse.objects > 0 && (
        <p>
          {t('deletion.only', {
            count: heldNowhereElse.objects,
            n: formatCount(heldNowhereElse.objects),
            size: formatBytes(heldNowhereElse.bytes),
          })}
        </p>
      )}
    </>
  );
}

function PlaceRow({ place }: { readonly place: PreviewedPlace }): ReactNode {
  const { t } = useTexts('accessions');
  const { location, locationName, path, state, detail, files, bytes } = place;
  return (
    <tr>
      <th scope="row">{t(`deletion.state.${state}`)}</th>
      <td>
        <div className={styles.place}>
          <Link to="/locations/$id" params={{ id: location }}>
            <SafeText value={locationName} maxLength={80} />
          </Link>
          <PathText path={path} />
          {detail !== '' && (
            <span className={styles.muted}>
              <SafeText value={detail} />
            </span>
          )}
        </div>
      </td>
      <td className={styles.end}>{formatCount(files)}</td>
      <td className={styles.end}>{formatBytes(bytes)}</td>
    </tr>
  );
}
