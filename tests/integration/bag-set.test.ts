/** The set of bags: each is judged as its row says, and docs/bagit-rules.md tells which bag stands for which code. */
import { join } from 'node:path';
import prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import {
  BAG_FINDINGS,
  type BagFindingCode,
  bagFindingMessage,
  bagFindingRule,
  bagFindingSeverity,
} from '../../shared/domain/bag-findings.ts';
import { parseBagProfile } from '../../shared/domain/bag-profile.ts';
import { bagSet } from '../support/bag-set/index.ts';
import { serialised } from '../support/bag-set/serialised.ts';
import { IDENTIFIER, profiled } from '../support/bag-set/profiles.ts';
import { codeOfTold } from '../support/bag-set/set-bag.ts';
import { judge, told } from '../support/bags.ts';

/** Those in one file are judged in serialised-bags.test.ts. */
const everyBag = [...bagSet, ...profiled, ...serialised];

const codes = Object.keys(BAG_FINDINGS) as BagFindingCode[];

/** Of two names that a disk takes for one, or of a path that is too long to print, the code is enough. */
const withoutFile = /^(BAG-(?:CASE-TWIN|NORMALISATION-TWIN|UNREADABLE)) .*/s;

describe('the set of bags', () => {
  it.each(bagSet)('$name is $verdict', async ({ verdict, finds, make, meanwhile }) => {
    const bag = make();
    const report = await judge(bag.dir, 'full', undefined, () => meanwhile?.(bag));
    const found = told(report).map((each) => each.replace(withoutFile, '$1'));
    expect([report.verdict, found.sort()]).toEqual([verdict, [...finds].sort()]);
    for (const finding of report.findings)
      expect(bagFindingMessage(finding.code, finding)).not.toMatch(/undefined|\?\?/);
    if (verdict === 'valid' || verdict === 'valid_with_warnings')
      expect(report.payloadVerified).toBe(report.payloadFiles);
  });

  it.each(profiled)('$name: $finds', async ({ profile, verdict, finds, make }) => {
    const parsed = parseBagProfile(JSON.stringify(profile));
    if (typeof parsed === 'string') throw new Error(parsed);
    const report = await judge(make().dir, 'full', undefined, undefined, parsed);
    expect([report.verdict, told(report).sort()]).toEqual([verdict, [...finds].sort()]);
    const isMet = finds.every((each) => !each.startsWith('BAG-PROFILE'));
    expect(report.profile).toEqual({ identifier: IDENTIFIER, isMet });
  });

  it('has names that are told apart, and a bag for every code', () => {
    const names = everyBag.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    const covered = new Set(everyBag.flatMap(({ finds }) => finds.map(codeOfTold)));
    expect(codes.filter((code) => !covered.has(code))).toEqual([]);
    expect(bagSet.length).toBeGreaterThanOrEqual(120);
  });
});

const file = join(import.meta.dirname, '../../docs/bagit-rules.md');

function line(code: BagFindingCode): string {
  // The bags of which least else is found stand first.
  const bags = everyBag
    .filter(({ finds }) => finds.some((each) => codeOfTold(each) === code))
    .sort((a, b) => a.finds.length - b.finds.length);
  const shown = bags.slice(0, 3).map(({ name }) => name);
  const more = bags.length > shown.length ? ` and ${bags.length - shown.length} more` : '';
  const cells = [
    `\`${code}\``,
    bagFindingSeverity(code),
    bagFindingRule(code),
    bagFindingMessage(code, { line: 7 }),
    `${shown.join(', ')}${more}`,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

it('docs/bagit-rules.md has every code as it is; `npx vitest run tests/integration/bag-set.test.ts -u` renews it', async () => {
  const text = `# What is found of a bag

\`bag validate\` judges bags of BagIt 0.93 to 1.0, in folders or in tar, tar.gz and zip files, by RFC 8493 and names what it finds by a code. Codes are never renamed and never
used again, so that scripts can rely on them. This page is written from the table of codes and from the set of ${everyBag.length} bags
(\`tests/support/bag-set\`) that proves each of them; line 7 stands for any.

A bag is judged by the worst that was found. What a profile asks (\`--profile\`, severity _profile_) makes no bag invalid; it is told beside the
status:

| status | verdict in JSON | when |
| --- | --- | --- |
| valid | \`valid\` | nothing was found, and every file was read and agrees with every manifest |
| valid, with warnings | \`valid_with_warnings\` | the same, yet some tool or system will stumble: warnings only |
| complete | \`complete\` | \`--fast\`: all is there and well-formed, the payload was not read |
| not valid: incomplete | \`incomplete\` | nothing but files that fetch.txt names is lacking |
| not known to be valid | \`undetermined\` | something could not be read or compared |
| not valid | \`invalid\` | at least one error |

| code | severity | section | what is so | bags of the set |
| --- | --- | --- | --- | --- |
${codes.map(line).join('\n')}
`;
  const formatted = await prettier.format(text, {
    parser: 'markdown',
    ...(await prettier.resolveConfig(file)),
  });
  await expect(formatted).toMatchFileSnapshot(file);
});
