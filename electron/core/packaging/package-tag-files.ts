import {
  ORIGINAL_NAMES_FILE,
  ORIGINAL_NAMES_HEADER,
  originalNameLine,
} from '../../../shared/domain/bag-name.ts';
import { printValue, toCell } from '../../../shared/domain/description/cells.ts';
import { FIELD_NAMES } from '../../../shared/domain/description/fields.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { csvRecord } from '../../../shared/domain/manifest-forms.ts';
import { fieldLeaves } from '../../../shared/domain/may-leave.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import { kept, standingOf } from '../description/values.ts';
import type { MadeTagFile } from '../ports/bags.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { Describable, DescribedRow } from '../ports/describing.ts';
import type { ChosenFile } from '../ports/handing-out.ts';
import type { ManifestedThing } from '../ports/manifests.ts';
import type { PremisForm } from '../ports/premis.ts';
import type { PackageFacts } from './package-facts.ts';
import { packagePage, packageReadme } from './package-page.ts';
import { rightsJson, rightsText } from './package-rights.ts';
import { premisDocument } from './premis-document.ts';

/** A file that leaves, and what it is called there. */
export interface LeavingRow extends ChosenFile {
  /** Below `data/`. */
  readonly packagePath: string;
  /** The name that it had, where the bag cannot have it. */
  readonly original: RawPath | undefined;
}

/** What tag files are made from. */
export interface PackageContents {
  readonly reader: CatalogueReader;
  readonly premis: PremisForm;
  readonly facts: PackageFacts;
  readonly fieldsWithheld: ReadonlySet<string>;
  /** Whether names of files are not what they were. */
  readonly isRenamed: boolean;
  /** Everything that leaves, a slice at a time, in the order of the package; may be asked for again. */
  readonly rows: () => AsyncIterable<readonly LeavingRow[]>;
}

/**
 * What stands in a package beside its payload, its manifests and bag-info.txt. A further tag file (METS, a report) is a line
 * here: it is then in the tag manifests, validated and told of like the others.
 */
export function packageTagFiles(contents: PackageContents): MadeTagFile[] {
  const { facts, fieldsWithheld, isRenamed } = contents;
  return [
    { path: 'README.txt', content: () => [packageReadme(facts, isRenamed)] },
    { path: 'about-this-package.html', content: () => [packagePage(facts, isRenamed)] },
    { path: 'rights.json', content: () => [rightsJson(facts, [...fieldsWithheld])] },
    { path: 'rights.txt', content: () => [rightsText(facts)] },
    { path: 'metadata/description.csv', content: () => descriptions(contents) },
    { path: 'metadata/premis.xml', content: () => preservationMetadata(contents) },
    ...(isRenamed ? [{ path: ORIGINAL_NAMES_FILE, content: () => originalNames(contents) }] : []),
  ];
}

/**
 * PREMIS 3.0 of what leaves, with the paths of the package. Who holds fields of description back holds back all that PREMIS could say
 * of titles and identifiers.
 */
async function* preservationMetadata(contents: PackageContents): AsyncGenerator<Uint8Array> {
  const { reader, premis, facts, fieldsWithheld, rows } = contents;
  const things: ManifestedThing[] = [];
  const placed = new Map<number, string[]>();
  for await (const slice of rows())
    for (const { replicaId, objectId, packagePath } of slice) {
      things.push({ kind: 'replica', id: replicaId });
      const path = `data/${packagePath}`;
      const others = placed.get(objectId);
      if (others === undefined) placed.set(objectId, [path]);
      else others.push(path);
    }
  const { of, agent, at } = facts;
  const wish = { of, agent, at, sensitive: false, placed, untitled: fieldsWithheld.size > 0 };
  const document = await premisDocument(reader, premis, { ...wish, selection: { things } });
  yield* document.pieces();
}

async function* originalNames({ rows }: PackageContents): AsyncGenerator<string> {
  yield ORIGINAL_NAMES_HEADER;
  for await (const slice of rows())
    for (const { packagePath, original } of slice) {
      const line = original && originalNameLine(packagePath, original);
      if (line !== undefined) yield line;
    }
}

const CONTEXT = ['id', 'accession', 'item', 'file', 'file-title', 'file-creator', 'file-date'] as const;

/** Of what leaves, and of nothing else: each item before its parts, a part for each file that it is. */
async function* descriptions({ reader, rows, fieldsWithheld }: PackageContents): AsyncGenerator<string> {
  const fields = FIELD_NAMES.filter((field) => fieldLeaves(field, fieldsWithheld));
  yield `\ufeff${csvRecord([...CONTEXT, ...fields])}`;
  const told = new Set<number>();
  for await (const slice of rows()) {
    const of: Describable[] = [];
    const files: string[] = [];
    for (const { parts, packagePath } of slice)
      for (const { part, item } of parts) {
        if (!told.has(item)) {
          told.add(item);
          of.push({ entity: 'item', id: item });
          files.push('');
        }
        of.push({ entity: 'part', id: part });
        files.push(`data/${packagePath}`);
      }
    const described = new Map((await reader.describedRows(of)).map((row) => [keyOf(row), row]));
    yield of
      .map((each, at) => {
        const row = described.get(keyOf(each));
        return row === undefined ? '' : recordOf(row, files[at] ?? '', fields);
      })
      .join('');
  }
}

function keyOf({ entity, id }: Describable): string {
  return publicId(entity, id);
}

function recordOf(row: DescribedRow, file: string, fields: readonly (typeof FIELD_NAMES)[number][]): string {
  const { title, creator, date } = row.file;
  const context = [keyOf(row), row.accession, row.item, file, title, creator, date];
  const values = fields.map((field) => printValue(kept(standingOf(row, field).value)));
  return csvRecord([...context, ...values].map(toCell));
}
