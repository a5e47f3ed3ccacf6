/**
 * Roles that people and institutions hold towards what is kept. PREMIS 3.0 leaves the words of linkingAgentRole to the
 * archive; these are the ones that archival practice asks for: who answers for the holdings and who takes over from them
 * (ISO 16363, 3.1.2.1, succession), and where the holdings and the rights in them come from.
 */

export const AGENT_ROLES = [
  /** Answers for it: decides on findings, appraisal, letting go. */
  'responsible',
  /** Takes over when the one who is responsible no longer can. */
  'successor',
  /** Has it in physical keeping. */
  'custodian',
  /** Handed it over; may not have owned it. */
  'depositor',
  /** Gave it. */
  'donor',
  /** Holds rights in it (PREMIS: rightsholder). */
  'rights holder',
] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** What a role can be held towards. */
export const ROLE_SUBJECTS = ['archive', 'collection', 'accession'] as const;
export type RoleSubject = (typeof ROLE_SUBJECTS)[number];

/** Nobody deposits or gives an archive as a whole: that is said of what it holds. */
export function roleFits(role: AgentRole, subject: RoleSubject): boolean {
  if (subject !== 'archive') return true;
  return role === 'responsible' || role === 'successor' || role === 'custodian';
}

/** Reads a role as a person types it: any case, with `-` or `_` for the blank, `rightsholder` too. */
export function parseAgentRole(text: string): AgentRole | undefined {
  const word = text.trim().toLowerCase().replace(/[-_]/g, ' ');
  if (word === 'rightsholder') return 'rights holder';
  return AGENT_ROLES.find((role) => role === word);
}

/** How long a role is held; both dates as `parseDay` takes them. */
export interface Tenure {
  readonly since: string;
  readonly until?: string | undefined;
}

/**
 * The first and the last day (YYYY-MM-DD) of a date of ISO 8601 with reduced precision: `1998`, `1998-05`, `1998-05-03`.
 * @returns undefined for any other text, and for a day that the calendar has not.
 */
export function parseDay(text: string): { first: string; last: string } | undefined {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  const year = match?.[1];
  if (match === null || year === undefined || year === '0000') return undefined;
  const [, , month, day] = match;
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31` };
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  if (day === undefined) return { first: `${year}-${month}-01`, last: `${year}-${month}-${String(days)}` };
  return Number(day) < 1 || Number(day) > days ? undefined : { first: text, last: text };
}

/** Whether a role is held on a day (YYYY-MM-DD). On the day that ends it, it is over, so that a successor may begin on that day. */
export function isHeldOn(tenure: Tenure, day: string): boolean {
  const since = parseDay(tenure.since)?.first ?? tenure.since;
  const until = tenure.until === undefined ? undefined : (parseDay(tenure.until)?.last ?? tenure.until);
  return since <= day && (until === undefined || day < until);
}

/** Whether `until` lies before `since`: such a tenure never was. */
export function endsBeforeItBegins({ since, until }: Tenure): boolean {
  if (until === undefined) return false;
  return (parseDay(until)?.last ?? until) < (parseDay(since)?.first ?? since);
}

/** Whether two tenures share a day; both open ends reach for ever. */
export function tenuresOverlap(a: Tenure, b: Tenure): boolean {
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a);
}

function startsBeforeEnd({ since }: Tenure, { until }: Tenure): boolean {
  if (until === undefined) return true;
  return (parseDay(since)?.first ?? since) < (parseDay(until)?.last ?? until);
}

/** The role in a sentence: `responsible for Jazz`, `donor of Jazz`. */
export function roleTowards(role: AgentRole, what: string): string {
  return role === 'responsible' || role === 'successor' ? `${role} for ${what}` : `${role} of ${what}`;
}

/** What stands in the place of a name that was erased; the number keeps two forgotten people apart. */
export function pseudonym(agentId: number): string {
  return `forgotten agent ${String(agentId)}`;
}
