/**
 * Who is let in. A link carries a token that works once; it is exchanged for a session that only the browser's cookie holds,
 * so that a link found later in a history, a log or a list of processes opens nothing. The command line has a secret of its
 * own, from a file that only this user can read. Kept are digests, and only as long as the process runs.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Links that were printed and not used; the oldest gives way. */
const MOST_LINKS = 16;
/** Browsers; the one that has not come for longest gives way. */
const MOST_SESSIONS = 32;

export class Sessions {
  readonly #port: number;
  #links: Buffer[] = [];
  #sessions: Buffer[] = [];
  /** Of the command line. */
  readonly secret = random();

  constructor(port: number) {
    this.#port = port;
  }

  /** A token for a link that will work once. */
  newLink(): string {
    const token = random();
    this.#links = [...this.#links, digest(token)].slice(-MOST_LINKS);
    return token;
  }

  /** Takes a token for a session's cookie; undefined where the token was never given or is used up. */
  exchange(token: string): string | undefined {
    const at = find(this.#links, token);
    if (at < 0) return undefined;
    this.#links.splice(at, 1);
    const session = random();
    this.#sessions = [...this.#sessions, digest(session)].slice(-MOST_SESSIONS);
    return `${this.#cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a Cookie header holds a session of this server. */
  isKnown(cookies: string | undefined): boolean {
    for (const value of this.#valuesIn(cookies)) {
      const at = find(this.#sessions, value);
      if (at < 0) continue;
      this.#sessions.push(...this.#sessions.splice(at, 1));
      return true;
    }
    return false;
  }

  /** Whether a Cookie header holds any session of this address, of an earlier start too: only for what is said to a person. */
  wasKnown(cookies: string | undefined): boolean {
    return this.#valuesIn(cookies).length > 0;
  }

  /** Whether an Authorization header holds the command line's secret. */
  isCommandLine(authorization: string | undefined): boolean {
    const [scheme, value = ''] = (authorization ?? '').split(' ', 2);
    return scheme === 'Bearer' && find([digest(this.secret)], value) === 0;
  }

  #valuesIn(cookies: string | undefined): string[] {
    return (cookies ?? '').split(';').flatMap((cookie) => {
      const [name, value] = cookie.trim().split('=', 2);
      return name === this.#cookieName && value !== undefined ? [value] : [];
    });
  }

  /** Cookies do not tell ports apart: two servers on this machine would overwrite each other's. */
  get #cookieName(): string {
    return `holdfast-${this.#port}`;
  }
}

/**
 * Shows whoever asks that the secret is known here too, without saying it: a port that became free may be another program's.
 */
export function proofOf(secret: string, challenge: string): string {
  return createHmac('sha256', secret).update(`holdfast endpoint ${challenge}`).digest('base64url');
}

/** 256 bits. */
function random(): string {
  return randomBytes(32).toString('base64url');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compares with every one, in a time that tells nothing of any. */
function find(known: readonly Buffer[], text: string): number {
  const wanted = digest(text);
  let found = -1;
  for (const [at, each] of known.entries()) if (timingSafeEqual(each, wanted)) found = at;
  return found;
}
