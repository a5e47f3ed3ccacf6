/**
 * Given a recording in the archive, when somebody edits its tags with a program of their own, then the file is no longer the
 * one that was deposited, and its essence is.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { describeWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';
import { essenceOf, fixtureBytes, walked } from '../unit/audio/walkers/walker-suite.ts';

const cover = fixturePath('beside/cover.jpg');
const short = 'Kettle';
const long = 'Kettle, first boil. '.repeat(300);

const mp3 = [
  'mp3-cbr-id3v23.mp3',
  'mp3-vbr-id3v24.mp3',
  'mp3-crc-protected.mp3',
  'mp3-lavc-xing.mp3',
  'mp3-no-xing.mp3',
  'mp3-apev2-id3v1.mp3',
  'mp3-id3v1.mp3',
  'mp3-mpeg2-lsf.mp3',
];

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** @param step changes the file at the path it is given, each in turn */
function expectOnlyTags(fixture: string, steps: readonly ((path: string) => void)[]): void {
  const before = walked(fixtureBytes(fixture));
  const path = join(tempFolder(), fixture);
  writeFileSync(path, fixtureBytes(fixture));
  for (const [i, step] of steps.entries()) {
    const digest = sha256(path);
    step(path);
    const after = walked(readFileSync(path));
    expect(sha256(path), `step ${i}: the file`).not.toBe(digest);
    expect(essenceOf(after), `step ${i}: the essence`).toBe(essenceOf(before));
    expect(after, `step ${i}`).toMatchObject({
      verdict: before.verdict,
      proofs: before.proofs,
      problems: [],
    });
  }
}

const run =
  (program: string, ...args: readonly string[]) =>
  (path: string): void => {
    execFileSync(program, [...args, path], { stdio: 'pipe' });
  };

describeWith({ tool: 'mid3v2' }, 'retagging with mutagen', () => {
  it.each(mp3)('%s: mid3v2, bigger, with a picture, smaller, gone', (file) => {
    expectOnlyTags(file, [
      run('mid3v2', '-t', short),
      run('mid3v2', '-t', long),
      run('mid3v2', '-p', `${cover}:front:3:image/jpeg`),
      run('mid3v2', '-t', short, '--delete-frames=APIC'),
      run('mid3v2', '-D'),
    ]);
  });

  const apev2 = 'from mutagen.apev2 import APEv2; f = APEv2(); f["Title"] = text; f.save(p)';
  const id3 = 'from mutagen.id3 import ID3, TIT2; f = ID3(); f.add(TIT2(encoding=3, text=text)); f.save(p)';
  const wavpack = 'from mutagen.wavpack import WavPack; f = WavPack(p); f["Title"] = text; f.save()';
  const aiff =
    'from mutagen.aiff import AIFF; from mutagen.id3 import TIT2, APIC; f = AIFF(p); f.tags is None and f.add_tags(); ' +
    'f.tags.add(TIT2(encoding=3, text=text)); f.tags.add(APIC(mime="image/jpeg", data=b"x" * 5000)); f.save()';
  it.each([
    ['mp3-vbr-id3v24.mp3', 'an APEv2 tag', apev2],
    ['aac-adts.aac', 'an ID3v2 tag', id3],
    ['wavpack-apev2.wv', 'its APEv2 tag', wavpack],
    ['aiff-pcm16.aiff', 'an ID3 chunk', aiff],
    ['aifc-sowt.aifc', 'an ID3 chunk', aiff],
  ])('%s: Python, %s that grows and shrinks', (file, _, script) => {
    // The interpreter that the distribution's mutagen was made for, which need not be the first of the PATH.
    const [interpreter = 'python3', ...args] = firstLine('mid3v2')
      .replace(/^#!\s*/, '')
      .split(' ');
    const edit = (text: string) => (path: string) => {
      const code = `import sys; p, text = sys.argv[1:]; ${script}`;
      execFileSync(interpreter, [...args, '-c', code, path, text], { stdio: 'pipe' });
    };
    expectOnlyTags(file, [edit(short), edit(long), edit('K')]);
  });
});

describeWith({ tool: 'eyeD3' }, 'retagging with eyeD3', () => {
  it.each(mp3)('%s', (file) => {
    expectOnlyTags(file, [
      run('eyeD3', '--quiet', '--title', short),
      run('eyeD3', '--quiet', '--title', long, '--add-image', `${cover}:FRONT_COVER`),
      run('eyeD3', '--quiet', '--to-v2.3', '--title', short, '--remove-all-images'),
      run('eyeD3', '--quiet', '--remove-all'),
    ]);
  });
});

describeWith({ tool: 'id3v2' }, 'retagging with id3v2', () => {
  it.each(mp3)('%s', (file) => {
    expectOnlyTags(file, [
      run('id3v2', '--song', short),
      run('id3v2', '--comment', long),
      run('id3v2', '--song', 'Kettle, second boil'),
      run('id3v2', '--delete-all'),
    ]);
  });
});

describeWith({ tool: 'wvtag' }, 'retagging with wvtag', () => {
  it.each(['wavpack-apev2.wv', 'wavpack-hybrid.wv'])('%s', (file) => {
    expectOnlyTags(file, [
      run('wvtag', '-q', '-y', '-w', `Title=${short}`),
      run('wvtag', '-q', '-y', '-w', `Comment=${long}`),
      run('wvtag', '-q', '-y', '--write-binary-tag', `Cover Art (Front)=@${cover}`),
      run('wvtag', '-q', '-y', '--clean'),
    ]);
  });
});

function firstLine(program: string): string {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    try {
      return readFileSync(join(folder, program), 'utf8').split('\n')[0] ?? '';
    } catch {
      // Not in this folder of the PATH.
    }
  }
  return '';
}
