import type { Attestation } from '../../../shared/contract/attesting.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { textOf } from '../options.ts';
import { pathFromWord } from '../paths.ts';
import { showAttestation } from '../report/attestation.ts';
import { isRefused, wrongLinesVerdict } from '../report/manifest-compared.ts';
import { withHost } from '../with-host.ts';

export const locationAttest: CliCommand = {
  name: 'location attest',
  summary: 'take in a check that was made elsewhere',
  description:
    'Reads the checksum manifest of whoever checked a location elsewhere, such as a tape robot or the keeper of a shelf, and compares it ' +
    'with what is recorded of the copies there. What agrees is attested, with its source and date: nothing was read here, so that it is ' +
    'not verified by it, and comes due as before. What differs is a finding, unless the file was read here on a later day and is intact. Manifests of sha256sum, sha512sum, sha1sum, md5sum (also ' +
    "with --tag) and hashdeep are read; paths are relative to the location's root; MD5 and SHA-1 are compared where the catalogue holds them. " +
    'Where a line cannot be taken, nothing is recorded. It is recorded as a whole at the end: stopped before, nothing of it is kept.',
  examples: [
    {
      does: 'What the tape robot found, as a dry run first',
      line: 'location attest "LTO 0042" --manifest HF0042L8.sha256 --by "Tape robot, Bern" --on 2026-11-03 --dry-run',
    },
  ],
  define(command) {
    command
      .argument('<LOCATION>', 'its id or its name')
      .option('--manifest <FILE>', 'the checksum manifest (required)')
      .option('--by <NAME>', 'who checked (required)')
      .option('--on <DATE>', 'the day of the check, such as 2026-11-03 (required)')
      .option('--dry-run', 'say what it would record, and record nothing')
      .option('--skip-bad', 'pass over lines that cannot be taken')
      .option('--accept-most-differing', 'most of the digests differ, and that is so');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const location = textOf(words[0] ?? '', 'The location');
    const file = options.word('manifest');
    const by = options.text('by')?.trim() ?? '';
    const on = options.date('on');
    if (file === undefined) throw new UsageError('Name the manifest: --manifest FILE. Nothing was done.');
    if (by === '') throw new UsageError('Say who checked: --by NAME. Nothing was done.');
    if (on === undefined) throw new UsageError('Say when it was checked: --on DATE. Nothing was done.');
    const input = {
      location,
      manifest: pathFromWord(file),
      by,
      on,
      dryRun: options.flag('dryRun'),
      skipBad: options.flag('skipBad'),
      acceptMostDiffering: options.flag('acceptMostDiffering'),
    };
    return withHost(invocation, input.dryRun ? 'read' : 'write', async (client) => {
      const job = await runJob(invocation, client, () => client.locations.attest(input));
      const result = job.result as Attestation;
      const message = wrongLinesVerdict(result) ?? '';
      output.json({ ...(isRefused(result) && { error: { code: 'BAD_INPUT', message } }), ...result });
      return showAttestation(output, result);
    });
  },
};
