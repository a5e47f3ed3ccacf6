import type { AccessionResult } from '../../../shared/contract/accession.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { CatalogueReader, ClosedAccession } from '../ports/catalogue.ts';

const LISTED = 1000;

/** What a finished accession did, for whoever asked for it. */
export async function describeAccession(
  reader: CatalogueReader,
  opened: { readonly jobId: number; readonly accession: { readonly id: number; readonly number: string } },
  { tally, accrual }: ClosedAccession,
  alreadyHeld: number,
): Promise<AccessionResult> {
  const { rows } = await reader.problems(opened.jobId, { limit: LISTED });
  const recorded = await reader.accession(opened.accession.id);
  const gaps = [
    ...(recorded?.rightsBasis === 'unknown' ? (['rights'] as const) : []),
    ...(recorded?.source === undefined ? (['source'] as const) : []),
    ...(recorded?.acquired === undefined ? (['acquired'] as const) : []),
  ];
  return {
    accession: {
      id: publicId('accession', opened.accession.id),
      number: opened.accession.number,
      accrual,
    },
    files: tally.files,
    objects: tally.objects,
    bytes: tally.bytes,
    items: tally.items,
    alreadyHeld,
    refused: rows
      .filter((row) => row.severity === 'refusal')
      .map((row) => ({ path: row.path, reason: row.message })),
    refusedTotal: tally.refused,
    problems: rows
      .filter((row) => row.severity === 'problem')
      .map(({ path, code, message }) => ({ path, code, message })),
    problemsTotal: tally.problems,
    leftOut: tally.leftOut,
    gaps,
  };
}
