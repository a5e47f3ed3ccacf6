import type { RawPath } from '../../../shared/domain/path.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { FileOutcome, FileProblem } from '../ports/readings.ts';
import type { VirusCheckOfAct, VirusScanner, VirusVerdict } from '../ports/virus-scanner.ts';

/**
 * Shows the files of an act to a virus scanner, where the policy asks for it. What is found becomes a problem of the file, which is kept:
 * a scanner errs, and what is refused in silence may be the only copy.
 */
export class VirusCheck {
  readonly #scanner: VirusScanner;
  readonly #found: Awaited<ReturnType<VirusScanner['probe']>>;
  #looked = 0;

  private constructor(scanner: VirusScanner, found: Awaited<ReturnType<VirusScanner['probe']>>) {
    this.#scanner = scanner;
    this.#found = found;
  }

  get ofAct(): VirusCheckOfAct {
    return 'reason' in this.#found ? this.#found : { scanner: this.#found.name, looked: this.#looked };
  }

  /** Undefined where the policy does not ask for it. */
  static async begin({ reader }: Catalogue, scanner: VirusScanner): Promise<VirusCheck | undefined> {
    const { policy } = await reader.archive();
    if (!policy.virusCheck) return undefined;
    return new VirusCheck(scanner, await scanner.probe());
  }

  /** The outcomes, with what was found; files that were not read are not shown. `paths` are absolute. */
  async look(
    outcomes: readonly FileOutcome[],
    paths: readonly RawPath[],
    signal: AbortSignal,
  ): Promise<FileOutcome[]> {
    if ('reason' in this.#found) return [...outcomes];
    const checked: FileOutcome[] = [];
    // One after the other: an act has several batches under way.
    for (const [at, outcome] of outcomes.entries()) {
      const path = paths[at];
      const verdict =
        outcome.status === 'read' && path !== undefined ? await this.#scanner.check(path, signal) : undefined;
      if (verdict !== undefined && verdict.verdict !== 'unknown') this.#looked++;
      const problem = verdict && problemOf(verdict);
      checked.push(
        outcome.status === 'failed' || problem === undefined
          ? outcome
          : { ...outcome, problems: [...outcome.problems, problem] },
      );
    }
    return checked;
  }
}

function problemOf(verdict: VirusVerdict): FileProblem | undefined {
  switch (verdict.verdict) {
    case 'clean':
      return undefined;
    case 'virus':
      return { code: 'virus_found', detail: verdict.name };
    case 'unknown':
      return { code: 'virus_not_checked', detail: verdict.reason };
  }
}
