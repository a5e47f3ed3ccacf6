/** Forms of packages that are handed out (RFC 8493, §4.2 for those in one file). */
export const PACKAGE_FORMS = ['folder', 'tar', 'zip'] as const;
export type PackageForm = (typeof PACKAGE_FORMS)[number];

/** Of manifests, weakest first. MD5 and SHA-1 stand only beside a strong one: they find accidents, and no forger. */
export const PACKAGE_DIGESTS = ['md5', 'sha1', 'sha256', 'sha512'] as const;
export type PackageDigest = (typeof PACKAGE_DIGESTS)[number];

export const DEFAULT_DIGESTS: readonly PackageDigest[] = ['sha256', 'sha512'];

export function isStrong(digest: PackageDigest): boolean {
  return digest === 'sha256' || digest === 'sha512';
}

/** A label of bag-info.txt (RFC 8493, §2.2.2): no colon, no white space around it. */
export const BAG_INFO_LABEL = /^[^\s:\p{Cc}](?:[^:\p{Cc}]*[^\s:\p{Cc}])?$/u;

/** Labels that say what the program did or counted, and that nobody else can give. */
const OWN_LABELS: ReadonlySet<string> = new Set([
  'bagging-date',
  'bag-size',
  'payload-oxum',
  'bag-software-agent',
  'bagit-profile-identifier',
]);

export function isOwnLabel(label: string): boolean {
  const plain = label.toLowerCase();
  return OWN_LABELS.has(plain) || plain.startsWith('holdfast-');
}

/** Names that every system and shell takes as they are. */
const PLAIN_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,99}$/u;

export function isPackageName(name: string): boolean {
  return PLAIN_NAME.test(name) && !/[.]$|\.partial$/i.test(name);
}

/** A name for a package of something, as far as names go. */
export function packageNameOf(what: string): string {
  const stem = what
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, '')
    .slice(0, 60);
  return stem === '' ? 'package' : stem;
}
