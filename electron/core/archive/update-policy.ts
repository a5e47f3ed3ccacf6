import type { ArchiveInfo, ArchivePolicy } from '../../../shared/contract/archive.ts';
import { formatAccessionNumber } from '../../../shared/domain/accession-number.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { inOneForm } from '../../../shared/domain/technical-policy.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';

/** Changes what is named of the policy; nothing is recorded where nothing differs. */
export async function updatePolicy(
  { reader, writer }: Catalogue,
  change: { readonly [Name in keyof ArchivePolicy]?: ArchivePolicy[Name] | undefined },
  agent: ActingAgent,
): Promise<ArchiveInfo> {
  const { policy } = await reader.archive();
  const pattern = change.accessionPattern ?? policy.accessionPattern;
  refusePattern(pattern);
  const massChange = change.massChange ?? policy.massChange;
  refuseThresholds(massChange);
  await writer.assignPolicy(
    {
      accessionPattern: pattern,
      furtherDigests: [...new Set(change.furtherDigests ?? policy.furtherDigests)],
      verifyWithinDays: change.verifyWithinDays ?? policy.verifyWithinDays,
      technical: inOneForm(change.technical ?? policy.technical),
      virusCheck: change.virusCheck ?? policy.virusCheck,
      massChange,
    },
    agent,
  );
  return reader.archive();
}

/** @throws HoldfastError BAD_INPUT for a pattern that numbers nothing */
function refusePattern(pattern: string): void {
  try {
    formatAccessionNumber(pattern, 2000, 1);
  } catch (error) {
    throw new HoldfastError('BAD_INPUT', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

/** @throws HoldfastError BAD_INPUT where a number counts by itself that is below the least that counts at all */
function refuseThresholds({ files, least }: ArchivePolicy['massChange']): void {
  if (least <= files) return;
  throw new HoldfastError(
    'BAD_INPUT',
    `From ${String(files)} files on they would be one finding, and below ${String(least)} never. Choose a number of files that is not below the least. Nothing was changed.`,
  );
}
