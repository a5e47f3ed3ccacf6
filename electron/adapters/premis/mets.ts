import type { DublinCore } from '../../core/ports/described-items.ts';
import type { MetsForm } from '../../core/ports/mets.ts';
import type { FileRecord } from '../../core/ports/premis.ts';
import { dublinCoreElement } from './dublin-core.ts';
import { premisWithin } from './premis.ts';
import { xmlAttribute, xmlComment, xmlText } from './xml.ts';

const METS = 'http://www.loc.gov/METS/';
const XLINK = 'http://www.w3.org/1999/xlink';

/** What METS calls algorithms (CHECKSUMTYPE), by our names, the strongest first; others have none there. */
const CHECKSUM_TYPES = [
  ['sha512', 'SHA-512'],
  ['sha256', 'SHA-256'],
  ['sha1', 'SHA-1'],
  ['md5', 'MD5'],
] as const;

/** METS 1.12 (May 2018), with PREMIS 3.0 and Dublin Core inside. */
export const mets: MetsForm = (scheme) => {
  const premis = premisWithin(scheme);
  const techMd = (id: string, element: string) => section('techMD', id, 'PREMIS:OBJECT', '3.0', element);
  return {
    head: ({ objectId, label, archive, at, comment }) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n${xmlComment(comment)}` +
      `<mets xmlns="${METS}" xmlns:xlink="${XLINK}" OBJID="${xmlAttribute(objectId)}" LABEL="${xmlAttribute(label)}">\n` +
      `<metsHdr CREATEDATE="${at}"><agent ROLE="CUSTODIAN" TYPE="ORGANIZATION"><name>${xmlText(archive)}</name></agent></metsHdr>\n`,
    description: (id: string, record: DublinCore) =>
      section('dmdSec', `dmd-${id}`, 'DC', '1.1', dublinCoreElement(record)),
    administration: '<amdSec>\n',
    file: (record) => techMd(`tech-${record.id}`, premis.file(record)),
    entity: (record) => techMd(`tech-${record.id}`, premis.entity(record)),
    rights: (record) => section('rightsMD', record.id, 'PREMIS:RIGHTS', '3.0', premis.rights(record)),
    event: (record) => section('digiprovMD', record.id, 'PREMIS:EVENT', '3.0', premis.event(record)),
    agent: (record) => section('digiprovMD', record.id, 'PREMIS:AGENT', '3.0', premis.agent(record)),
    files: '</amdSec>\n<fileSec><fileGrp>\n',
    fileEntry: (record) => fileEntry(record),
    structure: '</fileGrp></fileSec>\n<structMap TYPE="logical">\n<div>\n',
    item: ({ id, title, parts }) =>
      `<div TYPE="item" LABEL="${xmlAttribute(title)}" DMDID="dmd-${id}" ADMID="tech-${id}">\n` +
      parts
        .map(
          ({ role, representation, files }) =>
            `<div TYPE="${xmlAttribute(role)}" ADMID="tech-${representation}">\n` +
            files.map((file, at) => `<div ORDER="${at + 1}"><fptr FILEID="file-${file}"/></div>\n`).join('') +
            '</div>\n',
        )
        .join('') +
      '</div>\n',
    loose: (files) =>
      files.length === 0
        ? ''
        : `<div TYPE="files of no item">\n${files.map((file) => `<fptr FILEID="file-${file}"/>\n`).join('')}</div>\n`,
    foot: '</div>\n</structMap>\n</mets>\n',
  };
};

function section(name: string, id: string, type: string, version: string, element: string): string {
  return `<${name} ID="${id}"><mdWrap MDTYPE="${type}" MDTYPEVERSION="${version}"><xmlData>\n${element}</xmlData></mdWrap></${name}>\n`;
}

/** A relative reference (RFC 3986) of the bytes of a path: it holds every name. */
function addressOf(path: string): string {
  return path.replace(
    /[^A-Za-z0-9._~/-]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function fileEntry({ id, size, format, fixity, storage }: FileRecord): string {
  const digests = new Map(fixity);
  // SHA-256 is always there, and the baseline of every audit.
  const [algorithm, type] = CHECKSUM_TYPES.find(([each]) => each === 'sha256' && digests.has(each)) ??
    CHECKSUM_TYPES.find(([each]) => digests.has(each)) ?? ['', ''];
  const checksum =
    algorithm === '' ? '' : ` CHECKSUM="${digests.get(algorithm) ?? ''}" CHECKSUMTYPE="${type}"`;
  const mime = format.mime === '' ? '' : ` MIMETYPE="${xmlAttribute(format.mime)}"`;
  return (
    `<file ID="file-${id}" ADMID="tech-${id}"${mime} SIZE="${size}"${checksum}>\n` +
    storage
      .map(
        ({ location, raw }) =>
          `<FLocat LOCTYPE="OTHER" OTHERLOCTYPE="${xmlAttribute(location)}" xlink:type="simple" xlink:href="${addressOf(raw)}"/>\n`,
      )
      .join('') +
    '</file>\n'
  );
}
