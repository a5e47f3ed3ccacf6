/** The line that is given to somebody else, so that a log cut short or rewritten can be told from this one. */

export interface HeadNote {
  readonly archive: { readonly id: string; readonly name: string };
  readonly events: number;
  readonly head: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** Plain and in one line each, for a letter or a mail: a machine and a person can both read it. */
export function headNote({ archive, events, head, at }: HeadNote): string {
  return [
    `Holdfast log of "${archive.name.replaceAll(/[\r\n]+/g, ' ')}"`,
    `Archive: ${archive.id}`,
    `Events: ${events}`,
    `Head (SHA-256): ${head}`,
    `Read: ${at}`,
  ].join('\n');
}

/** A fault of the chain, as a key of the catalogue of texts; undefined for words that are shown as they are. */
export function faultKey(reason: string): string | undefined {
  return Object.hasOwn(FAULTS, reason) ? FAULTS[reason] : undefined;
}

const FAULTS: Readonly<Record<string, string>> = {
  'not canonical JSON': 'canonical',
  'hash does not match': 'hash',
  'sequence is broken': 'sequence',
  'does not follow the event before': 'previous',
  'unknown key': 'key',
  'signature does not match': 'signature',
};
