import type { InclusionProof } from '../../../shared/contract/proofs.ts';

/**
 * What a stranger types, in any POSIX shell with sha256sum (or shasum -a 256), openssl 1.1.1 or newer, and perl: the file against
 * its digest; the outcome up to the root of its event; the event against its signature. Every value is written out, so that nothing
 * else is needed.
 */
export function checkCommands(sha256: string, proof: InclusionProof | null): string[] {
  const file = ['# The file: must say OK', `echo ${quoted(`${sha256}  FILE`)} | sha256sum -c`];
  const event = proof?.events[0];
  if (proof === null || event === undefined) return file;
  const key = proof.keys.find(({ id }) => id === event.keyId)?.publicKey ?? '';
  return [
    ...file,
    '',
    '# From the outcome to the root: the last line must be the root that stands in the event, after "root"',
    `bytes() { perl -e 'print pack "H*", shift' "$1"; }`,
    'sha() { sha256sum | cut -c1-64; }',
    `h=$({ bytes 00; printf %s ${quoted(proof.leaf)}; } | sha)`,
    ...steps(proof).map(({ hash, isLeft }) =>
      isLeft
        ? `h=$({ bytes 01${hash}; bytes $h; } | sha)`
        : `h=$({ bytes 01; bytes $h; bytes ${hash}; } | sha)`,
    ),
    'echo $h',
    '',
    '# The event: must say Signature Verified Successfully',
    `{ echo holdfast-event-1; printf %s ${quoted(event.body)}; } | openssl dgst -sha256 -binary > event.hash`,
    `bytes ${event.signature} > event.signature`,
    `echo ${quoted(key.trim())} > key.pem`,
    'openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in event.hash -sigfile event.signature',
  ];
}

/** On which side each hash of the way to the root stands (RFC 9162, section 2.1.3.2). */
function steps({ index, size, path }: InclusionProof): { hash: string; isLeft: boolean }[] {
  let at = index;
  let last = size - 1;
  return path.map((hash) => {
    const isLeft = at % 2 === 1 || at === last;
    if (isLeft)
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
    return { hash, isLeft };
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
