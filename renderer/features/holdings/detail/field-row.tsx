import { History, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DescribedField } from '../../../../shared/contract/description.ts';
import { printValue } from '../../../../shared/domain/description/cells.ts';
import { IconButton, plainVisible, Time, useTexts } from '../../../ui/index.ts';
import { FieldValueText } from '../field-value.tsx';
import css from './detail.module.css';

interface FieldRowProps {
  readonly described: DescribedField;
  /** What the file says instead, where an archivist wrote something else. */
  readonly fileSays: DescribedField | undefined;
  readonly onEdit: () => void;
  readonly onHistory: () => void;
}

export function FieldRow({ described, fileSays, onEdit, onHistory }: FieldRowProps): ReactNode {
  const { t } = useTexts('holdings');
  const label = t(`field.${described.field}`);
  return (
    <div className={css.field} onDoubleClick={onEdit}>
      <div className={css.fieldTerm}>{label}</div>
      <div className={css.fieldValue}>
        <FieldValueText value={described.value} />
        <p className={css.source}>
          <Source of={described} />
        </p>
        {fileSays !== undefined && (
          <p className={css.source}>
            {t('field.fileSays', { value: plainVisible(printValue(fileSays.value), 200) })}
          </p>
        )}
      </div>
      <div className={css.fieldActs}>
        {described.version > 0 && (
          <IconButton icon={History} label={t('field.history', { field: label })} onPress={onHistory} />
        )}
        <IconButton icon={Pencil} label={t('field.edit', { field: label })} onPress={onEdit} />
      </div>
    </div>
  );
}

/** Who says so, and since when. */
export function Source({ of }: { readonly of: Pick<DescribedField, 'source' | 'agent' | 'at'> }): ReactNode {
  const { t } = useTexts('holdings');
  const { source, agent, at } = of;
  return (
    <>
      {agent === undefined ? t(`source.${source}`) : t('source.by', { agent: plainVisible(agent, 80) })}
      {at !== undefined && agent !== undefined && (
        <>
          {' '}
          <Time at={at} />
        </>
      )}
    </>
  );
}
