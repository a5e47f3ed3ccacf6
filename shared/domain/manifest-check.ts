/** How whoever has the files holds a manifest against them. */
import type { ManifestAlgorithm, ManifestForm } from './manifest-forms.ts';

/**
 * The command of the tool that a form is of, run in the folder that its paths are relative to; undefined for a table, which no tool checks.
 * @param file the name of the manifest, as it is typed
 */
export function manifestCheck(
  form: ManifestForm,
  [algorithm = 'sha256']: readonly ManifestAlgorithm[],
  file: string,
): string | undefined {
  switch (form) {
    case 'gnu':
    case 'gnu-binary':
    case 'tag':
      return `${algorithm}sum -c ${file}`;
    case 'hashdeep':
      return `hashdeep -r -l -a -vv -k ${file} .`;
    case 'md5deep':
      return `${algorithm}deep -r -l -x ${file} .`;
    case 'sfv':
      return `rhash -c ${file}`;
    case 'ffp':
      return 'metaflac --show-md5sum *.flac';
    case 'csv':
      return undefined;
  }
}
