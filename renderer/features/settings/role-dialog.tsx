import { useState } from 'react';
import type { Agent } from '../../../shared/contract/agents.ts';
import { ROLE_SUBJECTS } from '../../../shared/domain/agent-role.ts';
import { useAct } from '../../client/index.ts';
import {
  Button,
  Dialog,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  Select,
  TextField,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import { dateFault, EMPTY_ROLE, roleInput, rolesFor, withSubject, type RoleDraft } from './agent-roles.ts';
import styles from './settings.module.css';

interface Props {
  /** One of them is chosen; of several the dialog asks which. */
  readonly agents: readonly Agent[];
  /** Given: that role for the archive, and nothing else is asked about it. */
  readonly role?: 'responsible' | 'successor';
  readonly onClose: () => void;
}

export function RoleDialog({ agents, role, onClose }: Props) {
  const { t } = useTexts('settings');
  const { tell } = useToast();
  const [agent, setAgent] = useState(agents.length === 1 ? (agents[0]?.id ?? '') : '');
  const [draft, setDraft] = useState<RoleDraft>({ ...EMPTY_ROLE, role: role ?? 'responsible' });
  const assign = useAct('agents', 'assign', {
    onSuccess: (held) => {
      tell(t('role.given', { name: held.agent.name }));
      onClose();
    },
  });
  const change = (part: Partial<RoleDraft>): void => {
    assign.reset();
    setDraft((before) => ({ ...before, ...part }));
  };
  const fault = dateFault(draft);
  const input = agent === '' ? undefined : roleInput(agent, draft);
  const living = agents.filter(({ forgottenAt }) => forgottenAt === undefined);
  return (
    <Dialog
      title={role === undefined ? t('role.title') : t(`role.title_${role}`)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={input === undefined || assign.isPending}
            onPress={() => {
              if (input !== undefined) assign.mutate(input);
            }}
          >
            {t('role.give')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {agents.length > 1 && (
          <Select
            label={t('role.agent')}
            value={agent}
            onChange={setAgent}
            options={living.map(({ id, name, contact }) => ({
              id,
              label: plainVisible(name, 120),
              ...(contact === undefined ? {} : { description: plainVisible(contact, 120) }),
            }))}
            isRequired
          />
        )}
        {role === undefined && (
          <>
            <RadioGroup
              label={t('role.towards')}
              value={draft.subject}
              onChange={(subject) => {
                assign.reset();
                setDraft((before) => withSubject(before, subject));
              }}
              options={ROLE_SUBJECTS.map((value) => ({ value, label: t(`subject.${value}`) }))}
            />
            {draft.subject !== 'archive' && (
              <TextField
                label={t(`subject.${draft.subject}`)}
                description={t(`role.of.${draft.subject}`)}
                value={draft.of}
                onChange={(of) => {
                  change({ of });
                }}
                isRequired
              />
            )}
            <Select
              label={t('role.role')}
              value={draft.role}
              onChange={(chosen) => {
                change({ role: chosen });
              }}
              options={rolesFor(draft.subject).map((id) => ({
                id,
                label: id,
                description: t(`role.means.${id === 'rights holder' ? 'rightsHolder' : id}`),
              }))}
            />
          </>
        )}
        <div className={styles.pair}>
          <TextField
            label={t('role.sinceField')}
            description={t('role.sinceWhy')}
            value={draft.since}
            onChange={(since) => {
              change({ since });
            }}
            {...(fault.since === undefined ? {} : { errorMessage: t(fault.since) })}
          />
          <TextField
            label={t('role.untilField')}
            description={t('role.untilWhy')}
            value={draft.until}
            onChange={(until) => {
              change({ until });
            }}
            {...(fault.until === undefined ? {} : { errorMessage: t(fault.until) })}
          />
        </div>
        {assign.error !== null && <ProblemNotice error={assign.error} />}
      </div>
    </Dialog>
  );
}
