import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { EventDetail } from '../../../shared/contract/events.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { useAct, useCall } from '../../client/index.ts';
import { Button, Dialog, formatCount, ProblemNotice, useTexts, useToast } from '../../ui/index.ts';

/** Edits are numbered as they come: those that may have taken this one back stand among the newest. */
const LOOKED_AT = 1000;

/** The edit of description that an event closed, where it is one. */
function editOf({ facts }: EventDetail): string | undefined {
  const { edit } = facts;
  return typeof edit === 'number' ? publicId('edit', edit) : undefined;
}

/** Takes an edit of description back, from its event: also long after its note has gone from the screen. */
export function UndoEdit({ event }: { readonly event: EventDetail }) {
  const edit = editOf(event);
  return edit === undefined ? null : <Known edit={edit} />;
}

function Known({ edit }: { readonly edit: string }) {
  const { t } = useTexts('log');
  const { tell } = useToast();
  const [isAsking, setAsking] = useState(false);
  const edits = useCall('description', 'edits', { limit: LOOKED_AT });
  const undo = useAct('description', 'undo', {
    onSuccess: ({ total }) => {
      tell(t('undo.done', { count: total, n: formatCount(total) }));
      setAsking(false);
    },
  });
  const known = edits.data?.rows.find(({ id }) => id === edit);
  if (known?.undoneBy !== undefined) {
    const by = edits.data?.rows.find(({ id }) => id === known.undoneBy)?.event;
    return by === undefined ? (
      <span>{t('undo.undone')}</span>
    ) : (
      <Link to="/log/$id" params={{ id: by }}>
        {t('undo.undone')}
      </Link>
    );
  }
  return (
    <>
      <Button
        icon={Undo2}
        onPress={() => {
          setAsking(true);
        }}
      >
        {t('undo.act')}
      </Button>
      <Dialog
        isOpen={isAsking}
        size="small"
        title={t('undo.title')}
        onClose={() => {
          setAsking(false);
        }}
        actions={
          <Button
            variant="primary"
            isDisabled={undo.isPending}
            onPress={() => {
              undo.mutate({ edit });
            }}
          >
            {t('undo.act')}
          </Button>
        }
      >
        <p>{t('undo.what', { count: known?.changes ?? 0, n: formatCount(known?.changes ?? 0) })}</p>
        {undo.error !== null && <ProblemNotice error={undo.error} />}
      </Dialog>
    </>
  );
}
