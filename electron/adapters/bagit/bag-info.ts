/** bag-info.txt: what the bag says of itself (§2.2.2), and the one label of it that can be checked. */
import { BAG_INFO_TXT } from './bag-files.ts';
import { type BagReading, linesOf } from './bag-reading.ts';
import { readInfoLine } from './manifest-lines.ts';

/** Elements kept for the report, and characters of a value. */
const KEPT = 1000;
const LONGEST_VALUE = 64 * 1024;

export interface BagInfo {
  readonly elements: readonly (readonly [label: string, value: string])[];
  readonly oxum?: { readonly bytes: bigint; readonly files: bigint };
}

/** @param file its name: `package-info.txt` before 0.96 */
export async function readBagInfo(reading: BagReading, file: string = BAG_INFO_TXT): Promise<BagInfo> {
  const { findings } = reading;
  const elements: [string, string][] = [];
  let current: [string, string] | undefined;
  let oxum: [string, string] | undefined;
  let oxumLine = 0;
  for await (const { text, number } of linesOf(reading, file)) {
    if (text.trim() === '') continue;
    const line = readInfoLine(text);
    if (line === undefined || (current === undefined && 'more' in line)) {
      findings.add('BAG-INFO-LINE', file, { in: file, line: number });
    } else if ('more' in line) {
      // The line break and what indents the next line are no part of the value.
      if (current !== undefined && current[1].length < LONGEST_VALUE) current[1] += ` ${line.more}`;
    } else {
      current = [line.label, line.value];
      if (elements.length < KEPT) elements.push(current);
      // Labels are compared without regard to case.
      if (line.label.toLowerCase() !== 'payload-oxum') continue;
      if (oxum !== undefined) findings.add('BAG-OXUM-TWICE', file, { in: file, line: number });
      else oxumLine = number;
      oxum ??= current;
    }
  }
  if (oxum === undefined) return { elements };
  const [, bytes, files] = /^(\d{1,20})\.(\d{1,20})$/.exec(oxum[1].trim()) ?? [];
  if (bytes === undefined || files === undefined) {
    findings.add('BAG-OXUM-MALFORMED', file, { in: file, line: oxumLine });
    return { elements };
  }
  return { elements, oxum: { bytes: BigInt(bytes), files: BigInt(files) } };
}
