import { RESERVATION_NAMES, STAYS_BEHIND } from '../../../shared/domain/may-leave.ts';
import { oneLine } from '../hand-outs/page.ts';
import type { PackageFacts } from './package-facts.ts';

/** Of rights.json; a reader may rely on what a version says. */
const SCHEMA = 'holdfast-package-rights/1';

/**
 * What may be done, for programs. `tdm-reservation` is that of the W3C's TDM Reservation Protocol: 1 where text and data mining is
 * reserved, 0 where nobody reserved it.
 */
export function rightsJson(facts: PackageFacts, fieldsWithheld: readonly string[]): string {
  const { archive, reservation, accessions, withheld, overrideRights, log } = facts;
  const uses = reservation?.uses ?? [];
  const json = {
    schema: SCHEMA,
    package: `urn:uuid:${facts.token}`,
    name: facts.name,
    archive,
    at: facts.at,
    agent: facts.agent,
    recipient: facts.recipient ?? null,
    log,
    'tdm-reservation': uses.includes('tdm') ? 1 : 0,
    reservations: uses.map((use) => ({ use, name: RESERVATION_NAMES[use], reservedBy: reservation?.by })),
    rights: accessions.map(({ number, bases }) => ({
      accession: number,
      // PREMIS 3.0, rightsBasis; unknown: nobody has determined it.
      rightsBasis: bases.length === 0 ? ['unknown'] : [...new Set(bases)],
    })),
    // Why it stands in the archive's log alone: it may be about people.
    handedOutWithoutDocumentedRights: overrideRights === undefined ? null : { answersForIt: facts.agent },
    stayedBehind: {
      files: withheld.reduce((sum, { files }) => sum + files, 0),
      reasons: [...new Set(withheld.map(({ reason }) => reason))],
      facts: Object.values(STAYS_BEHIND),
      fieldsOfDescription: fieldsWithheld,
    },
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** The same for people who look at text files. */
export function rightsText(facts: PackageFacts): string {
  const { reservation, accessions, overrideRights } = facts;
  return [
    'Rights in what this package holds. rights.json says the same for programs.',
    '',
    ...(reservation === undefined
      ? ['Nobody has reserved text and data mining or the training of AI models here. That grants neither.']
      : [
          ...(reservation.uses.includes('tdm') ? ['TDM-Reservation: 1'] : []),
          ...reservation.uses.map((use) => `Reserved: ${RESERVATION_NAMES[use]} (${use})`),
          `Reserved by: ${reservation.by}`,
        ]),
    '',
    'On which basis the archive holds it (PREMIS 3.0, rightsBasis):',
    ...accessions.map(
      ({ number, bases }) =>
        `  ${number}: ${bases.length === 0 ? 'unknown' : [...new Set(bases)].join(', ')}`,
    ),
    ...(overrideRights === undefined
      ? []
      : ['', `${facts.agent} answers for it that files without documented rights are among these.`]),
    '',
    `What a recipient may do is what that basis allows. Ask the archive: ${facts.archive.name}.`,
  ]
    .map((line) => `${oneLine(line)}\n`)
    .join('');
}
