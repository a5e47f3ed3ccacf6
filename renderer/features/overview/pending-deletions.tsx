import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PendingDeletion } from '../../../shared/contract/custody.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  ConfirmDialog,
  formatBytes,
  formatCount,
  formatDate,
  plainVisible,
  ProblemNotice,
  useTexts,
} from '../../ui/index.ts';
import { Need } from './need.tsx';

const SHOWN = 5;

/** Deletions that could not be carried out somewhere; going on with one is asked about, since it cannot be undone. */
export function PendingDeletions() {
  const { t } = useTexts('overview');
  const pending = useCall('custody', 'pending', { limit: 100 });
  const [chosen, setChosen] = useState<PendingDeletion>();
  const navigate = useNavigate();
  const goOn = useAct('custody', 'delete', {
    onSuccess: ({ id }) => {
      navigate({ to: '/jobs/$id', params: { id } }).catch(() => undefined);
    },
  });
  const rows = pending.data?.rows ?? [];
  const error = goOn.error ?? pending.error;
  return (
    <>
      {rows.slice(0, SHOWN).map((row) => (
        <Need
          key={`${row.accession.id} ${row.location} ${row.path.display}`}
          sentence={t('needs.deletion', {
            number: row.accession.number,
            location: plainVisible(row.locationName, 200),
          })}
          why={[
            t('needs.deletionWhy', {
              count: row.files,
              n: formatCount(row.files),
              size: formatBytes(row.bytes),
              since: formatDate(row.since),
            }),
            row.detail,
          ].join(' ')}
          act={
            <Button
              isDisabled={goOn.isPending}
              onPress={() => {
                setChosen(row);
              }}
            >
              {t('needs.deletionAct')}
            </Button>
          }
        />
      ))}
      {rows.length > SHOWN && (
        <Need sentence={t('needs.deletionsMore', { n: formatCount(rows.length - SHOWN) })} act={null} />
      )}
      {error !== null && <ProblemNotice error={error} />}
      <ConfirmDialog
        title={t('needs.deletionConfirm.title', { number: chosen?.accession.number ?? '' })}
        isOpen={chosen !== undefined}
        onClose={() => {
          setChosen(undefined);
        }}
        tone="danger"
        consequences={[
          t('needs.deletionConfirm.decided'),
          t('needs.deletionConfirm.forever'),
          t('needs.deletionConfirm.record'),
        ]}
        confirmLabel={t('needs.deletionConfirm.confirm')}
        onConfirm={() => {
          if (chosen !== undefined) goOn.mutate({ accession: chosen.accession.id });
          setChosen(undefined);
        }}
      />
    </>
  );
}
