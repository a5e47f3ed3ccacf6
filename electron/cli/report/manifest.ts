/** A checksum manifest that was written, for a person: what it lists, what it does not, and how others check it. */
import type { ManifestResult } from '../../../shared/contract/manifests.ts';
import { manifestCheck } from '../../../shared/domain/manifest-check.ts';
import { ALGORITHM_NAMES } from '../../../shared/domain/manifest-forms.ts';
import { EXIT } from '../errors.ts';
import { count, counted, size } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';

const SHOWN = 20;
const REASONS = {
  'no digest': 'no such digest is recorded',
  name: 'the form cannot write its name',
} as const;

export function showManifest(output: Output, result: ManifestResult): number {
  const { path, form, algorithms, files, bytes, omitted, omissions, amiss, locations, relative } = result;
  const made = algorithms.map((each) => ALGORITHM_NAMES[each]).join(', ');
  output.lines(
    `${clean(path.display)}: ${counted(files, 'file')}, ${size(bytes)}, ${made === '' ? 'MD5 of the samples' : made}.`,
    ...(relative
      ? locations.map(({ name, root }) => `Paths are relative to ${clean(root.display)} (${clean(name)}).`)
      : ['Paths are absolute.']),
    `Its SHA-256: ${result.sha256}`,
    `Handed out by ${clean(result.agent)} for "${clean(result.archive)}" as ${result.event}; head of the log before: event ${count(result.log.events)}, ${result.log.head}`,
    `Others check it with: ${checkOf(form, algorithms)}`,
  );
  if (amiss > 0)
    output.lines(
      `${counted(amiss, 'file')} of these were not as recorded at their last check: the manifest says what they are to be.`,
    );
  if (omitted === 0) return EXIT.done;
  output.lines('', output.heading(`${counted(omitted, 'file')} not listed`));
  output.lines(
    ...omissions.slice(0, SHOWN).map((each) => `  ${clean(each.path.display)}: ${REASONS[each.reason]}`),
  );
  if (omitted > SHOWN) output.lines(`  … and ${count(omitted - SHOWN)} more`);
  return EXIT.attention;
}

function checkOf(form: ManifestResult['form'], algorithms: ManifestResult['algorithms']): string {
  const command = manifestCheck(form, algorithms, 'FILE');
  if (form === 'md5deep') return `${command ?? ''} (names what is not listed)`;
  if (form === 'ffp') return 'metaflac --show-md5sum, and flac -t for the sound itself';
  return command ?? 'any program that reads tables';
}
