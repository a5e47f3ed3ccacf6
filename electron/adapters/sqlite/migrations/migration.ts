/** One step of the catalogue's schema, forward only, applied in one transaction with its version number. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
