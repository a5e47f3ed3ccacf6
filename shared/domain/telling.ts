/** Whom runs are told, and how: kept with the archive, without any password. Pure. */
import { HoldfastError } from './errors.ts';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` before anything else is said, or `none`. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string | undefined;
}

export interface Telling {
  /** Empty: nobody is told by mail. */
  readonly mailTo: readonly string[];
  /** Default: the first of those who are told. */
  readonly mailFrom?: string | undefined;
  readonly smtp?: SmtpServer | undefined;
  /** Nothing is sent of a run after which all is well. What failed or did not happen is always told. */
  readonly quietWhenWell: boolean;
}

export const TELL_NOBODY: Telling = { mailTo: [], quietWhenWell: false };

const SCHEMES: Readonly<Record<string, Pick<SmtpServer, 'security' | 'port'>>> = {
  smtps: { security: 'tls', port: 465 },
  smtp: { security: 'starttls', port: 587 },
  'smtp+plain': { security: 'none', port: 25 },
};

/** @throws HoldfastError BAD_INPUT for what is no such address, or carries a password */
export function readSmtp(text: string): SmtpServer {
  const [, scheme = '', user, password, ipv6, name, port] =
    /^([a-z+]+):\/\/(?:([^:@/\s]+)(:[^@/\s]*)?@)?(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::(\d{1,5}))?\/?$/i.exec(
      text.trim(),
    ) ?? [];
  const known = Object.hasOwn(SCHEMES, scheme.toLowerCase()) ? SCHEMES[scheme.toLowerCase()] : undefined;
  const host = ipv6 ?? name;
  const given = port === undefined ? known?.port : Number(port);
  if (known === undefined || host === undefined || given === undefined || given < 1 || given > 65_535)
    throw new HoldfastError(
      'BAD_INPUT',
      'The mail server is written smtp://USER@HOST:587 (STARTTLS), smtps://USER@HOST:465 (TLS) or smtp+plain://HOST:25 (neither).',
    );
  if (password !== undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      'The password is not written into the address: give it in a file with --password-file, or in HOLDFAST_SMTP_PASSWORD.',
    );
  if (known.security === 'none' && user !== undefined && !isThisMachine(host))
    throw new HoldfastError(
      'BAD_INPUT',
      'A password would travel in the clear to that server. Use smtps:// or smtp://, which encrypt.',
    );
  return {
    host,
    port: given,
    security: known.security,
    ...(user === undefined ? {} : { user: readable(user) }),
  };
}

/** The address that `readSmtp` takes. */
export function smtpAddress({ host, port, security, user }: SmtpServer): string {
  const scheme = Object.entries(SCHEMES).find(([, known]) => known.security === security)?.[0] ?? 'smtp';
  const at = user === undefined ? '' : `${encodeURIComponent(user)}@`;
  return `${scheme}://${at}${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** One address of a person, without a name before it. */
export function isMailAddress(text: string): boolean {
  return /^[^\s@<>,;:"()\\]+@[^\s@<>,;:"()\\]+$/.test(text) && text.length <= 254;
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(host);
}

function readable(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
