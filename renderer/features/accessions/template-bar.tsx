import { useState, type ReactNode } from 'react';
import { useAct, useCall, usePreference } from '../../client/index.ts';
import { Button, Dialog, ProblemNotice, Select, TextField, useTexts, useToast } from '../../ui/index.ts';
import styles from './accessions.module.css';
import type { DraftChange } from './draft-store.ts';
import { templateOf, withDefaults, type Draft } from './draft.ts';

/** What is said again and again, taken from a template. Nothing is shown where there is none. */
export function TemplateBar({
  draft,
  change,
}: {
  readonly draft: Draft;
  readonly change: (change: DraftChange) => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const toast = useToast();
  const { data } = useCall('intake', 'templates');
  const [last, setLast] = usePreference('accessions.template', '');
  const rows = data?.rows ?? [];
  const remove = useAct('intake', 'removeTemplate', {
    onSuccess: ({ name }) => {
      setLast('');
      toast.tell(t('template.removed', { name }));
    },
  });
  const chosen = rows.find((row) => row.name === last);
  if (rows.length === 0) return null;
  return (
    <div className={styles.templates}>
      <Select
        label={t('template.label')}
        value={chosen?.name ?? ''}
        onChange={(name) => {
          const template = rows.find((row) => row.name === name);
          if (template === undefined) return;
          setLast(name);
          const before = draft;
          change((now) => withDefaults(now, template.defaults));
          toast.tell(t('template.used', { name }), {
            action: {
              label: t('act.undo'),
              onPress: () => {
                change(before);
              },
            },
          });
        }}
        options={rows.map((row) => ({ id: row.name, label: row.name }))}
      />
      {chosen !== undefined && (
        <Button
          variant="quiet"
          isDisabled={remove.isPending}
          onPress={() => {
            remove.mutate({ name: chosen.name });
          }}
        >
          {t('template.remove', { name: chosen.name })}
        </Button>
      )}
      {remove.error !== null && <ProblemNotice error={remove.error} />}
    </div>
  );
}

/** Keeps what is said here for the next accession. */
export function SaveTemplateButton({ draft }: { readonly draft: Draft }): ReactNode {
  const { t } = useTexts('accessions');
  const { data } = useCall('intake', 'templates');
  const [, setLast] = usePreference('accessions.template', '');
  const [isSaving, setSaving] = useState(false);
  return (
    <>
      <Button
        variant="quiet"
        onPress={() => {
          setSaving(true);
        }}
      >
        {t('template.save')}
      </Button>
      {isSaving && (
        <SaveTemplate
          draft={draft}
          names={data?.rows.map((row) => row.name) ?? []}
          onClose={() => {
            setSaving(false);
          }}
          onSaved={setLast}
        />
      )}
    </>
  );
}

function SaveTemplate({
  draft,
  names,
  onClose,
  onSaved,
}: {
  readonly draft: Draft;
  readonly names: readonly string[];
  readonly onClose: () => void;
  readonly onSaved: (name: string) => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const toast = useToast();
  const [name, setName] = useState('');
  const save = useAct('intake', 'saveTemplate', {
    onSuccess: (template) => {
      onSaved(template.name);
      toast.tell(t('template.saved', { name: template.name }));
      onClose();
    },
  });
  const isTaken = names.includes(name.trim());
  return (
    <Dialog
      title={t('template.saveTitle')}
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
            isDisabled={name.trim() === '' || save.isPending}
            onPress={() => {
              save.mutate({ name, defaults: templateOf(draft) });
            }}
          >
            {isTaken ? t('template.replace') : t('template.saveAct')}
          </Button>
        </>
      }
    >
      <p>{t('template.what')}</p>
      <TextField
        label={t('template.name')}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
        {...(isTaken ? { description: t('template.taken') } : {})}
      />
      {save.error !== null && <ProblemNotice error={save.error} />}
    </Dialog>
  );
}
