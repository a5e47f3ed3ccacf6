import { useState, type ReactNode } from 'react';
import type { Accession } from '../../../shared/contract/accession.ts';
import { useAct } from '../../client/index.ts';
import {
  Button,
  ConfirmDialog,
  Dialog,
  ProblemNotice,
  Term,
  TextField,
  formatBytes,
  formatCount,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import styles from './accessions.module.css';

/** Ends custody: why and on whose authority first, then what follows from it. Of the bytes nothing is touched. */
export function DeaccessionDialog({
  accession,
  items,
  bytes,
  onClose,
}: {
  readonly accession: Pick<Accession, 'id' | 'number' | 'title' | 'mode'>;
  readonly items: number | undefined;
  readonly bytes: number | undefined;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [authority, setAuthority] = useState('');
  const [isAsking, setAsking] = useState(false);
  const { number, mode } = accession;
  const end = useAct('custody', 'deaccession', {
    onSuccess: (ended) => {
      toast.tell(t('deaccession.done', { number: ended.accession.number }));
      onClose();
    },
  });
  return (
    <>
      <Dialog
        title={t('deaccession.title', { number })}
        isOpen={!isAsking}
        onClose={onClose}
        actions={
          <>
            <Button variant="quiet" onPress={onClose}>
              {t('act.cancel')}
            </Button>
            <Button
              variant="danger"
              isDisabled={reason.trim() === '' || authority.trim() === '' || end.isPending}
              onPress={() => {
                setAsking(true);
              }}
            >
              {t('deaccession.next')}
            </Button>
          </>
        }
      >
        <p>
          {t('deaccession.what')} <Term id="deaccession">{t('deaccession.term')}</Term>
        </p>
        <div className={styles.fields}>
          <TextField
            label={t('deaccession.reason')}
            description={t('deaccession.reasonWhy')}
            value={reason}
            onChange={setReason}
            isMultiline
            isRequired
            autoFocus
          />
          <TextField
            label={t('deaccession.authority')}
            description={t('deaccession.authorityWhy')}
            value={authority}
            onChange={setAuthority}
            isRequired
          />
        </div>
        {end.error !== null && <ProblemNotice error={end.error} />}
      </Dialog>
      <ConfirmDialog
        title={t('deaccession.confirm', { number })}
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
        }}
        consequences={[
          items === undefined || bytes === undefined
            ? t('deaccession.counts')
            : t('deaccession.countsOf', {
                count: items,
                items: formatCount(items),
                bytes: formatBytes(bytes),
              }),
          t('deaccession.audits'),
          t(mode === 'in-place' ? 'deaccession.filesInPlace' : 'deaccession.filesManaged'),
          t('deaccession.log'),
          t('deaccession.noWayBack'),
        ]}
        confirmLabel={t('deaccession.act')}
        tone="danger"
        onConfirm={() => {
          end.mutate({ accession: accession.id, reason, authority });
        }}
      />
    </>
  );
}
