import { useState, type ReactNode } from 'react';
import {
  FIELD_NAMES,
  type DescribedEntity,
  type FieldName,
} from '../../../../shared/domain/description/fields.ts';
import { parsePublicId } from '../../../../shared/domain/ids.ts';
import { useCall } from '../../../client/index.ts';
import { MenuButton, ProblemNotice, Skeleton, useTexts } from '../../../ui/index.ts';
import { unsaid } from '../field-draft.ts';
import css from './detail.module.css';
import { FieldEditor } from './field-editor.tsx';
import { FieldHistory } from './field-history.tsx';
import { FieldRow } from './field-row.tsx';
import { quietly } from '../quietly.ts';

/** What people say of it, field by field. What an archivist wrote stands before what the file says. */
export function DescriptionSection({ id }: { readonly id: string }): ReactNode {
  const { t } = useTexts('holdings');
  const { data, error, refetch } = useCall('description', 'get', { id });
  const [editing, setEditing] = useState<FieldName>();
  const [looking, setLooking] = useState<FieldName>();
  if (data === undefined)
    return error === null ? (
      <Skeleton lines={6} />
    ) : (
      <ProblemNotice error={error} onRetry={() => quietly(refetch())} />
    );
  const entity = (parsePublicId(id)?.kind ?? 'item') as DescribedEntity;
  const said = data.fields.filter(({ value }) => value !== null);
  const shown = FIELD_NAMES.filter((name) => name === editing || said.some(({ field }) => field === name));
  const absent = unsaid(entity, said).filter((name) => name !== editing);
  return (
    <div className={css.stack}>
      <div className={css.fields}>
        {shown.map((name) => {
          const field = data.fields.find((each) => each.field === name);
          return editing === name ? (
            <FieldEditor
              key={name}
              id={id}
              name={name}
              standing={field}
              onDone={() => setEditing(undefined)}
            />
          ) : field === undefined ? null : (
            <FieldRow
              key={name}
              described={field}
              fileSays={data.fileSays.find((each) => each.field === name)}
              onEdit={() => setEditing(name)}
              onHistory={() => setLooking(name)}
            />
          );
        })}
      </div>
      <div>
        <MenuButton
          label={t('field.add')}
          items={absent.map((name) => ({
            id: name,
            label: t(`field.${name}`),
            onAction: () => setEditing(name),
          }))}
        />
      </div>
      {looking !== undefined && <FieldHistory id={id} name={looking} onClose={() => setLooking(undefined)} />}
    </div>
  );
}
