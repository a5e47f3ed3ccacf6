/** Bags in one file: each form and each hostile archive, and the bags of the set as the system's own tar and zip pack them. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serialForm } from '../../electron/adapters/bagit/serialised/form.ts';
import { validateSerialised } from '../../electron/adapters/bagit/serialised/validate-serialised.ts';
import type { BagReport } from '../../electron/core/ports/bag-validation.ts';
import { serialisedBags } from '../../electron/adapters/bagit/serialised/serialised-bags.ts';
import { bagFindingMessage } from '../../shared/domain/bag-findings.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { type BagProfile, parseBagProfile } from '../../shared/domain/bag-profile.ts';
import { bagSet } from '../support/bag-set/index.ts';
import { profileJson } from '../support/bag-set/profiles.ts';
import { serialised } from '../support/bag-set/serialised.ts';
import { told } from '../support/bags.ts';
import { tempFolder } from '../support/temp.ts';

const never = new AbortController().signal;

async function judgeFile(file: string): Promise<BagReport> {
  const path = utf8Path(file);
  const form = await serialForm(path);
  if (form === undefined) throw new Error('it is no archive');
  const report = await validateSerialised(path, form, { mode: 'full', signal: never });
  if (report === undefined) throw new Error('it was aborted');
  return report;
}

describe('a serialised bag', () => {
  it.each(serialised)('$name is $verdict', async ({ file, verdict, finds, make }) => {
    const path = join(tempFolder(), file);
    writeFileSync(path, await make());
    const report = await judgeFile(path);
    expect([report.verdict, told(report).sort()]).toEqual([verdict, [...finds].sort()]);
    for (const finding of report.findings)
      expect(bagFindingMessage(finding.code, finding)).not.toMatch(/undefined|\?\?/);
  });
});

const withoutFile = /^(BAG-(?:CASE-TWIN|NORMALISATION-TWIN)) .*/s;
/** What only a disk can be asked, or a program will not pack. */
const ofFolders = new Set(['folder-that-the-system-cannot-open', 'file-gone-while-checked']);
const notForZip = /pipe|name-deep|longest|not-utf-8/;

const fits: Readonly<Record<string, (bag: (typeof bagSet)[number]) => boolean>> = {
  tar: () => true,
  // Beside the tar it is but another way to the same bytes.
  'tar.gz': ({ verdict }) => verdict === 'valid',
  zip: ({ name }) => !notForZip.test(name),
};

describe.each([
  { form: 'tar', program: 'tar', args: ['-cf'] },
  { form: 'tar.gz', program: 'tar', args: ['-czf'] },
  { form: 'zip', program: 'zip', args: ['-qry'] },
])('packed by $program as $form', ({ form, program, args }) => {
  const bags = bagSet.filter((bag) => !ofFolders.has(bag.name) && fits[form]?.(bag) === true);
  it.each(bags)('$name is $verdict', async ({ verdict, finds, make }) => {
    const { dir } = make();
    const file = join(tempFolder(), `${basename(dir)}.${form}`);
    execFileSync(program, [...args, file, basename(dir)], { cwd: dirname(dir) });
    const report = await judgeFile(file);
    const found = told(report).map((each) => each.replace(withoutFile, '$1'));
    expect([report.verdict, found.sort()]).toEqual([verdict, [...finds].sort()]);
  });
});

describe('in its thread', () => {
  function packed(): string {
    const { make } = serialised.find(
      ({ name }) => name === 'serialised-in-zip',
    ) as (typeof serialised)[number];
    const file = join(tempFolder(), 'bag.zip');
    writeFileSync(file, make() as Buffer);
    return file;
  }

  it('it is judged as it is here, and tells of its progress', async () => {
    const path = utf8Path(packed());
    expect(await serialisedBags.formOf(path)).toBe('zip');
    let bytes = 0;
    const seen: number[] = [];
    const report = await serialisedBags.validate(path, 'zip', {
      mode: 'full',
      signal: never,
      onBytes: (more) => (bytes += more),
      onProgress: ({ files }) => seen.push(files),
    });
    expect(report).toMatchObject({ verdict: 'valid', payloadFiles: 1, payloadVerified: 1, payloadBytes: 3n });
    expect([bytes >= 3, seen.at(-1)]).toEqual([true, 1]);
  });

  it('it is held against a profile, and its form too', async () => {
    const asks = (types: readonly string[]) =>
      parseBagProfile(JSON.stringify(profileJson({ 'Accept-Serialization': types })));
    for (const [types, codes] of [
      [['application/zip'], ['BAG-PROFILE-IDENTIFIER']],
      [['application/x-tar'], ['BAG-PROFILE-IDENTIFIER', 'BAG-PROFILE-SERIALISATION']],
    ] as const) {
      const profile = asks(types) as BagProfile;
      const report = await serialisedBags.validate(utf8Path(packed()), 'zip', {
        mode: 'full',
        signal: never,
        profile,
      });
      expect([report?.verdict, report?.profile?.isMet]).toEqual(['valid', false]);
      expect([...(report?.counts.keys() ?? [])].sort()).toEqual(codes);
    }
  });

  it('it is left off when it is asked to', async () => {
    const controller = new AbortController();
    const judged = serialisedBags.validate(utf8Path(packed()), 'zip', {
      mode: 'full',
      signal: controller.signal,
    });
    controller.abort();
    expect(await judged).toBeUndefined();
  });

  it('what is no archive is none', async () => {
    const file = join(tempFolder(), 'bag.zip');
    writeFileSync(file, 'no zip at all');
    expect(await serialisedBags.formOf(utf8Path(file))).toBeUndefined();
    expect(await serialisedBags.formOf(utf8Path(dirname(file)))).toBeUndefined();
  });
});
