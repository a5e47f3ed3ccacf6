import type { ReactNode } from 'react';
import type { AsideDetail } from '../../../shared/contract/quarantine.ts';
import { useAct } from '../../client/index.ts';
import { Button, Notice, ProblemNotice, useTexts } from '../../ui/index.ts';

interface Props {
  readonly aside: AsideDetail;
  readonly released: NonNullable<AsideDetail['released']>;
  readonly isReadOnly: boolean;
}

/** It is recorded as gone, and a disk that failed in between left it standing: the same words complete it. */
export function UnfinishedRelease({ aside: { id, state }, released, isReadOnly }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const restore = useAct('quarantine', 'restore');
  const discard = useAct('quarantine', 'discard');
  const { reason, secondAgent, to } = released;
  const error = restore.error ?? discard.error;
  return (
    <>
      <Notice
        tone="due"
        title={t(`quarantine.unfinished.${state}`)}
        actions={
          <Button
            isDisabled={isReadOnly || restore.isPending || discard.isPending}
            onPress={() => {
              if (secondAgent === undefined)
                restore.mutate({ id, reason, ...(to === undefined ? {} : { to: { display: to } }) });
              else discard.mutate({ id, reason, secondAgent });
            }}
          >
            {t('quarantine.unfinished.act')}
          </Button>
        }
      />
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
}
