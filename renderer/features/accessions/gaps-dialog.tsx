import { useState, type ReactNode } from 'react';
import type { Accession } from '../../../shared/contract/accession.ts';
import type { RightsBasis } from '../../../shared/domain/rights.ts';
import { RIGHTS_BASES } from '../../../shared/domain/rights.ts';
import { useAct } from '../../client/index.ts';
import {
  Button,
  Dialog,
  ProblemNotice,
  RadioGroup,
  Term,
  TextField,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import styles from './accessions.module.css';
import { gapsOfAccession } from './list.ts';

/** Says of an accession what was not known when it was taken. Only what is lacking is asked for, and nothing must be said at once. */
export function GapsDialog({
  accession,
  onClose,
}: {
  readonly accession: Accession;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const toast = useToast();
  const [basis, setBasis] = useState<RightsBasis>();
  const [note, setNote] = useState('');
  const [source, setSource] = useState('');
  const [acquired, setAcquired] = useState('');
  const gaps = gapsOfAccession(accession);
  const close = useAct('accession', 'closeGaps', {
    onSuccess: ({ number }) => {
      toast.tell(t('gaps.done', { number }));
      onClose();
    },
  });
  const said = {
    ...(basis === undefined ? {} : { rightsBasis: basis }),
    ...(basis === undefined || note.trim() === '' ? {} : { rightsNote: note.trim() }),
    ...(source.trim() === '' ? {} : { source: source.trim() }),
    ...(acquired.trim() === '' ? {} : { acquired: acquired.trim() }),
  };
  return (
    <Dialog
      isOpen
      title={t('gaps.title', { number: accession.number })}
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button
            variant="primary"
            isDisabled={Object.keys(said).length === 0 || close.isPending}
            onPress={() => {
              close.mutate({ accession: accession.id, ...said });
            }}
          >
            {t('gaps.act')}
          </Button>
        </>
      }
    >
      <p>
        {t('gaps.what')} <Term id="rights-basis">{t('rights.term')}</Term>
      </p>
      <div className={styles.fields}>
        {gaps.includes('rights') && (
          <>
            <RadioGroup<RightsBasis>
              label={t('rights.basis')}
              value={basis}
              onChange={setBasis}
              options={RIGHTS_BASES.map((each) => ({
                value: each,
                label: t(`basis.${each}`),
                description: t(`basisWhat.${each}`),
              }))}
            />
            <TextField
              label={t('rights.note')}
              description={t('rights.noteWhy')}
              value={note}
              onChange={setNote}
              isDisabled={basis === undefined}
              isMultiline
            />
          </>
        )}
        {gaps.includes('source') && (
          <TextField
            label={t('rights.source')}
            description={t('rights.sourceWhy')}
            value={source}
            onChange={setSource}
          />
        )}
        {gaps.includes('acquired') && (
          <TextField
            label={t('rights.acquired')}
            description={t('rights.acquiredWhy')}
            value={acquired}
            onChange={setAcquired}
          />
        )}
      </div>
      {close.error !== null && <ProblemNotice error={close.error} />}
    </Dialog>
  );
}
