import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { Agent, AgentRef } from '../../../shared/contract/agents.ts';
import { callErrorOf, useCall, useClient } from '../../client/index.ts';
import {
  Button,
  EmptyState,
  Facts,
  Notice,
  plainVisible,
  ProblemNotice,
  Section,
  Skeleton,
  Term,
  useTexts,
} from '../../ui/index.ts';
import { AgentCard } from './agent-card.tsx';
import { AddAgentDialog } from './agent-dialogs.tsx';
import { RoleDialog } from './role-dialog.tsx';
import styles from './settings.module.css';

const SHOWN_AT_FIRST = 50;

export function AgentsSection() {
  const { t } = useTexts('settings');
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? false;
  const agents = useAgents();
  const [isAdding, setAdding] = useState(false);
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  const rows = agents.data ?? [];
  const add = (
    <Button
      icon={UserPlus}
      isDisabled={isReadOnly}
      onPress={() => {
        setAdding(true);
      }}
    >
      {t('agents.add')}
    </Button>
  );
  return (
    <>
      <Answerable agents={rows} isReadOnly={isReadOnly} />
      <Section
        title={<Term id="agent">{t('agents.title')}</Term>}
        description={t('agents.description')}
        actions={add}
      >
        {agents.error !== null && (
          <ProblemNotice
            error={callErrorOf(agents.error)}
            onRetry={() => {
              agents.refetch().catch(() => undefined);
            }}
          />
        )}
        {agents.data === undefined && agents.error === null && <Skeleton lines={6} />}
        {agents.data?.length === 0 && <EmptyState title={t('agents.none')} why={t('agents.noneWhy')} />}
        <ul className={styles.agents}>
          {rows.slice(0, shown).map((agent) => (
            <li key={agent.id}>
              <AgentCard agent={agent} isReadOnly={isReadOnly} />
            </li>
          ))}
        </ul>
        {rows.length > shown && (
          <Button
            variant="quiet"
            onPress={() => {
              setShown(shown * 4);
            }}
          >
            {t('agents.more', { count: rows.length - shown })}
          </Button>
        )}
      </Section>
      <AddAgentDialog
        isOpen={isAdding}
        onClose={() => {
          setAdding(false);
        }}
      />
    </>
  );
}

/** Who answers for the archive, and who takes over: an archive without either is a risk that is said. */
function Answerable({
  agents,
  isReadOnly,
}: {
  readonly agents: readonly Agent[];
  readonly isReadOnly: boolean;
}) {
  const { t } = useTexts('settings');
  const status = useCall('archive', 'status').data;
  const [role, setRole] = useState<'responsible' | 'successor'>();
  const name = (which: 'responsible' | 'successor') => (
    <Button
      variant="quiet"
      isDisabled={isReadOnly || status === undefined || agents.length === 0}
      onPress={() => {
        setRole(which);
      }}
    >
      {t(`agents.name.${which}`)}
    </Button>
  );
  return (
    <Section title={t('agents.answer')} description={t('agents.answerWhy')}>
      <Facts
        rows={[
          {
            term: t('agents.responsible'),
            value: (
              <>
                <Names of={status?.responsible} none={t('agents.nobodyResponsible')} /> {name('responsible')}
              </>
            ),
          },
          {
            term: t('agents.successor'),
            value: (
              <>
                <Names of={status?.successors} none={t('agents.nobodySuccessor')} /> {name('successor')}
              </>
            ),
          },
        ]}
      />
      {status !== undefined && status.withoutSuccessor > 0 && (
        <Notice tone="due" title={t('agents.withoutSuccessor', { count: status.withoutSuccessor })}>
          <Term id="agent">{t('agents.withoutSuccessorWhy')}</Term>
        </Notice>
      )}
      {role !== undefined && (
        <RoleDialog
          agents={agents}
          role={role}
          onClose={() => {
            setRole(undefined);
          }}
        />
      )}
    </Section>
  );
}

function Names({ of, none }: { readonly of: readonly AgentRef[] | undefined; readonly none: string }) {
  if (of === undefined) return null;
  if (of.length === 0) return <span className={styles.muted}>{none}</span>;
  return (
    <>
      {of.map(({ id, name }, at) => (
        <span key={id}>
          {at > 0 && ', '}
          {plainVisible(name)}
        </span>
      ))}
    </>
  );
}

/** All people and institutions, by name. */
function useAgents() {
  const client = useClient();
  return useQuery({
    queryKey: ['agents', 'list', { whole: true }],
    queryFn: async () => {
      const rows: Agent[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.agents.list({ limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
        rows.push(...page.rows);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return rows;
    },
  });
}
