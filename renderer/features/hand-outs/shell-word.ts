/** A file name as one word of a shell's command line: quoted where a shell would read it otherwise, and never an option. */
export function shellWord(name: string): string {
  const safe = name.startsWith('-') ? `./${name}` : name;
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}
