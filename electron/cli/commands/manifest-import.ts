import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { pathFromWord } from '../paths.ts';
import { isRefused, wrongLinesVerdict } from '../report/manifest-compared.ts';
import { showPriorImport } from '../report/prior-import.ts';
import { withHost } from '../with-host.ts';

export const manifestImport: CliCommand = {
  name: 'manifest import',
  summary: "take in somebody's older digests as prior baseline",
  description:
    'Compares a manifest that was made before custody, such as a depositor brings it, with what is recorded. What agrees is known to be what it is ' +
    'since the day of the manifest; what differs is a finding; what is named and not in custody is listed. It says nothing of the copies of today: for a ' +
    'check that somebody made elsewhere there is location attest. Manifests of sha256sum and its siblings (also with --tag), md5deep, hashdeep, ' +
    'TeraCopy, FastSum and RapidCRC are read, and SFV and FFP files; in UTF-8, UTF-16, or a code page of Windows. Paths are relative to the ' +
    "folders that the accession was handed over in, or to the location's root, or absolute below it. Where a line cannot be taken, nothing is recorded.",
  examples: [
    {
      does: "The donor's list, as a dry run first",
      line: 'manifest import ~/miller/checksums.md5 --accession 2026-0012 --by "A. Miller" --on 2009-05-03 --dry-run',
    },
  ],
  define(command) {
    command
      .argument('<FILE>', 'the checksum manifest')
      .option('--accession <NUMBER>', 'of what came with an accession: its number or id')
      .option('--location <NAME>', 'of what lies in a location')
      .option('--by <NAME>', 'whose digests these are (required)')
      .option('--on <DATE>', 'the day that they were made, such as 2009-05-03 (required)')
      .option('--dry-run', 'say what it would record, and record nothing')
      .option('--skip-bad', 'pass over lines that cannot be taken')
      .option('--accept-most-differing', 'most of the digests differ, and that is so');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const [accession, location] = [options.text('accession'), options.text('location')];
    const by = options.text('by')?.trim() ?? '';
    const on = options.date('on');
    if (accession === undefined && location === undefined)
      throw new UsageError('Say what it is of: --accession NUMBER or --location NAME. Nothing was done.');
    if (by === '') throw new UsageError('Say whose digests these are: --by NAME. Nothing was done.');
    if (on === undefined) throw new UsageError('Say when they were made: --on DATE. Nothing was done.');
    const input = {
      manifest: pathFromWord(words[0] ?? ''),
      ...(accession === undefined ? {} : { accession }),
      ...(location === undefined ? {} : { location }),
      by,
      on,
      dryRun: options.flag('dryRun'),
      skipBad: options.flag('skipBad'),
      acceptMostDiffering: options.flag('acceptMostDiffering'),
    };
    return withHost(invocation, input.dryRun ? 'read' : 'write', async (client) => {
      const result = await client.manifests.import(input);
      const message = wrongLinesVerdict(result) ?? '';
      output.json({ ...(isRefused(result) && { error: { code: 'BAD_INPUT', message } }), ...result });
      return showPriorImport(output, result);
    });
  },
};

/** The same among what is taken in. */
export const importManifest: CliCommand = {
  ...manifestImport,
  name: 'import manifest',
  summary: 'the same as manifest import',
  examples: [
    {
      does: "The donor's list, as a dry run first",
      line: 'import manifest ~/miller/checksums.md5 --accession 2026-0012 --by "A. Miller" --on 2009-05-03 --dry-run',
    },
  ],
};
