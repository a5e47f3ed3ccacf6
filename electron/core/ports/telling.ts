import type { SmtpServer, Telling } from '../../../shared/domain/telling.ts';
import type { ActingAgent } from './common.ts';

export interface TellingReader {
  telling(): Promise<Telling>;
}

export interface TellingWriter {
  /** No event where nothing changes. */
  setTelling(telling: Telling, agent: ActingAgent): Promise<void>;
}

export interface MailMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /**
   * Hands a message to a mail server; gives up after a minute.
   * @throws Error whose message says why it was not taken; without the password
   */
  send(server: SmtpServer, password: string | undefined, message: MailMessage): Promise<void>;
}

/** The password of the mail server: this user's, never the archive's. */
export interface MailPassword {
  /** From the environment, or as this user has left it. */
  get(): Promise<{ readonly password: string; readonly from: 'environment' | 'preferences' } | undefined>;
  /** Undefined forgets it. */
  set(password: string | undefined): Promise<void>;
}
