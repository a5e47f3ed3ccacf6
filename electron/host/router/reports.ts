import { join } from 'node:path';
import { pathFromJson, utf8Path } from '../../../shared/domain/path.ts';
import { wantedReport, writeReport } from '../../core/reports/write-report.ts';
import { writable } from '../context.ts';
import { host } from './base.ts';

export const reports = {
  create: host.reports.create.handler(async ({ context, input }) => {
    const { exports, printer, agent, passingJobs, archivePath } = context;
    const catalogue = writable(context);
    const wanted = await wantedReport(catalogue.reader, input, Date.now());
    const folder =
      input.folder === undefined ? utf8Path(join(archivePath, 'exports')) : pathFromJson(input.folder);
    const id = passingJobs.open('exporting', wanted.title, agent);
    return passingJobs.runner.start(id, (job) =>
      writeReport({ catalogue, exports, printer }, wanted, folder, agent, job),
    );
  }),
};
