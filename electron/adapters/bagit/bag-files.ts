/**
 * What a bag is made of (RFC 8493), for whoever writes one and whoever reads one: names of files, encoding of paths in
 * manifests, form of lines.
 */

export const BAGIT_TXT = 'bagit.txt';
export const BAG_INFO_TXT = 'bag-info.txt';
/** Its name before 0.96. */
export const PACKAGE_INFO_TXT = 'package-info.txt';
export const FETCH_TXT = 'fetch.txt';
/** The payload's folder, with the slash that paths in manifests have behind it. */
export const PAYLOAD = 'data/';

/** What we write, and the strictest that we read. */
export const BAG_VERSION = '1.0';

/** Algorithms of manifests by their names in file names (§2.4: lower case, no punctuation), weakest first. */
export const BAG_ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha512'] as const;
export type BagAlgorithm = (typeof BAG_ALGORITHMS)[number];

export const DIGEST_BYTES: Readonly<Record<BagAlgorithm, number>> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha512: 64,
};

export function payloadManifest(algorithm: string): string {
  return `manifest-${algorithm}.txt`;
}

export function tagManifest(algorithm: string): string {
  return `tagmanifest-${algorithm}.txt`;
}

/** The algorithm that a manifest's name claims, known or not; undefined where the file is no manifest. */
export function manifestName(file: string): { of: 'payload' | 'tags'; algorithm: string } | undefined {
  const match = /^(tag)?manifest-([^/]+)\.txt$/i.exec(file);
  return match?.[2] === undefined ? undefined : { of: match[1] ? 'tags' : 'payload', algorithm: match[2] };
}

/**
 * §2.1.3: only CR, LF and the percent sign itself. `decodeManifestPath` is the other way round.
 * @testonly
 */
export function encodeManifestPath(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Two spaces, as `sha256sum -c` reads it too. */
export function manifestLine(digestHex: string, path: string): string {
  return `${digestHex}  ${encodeManifestPath(path)}\n`;
}

/** Longest line that bag-info.txt should have (§2.2.2), in characters. */
const LINE = 79;

/**
 * An element of bag-info.txt, folded where it is longer than a line: between two words parted by one space, so that a reader
 * who joins lines by one space has the value again. A word is never cut.
 */
export function bagInfoElement(label: string, value: string): string {
  let text = '';
  let line = `${label}:`;
  for (const word of value.split(/(?<=[^ ]) (?=[^ ])/)) {
    if (line.length + 1 + word.length > LINE && line !== `${label}:`) {
      text += `${line}\n`;
      line = ' ';
    }
    line += line === ' ' ? word : ` ${word}`;
  }
  return `${text}${line}\n`;
}
