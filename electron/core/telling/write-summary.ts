import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import { baseName, displayPath, parentOf, type RawPath } from '../../../shared/domain/path.ts';
import type { RunSummary } from '../../../shared/contract/schedules.ts';
import { summaryHtml } from '../fixity/summary-html.ts';
import { summaryText } from '../fixity/summary-text.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { Exports } from '../ports/exports.ts';
import { summaryOf } from './tell-runs.ts';

const FORMS: Readonly<Record<string, (summaries: readonly RunSummary[]) => string>> = {
  txt: summaryText,
  html: summaryHtml,
  json: (runs) => `${JSON.stringify({ schema: 1, runs }, undefined, 2)}\n`,
};

/** @throws HoldfastError NOT_FOUND, BAD_INPUT for a job that is neither an audit nor a rescan */
export async function summaryOfJob(reader: CatalogueReader, id: string, now: number): Promise<RunSummary> {
  const job = await reader.job(parsePublicId(id)?.id ?? 0);
  if (job === undefined) throw new HoldfastError('NOT_FOUND', `There is no ${id} in this archive.`);
  if (job.kind !== 'audit' && job.kind !== 'rescan')
    throw new HoldfastError('BAD_INPUT', `${id} is no audit and no rescan: only those are summed up.`);
  const schedule = (await reader.schedules()).find(({ last }) => last?.job.id === id);
  return summaryOf(reader, job, schedule, now);
}

/**
 * Writes what runs did to a new file, in the form that its name asks for; where a file of that name stands, the next free one.
 * @throws HoldfastError BAD_INPUT for a name that ends in none of .txt, .html and .json; what `Exports.write` throws
 */
export async function writeSummary(
  reader: CatalogueReader,
  exports: Exports,
  jobs: readonly string[],
  path: RawPath,
  now: number,
): Promise<RawPath> {
  const { name, extension } = summaryFile(path);
  const form = FORMS[extension];
  if (form === undefined) throw new Error(`no form ${extension}`);
  const summaries: RunSummary[] = [];
  for (const id of jobs) summaries.push(await summaryOfJob(reader, id, now));
  const text = form(summaries);
  const [written] = await exports.write(parentOf(path), name, [
    {
      extension,
      async *text() {
        yield await Promise.resolve(text);
      },
    },
  ]);
  return written?.path ?? path;
}

function summaryFile(path: RawPath): { readonly name: string; readonly extension: string } {
  const [, name = '', extension = ''] = /^(.+)\.(txt|html|json)$/i.exec(displayPath(baseName(path))) ?? [];
  if (name !== '') return { name, extension: extension.toLowerCase() };
  throw new HoldfastError(
    'BAD_INPUT',
    `A summary is written as .txt, .html or .json; ${displayPath(path)} ends in none of them.`,
  );
}
