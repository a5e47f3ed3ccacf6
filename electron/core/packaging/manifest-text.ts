import type { ManifestWish } from '../../../shared/contract/manifests.ts';
import {
  ALGORITHM_NAMES,
  FORM_FACTS,
  headOf,
  lineOf,
  type ManifestAlgorithm,
  type Omission,
} from '../../../shared/domain/manifest-forms.ts';
import { joinRaw, pathToJson, rawPath, type RawPath } from '../../../shared/domain/path.ts';
import { oneLine } from '../hand-outs/page.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { ManifestPlan, PlannedFile } from '../ports/manifests.ts';

const SLICE = 1_000;
/** Files left out that are told; all of them are counted. */
const TOLD = 100;

export interface ManifestFacts {
  readonly wish: Pick<ManifestWish, 'form' | 'absolute'>;
  readonly algorithms: readonly ManifestAlgorithm[];
  /** What it is of, for people. */
  readonly of: string;
  readonly archive: string;
  readonly at: string;
  readonly agent: string;
}

/** The bytes of a manifest, a slice of files at a time, and what became of the files. */
export class ManifestText {
  files = 0;
  bytes = 0;
  amiss = 0;
  omitted = 0;
  readonly omissions: { readonly path: RawPath; readonly reason: Omission }[] = [];
  readonly #plan: ManifestPlan;
  readonly #facts: ManifestFacts;
  readonly #roots: ReadonlyMap<number, RawPath>;

  constructor(plan: ManifestPlan, facts: ManifestFacts) {
    this.#plan = plan;
    this.#facts = facts;
    this.#roots = new Map(plan.locations.map(({ id, root }) => [id, root]));
  }

  async *pieces(reader: CatalogueReader): AsyncGenerator<Uint8Array> {
    const { algorithms, wish } = this.#facts;
    const { form } = wish;
    const { replicas } = this.#plan;
    yield Buffer.from(headOf(form, algorithms) + this.#comments(this.#whence()), 'utf8');
    const wanted = { algorithms, samplesMd5: form === 'ffp' };
    for (let from = 0; from < replicas.length; from += SLICE) {
      const slice = await reader.plannedFiles(replicas.slice(from, from + SLICE), wanted);
      const lines = slice.map((file) => this.#line(file)).join('');
      yield Buffer.from(lines, form === 'csv' ? 'utf8' : 'latin1');
    }
    yield Buffer.from(this.#comments(this.#leftOut()), 'utf8');
  }

  #line(file: PlannedFile): string {
    const { algorithms, wish } = this.#facts;
    const path = wish.absolute ? this.#absolute(file) : file.path;
    const raw = (): RawPath => rawPath(Buffer.from(path, 'latin1'));
    const written = lineOf(wish.form, algorithms, { ...file, path }, () => {
      const { display, bytes } = pathToJson(raw());
      return { display, base64: bytes };
    });
    if ('omitted' in written) {
      this.omitted++;
      if (this.omissions.length < TOLD) this.omissions.push({ path: raw(), reason: written.omitted });
      return '';
    }
    this.files++;
    this.bytes += file.size;
    if (file.isAmiss) this.amiss++;
    return written.line;
  }

  #absolute({ locationId, path }: PlannedFile): string {
    const root = this.#roots.get(locationId) ?? rawPath(new Uint8Array());
    return Buffer.from(joinRaw(root, Buffer.from(path, 'latin1'))).toString('latin1');
  }

  #whence(): string[] {
    const { archive, at, agent, of, algorithms, wish } = this.#facts;
    const { log, locations } = this.#plan;
    const digests = algorithms.map((each) => ALGORITHM_NAMES[each]).join(', ');
    const [first] = locations;
    return [
      `Manifest of ${of}, from the archive "${archive}": ${digests === '' ? 'MD5 of the samples of FLAC files' : digests}`,
      `Handed out by ${agent} on ${at}; head of the log: event ${log.events}, ${log.head}`,
      wish.absolute || first === undefined
        ? 'Paths are absolute, as they were there.'
        : `Paths are relative to the root of the location "${first.name}".`,
    ];
  }

  #leftOut(): string[] {
    if (this.omitted === 0) return [];
    const rest = this.omitted - this.omissions.length;
    return [
      `Not listed: ${this.omitted} of ${this.files + this.omitted} files`,
      ...this.omissions.map(({ path, reason }) => `${OMITTED[reason]}: ${pathToJson(path).display}`),
      ...(rest > 0 ? [`and ${rest} more`] : []),
    ];
  }

  /** As the form writes comments; nothing where it has none. */
  #comments(lines: readonly string[]): string {
    const { comment } = FORM_FACTS[this.#facts.wish.form];
    return comment === undefined ? '' : lines.map((line) => `${comment}${oneLine(line)}\n`).join('');
  }
}

const OMITTED: Readonly<Record<Omission, string>> = {
  'no digest': 'no such digest is recorded',
  name: 'its name cannot be written here',
};
