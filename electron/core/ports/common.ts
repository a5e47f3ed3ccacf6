/** What every port speaks of. Apart from the catalogue, whose parts import it. */

/** A list a page at a time; `next` is opaque. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly next: string | null;
}

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Who acts, and with which version of the program. */
export interface ActingAgent {
  readonly name: string;
  readonly softwareVersion: string;
}

/** Tallies of one act so far, its interrupted beginnings included. */
export interface ActTally {
  readonly files: number;
  readonly objects: number;
  readonly bytes: number;
  readonly items: number;
  readonly problems: number;
  readonly refused: number;
  readonly leftOut: number;
}
