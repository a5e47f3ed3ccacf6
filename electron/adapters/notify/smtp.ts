import type { Mailer } from '../../core/ports/telling.ts';

const CONNECT_MS = 15_000;
const ANSWER_MS = 30_000;

/** Mail by SMTP (RFC 5321). Where encryption was asked for, nothing is said without it. */
export const smtp: Mailer = {
  async send({ host, port, security, user }, password, { from, to, subject, text, html }) {
    // Loaded with the first mail: most commands send none.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: ANSWER_MS,
      // What a message says never names a file or an address to be read.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({ from, to: [...to], subject, text, html });
    } finally {
      transport.close();
    }
  },
};
