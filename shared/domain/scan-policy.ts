/**
 * What a survey or an accession leaves out by itself, and why. The table is shown in the help text and in reports: what is
 * left out is counted and named there, never silently dropped. Unfinished downloads are not in it: they are reported,
 * since somebody believed to have the whole.
 */

/** `*` stands for any bytes; letters compare without regard to ASCII case. A `folder` rule leaves out all below it. */
export const scanPolicy = [
  { pattern: '.DS_Store', on: 'file', reason: 'folder view settings of macOS' },
  { pattern: '._*', on: 'file', reason: 'companion file that macOS makes on foreign volumes' },
  { pattern: '.AppleDouble', on: 'folder', reason: 'companion files that netatalk keeps for macOS' },
  { pattern: '.localized', on: 'file', reason: 'folder name settings of macOS' },
  { pattern: '.apdisk', on: 'file', reason: 'network disk settings of macOS' },
  { pattern: 'Icon\r', on: 'file', reason: 'folder icon of macOS' },
  { pattern: '.VolumeIcon.icns', on: 'file', reason: 'volume icon of macOS' },
  { pattern: '.Spotlight-V100', on: 'folder', reason: 'search index of macOS' },
  { pattern: '.DocumentRevisions-V100', on: 'folder', reason: 'document versions kept by macOS' },
  { pattern: '.fseventsd', on: 'folder', reason: 'change journal of macOS' },
  { pattern: '.TemporaryItems', on: 'folder', reason: 'temporary files of macOS' },
  { pattern: '.Trashes', on: 'folder', reason: 'trash of macOS' },
  { pattern: '.Trash', on: 'folder', reason: 'trash of macOS' },
  { pattern: 'Network Trash Folder', on: 'folder', reason: 'trash of a network volume' },
  { pattern: '.Trash-*', on: 'folder', reason: 'trash of a Linux desktop' },
  { pattern: '$RECYCLE.BIN', on: 'folder', reason: 'trash of Windows' },
  { pattern: 'RECYCLER', on: 'folder', reason: 'trash of older Windows' },
  { pattern: '#recycle', on: 'folder', reason: 'trash of a Synology NAS' },
  { pattern: '@Recycle', on: 'folder', reason: 'trash of a QNAP NAS' },
  { pattern: 'System Volume Information', on: 'folder', reason: 'restore points and indexes of Windows' },
  { pattern: 'Thumbs.db', on: 'file', reason: 'thumbnail cache of Windows' },
  { pattern: 'ehthumbs.db', on: 'file', reason: 'thumbnail cache of Windows Media Center' },
  { pattern: 'ehthumbs_vista.db', on: 'file', reason: 'thumbnail cache of Windows Media Center' },
  { pattern: 'desktop.ini', on: 'file', reason: 'folder view settings of Windows' },
  { pattern: '@eaDir', on: 'folder', reason: 'thumbnails and indexes of a Synology NAS' },
  { pattern: '.@__thumb', on: 'folder', reason: 'thumbnails of a QNAP NAS' },
  { pattern: '.directory', on: 'file', reason: 'folder view settings of KDE' },
  { pattern: 'lost+found', on: 'folder', reason: 'fragments that a file system check sets aside' },
  { pattern: '.nfs*', on: 'file', reason: 'deleted file still open on an NFS client' },
  { pattern: '.fuse_hidden*', on: 'file', reason: 'deleted file still open on a FUSE volume' },
  { pattern: '.~lock.*#', on: 'file', reason: 'lock of an open LibreOffice document' },
  { pattern: '~$*', on: 'file', reason: 'lock of an open Microsoft Office document' },
  { pattern: '.holdfast', on: 'folder', reason: "Holdfast's own marker, staging and snapshots" },
  { pattern: '.holdfast-quarantine', on: 'folder', reason: 'damaged files that a recovery set aside' },
] as const satisfies readonly { pattern: string; on: 'file' | 'folder'; reason: string }[];

/** The reason as it is shown, one of the table's. */
export type LeftOutReason = (typeof scanPolicy)[number]['reason'];

interface CompiledRule {
  readonly isFolder: boolean;
  readonly prefix: Uint8Array;
  readonly suffix: Uint8Array;
  readonly isExact: boolean;
  readonly reason: LeftOutReason;
}

const byFirstByte = compile();

/**
 * Whether a directory entry is left out, by its name alone. `name` is one segment as bytes on disk.
 * @returns the reason to show, or undefined when the entry is to be surveyed.
 */
export function leaveOut(name: Uint8Array, isDirectory: boolean): LeftOutReason | undefined {
  // Asked once for every entry of an accession: nearly all names end here, at their first byte.
  const rules = byFirstByte[lowerCase(name[0] ?? 0)];
  if (rules === undefined) return undefined;
  for (const rule of rules) {
    if (rule.isFolder === isDirectory && matches(rule, name)) return rule.reason;
  }
  return undefined;
}

function compile(): (CompiledRule[] | undefined)[] {
  const table: (CompiledRule[] | undefined)[] = new Array<CompiledRule[] | undefined>(256).fill(undefined);
  for (const { pattern, on, reason } of scanPolicy) {
    const [prefix = '', suffix] = pattern.split('*');
    const rule: CompiledRule = {
      isFolder: on === 'folder',
      prefix: lowerBytes(prefix),
      suffix: lowerBytes(suffix ?? ''),
      isExact: suffix === undefined,
      reason,
    };
    (table[rule.prefix[0] ?? 0] ??= []).push(rule);
  }
  return table;
}

function matches(rule: CompiledRule, name: Uint8Array): boolean {
  const { prefix, suffix } = rule;
  if (rule.isExact ? name.length !== prefix.length : name.length < prefix.length + suffix.length)
    return false;
  for (let i = 0; i < prefix.length; i++) if (lowerCase(name[i] ?? 0) !== prefix[i]) return false;
  const offset = name.length - suffix.length;
  for (let i = 0; i < suffix.length; i++) if (lowerCase(name[offset + i] ?? 0) !== suffix[i]) return false;
  return true;
}

function lowerBytes(ascii: string): Uint8Array {
  return Uint8Array.from(ascii, (character) => lowerCase(character.charCodeAt(0)));
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}
