import { useState, type ReactNode } from 'react';
import type { DescriptionTarget, EditResult } from '../../../shared/contract/description.ts';
import { FIELD_NAMES, takes, type FieldName } from '../../../shared/domain/description/fields.ts';
import { callErrorOf, useAct, type CallError } from '../../client/index.ts';
import {
  Button,
  Checkbox,
  Dialog,
  formatCount,
  ProblemNotice,
  RadioGroup,
  Select,
  Spinner,
  useTexts,
} from '../../ui/index.ts';
import { ChangePreview, SHOWN_CHANGES } from './change-preview.tsx';
import { draftOf, valueOfDraft } from './field-draft.ts';
import { FieldInput } from './field-input.tsx';
import css from './holdings.module.css';
import type { Kind } from './scope.ts';
import { useEdited } from './use-edited.tsx';
import { titlesOf, useNamedScope, type ActScope } from './use-scope.ts';
import { quietly } from './quietly.ts';

interface Previewed {
  readonly result: EditResult;
  readonly target: DescriptionTarget;
  readonly titles: ReadonlyMap<string, string>;
}

interface DescribeDialogProps {
  readonly scope: ActScope;
  readonly onClose: () => void;
}

/** Writes one value into many things at once: first what it would change, then the act, which can be taken back. */
export function DescribeDialog({ scope, onClose }: DescribeDialogProps): ReactNode {
  const { t } = useTexts('holdings');
  const [kind, setKind] = useState<Kind>('item');
  const [field, setField] = useState<FieldName>('genre');
  const [draft, setDraft] = useState(() => draftOf('genre', null));
  const [isCleared, setCleared] = useState(false);
  const [previewed, setPreviewed] = useState<Previewed>();
  const [problem, setProblem] = useState<CallError>();
  const [isBusy, setBusy] = useState(false);
  const named = useNamedScope();
  const { mutateAsync } = useAct('description', 'editMany');
  const edited = useEdited();

  const value = isCleared ? null : valueOfDraft(draft);
  const input = (target: DescriptionTarget, dryRun: boolean) => ({
    target,
    of: [kind],
    changes: [{ field, value }],
    dryRun,
    shown: SHOWN_CHANGES,
  });
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      setProblem(callErrorOf(error));
    }
    setBusy(false);
  };
  const preview = (): Promise<void> =>
    attempt(async () => {
      const found = await named(scope, kind);
      if (!('target' in found)) {
        setProblem({ code: 'BAD_INPUT', message: t('scope.tooMany') });
        return;
      }
      const result = await mutateAsync(input(found.target, true));
      setPreviewed({ result, target: found.target, titles: titlesOf(found.rows) });
    });
  const write = (): Promise<void> =>
    attempt(async () => {
      if (previewed === undefined) return;
      const { edit, total } = await mutateAsync(input(previewed.target, false));
      edited(t('edit.wrote', { count: total, n: formatCount(total) }), edit);
      onClose();
    });
  const again = (): void => setPreviewed(undefined);
  return (
    <Dialog
      isOpen
      size="large"
      title={t('describe.title')}
      onClose={onClose}
      actions={
        previewed === undefined ? (
          <Button
            variant="primary"
            isDisabled={isBusy || (value === null && !isCleared)}
            onPress={() => quietly(preview())}
          >
            {t('describe.preview')}
          </Button>
        ) : (
          <>
            <Button variant="plain" isDisabled={isBusy} onPress={again}>
              {t('describe.back')}
            </Button>
            <Button
              variant="primary"
              isDisabled={isBusy || previewed.result.total === 0}
              onPress={() => quietly(write())}
            >
              {t('describe.write', { count: previewed.result.total, n: formatCount(previewed.result.total) })}
            </Button>
          </>
        )
      }
    >
      {problem !== undefined && <ProblemNotice error={problem} />}
      {previewed === undefined ? (
        <div className={css.form}>
          <ScopeNote scope={scope} />
          <RadioGroup
            label={t('describe.of')}
            value={kind}
            onChange={(chosen) => {
              setKind(chosen);
              if (!takes(chosen, field)) {
                setField('genre');
                setDraft(draftOf('genre', null));
              }
            }}
            options={[
              { value: 'item', label: t('scope.items') },
              { value: 'part', label: t('scope.parts') },
            ]}
          />
          <Select
            label={t('describe.field')}
            options={FIELD_NAMES.filter((name) => takes(kind, name)).map((id) => ({
              id,
              label: t(`field.${id}`),
            }))}
            value={field}
            onChange={(id) => {
              setField(id);
              setDraft(draftOf(id, null));
            }}
          />
          {!isCleared && <FieldInput key={field} name={field} draft={draft} onDraft={setDraft} />}
          <Checkbox isSelected={isCleared} onChange={setCleared}>
            {t('describe.clear')}
          </Checkbox>
          {isBusy && <Spinner label={t('describe.looking')} />}
        </div>
      ) : (
        <ChangePreview result={previewed.result} titles={previewed.titles} />
      )}
    </Dialog>
  );
}

/** What an act is about, in a sentence. */
export function ScopeNote({ scope }: { readonly scope: ActScope }): ReactNode {
  const { t } = useTexts('holdings');
  const { chosen, counted } = scope;
  const count = chosen.length > 0 ? chosen.length : (counted?.count ?? 0);
  const key = chosen.length > 0 ? 'scope.chosen' : counted?.capped === true ? 'scope.capped' : 'scope.view';
  return <p className={css.note}>{t(key, { count, n: formatCount(count) })}</p>;
}
