import type { Certificate } from '../../../shared/contract/custody.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { pathToJson, type RawPath } from '../../../shared/domain/path.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { RemovedCopy } from '../ports/custody.ts';
import type { Exports } from '../ports/exports.ts';
import { certificateHtml } from './certificate-html.ts';
import { certificateText } from './certificate-text.ts';

/**
 * Writes the certificate of a deletion as it stands, as HTML and as text.
 * @throws HoldfastError BAD_INPUT where no deletion was begun; what `Exports.write` throws
 */
export async function writeCertificate(
  reader: CatalogueReader,
  exports: Exports,
  folder: RawPath,
  accessionId: number,
): Promise<Certificate> {
  const record = await reader.deletionOf(accessionId);
  if (record === undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `No deletion of acc-${String(accessionId)} was begun, so there is nothing to certify.`,
    );
  const facts = { record, copies: () => copiesOf(reader, record.id) };
  const name = `deletion-${record.accession.number.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 100)}`;
  const [html, text] = await exports.write(folder, name, [
    { extension: 'html', text: () => certificateHtml(facts) },
    { extension: 'txt', text: () => certificateText(facts) },
  ]);
  if (html === undefined || text === undefined) throw new Error('a certificate was written as fewer files');
  return { html: pathToJson(html.path), text: pathToJson(text.path) };
}

async function* copiesOf(reader: CatalogueReader, deletionId: number): AsyncGenerator<RemovedCopy> {
  let after = 0;
  for (;;) {
    const rows = await reader.removedCopies(deletionId, after);
    if (rows.length === 0) return;
    yield* rows;
    after = rows.at(-1)?.replicaId ?? after;
  }
}
