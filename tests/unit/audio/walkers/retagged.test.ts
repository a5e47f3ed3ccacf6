/** Other people's programs change the tags of real files: the file's bytes change, and its essence does not. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { fixturePath } from '../../../fixtures/index.ts';
import { itWith, type Need } from '../../../support/skips.ts';
import { essenceOf, fixtureBytes, walked } from './walker-suite.ts';

/** Debian's own Python, which sees python3-mutagen, before any other that stands earlier on the PATH. */
const python = ['/usr/bin/python3', 'python3'].find(
  (program) => spawnSync(program, ['-c', 'import mutagen']).status === 0,
);
const mutagen: Need = { that: 'Python with mutagen (python3-mutagen)', available: python !== undefined };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-retag-'));
  copyFileSync(fixturePath('beside/cover.jpg'), join(folder, 'cover.jpg'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, ...args: string[]): void => {
  execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
};
const py = (script: string, file: string): void =>
  run(python as string, '-c', `import sys, base64, mutagen\n${script}`, file);
const long = 'A title that goes on for very much longer than the one before it. '.repeat(60);

type Change = readonly [what: string, change: (file: string) => void];

const changesByMutagen = (title: string, picture: string): readonly Change[] => [
  ['bigger tags', (file) => py(`f = mutagen.File(sys.argv[1]); f['${title}'] = ['${long}']; f.save()`, file)],
  ['smaller tags', (file) => py(`f = mutagen.File(sys.argv[1]); f['${title}'] = ['x']; f.save()`, file)],
  ['a picture', (file) => py(`f = mutagen.File(sys.argv[1])\n${picture}\nf.save()`, file)],
  ['much padding', (file) => py(`f = mutagen.File(sys.argv[1]); f.save(padding=lambda info: 70000)`, file)],
  ['no padding', (file) => py(`f = mutagen.File(sys.argv[1]); f.save(padding=lambda info: 0)`, file)],
  ['no tags', (file) => py(`f = mutagen.File(sys.argv[1]); f.delete()`, file)],
];
const xiph = changesByMutagen(
  'title',
  `from mutagen.flac import Picture\np = Picture(); p.data = open('cover.jpg', 'rb').read() * 30; p.type = 3; p.mime = 'image/jpeg'\nf['metadata_block_picture'] = [base64.b64encode(p.write()).decode()]`,
);
const vorbiscomment: readonly Change[] = [
  ['bigger tags', (file) => run('vorbiscomment', '-w', '-t', `TITLE=${long}`, file)],
  ['smaller tags', (file) => run('vorbiscomment', '-w', '-t', 'TITLE=x', file)],
  ['one more', (file) => run('vorbiscomment', '-a', '-t', `COMMENT=${long.repeat(20)}`, file)],
];

const mp4 = changesByMutagen(
  '\\xa9nam',
  `from mutagen.mp4 import MP4Cover\nf['covr'] = [MP4Cover(open('cover.jpg', 'rb').read() * 30)]`,
);
const asf = changesByMutagen(
  'Title',
  `from mutagen.asf import ASFByteArrayAttribute\nf['WM/Picture'] = [ASFByteArrayAttribute(open('cover.jpg', 'rb').read())]`,
);
const atomicParsley: readonly Change[] = [
  [
    'bigger tags',
    (file) => run('AtomicParsley', file, '--title', long.slice(0, 200), '--lyrics', long, '--overWrite'),
  ],
  ['smaller tags', (file) => run('AtomicParsley', file, '--title', 'x', '--lyrics', '', '--overWrite')],
  ['a picture', (file) => run('AtomicParsley', file, '--artwork', 'cover.jpg', '--overWrite')],
  ['no tags', (file) => run('AtomicParsley', file, '--metaEnema', '--overWrite')],
];
const exiftool: readonly Change[] = [
  ['bigger tags', (file) => run('exiftool', '-q', '-overwrite_original', `-Title=${long}`, file)],
  ['smaller tags', (file) => run('exiftool', '-q', '-overwrite_original', '-Title=x', file)],
];

const cases: readonly (readonly [program: string, need: Need, file: string, changes: readonly Change[]])[] = [
  ['vorbiscomment', { tool: 'vorbiscomment' }, 'ogg-vorbis.ogg', vorbiscomment],
  ['mutagen', mutagen, 'ogg-vorbis.ogg', xiph],
  ['mutagen', mutagen, 'ogg-opus.opus', xiph],
  // Of FLAC in Ogg it keeps no padding.
  ['mutagen', mutagen, 'ogg-flac.oga', xiph.filter(([what]) => !what.endsWith('padding'))],
  ['mutagen', mutagen, 'ogg-speex.spx', xiph],
  ['mutagen', mutagen, 'm4a-aac.m4a', mp4],
  ['mutagen', mutagen, 'm4a-alac.m4a', mp4],
  ['mutagen', mutagen, 'wma2.wma', asf],
  ['AtomicParsley', { tool: 'AtomicParsley' }, 'm4a-aac.m4a', atomicParsley],
  ['AtomicParsley', { tool: 'AtomicParsley' }, 'm4a-aac-faststart.m4a', atomicParsley],
  ['AtomicParsley', { tool: 'AtomicParsley' }, 'm4a-alac.m4a', atomicParsley],
  ['exiftool', { tool: 'exiftool' }, 'm4a-aac.m4a', exiftool],
  ['exiftool', { tool: 'exiftool' }, 'm4a-aac-faststart.m4a', exiftool],
  ['exiftool', { tool: 'exiftool' }, 'm4a-alac.m4a', exiftool],
];

describe.each(cases)('%s', (program, need, file, changes) => {
  itWith(need, `${file}: ${changes.map(([what]) => what).join(', ')}`, () => {
    const path = join(folder, `${program}-${file}`);
    writeFileSync(path, fixtureBytes(file));
    const first = walked(fixtureBytes(file));
    for (const [what, change] of changes) {
      const before = readFileSync(path);
      change(path);
      const after = readFileSync(path);
      expect(after.equals(before), what).toBe(false);
      const { verdict, problems, ...reading } = walked(after);
      expect({ verdict, problems }, what).toEqual({ verdict: first.verdict, problems: [] });
      expect(reading.essence, what).toEqual(first.essence);
      expect(essenceOf(reading as typeof first), what).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});
