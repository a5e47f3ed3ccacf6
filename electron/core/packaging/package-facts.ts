import type { RESERVATIONS } from '../../../shared/domain/may-leave.ts';
import type { PackageDigest, PackageForm } from '../../../shared/domain/package-forms.ts';
import type { ChosenAccession, Withheld } from '../ports/handing-out.ts';

type Info = (readonly [label: string, value: string])[];

/** What a package says of itself, in bag-info.txt and in its other tag files. */
export interface PackageFacts {
  /** UUID: it tells this package from every other, and stands in the archive's record of it. */
  readonly token: string;
  readonly archive: { readonly id: string; readonly name: string };
  /** For people. */
  readonly of: string;
  readonly name: string;
  readonly form: PackageForm;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly agent: string;
  readonly software: string;
  readonly recipient?: string | undefined;
  readonly reservation?:
    { readonly uses: readonly (typeof RESERVATIONS)[number][]; readonly by: string } | undefined;
  readonly overrideRights?: string | undefined;
  /** Those of which something leaves. */
  readonly accessions: readonly ChosenAccession[];
  readonly files: number;
  readonly bytes: number;
  readonly withheld: readonly (Withheld & { readonly number: string })[];
  readonly digests: readonly PackageDigest[];
  readonly log: { readonly events: number; readonly head: string };
}

/** A bag of everything names no numbers: they stand in rights.json. */
const MOST_NUMBERS = 20;

/**
 * bag-info.txt (RFC 8493, §2.2.2). Names of donors and terms stay in the archive.
 * @param tags of whoever hands it out; one whose label the archive would fill in takes its place
 */
export function packageInfo(facts: PackageFacts, tags: Info, profile: string | undefined): Info {
  const { archive, accessions, reservation, recipient, log } = facts;
  const own: Info = [
    ['Source-Organization', archive.name],
    ['External-Identifier', `urn:uuid:${facts.token}`],
    ['External-Description', `Package of ${facts.of}`],
    ['Bagging-Date', facts.at.slice(0, 10)],
    ['Bag-Size', sizeOf(facts.bytes)],
    ...(accessions.length > MOST_NUMBERS ? [] : accessions).map(
      ({ number }) => ['Internal-Sender-Identifier', number] as const,
    ),
    [
      'Internal-Sender-Description',
      `${recipient === undefined ? 'Made' : `Handed out to ${recipient}`} by ${facts.agent} on ${facts.at}`,
    ],
    ['Bag-Software-Agent', facts.software],
    ['Holdfast-Archive', archive.id],
    ['Holdfast-Agent', facts.agent],
    ...(recipient === undefined ? [] : [['Holdfast-Recipient', recipient] as const]),
    ['Holdfast-Log-Head', `event ${String(log.events)}, ${log.head}`],
    ...(reservation === undefined
      ? []
      : [
          ...(reservation.uses.includes('tdm') ? [['TDM-Reservation', '1'] as const] : []),
          ['Reserved-Uses', reservation.uses.join(', ')] as const,
          ['Reserved-By', reservation.by] as const,
        ]),
    ...(profile === undefined ? [] : [['BagIt-Profile-Identifier', profile] as const]),
  ];
  const given = new Set(tags.map(([label]) => label.toLowerCase()));
  return [...own.filter(([label]) => !given.has(label.toLowerCase())), ...tags];
}

/** For people (RFC 8493, §2.2.2); Payload-Oxum has the bytes. */
function sizeOf(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${(bytes / 1000 ** at).toFixed(at === 0 ? 0 : 1)} ${units[at] ?? ''}`;
}
