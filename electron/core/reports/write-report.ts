import type { ReportKind, ReportResult, ReportWish } from '../../../shared/contract/reports.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId, publicId } from '../../../shared/domain/ids.ts';
import { pathFromJson, pathToJson, type RawPath } from '../../../shared/domain/path.ts';
import type { ReportDocument } from '../hand-outs/document.ts';
import { reportCsv, reportHtml } from '../hand-outs/report-page.ts';
import { grouped, moment } from '../intake/receipt-facts.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { named } from '../locations/offline.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { ExportedContent, Exports } from '../ports/exports.ts';
import type { Printer } from '../ports/printing.ts';
import { annualReport, conditionReport } from './annual.ts';
import { fixityCertificate } from './certificate.ts';
import { certificateFigures } from './certificate-figures.ts';
import { fixityReport } from './fixity.ts';
import { periodOf, type NamedPeriod } from './period.ts';

/** Made sure of before anything is begun. */
export interface WantedReport {
  readonly kind: ReportKind;
  readonly pdf: boolean;
  /** Of its job. */
  readonly title: string;
  /** Its file's name, without extension. */
  readonly name: string;
  readonly period?: NamedPeriod;
  readonly links: readonly { readonly kind: string; readonly id: number }[];
  readonly make: (reader: CatalogueReader) => Promise<MadeReport>;
}

interface MadeReport {
  readonly document: ReportDocument;
  /** As they stand in the JSON. */
  readonly figures: object;
  /** Files beside the page and its JSON. */
  readonly proof?: object | null;
}

/**
 * What a report is asked for.
 * @throws HoldfastError NOT_FOUND for what is not there; BAD_INPUT for a period that cannot be
 */
export async function wantedReport(
  reader: CatalogueReader,
  wish: ReportWish,
  now: number,
): Promise<WantedReport> {
  const { kind, pdf } = wish;
  switch (wish.kind) {
    case 'annual': {
      const period = periodOf(wish, now, 'this year');
      const make = async (from: CatalogueReader): Promise<MadeReport> => {
        const figures = await from.annualFigures(period, Date.now());
        return { document: annualReport(figures, period), figures };
      };
      return {
        kind,
        pdf,
        title: `Annual report ${period.name}`,
        name: `annual-report-${period.slug}`,
        period,
        links: [],
        make,
      };
    }
    case 'condition': {
      const make = async (from: CatalogueReader): Promise<MadeReport> => {
        const figures = await from.conditionFigures(Date.now());
        return { document: conditionReport(figures), figures };
      };
      const today = new Date(now).toISOString().slice(0, 10);
      return { kind, pdf, title: 'Collection condition', name: `condition-${today}`, links: [], make };
    }
    case 'fixity': {
      const period = periodOf(wish, now, 'twelve months');
      const place = wish.location === undefined ? undefined : await named(reader, wish.location);
      const id = place && parsePublicId(place.id)?.id;
      const make = async (from: CatalogueReader): Promise<MadeReport> => {
        const figures = await from.fixityFigures(period, id, Date.now());
        return { document: fixityReport(figures, period), figures };
      };
      const of = place === undefined ? '' : ` of ${place.name}`;
      return {
        kind,
        pdf,
        title: `Fixity report ${period.name}${of}`,
        name: `fixity-report-${period.slug}${place === undefined ? '' : `-${fileName(place.name)}`}`,
        period,
        links: id === undefined ? [] : [{ kind: 'location', id }],
        make,
      };
    }
    case 'certificate': {
      const entity =
        (wish.id === undefined ? undefined : await reader.entity(wish.id)) ??
        (wish.path === undefined ? undefined : await reader.entityAt(pathFromJson(wish.path)));
      const object = entity?.object;
      if (entity === undefined || object === undefined)
        throw new HoldfastError(
          'NOT_FOUND',
          `No file in this archive goes by ${JSON.stringify(wish.id ?? wish.path?.display ?? '')}. Give the id of an object, a part or a copy, a ` +
            'SHA-256, or the path of a file in custody; find it with: holdfast search WORDS. Nothing was written.',
        );
      const make = async (from: CatalogueReader): Promise<MadeReport> => {
        const figures = await certificateFigures(from, object.id);
        return { document: fixityCertificate(figures), figures, proof: figures.proof };
      };
      const number = parsePublicId(object.id)?.id ?? 0;
      return {
        kind,
        pdf,
        title: `Certificate of fixity of ${object.id}`,
        name: `certificate-of-fixity-${object.id}`,
        links: [{ kind: 'object', id: number }],
        make,
      };
    }
  }
}

/**
 * Writes a report as a page, as JSON and (but a certificate) as a table, and as PDF where that is asked for, and records that it was handed
 * out. It reads no recording: what it tells is what stands recorded.
 * @param folder absolute; made where it is missing
 * @throws HoldfastError what `Exports.write` and `Printer.pdf` throw; then nothing is written
 */
export async function writeReport(
  {
    catalogue,
    exports,
    printer,
  }: { readonly catalogue: Catalogue; readonly exports: Exports; readonly printer: Printer },
  wanted: WantedReport,
  folder: RawPath,
  agent: ActingAgent,
  { signal, progress }: JobContext,
): Promise<JobEnd> {
  const { reader, writer } = catalogue;
  const { kind, period, links, name } = wanted;
  progress.phase = 'planning';
  const { document: made, figures, proof } = await wanted.make(reader);
  const archive = await reader.archive();
  const at = new Date().toISOString();
  const log = made.head;
  const document: ReportDocument = {
    ...made,
    facts: [
      ...made.facts,
      ['Archive', `${archive.name} (${archive.id})`],
      ['Written', `${moment(at)} by ${agent.name}`],
      ['Head of the log', `${grouped(log.head)}, after ${log.events.toLocaleString('en')} events`],
    ],
  };
  if (stopReason(signal) !== undefined) return { state: 'cancelled' };
  progress.phase = 'writing';
  const html = [...reportHtml(document, archive.name)].join('');
  const json = {
    schema: 'holdfast-report-1',
    kind,
    title: document.title,
    archive: { id: archive.id, name: archive.name },
    at,
    agent: agent.name,
    log,
    ...(period && { period: { first: period.first, last: period.last } }),
    figures,
  };
  const files: { form: ReportResult['written'][number]['form']; content: ExportedContent }[] = [
    textFile('html', html),
    ...(kind === 'certificate' ? [] : [textFile('csv', [...reportCsv(document)].join(''))]),
    textFile('json', `${JSON.stringify(json, null, 2)}\n`),
    ...(proof == null ? [] : [textFile('proof.json', `${JSON.stringify(proof)}\n`)]),
  ];
  if (wanted.pdf) {
    const bytes = await printer.pdf(html, signal);
    if (stopReason(signal) !== undefined) return { state: 'cancelled' };
    files.push({ form: 'pdf', content: { extension: 'pdf', bytes: () => once(bytes) } });
  }
  const written = await exports.write(
    folder,
    name,
    files.map(({ content }) => content),
  );
  progress.phase = 'recording';
  const { eventSeq } = await writer.recordExport(
    {
      what: 'report',
      links,
      facts: { kind, ...(period && { first: period.first, last: period.last }) },
      head: log.head,
      written,
      note: `${wanted.title} written`,
    },
    agent,
  );
  const result: ReportResult = {
    kind,
    title: document.title,
    lead: [...document.lead],
    written: written.map(({ path, size, sha256 }, i) => ({
      form: files[i]?.form ?? 'html',
      path: pathToJson(path),
      size,
      sha256,
    })),
    archive: archive.name,
    at,
    agent: agent.name,
    log: { ...log },
    event: publicId('event', eventSeq),
  };
  return { state: 'done', result };
}

function textFile(
  form: ReportResult['written'][number]['form'],
  text: string,
): {
  form: ReportResult['written'][number]['form'];
  content: ExportedContent;
} {
  return { form, content: { extension: form, text: () => once(text) } };
}

async function* once<Piece>(piece: Piece): AsyncGenerator<Piece> {
  yield await Promise.resolve(piece);
}

/** A name may hold anything; a file name that every system takes holds less. */
function fileName(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60);
}
