/** Roles as a person gives them, before the host is asked. */
import type { AgentRoleHeld } from '../../../shared/contract/agents.ts';
import {
  AGENT_ROLES,
  endsBeforeItBegins,
  parseDay,
  roleFits,
  type AgentRole,
  type RoleSubject,
} from '../../../shared/domain/agent-role.ts';

export interface RoleDraft {
  readonly role: AgentRole;
  readonly subject: RoleSubject;
  /** The name or id of a collection, the number or id of an accession. */
  readonly of: string;
  readonly since: string;
  readonly until: string;
}

export const EMPTY_ROLE: RoleDraft = {
  role: 'responsible',
  subject: 'archive',
  of: '',
  since: '',
  until: '',
};

/** Roles that can be held towards the subject. */
export function rolesFor(subject: RoleSubject): AgentRole[] {
  return AGENT_ROLES.filter((role) => roleFits(role, subject));
}

/** A draft with another subject; a role that does not fit it gives way to the first that does. */
export function withSubject(draft: RoleDraft, subject: RoleSubject): RoleDraft {
  const role = roleFits(draft.role, subject) ? draft.role : 'responsible';
  return { ...draft, subject, role };
}

/** What is wrong with the dates, as a key of the catalogue of texts. */
export function dateFault({ since, until }: RoleDraft): { since?: string; until?: string } {
  const from = since.trim();
  const to = until.trim();
  if (from !== '' && parseDay(from) === undefined) return { since: 'role.noDate' };
  if (to !== '' && parseDay(to) === undefined) return { until: 'role.noDate' };
  if (from !== '' && to !== '' && endsBeforeItBegins({ since: from, until: to }))
    return { until: 'role.endsFirst' };
  return {};
}

/** What is asked of the host; undefined while something lacks or does not fit. */
export function roleInput(agent: string, draft: RoleDraft) {
  const of = draft.subject === 'archive' ? 'archive' : draft.of.trim();
  if (of === '' || Object.keys(dateFault(draft)).length > 0) return undefined;
  return {
    agent,
    role: draft.role,
    of,
    ...(draft.since.trim() === '' ? {} : { since: draft.since.trim() }),
    ...(draft.until.trim() === '' ? {} : { until: draft.until.trim() }),
  };
}

/** How the subject of a held role is named to the host. */
export function subjectWord({ of }: AgentRoleHeld): string {
  return of.id ?? 'archive';
}

/** Which sentence of the catalogue says it, as in "Responsible for Jazz". */
export function roleKey({ role, of }: Pick<AgentRoleHeld, 'role' | 'of'>): string {
  const word = role === 'rights holder' ? 'rightsHolder' : role;
  return of.kind === 'archive' ? `${word}Archive` : word;
}
