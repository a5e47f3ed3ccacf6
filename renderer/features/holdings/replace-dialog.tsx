import { useState, type ReactNode } from 'react';
import type { DescriptionTarget, EditResult } from '../../../shared/contract/description.ts';
import { FIELD_NAMES, takes, type FieldName } from '../../../shared/domain/description/fields.ts';
import { callErrorOf, useAct, type CallError } from '../../client/index.ts';
import {
  Button,
  Dialog,
  formatCount,
  ProblemNotice,
  RadioGroup,
  Select,
  Spinner,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import { ChangePreview, SHOWN_CHANGES } from './change-preview.tsx';
import { ScopeNote } from './describe-dialog.tsx';
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

interface ReplaceDialogProps {
  readonly scope: ActScope;
  readonly onClose: () => void;
}

/** Finds and replaces in one field of many things: first what it would change, then the act, which can be taken back. */
export function ReplaceDialog({ scope, onClose }: ReplaceDialogProps): ReactNode {
  const { t } = useTexts('holdings');
  const [kind, setKind] = useState<Kind>('part');
  const [field, setField] = useState<FieldName>('title');
  const [find, setFind] = useState('');
  const [replaceWith, setReplaceWith] = useState('');
  const [previewed, setPreviewed] = useState<Previewed>();
  const [problem, setProblem] = useState<CallError>();
  const [isBusy, setBusy] = useState(false);
  const named = useNamedScope();
  const look = useAct('description', 'replacePreview');
  const replace = useAct('description', 'replace');
  const edited = useEdited();

  const input = (target: DescriptionTarget) => ({
    target,
    of: [kind],
    field,
    find,
    replaceWith,
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
      const result = await look.mutateAsync(input(found.target));
      setPreviewed({ result, target: found.target, titles: titlesOf(found.rows) });
    });
  const write = (): Promise<void> =>
    attempt(async () => {
      if (previewed === undefined) return;
      const { edit, total } = await replace.mutateAsync(input(previewed.target));
      edited(t('edit.replaced', { count: total, n: formatCount(total) }), edit);
      onClose();
    });
  return (
    <Dialog
      isOpen
      size="large"
      title={t('replace.title')}
      onClose={onClose}
      actions={
        previewed === undefined ? (
          <Button variant="primary" isDisabled={isBusy || find === ''} onPress={() => quietly(preview())}>
            {t('describe.preview')}
          </Button>
        ) : (
          <>
            <Button variant="plain" isDisabled={isBusy} onPress={() => setPreviewed(undefined)}>
              {t('describe.back')}
            </Button>
            <Button
              variant="primary"
              isDisabled={isBusy || previewed.result.total === 0}
              onPress={() => quietly(write())}
            >
              {t('replace.write', { count: previewed.result.total, n: formatCount(previewed.result.total) })}
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
            label={t('replace.of')}
            value={kind}
            onChange={(chosen) => {
              setKind(chosen);
              if (!takes(chosen, field)) setField('title');
            }}
            options={[
              { value: 'part', label: t('scope.parts') },
              { value: 'item', label: t('scope.items') },
            ]}
          />
          <Select
            label={t('describe.field')}
            options={FIELD_NAMES.filter((name) => takes(kind, name)).map((id) => ({
              id,
              label: t(`field.${id}`),
            }))}
            value={field}
            onChange={(id) => setField(id)}
          />
          <TextField
            label={t('replace.find')}
            description={t('replace.findHelp')}
            value={find}
            onChange={setFind}
          />
          <TextField label={t('replace.with')} value={replaceWith} onChange={setReplaceWith} />
          {isBusy && <Spinner label={t('describe.looking')} />}
        </div>
      ) : (
        <ChangePreview result={previewed.result} titles={previewed.titles} />
      )}
    </Dialog>
  );
}
