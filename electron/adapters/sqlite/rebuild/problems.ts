import type { RebuildProblem } from '../../../../shared/contract/rebuild.ts';
import { pathToJson, rawPath } from '../../../../shared/domain/path.ts';

export function problemAt(
  path: Uint8Array,
  code: RebuildProblem['code'],
  message: string,
  severity: RebuildProblem['severity'] = 'problem',
): RebuildProblem {
  return { path: pathToJson(rawPath(path)), code, severity, message };
}

/** Of no place in particular. */
export function aboutArchive(
  code: RebuildProblem['code'],
  severity: RebuildProblem['severity'],
  message: string,
): RebuildProblem {
  return { path: { display: '' }, code, severity, message };
}
