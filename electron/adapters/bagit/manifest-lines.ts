/** The forms of lines in manifests, fetch.txt and bag-info.txt, the dialects of checksum tools among them. */
import { unescapeName } from '../../../shared/domain/checksum-lines.ts';
import { decodeManifestPath } from '../../../shared/domain/manifest-path.ts';
import { type BagAlgorithm, DIGEST_BYTES } from './bag-files.ts';

export interface ManifestLine {
  /** In lower case. */
  readonly hex: string;
  /** As it is written. */
  readonly written: string;
  /** Decoded; what it names. */
  readonly path: string;
  /** Which dialect it is written in, where it is not BagIt's own. */
  readonly dialect?: string;
}

/** Digest, white space, path (§2.1.3). Undefined where it is none; the digest is checked apart. */
export function readManifestLine(line: string): ManifestLine | undefined {
  const isEscaped = line.startsWith('\\');
  const match = /^([^ \t]+)[ \t]+([^ \t].*)$/s.exec(isEscaped ? line.slice(1) : line);
  const [, hex = '', rest = ''] = match ?? [];
  if (hex === '' || rest === '') return undefined;
  const dialects: string[] = [];
  let written = rest;
  if (written.startsWith('*')) {
    dialects.push('* before the path');
    written = written.slice(1);
  }
  if (written.startsWith('./')) {
    dialects.push('./ before the path');
    written = written.slice(2);
  }
  let path = decodeManifestPath(written);
  if (isEscaped) {
    dialects.push('\\ before the digest');
    path = written = unescapeName(written);
  }
  return {
    hex: hex.toLowerCase(),
    written,
    path,
    ...(dialects.length > 0 ? { dialect: dialects.join(', ') } : {}),
  };
}

/** Whether this is a digest of the algorithm; for an unknown one, of any. */
export function isDigest(hex: string, algorithm: BagAlgorithm | undefined): boolean {
  if (!/^([0-9a-f]{2})+$/.test(hex)) return false;
  return algorithm === undefined || hex.length === DIGEST_BYTES[algorithm] * 2;
}

export interface FetchLine {
  readonly url: string;
  /** Absent where it is not known (`-`). */
  readonly length?: bigint;
  readonly path: string;
}

/** Address, length, path (§2.2.3). */
export function readFetchLine(line: string): FetchLine | undefined {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*:[^ \t]+)[ \t]+(-|\d{1,18})[ \t]+(.+)$/s.exec(line);
  const [, url = '', length = '', written = ''] = match ?? [];
  if (written === '') return undefined;
  return { url, path: decodeManifestPath(written), ...(length === '-' ? {} : { length: BigInt(length) }) };
}

/** A label and the beginning of its value, or what goes on with the value before (§2.2.2). */
export type InfoLine = { readonly label: string; readonly value: string } | { readonly more: string };

export function readInfoLine(line: string): InfoLine | undefined {
  if (/^[ \t]+\S/.test(line)) return { more: line.trim() };
  const match = /^([^\s:][^:]*?)[ \t]*:[ \t]*(.*)$/s.exec(line);
  const [, label, value] = match ?? [];
  return label === undefined || value === undefined ? undefined : { label, value: value.trimEnd() };
}
