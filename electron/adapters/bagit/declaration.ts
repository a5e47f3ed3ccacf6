/** bagit.txt, which says that this is a bag, of which version, and how its tag files are encoded (§2.1.1). */
import { utf8Path } from '../../../shared/domain/path.ts';
import { BAGIT_TXT } from './bag-files.ts';
import type { BagSource } from './bag-source.ts';
import type { FindingList } from './finding-list.ts';
import { type TagEncoding, tagEncoding, UTF8 } from './tag-lines.ts';
import { codeOf } from './walk-bag.ts';

export interface Declaration {
  /** As declared; absent where nothing is. */
  readonly version?: string;
  readonly isStrict: boolean;
  readonly encoding: TagEncoding;
}

const EARLIER = ['0.93', '0.94', '0.95', '0.96', '0.97'];
/** One more than it must have tells that it has more. */
const ENOUGH_LINES = 3;

/** Reads the declaration; what is wrong with it is a finding, and the rest of the bag is then read as well as can be. */
export async function readDeclaration(source: BagSource, findings: FindingList): Promise<Declaration> {
  const lines = await readLines(source, findings);
  if (lines === undefined) return { isStrict: true, encoding: UTF8 };
  const [first = '', second = '', ...more] = lines;
  const version = valueOf(first, 'BagIt-Version');
  const label = valueOf(second, 'Tag-File-Character-Encoding');
  const faults: string[] = [];
  if (version === undefined) faults.push('its first line does not say the version');
  if (label === undefined) faults.push('its second line does not say the encoding');
  if (more.length > 0) faults.push('there are more lines');
  if (faults.length > 0) findings.add('BAG-DECLARATION-MALFORMED', BAGIT_TXT, { detail: faults.join(', ') });
  else if (first !== `BagIt-Version: ${version}` || second !== `Tag-File-Character-Encoding: ${label}`) {
    const isEarlier = version !== undefined && EARLIER.includes(version);
    findings.add(isEarlier ? 'BAG-DECLARATION-LOOSE' : 'BAG-DECLARATION-MALFORMED', BAGIT_TXT, {
      detail: 'white space stands where none should',
    });
  }
  const isKnown = version === undefined || version === '1.0' || EARLIER.includes(version);
  if (!isKnown) findings.add('BAG-VERSION-UNKNOWN', BAGIT_TXT, { detail: version });
  const encoding = label === undefined ? UTF8 : tagEncoding(label);
  if (encoding === undefined) findings.add('BAG-ENCODING-UNKNOWN', BAGIT_TXT, { detail: label });
  return {
    ...(version === undefined ? {} : { version }),
    isStrict: version === undefined || !EARLIER.includes(version),
    encoding: encoding ?? UTF8,
  };
}

async function readLines(source: BagSource, findings: FindingList): Promise<string[] | undefined> {
  try {
    const file = await source.openTagFile(utf8Path(BAGIT_TXT), UTF8);
    try {
      const lines: string[] = [];
      for await (const line of file.lines()) {
        if ('fault' in line) {
          const detail = line.fault === 'encoding' ? 'it is not UTF-8 text' : 'a line never ends';
          findings.add('BAG-DECLARATION-MALFORMED', BAGIT_TXT, { detail });
          return undefined;
        }
        lines.push(line.text);
        if (lines.length === ENOUGH_LINES) break;
      }
      if (file.hasByteOrderMark)
        findings.add('BAG-DECLARATION-MALFORMED', BAGIT_TXT, { detail: 'it begins with a byte order mark' });
      return lines;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') findings.add('BAG-DECLARATION-MISSING', BAGIT_TXT);
    else findings.add('BAG-UNREADABLE', BAGIT_TXT, { detail: codeOf(error) });
    return undefined;
  }
}

/** Read leniently; whether it is written as it must be is asked apart. */
function valueOf(line: string, label: string): string | undefined {
  const [, name, value = ''] = /^\s*([A-Za-z-]+)\s*:\s*(\S{1,64})\s*$/.exec(line) ?? [];
  if (name !== label || (label === 'BagIt-Version' && !/^\d{1,4}\.\d{1,4}$/.test(value))) return undefined;
  return value;
}
