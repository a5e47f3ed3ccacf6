import type { ICommonTagsResult } from 'music-metadata';

const mostIdentifiers = 64;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

type Scheme = readonly [
  scheme: string,
  tag: keyof ICommonTagsResult,
  read: (text: string) => readonly string[],
];

const schemes: readonly Scheme[] = [
  ['isrc', 'isrc', isrcs],
  ['barcode', 'barcode', barcodes],
  ['catalognumber', 'catalognumber', words],
  ['mbid-recording', 'musicbrainz_recordingid', uuids],
  ['mbid-release', 'musicbrainz_albumid', uuids],
  ['mbid-artist', 'musicbrainz_artistid', uuids],
  ['mbid-release-artist', 'musicbrainz_albumartistid', uuids],
  ['mbid-track', 'musicbrainz_trackid', uuids],
  ['mbid-release-group', 'musicbrainz_releasegroupid', uuids],
  ['mbid-work', 'musicbrainz_workid', uuids],
  ['acoustid', 'acoustid_id', uuids],
];

/** Identifiers that stand in tags, normalised; what is not valid by its scheme stays among the tags as found. */
export function identifiersIn(common: ICommonTagsResult): [string, string][] {
  const found = new Map<string, [string, string]>();
  for (const [scheme, tag, read] of schemes) {
    const value: unknown = common[tag];
    if (value === undefined) continue;
    for (const text of [value].flat()) {
      if (typeof text !== 'string' && typeof text !== 'number') continue;
      for (const identifier of read(String(text).slice(0, 2000))) {
        if (found.size < mostIdentifiers) found.set(`${scheme} ${identifier}`, [scheme, identifier]);
      }
    }
  }
  return [...found.values()];
}

/** ISO 3901: country or prefix, registrant, year, designation; often written with hyphens. */
function isrcs(text: string): string[] {
  const parts = text.toUpperCase().split(/[;,/\0]/);
  return parts
    .map((part) => part.replace(/^\s*ISRC\b/, '').replace(/[^A-Z0-9]/g, ''))
    .filter((part) => /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(part));
}

/** EAN-8, UPC-A, EAN-13 and GTIN-14 by their lengths. Check digits are not judged: sleeves carry wrong ones. */
function barcodes(text: string): string[] {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{8}$|^\d{12,14}$/.test(digits) ? [digits] : [];
}

function words(text: string): string[] {
  const word = text.replaceAll('\0', '').trim().slice(0, 200).toWellFormed();
  return word === '' ? [] : [word];
}

function uuids(text: string): string[] {
  return Array.from(text.matchAll(uuid), ([match]) => match.toLowerCase());
}
