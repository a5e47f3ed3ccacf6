import type {
  AgentRecord,
  EventRecord,
  FileRecord,
  PremisForm,
  RelationRecord,
  RightsRecord,
  StorageRecord,
} from '../../core/ports/premis.ts';
import {
  algorithmTerm,
  eventOutcomeTerm,
  eventTypeTerm,
  relationSubTypeTerm,
  relationTypeTerm,
} from './vocabulary.ts';
import { xmlComment, xmlMarkup, xmlText } from './xml.ts';

const PREMIS = 'http://www.loc.gov/premis/v3';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Names and addresses that a document or an element on its own declares. */
const NAMESPACES = ` xmlns="${PREMIS}" xmlns:xsi="${INSTANCE}"`;

type Records = ReturnType<PremisForm>;

/** PREMIS 3.0 in the order of its schema (premis.xsd of 18 January 2016). A line for each element of a record. */
export const premis: PremisForm = (scheme) => writerOf(scheme);

/** The same where each record stands in a document of another kind, and so says itself what it is. */
export const premisWithin: PremisForm = (scheme) => writerOf(scheme, NAMESPACES);

function writerOf(scheme: string, declared = ''): Records {
  const identifiers = new Identifiers(scheme);
  const events = (ids: readonly string[]) => each(ids, (id) => identifiers.of('linkingEventIdentifier', id));
  const rights = (ids: readonly string[]) =>
    each(ids, (id) => identifiers.of('linkingRightsStatementIdentifier', id));
  const objects = (ids: readonly string[]) =>
    each(ids, (id) => identifiers.of('linkingObjectIdentifier', id));
  const agents = (links: EventRecord['agents']) =>
    each(links, ({ id, role }) =>
      identifiers.of('linkingAgentIdentifier', id, `<linkingAgentRole>${xmlText(role)}</linkingAgentRole>`),
    );
  const relations = (all: readonly RelationRecord[]) => each(all, (one) => relationOf(identifiers, one));
  return {
    head: (comment) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n${xmlComment(comment)}<premis${NAMESPACES} version="3.0">\n`,
    foot: '</premis>\n',
    file: (record) =>
      `<object${declared} xsi:type="file">\n${idsOf(identifiers, record)}${propertiesOf(record.properties)}` +
      `${characteristicsOf(record)}${nameOf(record)}${each(record.storage, storageOf)}${relations(record.relations)}` +
      `${events(record.events)}${rights(record.rights)}</object>\n`,
    entity: (record) =>
      `<object${declared} xsi:type="${record.kind}">\n${idsOf(identifiers, record)}${propertiesOf(record.properties)}` +
      `${nameOf(record)}${relations(record.relations)}${events(record.events)}${rights(record.rights)}</object>\n`,
    event: (record) =>
      `<event${declared}>\n${identifiers.of('eventIdentifier', record.id)}` +
      `<eventType${eventTypeTerm(record.type)}>${record.type}</eventType>\n<eventDateTime>${record.at}</eventDateTime>\n` +
      each(
        record.details,
        (text) =>
          `<eventDetailInformation><eventDetail>${xmlText(text)}</eventDetail></eventDetailInformation>\n`,
      ) +
      `<eventOutcomeInformation><eventOutcome${eventOutcomeTerm(record.outcome)}>${record.outcome}</eventOutcome>` +
      (record.outcomeNote === undefined
        ? ''
        : `<eventOutcomeDetail><eventOutcomeDetailNote>${xmlText(record.outcomeNote)}</eventOutcomeDetailNote></eventOutcomeDetail>`) +
      `</eventOutcomeInformation>\n${agents(record.agents)}${objects(record.objects)}</event>\n`,
    agent: (record) => agentOf(identifiers, declared, record),
    rights: (record) =>
      `<rights${declared}><rightsStatement>\n${identifiers.of('rightsStatementIdentifier', record.id)}` +
      `<rightsBasis>${record.basis}</rightsBasis>\n${basisOf(record)}${objects(record.objects)}${agents(record.agents)}` +
      `</rightsStatement></rights>\n`,
  };
}

/** Elements that are a type and a value; the type is that of the document. */
class Identifiers {
  readonly #scheme: string;
  /** What stands around the value, made once for each element: a document has millions of them. */
  readonly #around = new Map<string, readonly [before: string, after: string, end: string]>();

  constructor(scheme: string) {
    this.#scheme = xmlText(scheme);
  }

  of(element: string, id: string, further = ''): string {
    const [before, after, end] = this.#around.get(element) ?? this.#make(element);
    return before + id + after + further + end;
  }

  #make(element: string): readonly [string, string, string] {
    const around = [
      `<${element}><${element}Type>${this.#scheme}</${element}Type><${element}Value>`,
      `</${element}Value>`,
      `</${element}>\n`,
    ] as const;
    this.#around.set(element, around);
    return around;
  }
}

function each<Value>(values: readonly Value[], write: (value: Value) => string): string {
  let text = '';
  for (const value of values) text += write(value);
  return text;
}

function idsOf(identifiers: Identifiers, record: Pick<FileRecord, 'id' | 'identifiers'>): string {
  return (
    identifiers.of('objectIdentifier', record.id) +
    each(
      record.identifiers,
      ([type, value]) =>
        `<objectIdentifier><objectIdentifierType>${xmlText(type)}</objectIdentifierType>` +
        `<objectIdentifierValue>${xmlText(value)}</objectIdentifierValue></objectIdentifier>\n`,
    )
  );
}

function propertiesOf(properties: FileRecord['properties']): string {
  return each(
    properties,
    ([type, value]) =>
      `<significantProperties><significantPropertiesType>${xmlText(type)}</significantPropertiesType>` +
      `<significantPropertiesValue>${xmlText(value)}</significantPropertiesValue></significantProperties>\n`,
  );
}

function characteristicsOf({ fixity, size, format, inhibitor }: FileRecord): string {
  return (
    '<objectCharacteristics>\n<compositionLevel>0</compositionLevel>\n' +
    each(fixity, ([algorithm, value]) => {
      const { label, term } = algorithmTerm(algorithm);
      return `<fixity><messageDigestAlgorithm${term}>${xmlText(label)}</messageDigestAlgorithm><messageDigest>${value}</messageDigest></fixity>\n`;
    }) +
    `<size>${size}</size>\n${formatOf(format)}` +
    (inhibitor === undefined
      ? ''
      : `<inhibitors><inhibitorType>${xmlText(inhibitor)}</inhibitorType><inhibitorTarget>all content</inhibitorTarget></inhibitors>\n`) +
    '</objectCharacteristics>\n'
  );
}

function formatOf({ name, mime, puid }: FileRecord['format']): string {
  return (
    `<format><formatDesignation><formatName>${xmlText(name)}</formatName></formatDesignation>` +
    (puid === ''
      ? ''
      : `<formatRegistry><formatRegistryName>PRONOM</formatRegistryName><formatRegistryKey valueURI="http://www.nationalarchives.gov.uk/pronom/${xmlText(puid)}">${xmlText(puid)}</formatRegistryKey>` +
        '<formatRegistryRole>specification</formatRegistryRole></formatRegistry>') +
    (mime === '' ? '' : `<formatNote>media type ${xmlText(mime)}</formatNote>`) +
    '</format>\n'
  );
}

/** A name is a path made safe to show: its own escapes stand as they are. */
function nameOf({ originalName: name }: Pick<FileRecord, 'originalName'>): string {
  return name === undefined ? '' : `<originalName>${xmlMarkup(name)}</originalName>\n`;
}

function storageOf({ location, path, medium }: StorageRecord): string {
  return (
    `<storage><contentLocation><contentLocationType>${xmlText(location)}</contentLocationType>` +
    `<contentLocationValue>${xmlMarkup(path)}</contentLocationValue></contentLocation>` +
    (medium === undefined ? '' : `<storageMedium>${xmlText(medium)}</storageMedium>`) +
    '</storage>\n'
  );
}

function relationOf(identifiers: Identifiers, { type, subType, to, sequence }: RelationRecord): string {
  return (
    `<relationship><relationshipType${relationTypeTerm(type)}>${type}</relationshipType>` +
    `<relationshipSubType${relationSubTypeTerm(subType)}>${xmlText(subType)}</relationshipSubType>` +
    identifiers.of(
      'relatedObjectIdentifier',
      to,
      sequence === undefined ? '' : `<relatedObjectSequence>${sequence}</relatedObjectSequence>`,
    ) +
    '</relationship>\n'
  );
}

function agentOf(identifiers: Identifiers, declared: string, record: AgentRecord): string {
  const { id, name, kind, version, notes } = record;
  return (
    `<agent${declared}>\n${identifiers.of('agentIdentifier', id)}` +
    (name === undefined ? '' : `<agentName>${xmlText(name)}</agentName>\n`) +
    `<agentType>${xmlText(kind)}</agentType>\n` +
    (version === undefined ? '' : `<agentVersion>${xmlText(version)}</agentVersion>\n`) +
    each(notes, (note) => `<agentNote>${xmlText(note)}</agentNote>\n`) +
    '</agent>\n'
  );
}

/** What the schema asks of a basis and the catalogue does not know is said to be unknown. */
function basisOf({ basis, notes }: RightsRecord): string {
  const all = (element: string) => each(notes, (note) => `<${element}>${xmlText(note)}</${element}>`);
  switch (basis) {
    case 'copyright':
      return `<copyrightInformation><copyrightStatus>unknown</copyrightStatus><copyrightJurisdiction>unknown</copyrightJurisdiction>${all('copyrightNote')}</copyrightInformation>\n`;
    case 'license':
      // Of these elements at least one must stand.
      return notes.length === 0 ? '' : `<licenseInformation>${all('licenseNote')}</licenseInformation>\n`;
    case 'statute':
      return `<statuteInformation><statuteJurisdiction>unknown</statuteJurisdiction><statuteCitation>unknown</statuteCitation>${all('statuteNote')}</statuteInformation>\n`;
    case 'other':
      return `<otherRightsInformation><otherRightsBasis>donor agreement or policy</otherRightsBasis>${all('otherRightsNote')}</otherRightsInformation>\n`;
  }
}
