/** Folders that a depositor hands over as BagIt bags: recognised and judged before anything of them is taken. */
import type { BagReportRow } from '../../../shared/contract/packaging.ts';
import type { NewAccession } from '../../../shared/contract/accession.ts';
import type { BagVerdict } from '../../../shared/domain/bag-findings.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, type RawPath } from '../../../shared/domain/path.ts';
import { toldFindings } from '../packaging/validate-bag.ts';
import type { BagReport, BagValidator } from '../ports/bag-validation.ts';
import type { Files } from '../ports/files.ts';
import type { DigestValue } from '../ports/readings.ts';
import { identifyRoots } from './plan-accession.ts';

/** Findings that a refusal tells; `bag validate` has them all. */
const TOLD = 3;
/** Findings that travel with the result. */
const LISTED = 100;

/** Algorithms of payload manifests that are compared; SHA-256 is of every reading, the others are asked for. */
const COMPARED = ['sha256', 'sha512', 'sha1', 'md5'] as const;
type Compared = (typeof COMPARED)[number];

export interface BagHandedOver extends Pick<BagReport, 'version' | 'verdict' | 'manifests' | 'info'> {
  /** Absolute, links resolved. */
  readonly path: RawPath;
  readonly told: Pick<BagReportRow, 'findings' | 'findingsTotal'>;
}

export interface Received {
  readonly bags: readonly BagHandedOver[];
  /** Bags that were taken as ordinary folders, as asked. */
  readonly asFolders: number;
}

const WORDS: Readonly<Partial<Record<BagVerdict, string>>> = {
  complete: 'complete and well-formed',
  undetermined: 'not all of it could be compared',
};

/**
 * Judges the structure of each root that is a bag. It costs a reading of its tag files and a look through its payload; the payload's
 * digests are made when it is taken into custody.
 * @throws HoldfastError for folders that cannot be used; BAD_INPUT for a bag that is not valid
 */
export async function receiveBags(
  { files, validator }: { readonly files: Files; readonly validator: BagValidator },
  { paths, asFolder = false }: Pick<NewAccession, 'paths' | 'asFolder'>,
  signal: AbortSignal,
): Promise<Received> {
  const bags: BagHandedOver[] = [];
  let asFolders = 0;
  for (const { path } of await identifyRoots(files, paths)) {
    if (!(await validator.isDeclared(path))) continue;
    if (asFolder) {
      asFolders++;
      continue;
    }
    const report = await validator.validate(path, {
      mode: 'structure',
      digest: (tagFiles, further) => files.digestAll(tagFiles, signal, undefined, further),
      concurrency: files.concurrency,
      signal,
    });
    // Nobody waits for an answer any more.
    signal.throwIfAborted();
    if (report === undefined) throw new Error('a bag was not judged, and nobody had stopped that');
    refuseUnsound(path, report);
    const { version, verdict, manifests, info } = report;
    const declared = version === undefined ? {} : { version };
    bags.push({ path, ...declared, verdict, manifests, info, told: toldFindings(report, LISTED) });
  }
  return { bags, asFolders };
}

function refuseUnsound(path: RawPath, report: BagReport): void {
  const { verdict } = report;
  if (verdict !== 'invalid' && verdict !== 'incomplete') return;
  const { findings, findingsTotal } = toldFindings(report, TOLD);
  const reasons = findings.map(({ file, message }) =>
    file === undefined ? message : `${file.display}: ${message}`,
  );
  const more = findingsTotal - findings.length;
  const what = verdict === 'incomplete' ? 'a BagIt bag that is incomplete' : 'a BagIt bag that is not valid';
  throw new HoldfastError(
    'BAD_INPUT',
    `${displayPath(path)} is ${what}. ${reasons.join(' ')}${more > 0 ? ` And ${more.toLocaleString('en')} more: holdfast bag validate.` : ''} ` +
      'Nothing was taken into custody. Ask whoever made it for a whole bag, or take it as it is, an ordinary folder: --as-folder.',
  );
}

/** What the one reading of a file is to digest beside SHA-256, so that the manifests of the bags can be compared. */
export function digestsFor(
  { bags }: Received,
  policy: readonly DigestValue['algorithm'][],
): DigestValue['algorithm'][] {
  const asked = bags.flatMap(({ manifests }) => manifests.map(({ algorithm }) => comparedAs(algorithm)));
  return [
    ...new Set([
      ...policy,
      ...asked.filter((each) => each !== undefined).filter((each) => each !== 'sha256'),
    ]),
  ];
}

/** Undefined for an algorithm that nothing here is digested with. */
export function comparedAs(algorithm: string): Compared | undefined {
  return COMPARED.find((each) => each === algorithm);
}

/** What the event of the accession says of how it came; undefined where it came as folders. */
export function remarkOf({ bags, asFolders }: Received): string | undefined {
  const told = [
    ...bags.map(
      ({ version, verdict }) =>
        `came as a bag, BagIt ${version ?? 'undeclared'}: ${WORDS[verdict] ?? verdict}`,
    ),
    ...(asFolders > 0 ? ['a bag was taken as an ordinary folder, as asked'] : []),
  ];
  return told.length === 0 ? undefined : [...new Set(told)].join('; ');
}
