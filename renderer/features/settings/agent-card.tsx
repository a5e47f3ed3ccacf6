import { Ellipsis, PenLine, UserMinus, UserRoundCog } from 'lucide-react';
import { useState } from 'react';
import type { Agent, AgentRoleHeld } from '../../../shared/contract/agents.ts';
import { useAct } from '../../client/index.ts';
import {
  Button,
  ConfirmDialog,
  formatCount,
  formatDate,
  MenuButton,
  plainVisible,
  ProblemNotice,
  SafeText,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import { RenameAgentDialog } from './agent-dialogs.tsx';
import { roleKey, subjectWord } from './agent-roles.ts';
import { ForgetDialog } from './forget-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import styles from './settings.module.css';

type Asked = 'rename' | 'role' | 'forget';

/** One agent: who it is, what it did, and the roles it holds and held. */
export function AgentCard({ agent, isReadOnly }: { readonly agent: Agent; readonly isReadOnly: boolean }) {
  const { t } = useTexts('settings');
  const [asked, setAsked] = useState<Asked>();
  const isForgotten = agent.forgottenAt !== undefined;
  const close = (): void => {
    setAsked(undefined);
  };
  return (
    <article className={styles.agent} aria-labelledby={agent.id}>
      <div className={styles.agentHead}>
        <h3 id={agent.id} className={styles.agentName}>
          <SafeText value={agent.name} />
        </h3>
        <span className={styles.muted}>{t(`kind.${agent.kind}`)}</span>
        <span className={styles.muted}>
          {t('agents.events', { count: agent.events, shown: formatCount(agent.events) })}
        </span>
        <span className={styles.menu}>
          <MenuButton
            label={t('agents.menu', { name: plainVisible(agent.name, 80) })}
            icon={Ellipsis}
            items={(
              [
                ['role', UserRoundCog],
                ['rename', PenLine],
                ['forget', UserMinus],
              ] as const
            ).map(([id, icon]) => ({
              id,
              icon,
              label: t(`agents.act.${id}`),
              isDisabled: isReadOnly || isForgotten,
              onAction: () => {
                setAsked(id);
              },
            }))}
          />
        </span>
      </div>
      {agent.contact !== undefined && (
        <p className={styles.muted}>
          <SafeText value={agent.contact} isMultiline />
        </p>
      )}
      {agent.forgottenAt !== undefined && (
        <p className={styles.muted}>{t('agents.forgotten', { day: formatDate(agent.forgottenAt) })}</p>
      )}
      {agent.roles.length > 0 && (
        <ul className={styles.roles}>
          {agent.roles.map((held) => (
            <li key={`${held.role} ${subjectWord(held)} ${held.since}`}>
              <RoleLine held={held} isReadOnly={isReadOnly} />
            </li>
          ))}
        </ul>
      )}
      {asked === 'rename' && <RenameAgentDialog agent={agent} onClose={close} />}
      {asked === 'role' && <RoleDialog agents={[agent]} onClose={close} />}
      {asked === 'forget' && <ForgetDialog agent={agent} onClose={close} />}
    </article>
  );
}

function RoleLine({ held, isReadOnly }: { readonly held: AgentRoleHeld; readonly isReadOnly: boolean }) {
  const { t } = useTexts('settings');
  const { tell } = useToast();
  const [isEnding, setEnding] = useState(false);
  const end = useAct('agents', 'end', {
    onSuccess: () => {
      tell(t('role.ended', { name: held.agent.name }));
    },
  });
  const words = t(`held.${roleKey(held)}`, { title: plainVisible(held.of.title, 200) });
  const dates =
    held.until === undefined
      ? t('role.since', { since: held.since })
      : t('role.sinceUntil', { since: held.since, until: held.until });
  return (
    <>
      <span className={held.current ? undefined : styles.past}>
        {words}, {dates}
      </span>{' '}
      {held.until === undefined && (
        <Button
          variant="quiet"
          isDisabled={isReadOnly || end.isPending}
          onPress={() => {
            setEnding(true);
          }}
        >
          {t('role.end')}
        </Button>
      )}
      {end.error !== null && <ProblemNotice error={end.error} />}
      <ConfirmDialog
        title={t('role.endTitle')}
        isOpen={isEnding}
        onClose={() => {
          setEnding(false);
        }}
        consequences={[t('role.endToday', { name: held.agent.name, role: words }), t('role.endKept')]}
        confirmLabel={t('role.end')}
        onConfirm={() => {
          end.mutate({ agent: held.agent.id, role: held.role, of: subjectWord(held) });
        }}
      />
    </>
  );
}
