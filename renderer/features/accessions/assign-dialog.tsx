import { useState, type ReactNode } from 'react';
import type { Accession } from '../../../shared/contract/accession.ts';
import { useAct, useCall } from '../../client/index.ts';
import { Button, Dialog, ProblemNotice, useTexts, useToast } from '../../ui/index.ts';
import { CollectionField } from './collection-field.tsx';

/** Puts an accession into a collection, a new one where it is not there, or into none. It can be undone. */
export function AssignDialog({
  accession,
  onClose,
}: {
  readonly accession: Accession;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const toast = useToast();
  const [collection, setCollection] = useState(accession.collection ?? '');
  const collections = useCall('collections', 'list');
  const undo = useAct('collections', 'assign');
  const assign = useAct('collections', 'assign', {
    onSuccess: (done) => {
      const before = accession.collection;
      toast.tell(
        done.collection === undefined
          ? t('assign.none', { number: done.number })
          : t('assign.done', { number: done.number, collection: done.collection.path }),
        {
          action: {
            label: t('act.undo'),
            onPress: () => {
              undo.mutate({
                accession: accession.id,
                ...(before === undefined ? {} : { collection: before }),
              });
            },
          },
        },
      );
      onClose();
    },
  });
  const add = useAct('collections', 'add', {
    onSuccess: (made) => {
      assign.mutate({ accession: accession.id, collection: made.id });
    },
  });
  const wanted = collection.trim();
  const known = collections.data?.rows.find((row) => row.path === wanted);
  const save = (): void => {
    if (wanted === '') assign.mutate({ accession: accession.id });
    else if (known === undefined) add.mutate({ name: wanted });
    else assign.mutate({ accession: accession.id, collection: known.id });
  };
  const error = add.error ?? assign.error;
  return (
    <Dialog
      title={t('assign.title', { number: accession.number })}
      isOpen
      onClose={onClose}
      size="small"
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button
            variant="primary"
            isDisabled={
              collections.data === undefined ||
              wanted === (accession.collection ?? '') ||
              assign.isPending ||
              add.isPending
            }
            onPress={save}
          >
            {t('assign.act')}
          </Button>
        </>
      }
    >
      <CollectionField value={collection} onChange={setCollection} />
      {error !== null && <ProblemNotice error={error} />}
    </Dialog>
  );
}
