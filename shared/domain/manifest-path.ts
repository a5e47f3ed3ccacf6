/** Which paths of a manifest or of fetch.txt are refused, whatever the system that reads them (RFC 8493 §5.1). */

/**
 * Why a path of a manifest is not one below the folder that the manifest is of; undefined where it is. It is looked up and never
 * opened, so that nothing is refused that a file can be called.
 */
export function leavesRoot(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.includes('\0')) return 'it contains a NUL';
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return 'it is absolute';
  if (path.split(/[/\\]/).includes('..')) return 'it has a segment ".."';
  const names = path.split('/');
  if (names.includes('') || names.includes('.')) return 'it has an empty segment or "."';
  return undefined;
}

/**
 * Why a path that a bag names must not be followed; undefined where it may. `path` is decoded, with `/` between segments.
 * Refused on every system alike: a bag that is harmless here may be handed on to where it is not.
 */
export function refusedPath(path: string): string | undefined {
  if (path.includes('\0')) return 'it contains a NUL';
  if (/^[/\\]/.test(path)) return /^(\/\/|\\\\)/.test(path) ? 'it is a network path' : 'it is absolute';
  if (/^[A-Za-z]:/.test(path)) return 'it begins with a drive letter';
  if (path.startsWith('~')) return 'it begins with ~, which shells read as a home folder';
  // Windows parts segments at backslashes too.
  const segments = path.split(/[/\\]/);
  if (segments.includes('..')) return 'it has a segment ".."';
  if (/%[A-Za-z_][A-Za-z0-9_()]*%/.test(path)) return 'it contains a variable of a Windows shell (%NAME%)';
  const names = path.split('/');
  if (names.includes('') || names.includes('.')) return 'it has an empty segment or "."';
  if (names[0] === 'data' && names[1]?.startsWith('~') === true)
    return 'below data/ it begins with ~, which shells read as a home folder';
  return undefined;
}

/** What a path in a manifest of a bag names (RFC 8493 §2.1.3): CR, LF and the percent sign are encoded, any other `%` is itself. */
export function decodeManifestPath(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%(0D|0A|25)/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
