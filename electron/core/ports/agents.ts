import type { Agent, AgentRoleHeld, NewAgent } from '../../../shared/contract/agents.ts';
import type { AgentRole, RoleSubject, Tenure } from '../../../shared/domain/agent-role.ts';
import type { ActingAgent, Page, PageRequest } from './common.ts';

/** What a role is held towards; 1 is the number of the archive. */
export interface RoleSubjectRef {
  readonly kind: RoleSubject;
  readonly id: number;
}

/** A role as it is to be recorded. */
export interface RoleAssignment {
  readonly agentId: number;
  readonly role: AgentRole;
  readonly of: RoleSubjectRef;
  readonly tenure: Tenure;
}

/** What an erasure did, and what it leaves to a person. */
export interface Erasure {
  readonly eventsErased: number;
  /** Numbers of events whose words name it still. */
  readonly eventsLeft: readonly number[];
  /** Public ids of entities whose own text names it. */
  readonly namedIn: readonly string[];
}

export interface AgentsReader {
  /** By name. `today` (YYYY-MM-DD) decides which roles are current. */
  agents(page: PageRequest & { readonly all: boolean; readonly today: string }): Promise<Page<Agent>>;
  agent(id: number, today: string): Promise<Agent | undefined>;
  /** People and institutions of exactly this name. */
  agentsNamed(name: string): Promise<{ readonly id: number; readonly kind: Agent['kind'] }[]>;
  /** Collections of this name or id, the accession of this number or id, the archive. Several where a name is used twice. */
  roleSubjects(word: string): Promise<RoleSubjectRef[]>;
}

export interface AgentsWriter {
  /** Returns the id. @throws HoldfastError BAD_INPUT where the name is taken. */
  addAgent(wanted: NewAgent, by: ActingAgent): Promise<number>;
  /** @throws HoldfastError BAD_INPUT where the name is taken, or the agent was forgotten. */
  renameAgent(id: number, name: string, by: ActingAgent): Promise<void>;
  /** @throws HoldfastError BAD_INPUT where the agent holds that role in a part of that time already. */
  assignRole(assignment: RoleAssignment, by: ActingAgent): Promise<AgentRoleHeld>;
  /** Ends the role that is held, or that is to be held next. @throws HoldfastError NOT_FOUND where there is none. */
  endRole(
    ending: Omit<RoleAssignment, 'tenure'> & { until: string },
    by: ActingAgent,
  ): Promise<AgentRoleHeld>;
  /** Replaces name and contact, and erases the words of the events that hold them; with `mentions`, of any event that names it. */
  forgetAgent(
    id: number,
    how: { readonly mentions: boolean; readonly dryRun: boolean },
    by: ActingAgent,
  ): Promise<Erasure>;
}
