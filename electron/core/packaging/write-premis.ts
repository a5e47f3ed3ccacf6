import type { RawPath } from '../../../shared/domain/path.ts';
import type { JobContext, JobEnd } from '../jobs/job-runner.ts';
import type { ActingAgent } from '../ports/catalogue.ts';
import type { PremisForm } from '../ports/premis.ts';
import { premisDocument } from './premis-document.ts';
import { nothingThere, writeExport, type ExportTools, type WantedExport } from './write-export.ts';

/**
 * Writes PREMIS 3.0 of what stands recorded, and records that it was handed out. It reads no recording.
 * @param folder absolute; made where it is missing
 * @throws HoldfastError BAD_INPUT where there is nothing to tell; what `Exports.write` throws
 */
export function writePremis(
  tools: ExportTools,
  form: PremisForm,
  wanted: WantedExport,
  folder: RawPath,
  agent: ActingAgent,
  job: JobContext,
): Promise<JobEnd> {
  return writeExport(tools, wanted, folder, agent, job, async (at) => {
    const { selection, of, wish } = wanted;
    const document = await premisDocument(tools.catalogue.reader, form, {
      selection,
      of,
      sensitive: wish.sensitive,
      agent: agent.name,
      at,
    });
    if (document.plan.objects.length === 0) throw nothingThere(of);
    return {
      form: 'premis',
      log: document.plan.log,
      extension: 'xml',
      filesTotal: document.plan.objects.length,
      files: () => document.counts.files,
      counts: () => ({ ...document.counts }),
      bytes: () => document.pieces(),
    };
  });
}
