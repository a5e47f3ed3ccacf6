/** What screens remember for this user and archive, outside the archive. */
export interface Preferences {
  /** Undefined where nothing is remembered. */
  get(key: string): Promise<unknown>;
  /** Undefined forgets it. @throws HoldfastError BAD_INPUT for what is no JSON, or too much of it */
  set(key: string, value: unknown): Promise<void>;
  /** Archives that were opened, the newest first, without those that are gone. */
  recentArchives(): Promise<{ readonly name: string; readonly path: string }[]>;
  /** Remembers that an archive was opened. */
  opened(archive: { readonly name: string; readonly path: string }): Promise<void>;
}
