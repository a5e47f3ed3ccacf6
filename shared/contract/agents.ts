import { z } from 'zod';
import { AGENT_ROLES, parseDay, ROLE_SUBJECTS } from '../domain/agent-role.ts';
import { AGENT_KINDS } from '../domain/vocabulary.ts';
import { idSchema, pageInput, pageOf, procedure, textSchema, timeSchema } from './common.ts';

const nameSchema = textSchema(300).trim().min(1, 'An agent needs a name.');
const contactSchema = textSchema(2000).trim();

/** A date with as much precision as is known: 1998, 1998-05 or 1998-05-03. */
export const roleDateSchema = z
  .string()
  .refine((text) => parseDay(text) !== undefined, 'a date is written 1998, 1998-05 or 1998-05-03');

/** An agent as others refer to it: its id, or its name where that is nobody else's. */
const agentWordSchema = textSchema(300).trim().min(1);

/** `archive`; the name or id of a collection; the id or number of an accession. */
const subjectWordSchema = textSchema(1000).trim().min(1);

export const agentRefSchema = z.object({ id: idSchema, name: z.string() });

export const agentRoleSchema = z.object({
  agent: agentRefSchema,
  role: z.enum(AGENT_ROLES),
  of: z.object({
    kind: z.enum(ROLE_SUBJECTS),
    /** Absent for the archive. */
    id: idSchema.optional(),
    title: z.string(),
  }),
  since: z.string(),
  until: z.string().optional(),
  /** Whether it is held today. */
  current: z.boolean(),
});

export const agentSchema = z.object({
  id: idSchema,
  kind: z.enum(AGENT_KINDS),
  name: z.string(),
  contact: z.string().optional(),
  /** When name and contact were erased; the name is a pseudonym since. */
  forgottenAt: timeSchema.optional(),
  createdAt: timeSchema,
  /** How many events it acted in. */
  events: z.int(),
  /** Current ones first; its whole history. */
  roles: z.array(agentRoleSchema),
});

export const newAgentSchema = z.object({
  name: nameSchema,
  kind: z.enum(['person', 'organization']).default('person'),
  contact: contactSchema.optional(),
});

const roleOfSchema = z.object({
  agent: agentWordSchema,
  role: z.enum(AGENT_ROLES),
  of: subjectWordSchema,
});

/** Where the words of a forgotten agent still stand: the free text of others, which a person must judge. */
export const forgottenSchema = z.object({
  agent: agentSchema,
  /** Events whose words were erased (with `dryRun`: would be); the chain still holds. */
  eventsErased: z.int(),
  /** Events whose words name it still; `mentions` erases those too. */
  eventsLeft: z.array(idSchema),
  /** Entities whose own text names it: the source of an accession, a title. The first hundred. */
  namedIn: z.array(idSchema),
  /**
   * Managed locations, whose copies of the catalogue hold the name until they are written anew: at the end of the session, or some
   * time after the act; of one that cannot be reached now, once it is connected again.
   */
  copies: z.array(
    z.object({ location: idSchema, name: z.string(), reachable: z.boolean(), reason: z.string().optional() }),
  ),
});

export const agents = {
  /**
   * Adds a person or an institution. One that is known only from acting, or has no contact yet, gets the contact; any other
   * that is called so already is refused.
   */
  add: procedure.input(newAgentSchema).output(agentSchema),
  /** By name. Software and hardware only where asked for. */
  list: procedure
    .input(z.object({ all: z.boolean().default(false), ...pageInput }))
    .output(pageOf(agentSchema)),
  get: procedure.input(z.object({ agent: agentWordSchema })).output(agentSchema),
  rename: procedure.input(z.object({ agent: agentWordSchema, name: nameSchema })).output(agentSchema),
  /** `since` defaults to today. */
  assign: procedure
    .input(roleOfSchema.extend({ since: roleDateSchema.optional(), until: roleDateSchema.optional() }))
    .output(agentRoleSchema),
  /** Ends a role that is held, or was to be held; `until` defaults to today. */
  end: procedure.input(roleOfSchema.extend({ until: roleDateSchema.optional() })).output(agentRoleSchema),
  /**
   * Replaces name and contact by a pseudonym, everywhere that the program put them. Cannot be undone; `dryRun` tells what it
   * would do.
   */
  forget: procedure
    .input(
      z.object({
        agent: agentWordSchema,
        mentions: z.boolean().default(false),
        dryRun: z.boolean().default(false),
      }),
    )
    .output(forgottenSchema),
};

export type Agent = z.infer<typeof agentSchema>;
export type AgentRef = z.infer<typeof agentRefSchema>;
export type AgentRoleHeld = z.infer<typeof agentRoleSchema>;
export type NewAgent = z.infer<typeof newAgentSchema>;
export type Forgotten = z.infer<typeof forgottenSchema>;
