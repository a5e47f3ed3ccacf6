/** A mail server on this machine, with a certificate of its own, and what was delivered to it. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A key that vouches for localhost to nobody but these tests: it is in the open, and for a hundred years. */
const pem = (name: string): string => fileURLToPath(new URL(`../fixtures/mail/${name}.pem`, import.meta.url));

export interface Mail {
  readonly to: readonly string[];
  readonly user: unknown;
  readonly secure: boolean;
  /** As it came, decoded from quoted-printable. */
  readonly text: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: Mail[];
  /** PEM file of who has signed its certificate. */
  readonly certificate: string;
  close(): Promise<void>;
}

interface Manner {
  /** TLS from the first byte. */
  readonly tls?: boolean;
  /** Offers no encryption at all. */
  readonly plain?: boolean;
  readonly user?: string;
  readonly password?: string;
}

export async function mailServer({
  tls = false,
  plain = false,
  user,
  password,
}: Manner = {}): Promise<MailServer> {
  const certificate = pem('certificate');
  const mails: Mail[] = [];
  const options: SMTPServerOptions = {
    secure: tls,
    key: readFileSync(pem('key')),
    cert: readFileSync(certificate),
    authOptional: user === undefined,
    // A password is taken over an encrypted line only, unless there is no other.
    allowInsecureAuth: plain,
    disabledCommands: plain ? ['STARTTLS'] : [],
    disableReverseLookup: true,
    logger: false,
    onAuth(given, _, done) {
      if (given.username === user && given.password === password) done(null, { user: given.username });
      else done(new Error('Invalid username or password'));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          user: session.user,
          secure: session.secure,
          text: decoded(Buffer.concat(parts).toString('latin1')),
        });
        done();
      });
    },
  };
  const server = new SMTPServer(options);
  // A client that does not trust the certificate hangs up: that is its right.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= new Promise((resolve) => server.close(resolve)));
  onTestFinished(close);
  return { port, mails, certificate, close };
}

function decoded(text: string): string {
  const joined = text.replace(/=\r?\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
