/** A manifest that somebody else made against what is recorded of a location. Pure but for the looking up. */
import type { Checksum, ChecksumAlgorithm } from '../../../shared/domain/checksum-lines.ts';
import { displayPath } from '../../../shared/domain/path.ts';
import type { Attestable, AttestedDifference, ManifestRow } from '../ports/attesting.ts';

/** Lines that are told; more are counted. */
const TOLD = 100;

export interface ToldLine {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** What a manifest says of one replica so far. */
interface Said {
  readonly line: number;
  /** When it was last read here and found intact; −∞ where it was not. */
  readonly verifiedAt: number;
  /** Algorithms whose digest is the recorded one. */
  readonly agrees: Set<ChecksumAlgorithm>;
  readonly differs: Map<ChecksumAlgorithm, { readonly expected: string; readonly found: string }>;
  /** Two lines say different things of it: then neither is taken. */
  isContradicted: boolean;
}

/** Everything that a manifest says, line by line; memory grows with the replicas that it names. */
export class ManifestComparison {
  /** Lines that say a digest of a path, wrong ones among them. */
  lines = 0;
  wrongLines = 0;
  /** Further lines that say again what an earlier one did. */
  repeated = 0;
  /** Lines that name no replica of the location. */
  unmatched = 0;
  readonly wrong: ToldLine[] = [];
  readonly unknown: ToldLine[] = [];
  readonly #said = new Map<number, Said>();

  takeWrong({ line, problem }: Extract<ManifestRow, { problem: string }>): void {
    this.lines++;
    this.#tellWrong(line, problem);
  }

  take(row: Exclude<ManifestRow, { problem: string }>, replica: Attestable | undefined): void {
    this.lines++;
    if (replica === undefined) {
      this.unmatched++;
      if (this.unknown.length < TOLD) this.unknown.push({ line: row.line, message: displayPath(row.path) });
      return;
    }
    const before = this.#said.get(replica.replicaId);
    const said = before ?? {
      line: row.line,
      verifiedAt: replica.verifiedAt ?? -Infinity,
      agrees: new Set(),
      differs: new Map(),
      isContradicted: false,
    };
    if (before === undefined) this.#said.set(replica.replicaId, said);
    const contradicts = row.checksums.map((checksum) => addTo(said, checksum, replica)).includes(true);
    if (contradicts) {
      said.isContradicted = true;
      this.#tellWrong(
        row.line,
        `It contradicts line ${said.line}: two digests of one file, ${displayPath(row.path)}.`,
      );
    } else if (before !== undefined) this.repeated++;
  }

  /** Replicas that it names. */
  get matched(): number {
    return this.#said.size;
  }

  /**
   * @param without replicas that are to be left out
   * @param readSince when the day of the manifest is over everywhere, in milliseconds since 1970
   */
  outcomes(
    without: ReadonlySet<number>,
    readSince: number,
  ): {
    readonly agreeing: Int32Array;
    readonly differing: AttestedDifference[];
    readonly notComparable: number;
    readonly alreadyRecorded: number;
  } {
    const agreeing: number[] = [];
    const differing: AttestedDifference[] = [];
    let [notComparable, alreadyRecorded] = [0, 0];
    for (const [replicaId, { agrees, differs, isContradicted, verifiedAt }] of this.#said) {
      const [difference] = differs;
      if (isContradicted) continue;
      if (difference === undefined && agrees.size === 0) notComparable++;
      else if (without.has(replicaId)) alreadyRecorded++;
      else if (difference === undefined) agreeing.push(replicaId);
      else
        differing.push({
          replicaId,
          algorithm: difference[0],
          ...difference[1],
          isReadSince: verifiedAt > readSince,
        });
    }
    return { agreeing: Int32Array.from(agreeing), differing, notComparable, alreadyRecorded };
  }

  #tellWrong(line: number, message: string): void {
    this.wrongLines++;
    if (this.wrong.length < TOLD) this.wrong.push({ line, message });
  }
}

/** Whether it contradicts what was said before. A digest of an algorithm that is not recorded says nothing. */
function addTo(said: Said, { algorithm, hex: found }: Checksum, { digests }: Attestable): boolean {
  const recorded = digests[algorithm];
  if (recorded === undefined) return false;
  const expected = Buffer.from(recorded).toString('hex');
  const before = said.agrees.has(algorithm) ? expected : said.differs.get(algorithm)?.found;
  if (found === expected) said.agrees.add(algorithm);
  else said.differs.set(algorithm, { expected, found });
  return before !== undefined && before !== found;
}
