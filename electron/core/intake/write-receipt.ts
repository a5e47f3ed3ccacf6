import type { Receipt } from '../../../shared/contract/intake.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { pathToJson, type RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import type { Exports } from '../ports/exports.ts';
import { streamsOf, totalsOf, type ReceiptFacts } from './receipt-facts.ts';
import { receiptHtml } from './receipt-html.ts';
import { receiptText } from './receipt-text.ts';

/**
 * Writes a depositor's receipt, as HTML and as text, and records that it was handed out.
 * @param wanted an accession by id or number, and one of its accruals or all that stand sealed
 * @throws HoldfastError NOT_FOUND, BAD_INPUT where nothing is sealed yet; what `Exports.write` throws
 */
export async function writeReceipt(
  { catalogue, exports }: { readonly catalogue: Catalogue; readonly exports: Exports },
  wanted: { readonly accession: string; readonly accrual?: number | undefined },
  folder: RawPath,
  agent: ActingAgent,
): Promise<Receipt> {
  const { reader, writer } = catalogue;
  const id = await reader.accessionNamed(wanted.accession);
  const found = id === undefined ? undefined : await reader.receiptHead(id);
  if (id === undefined || found === undefined)
    throw new HoldfastError(
      'NOT_FOUND',
      `There is no accession "${wanted.accession}" in this archive. Give its number or its id, such as acc-1.`,
    );
  const { accrual } = wanted;
  const accruals = found.accruals.filter(({ number }) => accrual === undefined || number === accrual);
  const { number } = found.accession;
  if (accruals.length === 0)
    throw new HoldfastError(
      'BAD_INPUT',
      accrual === undefined
        ? `Accession ${number} is not finished, so there is nothing to give a receipt for. Finish it first: holdfast jobs list`
        : `Accession ${number} has no sealed accrual ${accrual}; it has ${String(found.accruals.length)}.`,
    );
  const head = { ...found, accruals };
  const facts: ReceiptFacts = {
    head,
    at: new Date().toISOString(),
    agent: agent.name,
    ...streamsOf(reader, head),
  };
  const written = await exports.write(folder, `receipt-${fileName(number)}${suffixOf(accrual)}`, [
    { extension: 'html', text: () => receiptHtml(facts) },
    { extension: 'txt', text: () => receiptText(facts) },
  ]);
  const totals = totalsOf(head);
  const numbers = accruals.map((each) => each.number);
  await writer.recordReceipt({ accessionId: id, accruals: numbers, files: totals.files, written }, agent);
  return {
    accession: { id: publicId('accession', id), number },
    accruals: numbers,
    files: totals.files,
    bytes: totals.bytes,
    refused: totals.refused,
    problems: totals.problems,
    written: written.map(({ path, size, sha256 }) => ({ path: pathToJson(path), size, sha256 })),
  };
}

function suffixOf(accrual: number | undefined): string {
  return accrual === undefined ? '' : `-a${String(accrual)}`;
}

/** An accession number may hold anything; a file name that every system takes holds less. */
function fileName(number: string): string {
  return number.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100);
}
