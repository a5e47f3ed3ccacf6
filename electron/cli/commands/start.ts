import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Option } from 'commander';
import type { AccessionResult, NewAccession } from '../../../shared/contract/accession.ts';
import type { PathValue } from '../../../shared/contract/common.ts';
import type { AuditResult } from '../../../shared/contract/fixity.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { runJob } from '../follow-job.ts';
import { clean } from '../format/text.ts';
import type { Client, HostModule } from '../host-port.ts';
import { collect } from '../options.ts';
import { packageRoot } from '../package-root.ts';
import { pathFromWord, pathsFrom } from '../paths.ts';
import { showAccession, showAudit } from '../report/results.ts';
import { showStatus } from '../report/status.ts';
import { earlierAccession, rightsFor } from '../start-rights.ts';
import { archiveDir, givenArchive, withHostAt } from '../with-host.ts';
import { addRightsOptions } from './accession.ts';
import { serveArchiveAt } from './serve.ts';
import { statusExit } from './status.ts';

export const start: CliCommand = {
  name: 'start',
  summary: 'try it out: take a folder, or the shipped sample, into custody, audit it and show its status',
  description:
    'What "npm start" runs. Without a FOLDER it takes the sample collection that ships with the program into custody, in an ' +
    'archive of its own beside yours. With a FOLDER it makes your archive where there is none, takes the folder into ' +
    'custody where it stands and audits it. Run again it adds only what is new.',
  examples: [
    { does: 'Look around with the sample collection', line: 'start' },
    {
      does: 'A folder of yours',
      line: 'start ~/tapes --rights-basis other --rights-note "Deed of gift, 2019"',
    },
  ],
  hidden: true,
  define(command) {
    command.argument('[FOLDER...]', 'folders of recordings');
    addRightsOptions(command);
    command.option(
      '--path-base64 <B64>',
      'a folder as base64 of its bytes, for names that are not UTF-8',
      collect,
    );
    command.addOption(
      new Option('--then-serve', 'then open the screens in your browser, until Ctrl-C').hideHelp(),
    );
  },
  async run(invocation) {
    const { words, options, output } = invocation;
    const module = await invocation.loadHost();
    const own = words.length + options.list('pathBase64').length > 0;
    const archive = own ? archiveDir(invocation, module) : sampleArchive(invocation, module);
    const folders = own ? pathsFrom(words, options.list('pathBase64')) : [sampleFolder()];
    if (!own) {
      output.lines(
        'This is the sample collection that ships with Holdfast, in the public domain (CC0), in an archive of its own:',
        `  ${clean(archive)}`,
        '',
      );
    }
    // Before an archive is made for it: a folder that was misspelt must leave nothing behind.
    for (const folder of folders) await module.requireFolder(folder);
    await ensureArchive(invocation, module, archive, own ? 'Sound archive' : 'Sample archive');
    const exit = await withHostAt(invocation, archive, 'write', async (client) => {
      let exit = 0;
      const taken = [];
      for (const folder of folders) {
        const input = own ? await inputFor(invocation, client, folder) : sampleAccession(folder);
        const result = await takeAndAudit(invocation, client, input);
        exit = Math.max(exit, result.exit);
        taken.push({ accession: result.accession, audits: result.audits });
      }
      const status = await client.archive.status();
      output.json({ archive: { id: status.archive.id, path: archive }, taken, status });
      showStatus(output, status);
      output.lines('', ...nextSteps(own, archive, module));
      return Math.max(exit, statusExit(status));
    });
    return options.flag('thenServe') ? serveArchiveAt(invocation, archive, { open: true }) : exit;
  },
};

/** The sample never mixes with what a person keeps: only --archive, which is explicit, says another place. */
function sampleArchive(invocation: Invocation, module: HostModule): string {
  const explicit = invocation.options.word('archive') === undefined ? undefined : givenArchive(invocation);
  return resolve(explicit ?? join(dirname(module.defaultArchiveDir()), 'sample'));
}

function sampleFolder(): PathValue {
  const root = packageRoot();
  const folder = root === undefined ? undefined : join(root, 'build', 'sample');
  if (folder !== undefined && existsSync(folder)) return pathFromWord(folder);
  throw new HoldfastError(
    'FOLDER_NOT_FOUND',
    'The sample collection is not there. Start with a folder of your own: npm start -- FOLDER',
  );
}

function sampleAccession(folder: PathValue): NewAccession {
  return {
    paths: [folder],
    title: 'Holdfast sample collection',
    rightsBasis: 'license',
    rightsNote: 'CC0 1.0 Universal: dedicated to the public domain',
    source: 'Shipped with Holdfast',
    acquired: 'Together with the program',
  };
}

async function ensureArchive(
  { agent, output }: Invocation,
  module: HostModule,
  dir: string,
  name: string,
): Promise<void> {
  if (existsSync(join(dir, 'archive.json'))) return;
  const { path } = await module.createArchive({ dir, name, agent });
  output.note(`The archive was made at ${clean(path)}.`);
}

/** The title and rights under which the folder is in custody already, else what the person says of it. */
async function inputFor(invocation: Invocation, client: Client, folder: PathValue): Promise<NewAccession> {
  const earlier = await earlierAccession(client, folder);
  const rights = await rightsFor(invocation, folder, earlier);
  return { paths: [folder], title: earlier?.title ?? titleOf(folder), ...rights };
}

function titleOf(folder: PathValue): string {
  const name = basename(folder.display).trim();
  return name === '' ? folder.display : name;
}

async function takeAndAudit(
  invocation: Invocation,
  client: Client,
  input: NewAccession,
): Promise<{ exit: number; accession: AccessionResult; audits: AuditResult[] }> {
  const { output } = invocation;
  const job = await runJob(invocation, client, () => client.accession.start(input));
  const accession = job.result as AccessionResult;
  let exit = showAccession(output, job, accession);
  const { roots } = await client.accession.get({ id: accession.accession.id });
  const audits: AuditResult[] = [];
  for (const location of new Set(roots.map((root) => root.location))) {
    const audit = await runJob(invocation, client, () => client.fixity.audit({ location }));
    const result = audit.result as AuditResult;
    exit = Math.max(exit, showAudit(output, result));
    audits.push(result);
  }
  output.lines('');
  return { exit, accession, audits };
}

function nextSteps(own: boolean, archive: string, module: HostModule): string[] {
  const option = archive === module.defaultArchiveDir() ? '' : ` --archive ${shellWord(archive)}`;
  const look = [
    'What can be done next:',
    `  npx holdfast search WORD${option}`,
    `  npx holdfast location list${option}`,
    `  npx holdfast audit${option}   (again, whenever it is due)`,
  ];
  return own
    ? look
    : [...look, '  npm start -- FOLDER            (a folder of your own, in your own archive)'];
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${clean(text).replaceAll("'", "'\\''")}'`;
}
