import type { Agent, AgentRoleHeld, Forgotten } from '../../../shared/contract/agents.ts';
import {
  endsBeforeItBegins,
  roleFits,
  roleTowards,
  type AgentRole,
  type Tenure,
} from '../../../shared/domain/agent-role.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId, publicId } from '../../../shared/domain/ids.ts';
import type { AgentsReader, RoleSubjectRef } from '../ports/agents.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import { reachLocation } from '../locations/reachability.ts';

/** What a person names when speaking of a role. */
export interface NamedRole {
  readonly agent: string;
  readonly role: AgentRole;
  readonly of: string;
}

/**
 * The number of the agent that a person means: by id, or by a name that is nobody else's.
 * @throws HoldfastError NOT_FOUND, BAD_INPUT where several are called so
 */
export async function chooseAgent(reader: AgentsReader, word: string): Promise<number> {
  const named = await reader.agentsNamed(word);
  const [only] = named;
  if (named.length > 1) {
    const ids = named.map(({ id, kind }) => `${publicId('agent', id)} (${kind})`).join(', ');
    throw new HoldfastError(
      'BAD_INPUT',
      `Several agents are called "${word}": ${ids}. Say which, by its id.`,
    );
  }
  if (only !== undefined) return only.id;
  const known = parsePublicId(word);
  if (known?.kind === 'agent' && (await reader.agent(known.id, today())) !== undefined) return known.id;
  throw new HoldfastError(
    'NOT_FOUND',
    `There is no agent "${word}" in this archive. holdfast agent list tells who there is; agent add adds one.`,
  );
}

/** @throws HoldfastError NOT_FOUND */
export async function agentOf(reader: AgentsReader, id: number): Promise<Agent> {
  const agent = await reader.agent(id, today());
  if (agent === undefined)
    throw new HoldfastError('NOT_FOUND', `There is no ${publicId('agent', id)} in this archive.`);
  return agent;
}

/**
 * Gives a role, from today unless another date is said.
 * @throws HoldfastError NOT_FOUND, BAD_INPUT for a role that does not fit, dates that contradict, a role held already
 */
export async function assignRole(
  { reader, writer }: Catalogue,
  wanted: NamedRole & { readonly since?: string | undefined; readonly until?: string | undefined },
  by: ActingAgent,
): Promise<AgentRoleHeld> {
  const agentId = await chooseAgent(reader, wanted.agent);
  const of = await chooseSubject(reader, wanted.of);
  if (!roleFits(wanted.role, of.kind))
    throw new HoldfastError(
      'BAD_INPUT',
      `Nobody is ${roleTowards(wanted.role, 'the archive')} as a whole: name the collection or accession it is said of.`,
    );
  const tenure: Tenure = { since: wanted.since ?? today(), until: wanted.until };
  if (endsBeforeItBegins(tenure))
    throw new HoldfastError(
      'BAD_INPUT',
      `The role would end (${String(tenure.until)}) before it begins (${tenure.since}). Exchange the dates.`,
    );
  return writer.assignRole({ agentId, role: wanted.role, of, tenure }, by);
}

/** @throws HoldfastError NOT_FOUND, where the agent holds no such role */
export async function endRole(
  { reader, writer }: Catalogue,
  wanted: NamedRole & { readonly until?: string | undefined },
  by: ActingAgent,
): Promise<AgentRoleHeld> {
  const agentId = await chooseAgent(reader, wanted.agent);
  const of = await chooseSubject(reader, wanted.of);
  return writer.endRole({ agentId, role: wanted.role, of, until: wanted.until ?? today() }, by);
}

/**
 * Erases who somebody is; see `AgentsWriter.forgetAgent`. What stands in managed locations is written anew by the next protection of
 * the catalogue (`protectCatalogue`); those that cannot be reached for that are told.
 */
export async function forgetAgent(
  { reader, writer }: Catalogue,
  files: Files,
  {
    agent,
    mentions,
    dryRun,
  }: { readonly agent: string; readonly mentions: boolean; readonly dryRun: boolean },
  by: ActingAgent,
): Promise<Forgotten> {
  const id = await chooseAgent(reader, agent);
  const { eventsErased, eventsLeft, namedIn } = await writer.forgetAgent(id, { mentions, dryRun }, by);
  return {
    agent: await agentOf(reader, id),
    eventsErased,
    eventsLeft: eventsLeft.map((seq) => publicId('event', seq)),
    namedIn: [...namedIn],
    copies: await copiesElsewhere(reader, files),
  };
}

async function copiesElsewhere(reader: Catalogue['reader'], files: Files): Promise<Forgotten['copies']> {
  const managed = (await reader.locationIdentities()).filter(({ writes }) => writes === 'managed');
  return Promise.all(
    managed.map(async (location) => {
      const reached = await reachLocation(files, location);
      const place = { location: publicId('location', location.id), name: location.name };
      return reached.reachable
        ? { ...place, reachable: true }
        : { ...place, reachable: false, reason: reached.reason };
    }),
  );
}

async function chooseSubject(reader: AgentsReader, word: string): Promise<RoleSubjectRef> {
  const found = await reader.roleSubjects(word);
  const [only] = found;
  if (found.length > 1) {
    const ids = found.map(({ id }) => publicId('collection', id)).join(', ');
    throw new HoldfastError(
      'BAD_INPUT',
      `Several collections are called "${word}": ${ids}. Say which, by its id.`,
    );
  }
  if (only !== undefined) return only;
  throw new HoldfastError(
    'NOT_FOUND',
    `"${word}" is neither the archive (archive), nor a collection (name or id), nor an accession (number or id).`,
  );
}

/** YYYY-MM-DD, UTC: the log's own clock. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
