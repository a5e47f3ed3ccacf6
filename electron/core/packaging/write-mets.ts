import type { RawPath } from '../../../shared/domain/path.ts';
import type { JobContext, JobEnd } from '../jobs/job-runner.ts';
import type { ActingAgent } from '../ports/catalogue.ts';
import type { MetsForm } from '../ports/mets.ts';
import { metsDocument, MOST_FILES } from './mets-document.ts';
import { refused } from './selection.ts';
import { nothingThere, writeExport, type ExportTools, type WantedExport } from './write-export.ts';

/**
 * Writes METS 1.12 of what stands recorded, and records that it was handed out. It reads no recording.
 * @param folder absolute; made where it is missing
 * @throws HoldfastError BAD_INPUT where there is nothing to tell, or too much for one structural map; what `Exports.write` throws
 */
export function writeMets(
  tools: ExportTools,
  form: MetsForm,
  wanted: WantedExport,
  folder: RawPath,
  agent: ActingAgent,
  job: JobContext,
): Promise<JobEnd> {
  return writeExport(tools, wanted, folder, agent, job, async (at) => {
    const { selection, of, wish } = wanted;
    const document = await metsDocument(tools.catalogue.reader, form, {
      selection,
      of,
      sensitive: wish.sensitive,
      agent: agent.name,
      at,
    });
    const files = document.plan.objects.length;
    if (files === 0) throw nothingThere(of);
    if (files > MOST_FILES)
      throw refused(
        `METS is of packages, and these are ${files.toLocaleString('en')} files: more than ${MOST_FILES.toLocaleString('en')} make a structural map that few programs can read. Write one for each accession; PREMIS takes everything.`,
      );
    return {
      form: 'mets',
      log: document.plan.log,
      extension: 'mets.xml',
      filesTotal: files,
      files: () => document.counts.files,
      counts: () => ({ ...document.counts }),
      bytes: () => document.pieces(),
    };
  });
}
