import { displayPath, pathFromJson } from '../../shared/domain/path.ts';
import type { QuarantineTools } from '../core/fixity/quarantine.ts';
import { sweepRecoveries } from '../core/fixity/sweep-recoveries.ts';

/**
 * Settles what interrupted recoveries had left when an archive is opened to stay open, beside all else: a disk that is slow to
 * answer must keep nobody waiting.
 */
export class RecoverySweeper {
  readonly #closing = new AbortController();
  readonly #underWay: Promise<readonly string[]>;

  constructor(tools: QuarantineTools) {
    this.#underWay = sweep(tools, this.#closing.signal);
  }

  /** Ends what is under way; the next sweep goes on with it. Returns what a person should know of what was done. */
  close(): Promise<readonly string[]> {
    this.#closing.abort();
    return this.#underWay;
  }
}

/** Never rejects: nobody waits for it before the host closes, and what it could not do stays for the next time. */
async function sweep(tools: QuarantineTools, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const { removed, recorded, kept } = await sweepRecoveries(tools, signal);
    return [
      ...(removed + recorded === 0
        ? []
        : [
            `What interrupted recoveries had left was settled: ${String(removed)} staged copies removed, ${String(recorded)} damaged files recorded as in quarantine.`,
          ]),
      ...kept.map(({ path, reason }) => `${displayPath(pathFromJson(path))}: ${reason}`),
    ];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`What interrupted recoveries had left could not be looked at: ${reason}`];
  }
}
