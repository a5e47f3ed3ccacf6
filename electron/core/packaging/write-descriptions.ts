import type { RawPath } from '../../../shared/domain/path.ts';
import { oneLine } from '../hand-outs/page.ts';
import type { JobContext, JobEnd } from '../jobs/job-runner.ts';
import type { ActingAgent, CatalogueReader } from '../ports/catalogue.ts';
import type { DescribedItem, DescriptionForm, DublinCore, EbuCoreRecord } from '../ports/described-items.ts';
import type { PremisPlan } from '../ports/premis.ts';
import { dublinCoreOf, ebuCoreOf } from './described-records.ts';
import { inSlices, Utf8Blocks } from './slices.ts';
import { nothingThere, writeExport, type ExportTools, type WantedExport } from './write-export.ts';

type Archive = { readonly name: string; readonly id: string };

/** Writes Dublin Core of items, and records that it was handed out. @param folder absolute; made where it is missing */
export function writeDublinCore(
  tools: ExportTools,
  form: DescriptionForm<DublinCore>,
  wanted: WantedExport,
  folder: RawPath,
  agent: ActingAgent,
  job: JobContext,
): Promise<JobEnd> {
  return writeDescriptions(tools, 'dublin-core', form, dublinCoreOf, wanted, folder, agent, job);
}

/** Writes EBUCore of items, and records that it was handed out. @param folder absolute; made where it is missing */
export function writeEbuCore(
  tools: ExportTools,
  form: DescriptionForm<EbuCoreRecord>,
  wanted: WantedExport,
  folder: RawPath,
  agent: ActingAgent,
  job: JobContext,
): Promise<JobEnd> {
  return writeDescriptions(tools, 'ebucore', form, ebuCoreOf, wanted, folder, agent, job);
}

function writeDescriptions<Record>(
  tools: ExportTools,
  name: 'dublin-core' | 'ebucore',
  form: DescriptionForm<Record>,
  recordOf: (item: DescribedItem, archive: Archive) => Record,
  wanted: WantedExport,
  folder: RawPath,
  agent: ActingAgent,
  job: JobContext,
): Promise<JobEnd> {
  const { reader } = tools.catalogue;
  return writeExport(tools, wanted, folder, agent, job, async (at) => {
    const plan = await reader.premisPlan(wanted.selection);
    if (plan.items.length === 0) throw nothingThere(wanted.of);
    const archive = await reader.archive();
    const written = { items: 0 };
    const comment = [
      `Descriptions of ${wanted.of === '' ? 'everything' : oneLine(wanted.of)}, from the archive "${oneLine(archive.name)}" (${archive.id})`,
      `Handed out on ${at}; head of the log: event ${plan.log.events}, ${plan.log.head}`,
    ];
    return {
      form: name,
      log: plan.log,
      extension: form.extension,
      filesTotal: plan.items.length,
      files: () => written.items,
      counts: () => ({ ...written }),
      bytes: () => pieces(reader, form, (item) => recordOf(item, archive), plan, comment, written),
    };
  });
}

async function* pieces<Record>(
  reader: CatalogueReader,
  form: DescriptionForm<Record>,
  recordOf: (item: DescribedItem) => Record,
  plan: PremisPlan,
  comment: readonly string[],
  written: { items: number },
): AsyncGenerator<Uint8Array> {
  const out = new Utf8Blocks();
  yield* out.add(form.head(comment));
  for await (const slice of inSlices(plan.items, (ids) => reader.describedItems(ids))) {
    written.items += slice.length;
    for (const item of slice) yield* out.add(form.item(recordOf(item)));
  }
  yield* out.add(form.foot);
  yield* out.rest();
}
