import { join } from 'node:path';
import { pathFromJson, utf8Path } from '../../../shared/domain/path.ts';
import { manifests as files } from '../../adapters/manifests/open-manifest.ts';
import { importManifest } from '../../core/packaging/import-manifest.ts';
import { wantedManifest, writeManifest } from '../../core/packaging/write-manifest.ts';
import { writable } from '../context.ts';
import { host } from './base.ts';

export const manifests = {
  create: host.manifests.create.handler(async ({ context, input }) => {
    const { exports, agent, passingJobs, archivePath } = context;
    const catalogue = writable(context);
    const wanted = await wantedManifest(catalogue.reader, input);
    const folder =
      input.folder === undefined ? utf8Path(join(archivePath, 'exports')) : pathFromJson(input.folder);
    const id = passingJobs.open('exporting', `Manifest of ${wanted.of}`, agent);
    return passingJobs.runner.start(id, (job) =>
      writeManifest({ catalogue, exports }, wanted, folder, agent, job),
    );
  }),

  import: host.manifests.import.handler(({ context, input, signal }) => {
    const { reader, agent } = context;
    const writer = input.dryRun ? undefined : writable(context).writer;
    return importManifest({ reader, writer, manifests: files }, input, agent, Date.now(), signal);
  }),
};
