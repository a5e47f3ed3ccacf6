import type { ReactNode } from 'react';
import type { FieldName } from '../../../../shared/domain/description/fields.ts';
import { useAct, useCall } from '../../../client/index.ts';
import { Button, Dialog, ProblemNotice, Skeleton, useTexts } from '../../../ui/index.ts';
import { FieldValueText } from '../field-value.tsx';
import { useEdited } from '../use-edited.tsx';
import css from './detail.module.css';
import { Source } from './field-row.tsx';
import { quietly } from '../quietly.ts';

interface FieldHistoryProps {
  readonly id: string;
  readonly name: FieldName;
  readonly onClose: () => void;
}

/** Every value that a field ever had, newest first; an earlier one can be written again. */
export function FieldHistory({ id, name, onClose }: FieldHistoryProps): ReactNode {
  const { t } = useTexts('holdings');
  const { data, error, refetch } = useCall('description', 'get', { id, history: true });
  const edit = useAct('description', 'edit');
  const edited = useEdited();
  const label = t(`field.${name}`);
  const versions = data?.history?.filter(({ field }) => field === name) ?? [];
  const standing = versions.find(({ current }) => current);
  return (
    <Dialog isOpen title={t('history.title', { field: label })} onClose={onClose}>
      {edit.error !== null && <ProblemNotice error={edit.error} />}
      {data === undefined ? (
        error === null ? (
          <Skeleton lines={4} />
        ) : (
          <ProblemNotice error={error} onRetry={() => quietly(refetch())} />
        )
      ) : (
        <ol className={css.versions}>
          {versions.map((version) => (
            <li key={version.version} className={css.version}>
              <div className={css.fieldValue}>
                <FieldValueText value={version.value} />
                <p className={css.source}>
                  <Source of={version} />
                </p>
              </div>
              {version.current ? (
                <span className={css.muted}>{t('history.stands')}</span>
              ) : (
                <Button
                  variant="quiet"
                  isDisabled={edit.isPending}
                  onPress={() =>
                    edit.mutate(
                      {
                        id,
                        changes: [{ field: name, value: version.value, version: standing?.version ?? 0 }],
                      },
                      {
                        onSuccess: (result) => {
                          edited(t('edit.saved', { field: label }), result.edit);
                          onClose();
                        },
                      },
                    )
                  }
                >
                  {t('history.again')}
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
