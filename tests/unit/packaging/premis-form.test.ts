/** Elements of PREMIS that no collection of the tests has. */
import { describe, expect, it } from 'vitest';
import { premis } from '../../../electron/adapters/premis/premis.ts';
import { PremisRecords } from '../../../electron/core/packaging/premis-records.ts';
import type { PremisFile, PremisPlan } from '../../../electron/core/ports/premis.ts';
import { EVENT_TYPES } from '../../../shared/domain/vocabulary.ts';

const none = Int32Array.of();
const plan: PremisPlan = {
  objects: Int32Array.of(1),
  representations: none,
  items: none,
  accessions: Int32Array.of(4),
  collections: none,
  events: none,
  locations: [{ id: 1, name: 'Shelf', medium: 'LTO-8' }],
  runs: [],
  log: { events: 1, head: '00' },
};
const file: PremisFile = {
  id: 1,
  size: 10,
  digests: [['sha256', 'ab']],
  format: { name: 'MPEG-4', mime: 'audio/mp4', puid: '' },
  technical: [],
  essences: [],
  identifiers: [],
  protection: 'FairPlay <drms>',
  copies: [{ accessionId: 4, locationId: 1, path: 'a/b.m4p', outcome: 'not_checked', findings: [] }],
  parts: [],
  relations: [{ predicate: 'same essence', kind: 'object', id: 2 }],
};
const form = premis('Holdfast archive x');

describe('a file', () => {
  const written = form.file(new PremisRecords(plan, [], { sensitive: false }).file(file));

  it('that is protected has its inhibitor', () => {
    expect(written).toContain(
      '<inhibitors><inhibitorType>rights management: FairPlay &lt;drms&gt;</inhibitorType><inhibitorTarget>all content</inhibitorTarget></inhibitors>',
    );
  });

  it('that PRONOM does not know has no registry, and one of no item is part of its accession', () => {
    expect(written).not.toContain('formatRegistry');
    expect(written).toContain('<relatedObjectIdentifierValue>acc-4</relatedObjectIdentifierValue>');
    expect(written).toContain('<storageMedium>LTO-8</storageMedium>');
  });

  it('points at nothing that the document does not hold', () => {
    expect(written).not.toContain('obj-2');
  });
});

describe('rights', () => {
  const statement = (basis: 'copyright' | 'license' | 'statute' | 'other', notes: readonly string[]) =>
    form.rights({ id: 'rights-1', basis, notes, objects: ['acc-4'], agents: [] });

  it('say what is asked for and not known to be unknown', () => {
    expect(statement('copyright', [])).toContain('<copyrightStatus>unknown</copyrightStatus>');
    expect(statement('statute', ['Deposit <act>'])).toContain(
      '<statuteNote>Deposit &lt;act&gt;</statuteNote>',
    );
    expect(statement('other', [])).toContain(
      '<otherRightsBasis>donor agreement or policy</otherRightsBasis>',
    );
  });

  it('of a licence have its note, or nothing: an empty element is not allowed', () => {
    expect(statement('license', [])).not.toContain('licenseInformation');
    expect(statement('license', ['CC BY'])).toContain('<licenseNote>CC BY</licenseNote>');
  });
});

describe('events', () => {
  it('have a term of the Library of Congress each, and no two the same', () => {
    const terms = EVENT_TYPES.map(
      (type) =>
        /valueURI="([^"]+)"/.exec(
          form.event({
            id: 'event-1',
            type,
            at: '',
            details: [],
            outcome: 'success',
            agents: [],
            objects: [],
          }),
        )?.[1],
    );
    expect(new Set(terms).size).toBe(EVENT_TYPES.length);
    for (const term of terms)
      expect(term).toMatch(/^http:\/\/id\.loc\.gov\/vocabulary\/preservation\/eventType\/[a-z]{3}$/);
  });
});
