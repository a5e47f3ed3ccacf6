import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { DescribedField } from '../../../../shared/contract/description.ts';
import type { FieldName } from '../../../../shared/domain/description/fields.ts';
import { parsePublicId } from '../../../../shared/domain/ids.ts';
import { callErrorOf, useAct, useClient } from '../../../client/index.ts';
import { Button, KeyHint, Notice, useTexts } from '../../../ui/index.ts';
import { draftOf, valueOfDraft, type SaidValue } from '../field-draft.ts';
import { FieldInput } from '../field-input.tsx';
import { FieldValueText } from '../field-value.tsx';
import { useEdited, useRefreshed } from '../use-edited.tsx';
import css from './detail.module.css';
import { Source } from './field-row.tsx';
import { quietly } from '../quietly.ts';

interface FieldEditorProps {
  readonly id: string;
  readonly name: FieldName;
  /** What stands there; undefined where nothing does. */
  readonly standing: DescribedField | undefined;
  readonly onDone: () => void;
}

/**
 * Writes one field. The edit names the version that it was made on: where another stands by now, both are shown and a person
 * chooses, since neither may be lost unseen.
 */
export function FieldEditor({ id, name, standing, onDone }: FieldEditorProps): ReactNode {
  const { t } = useTexts('holdings');
  const client = useClient();
  const edit = useAct('description', 'edit');
  const edited = useEdited();
  const refresh = useRefreshed();
  // What stood when the writing began: the version of later ones must not be taken over unseen.
  const [begun] = useState(standing);
  const [draft, setDraft] = useState(() => draftOf(name, standing?.value ?? null));
  const [theirs, setTheirs] = useState<DescribedField>();
  const [problem, setProblem] = useState<string>();
  const label = t(`field.${name}`);

  const write = async (value: SaidValue | null, version: number): Promise<void> => {
    setProblem(undefined);
    const wrong = value === null ? undefined : await problemOf(id, name, value);
    if (wrong !== undefined) {
      setProblem(wrong);
      return;
    }
    try {
      const result = await edit.mutateAsync({ id, changes: [{ field: name, value, version }] });
      edited(t('edit.saved', { field: label }), result.edit);
      onDone();
    } catch (error) {
      const { code, message } = callErrorOf(error);
      if (code !== 'EDIT_CONFLICT') {
        setProblem(message);
        return;
      }
      const now = await client.description.get({ id }).catch(() => undefined);
      const other = now?.fields.find(({ field }) => field === name);
      if (other === undefined) setProblem(message);
      else setTheirs(other);
    }
  };
  const save = (): void => quietly(write(valueOfDraft(draft), begun?.version ?? 0));
  const press = (event: KeyboardEvent): void => {
    const isLine = event.target instanceof HTMLInputElement && draft.as !== 'people';
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onDone();
    } else if (
      event.key === 'Enter' &&
      !event.nativeEvent.isComposing &&
      (event.ctrlKey || event.metaKey || isLine)
    ) {
      event.preventDefault();
      save();
    }
  };
  return (
    <div className={css.editor} onKeyDown={press}>
      <FieldInput name={name} draft={draft} onDraft={setDraft} problem={problem} />
      {theirs === undefined ? (
        <div className={css.editorActs}>
          <Button variant="primary" isDisabled={edit.isPending} onPress={save}>
            {t('field.save')}
          </Button>
          <Button variant="plain" onPress={onDone}>
            {t('cancel')}
          </Button>
          {begun !== undefined && begun.version > 0 && begun.value !== null && (
            <Button
              variant="quiet"
              isDisabled={edit.isPending}
              onPress={() => quietly(write(null, begun.version))}
            >
              {t('field.clear')}
            </Button>
          )}
          {draft.as !== 'text' && (
            <span className={css.muted}>
              <KeyHint keys="mod+enter" />
            </span>
          )}
        </div>
      ) : (
        <Notice
          tone="due"
          title={t('conflict.title', { field: label })}
          actions={
            <>
              <Button
                variant="plain"
                onPress={() => {
                  refresh();
                  onDone();
                }}
              >
                {t('conflict.theirs')}
              </Button>
              <Button variant="primary" onPress={() => quietly(write(valueOfDraft(draft), theirs.version))}>
                {t('conflict.mine')}
              </Button>
            </>
          }
        >
          <div className={css.versus}>
            <div>
              <p className={css.subtitle}>{t('conflict.stands')}</p>
              <FieldValueText value={theirs.value} />
              <p className={css.source}>
                <Source of={theirs} />
              </p>
            </div>
            <div>
              <p className={css.subtitle}>{t('conflict.yours')}</p>
              <FieldValueText value={valueOfDraft(draft)} />
            </div>
          </div>
        </Notice>
      )}
    </div>
  );
}

/** What is wrong with a value, said before it is sent. The tables of dates and languages are only fetched for this. */
async function problemOf(id: string, name: FieldName, value: SaidValue): Promise<string | undefined> {
  const { checkValue } = await import('../../../../shared/domain/description/check.ts');
  const entity = parsePublicId(id)?.kind;
  if (entity !== 'item' && entity !== 'part' && entity !== 'accession' && entity !== 'collection')
    return undefined;
  const checked = checkValue(entity, name, value);
  return 'problem' in checked ? checked.problem : undefined;
}
