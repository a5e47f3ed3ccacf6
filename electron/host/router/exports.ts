import { join } from 'node:path';
import type { ExportWish } from '../../../shared/contract/exports.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { pathFromJson, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { RECORD_FORM_NAMES, type RecordForm } from '../../../shared/domain/record-forms.ts';
import { dublinCoreCsv, dublinCoreXml } from '../../adapters/premis/dublin-core.ts';
import { ebuCore } from '../../adapters/premis/ebucore.ts';
import { mets } from '../../adapters/premis/mets.ts';
import { premis } from '../../adapters/premis/premis.ts';
import type { JobContext, JobEnd } from '../../core/jobs/job-runner.ts';
import { wantedExport, type ExportTools, type WantedExport } from '../../core/packaging/write-export.ts';
import { writeDublinCore, writeEbuCore } from '../../core/packaging/write-descriptions.ts';
import { writeMets } from '../../core/packaging/write-mets.ts';
import { writePremis } from '../../core/packaging/write-premis.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';

export const exports = {
  premis: host.exports.premis.handler(({ context, input }) =>
    started(context, 'premis', input, (tools, wanted, folder, job) =>
      writePremis(tools, premis, wanted, folder, context.agent, job),
    ),
  ),
  mets: host.exports.mets.handler(({ context, input }) =>
    started(context, 'mets', input, (tools, wanted, folder, job) =>
      writeMets(tools, mets, wanted, folder, context.agent, job),
    ),
  ),
  dublinCore: host.exports.dublinCore.handler(({ context, input }) =>
    started(context, 'dublin-core', input, (tools, wanted, folder, job) =>
      writeDublinCore(
        tools,
        input.as === 'csv' ? dublinCoreCsv : dublinCoreXml,
        wanted,
        folder,
        context.agent,
        job,
      ),
    ),
  ),
  ebucore: host.exports.ebucore.handler(({ context, input }) =>
    started(context, 'ebucore', input, (tools, wanted, folder, job) =>
      writeEbuCore(tools, ebuCore, wanted, folder, context.agent, job),
    ),
  ),
};

type Write = (tools: ExportTools, wanted: WantedExport, folder: RawPath, job: JobContext) => Promise<JobEnd>;

async function started(context: HostContext, form: RecordForm, wish: ExportWish, write: Write): Promise<Job> {
  const { exports, agent, passingJobs, archivePath } = context;
  const catalogue = writable(context);
  const wanted = await wantedExport(catalogue.reader, wish);
  const folder =
    wish.folder === undefined ? utf8Path(join(archivePath, 'exports')) : pathFromJson(wish.folder);
  const of = wanted.of === '' ? 'everything' : wanted.of;
  const id = passingJobs.open('exporting', `${RECORD_FORM_NAMES[form]} of ${of}`, agent);
  return passingJobs.runner.start(id, (job) => write({ catalogue, exports }, wanted, folder, job));
}
