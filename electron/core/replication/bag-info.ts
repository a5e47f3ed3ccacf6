import type { Accession } from '../../../shared/contract/accession.ts';
import type { KnownBag, OpenedBag } from '../ports/replication.ts';
import type { OpenedSuccession } from '../ports/succession.ts';
import { bagIdentifier, editionOf } from '../../../shared/domain/bag-path.ts';
import type { BagRun } from './finish-bag.ts';

type Info = (readonly [label: string, value: string])[];

/**
 * What a bag says of itself (RFC 8493, §2.2.2). Names of donors and terms stand in the supplement, not in what is copied to
 * other people.
 */
export function bagInfo(run: BagRun, opened: OpenedBag, recorded: Accession | undefined): Info {
  const { archive, software } = run;
  const { accession } = opened;
  return [
    ['Source-Organization', archive.name],
    ['External-Identifier', identifierOf(run, opened, editionOf(opened.path, archive.id, accession))],
    ['External-Description', recorded?.title ?? accession.title],
    ['Bagging-Date', new Date().toISOString().slice(0, 10)],
    ['Internal-Sender-Identifier', accession.number],
    ['Bag-Group-Identifier', `${archive.id}/${accession.number}`],
    ['Bag-Software-Agent', software],
  ];
}

/**
 * The same of a successor, which cites the bag that it succeeds: by its identifier and by the digest of its tag manifest, which
 * speaks for all of it. Why a change was accepted, and by whom, stands in the log.
 */
export function successorInfo(
  run: BagRun,
  opened: OpenedSuccession,
  recorded: Accession | undefined,
  { of, changes }: { readonly of: KnownBag; readonly changes: number },
): Info {
  const before = identifierOf(run, opened, editionOf(of.path, run.archive.id, opened.accession));
  const seal = of.tagFiles.find(({ path }) => path === 'tagmanifest-sha256.txt')?.sha256;
  const cited =
    seal === undefined ? '' : ` (tagmanifest-sha256.txt: SHA-256 ${Buffer.from(seal).toString('hex')})`;
  const what = changes === 1 ? 'a change to one file' : `changes to ${String(changes)} files`;
  return [
    ...bagInfo(run, opened, recorded),
    ['Internal-Sender-Description', `Succeeds ${before}${cited}: ${what} accepted`],
  ];
}

function identifierOf({ archive }: BagRun, { accession }: OpenedBag, edition: number): string {
  return bagIdentifier(archive.id, accession.number, accession.accrual, edition);
}
