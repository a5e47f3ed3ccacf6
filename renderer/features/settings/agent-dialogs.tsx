import { useState } from 'react';
import type { Agent } from '../../../shared/contract/agents.ts';
import { useAct } from '../../client/index.ts';
import { Button, Dialog, ProblemNotice, RadioGroup, TextField, useTexts, useToast } from '../../ui/index.ts';
import styles from './settings.module.css';

const KINDS = ['person', 'organization'] as const;

export function AddAgentDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTexts('settings');
  const { tell } = useToast();
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('person');
  const add = useAct('agents', 'add', {
    onSuccess: (made) => {
      tell(t('agents.added', { name: made.name }));
      close();
    },
  });
  function close(): void {
    add.reset();
    setName('');
    setContact('');
    onClose();
  }
  const submit = (): void => {
    add.mutate({ name, kind, ...(contact.trim() === '' ? {} : { contact }) });
  };
  return (
    <Dialog
      title={t('agents.add')}
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{t('cancel')}</Button>
          <Button variant="primary" isDisabled={name.trim() === '' || add.isPending} onPress={submit}>
            {t('agents.addConfirm')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField label={t('agents.agentName')} value={name} onChange={setName} isRequired autoFocus />
        <RadioGroup
          label={t('agents.kind')}
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <TextField
          label={t('agents.contact')}
          description={t('agents.contactWhy')}
          value={contact}
          onChange={setContact}
          isMultiline
        />
        {add.error !== null && <ProblemNotice error={add.error} />}
      </div>
    </Dialog>
  );
}

export function RenameAgentDialog({
  agent,
  onClose,
}: {
  readonly agent: Agent;
  readonly onClose: () => void;
}) {
  const { t } = useTexts('settings');
  const { tell } = useToast();
  const [name, setName] = useState(agent.name);
  const undo = useAct('agents', 'rename');
  const rename = useAct('agents', 'rename', {
    onSuccess: (renamed) => {
      tell(t('agents.renamed', { name: renamed.name }), {
        action: {
          label: t('undo'),
          onPress: () => {
            undo.mutate({ agent: agent.id, name: agent.name });
          },
        },
      });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('agents.renameTitle', { name: agent.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={name.trim() === '' || name.trim() === agent.name || rename.isPending}
            onPress={() => {
              rename.mutate({ agent: agent.id, name });
            }}
          >
            {t('agents.act.rename')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t('agents.agentName')}
          description={t('agents.renameWhy')}
          value={name}
          onChange={setName}
          isRequired
          autoFocus
        />
        {rename.error !== null && <ProblemNotice error={rename.error} />}
      </div>
    </Dialog>
  );
}
