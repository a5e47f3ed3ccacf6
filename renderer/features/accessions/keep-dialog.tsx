import type { ReactNode } from 'react';
import { Button, Dialog, ProblemNotice, TextField, useTexts } from '../../ui/index.ts';
import type { PathStep } from './path-step.ts';
import { useStartSurvey } from './use-start-survey.ts';

/** Keeps what was surveyed for a later decision. The folders are read once more, so that what is kept is what is there. */
export function KeepDialog(props: PathStep & { readonly onClose: () => void }): ReactNode {
  const { draft, change, onClose } = props;
  const { t } = useTexts('accessions');
  const { keep, isPending, error } = useStartSurvey({
    ...props,
    go: (step, more, replace) => {
      onClose();
      props.go(step, more, replace);
    },
  });
  return (
    <Dialog
      title={t('keep.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button variant="primary" onPress={keep} isDisabled={isPending || draft.title.trim() === ''}>
            {t('keep.act')}
          </Button>
        </>
      }
    >
      <p>{t('keep.what')}</p>
      <TextField
        label={t('rights.title')}
        value={draft.title}
        onChange={(title) => {
          change({ title });
        }}
        isRequired
        autoFocus
      />
      <TextField
        label={t('rights.source')}
        value={draft.source}
        onChange={(source) => {
          change({ source });
        }}
      />
      {error !== null && <ProblemNotice error={error} />}
    </Dialog>
  );
}
