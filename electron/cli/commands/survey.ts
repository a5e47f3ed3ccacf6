import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SurveyResult } from '../../../shared/contract/accession.ts';
import { scanPolicy } from '../../../shared/domain/scan-policy.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { hasCode } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import type { Surveyor } from '../host-port.ts';
import { collect } from '../options.ts';
import { pathsFrom } from '../paths.ts';
import { showSurvey } from '../report/results.ts';
import { archiveDir, givenArchive, openOrCall } from '../with-host.ts';

/** The policy in full is shared/domain/scan-policy.ts. */
const leftOut = scanPolicy
  .map(({ pattern, on }) => JSON.stringify(pattern).slice(1, -1) + (on === 'folder' ? '/' : ''))
  .join(', ');

export const survey: CliCommand = {
  name: 'survey',
  summary: 'look at folders without taking custody',
  description:
    'Reads what is there and tells formats, sizes, duplicates, problems and what an accession would refuse. Takes nothing ' +
    'into custody and writes nothing beside the files. Works without an archive; with one it also says what is held already.\n\n' +
    `Left out by rule, here and when taking custody, and always listed: ${leftOut}.`,
  examples: [
    { does: 'What a folder holds', line: 'survey ~/tapes' },
    { does: 'The same for a script', line: 'survey ~/tapes --json' },
  ],
  define(command) {
    command
      .argument('[PATH...]', 'folders')
      .option('--path-base64 <B64>', 'a path as base64 of its bytes, for names that are not UTF-8', collect);
  },
  async run(invocation) {
    const { words, options, output } = invocation;
    const paths = pathsFrom(words, options.list('pathBase64'));
    const surveyor = await open(invocation);
    try {
      const { client } = surveyor;
      const job = await runJob(invocation, client, () => client.accession.survey({ paths }));
      const result = job.result as SurveyResult;
      output.json({ ...result });
      return showSurvey(output, job, result);
    } finally {
      await surveyor.close();
    }
  },
};

/** With the archive where there is one: it knows what is held already. */
async function open(invocation: Invocation): Promise<Surveyor> {
  const module = await invocation.loadHost();
  const archive = archiveDir(invocation, module);
  // An archive that was named must be there; one's own may not have been made yet.
  if (givenArchive(invocation) === undefined && !existsSync(join(archive, 'archive.json')))
    return module.openSurveyor();
  try {
    return await openOrCall(invocation, module, archive, 'read');
  } catch (error) {
    // A look needs nothing from an archive that cannot be asked but to know what it holds already.
    if (!hasCode(error, 'ARCHIVE_HELD')) throw error;
    invocation.output.note('The archive is busy: this survey does not tell what it holds already.');
    return module.openSurveyor();
  }
}
