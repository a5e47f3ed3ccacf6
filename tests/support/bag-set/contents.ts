/** Bags whose content is not what they say: payload and manifests, bag-info.txt, fetch.txt, tag manifests. */
import { execFileSync } from 'node:child_process';
import { rmSync, truncateSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { TestBag } from '../bags.ts';
import {
  changed,
  incomplete,
  invalid,
  MANIFEST,
  one,
  type SetBag,
  two,
  undetermined,
  warned,
} from './set-bag.ts';

const both = { algorithms: ['sha256', 'sha512'] } as const;
const without = (bag: TestBag, file: string): TestBag => changed(bag, () => rmSync(bag.path(file)));
const holey = (line: string): TestBag => new TestBag({ files: { 'fetch.txt': line } });

const payload: readonly SetBag[] = [
  invalid('file-not-there', ['BAG-MISSING data/a.wav', 'BAG-OXUM-MISMATCH bag-info.txt'], () =>
    without(new TestBag(), 'data/a.wav'),
  ),
  invalid('file-not-listed', ['BAG-OXUM-MISMATCH bag-info.txt', 'BAG-UNLISTED data/c.wav'], () =>
    new TestBag().write('data/c.wav', 'three'),
  ),
  invalid('file-of-a-file-manager', ['BAG-OXUM-MISMATCH bag-info.txt', 'BAG-UNLISTED data/.DS_Store'], () =>
    new TestBag().write('data/.DS_Store', 'x'),
  ),
  invalid('file-altered', ['BAG-DIGEST-MISMATCH data/a.wav'], () => new TestBag().write('data/a.wav', 'on3')),
  invalid('file-truncated', ['BAG-DIGEST-MISMATCH data/a.wav', 'BAG-OXUM-MISMATCH bag-info.txt'], () =>
    changed(new TestBag(), (bag) => truncateSync(bag.path('data/a.wav'), 1)),
  ),
  invalid('file-altered-for-every-manifest', ['BAG-DIGEST-MISMATCH data/a.wav'], () =>
    new TestBag(both).write('data/a.wav', 'on3'),
  ),
  invalid('file-in-one-of-two-manifests', ['BAG-NOT-IN-EVERY-MANIFEST data/side/b.wav'], () =>
    new TestBag(both).change('manifest-sha512.txt', (text) => text.split('\n')[0] + '\n'),
  ),
  invalid(
    'manifest-empty-beside-a-whole-one',
    ['BAG-NOT-IN-EVERY-MANIFEST data/a.wav', 'BAG-NOT-IN-EVERY-MANIFEST data/side/b.wav'],
    () => new TestBag(both).change('manifest-sha512.txt', () => ''),
  ),
  invalid('manifests-that-disagree', ['BAG-MANIFESTS-DISAGREE data/a.wav'], () =>
    new TestBag(both).change(MANIFEST, (text) => text.replace(one, two)),
  ),
  invalid('manifests-that-disagree-of-0-97', ['BAG-MANIFESTS-DISAGREE data/a.wav'], () =>
    new TestBag({ ...both, version: '0.97' }).change(MANIFEST, (text) => text.replace(one, two)),
  ),
  ...(['md5', 'sha1'] as const).map((algorithm) =>
    warned(
      `digests-of-${algorithm}`,
      [`BAG-WEAK-ALGORITHM manifest-${algorithm}.txt`, `BAG-WEAK-ALGORITHM tagmanifest-${algorithm}.txt`],
      () => new TestBag({ algorithms: [algorithm] }),
    ),
  ),
  warned(
    'digests-of-md5-beside-sha-512',
    ['BAG-WEAK-ALGORITHM manifest-md5.txt', 'BAG-WEAK-ALGORITHM tagmanifest-md5.txt'],
    () => new TestBag({ version: '0.95', algorithms: ['md5', 'sha512'] }),
  ),
  undetermined('digests-of-an-unknown-algorithm', ['BAG-ALGORITHM-UNKNOWN manifest-sha3512.txt'], () => {
    const lines = ['a.wav', 'side/b.wav'].map((path) => `${'ab'.repeat(64)}  data/${path}\n`);
    return new TestBag({ files: { 'manifest-sha3512.txt': lines.join('') } });
  }),
];

/** Deeper than any path that the system takes; made from below, and removed so too. */
function tooDeep(): TestBag {
  const bag = new TestBag();
  const name = 'd'.repeat(200);
  const script = `cd "$0/data"; for i in $(seq 25); do mkdir ${name}; cd ${name}; done`;
  execFileSync('bash', ['-c', script, bag.dir]);
  onTestFinished(() => void execFileSync('rm', ['-rf', bag.path(`data/${name}`)]));
  return bag;
}

const unproven: readonly SetBag[] = [
  undetermined('folder-that-the-system-cannot-open', ['BAG-UNREADABLE'], tooDeep),
  {
    ...undetermined('file-gone-while-checked', ['BAG-CHANGED-WHILE-CHECKED data/a.wav'], () => new TestBag()),
    meanwhile: (bag) => rmSync(bag.path('data/a.wav')),
  },
];

const info: readonly SetBag[] = [
  ...['7.2', '6.3', '0.0'].map((oxum) =>
    invalid(
      `oxum-${oxum.replace('.', '-')}`,
      ['BAG-OXUM-MISMATCH bag-info.txt'],
      () => new TestBag({ info: `Payload-Oxum: ${oxum}\n` }),
    ),
  ),
  ...['six', '6', '6,2', '-6.2', '6.2.1'].map((oxum, n) =>
    invalid(
      `oxum-malformed-${n + 1}`,
      ['BAG-OXUM-MALFORMED bag-info.txt'],
      () => new TestBag({ info: `Payload-Oxum: ${oxum}\n` }),
    ),
  ),
  invalid(
    'oxum-twice',
    ['BAG-OXUM-TWICE bag-info.txt'],
    () => new TestBag({ info: 'Payload-Oxum: 6.2\npayload-oxum: 6.2\n' }),
  ),
  invalid(
    'bag-info-begins-with-a-continuation',
    ['BAG-INFO-LINE bag-info.txt'],
    () => new TestBag({ info: ' continues nothing\n' }),
  ),
  invalid(
    'bag-info-without-a-label',
    ['BAG-INFO-LINE bag-info.txt'],
    () => new TestBag({ info: 'no label here\n' }),
  ),
];

const fetch: readonly SetBag[] = [
  incomplete('holey', ['BAG-NOT-FETCHED data/a.wav'], () =>
    without(holey('https://example.org/a 3 data/a.wav\n'), 'data/a.wav'),
  ),
  incomplete('holey-of-unknown-length', ['BAG-NOT-FETCHED data/a.wav'], () =>
    without(holey('https://example.org/a - data/a.wav\n'), 'data/a.wav'),
  ),
  incomplete('holey-of-everything', ['BAG-NOT-FETCHED data/a.wav', 'BAG-NOT-FETCHED data/side/b.wav'], () =>
    changed(holey('http://x.org/a 3 data/a.wav\nhttp://x.org/b 3 data/side/b.wav\n'), (bag) => {
      for (const path of ['data/a.wav', 'data/side']) rmSync(bag.path(path), { recursive: true });
    }),
  ),
  invalid('holey-and-altered', ['BAG-DIGEST-MISMATCH data/side/b.wav', 'BAG-NOT-FETCHED data/a.wav'], () =>
    without(holey('https://example.org/a 3 data/a.wav\n').write('data/side/b.wav', 'tw0'), 'data/a.wav'),
  ),
  invalid('fetch-line-in-another-order', ['BAG-FETCH-LINE fetch.txt'], () =>
    holey('data/a.wav 3 http://example.org/a\n'),
  ),
  invalid('fetch-line-without-a-length', ['BAG-FETCH-LINE fetch.txt'], () =>
    holey('http://example.org/a data/a.wav\n'),
  ),
  invalid(
    'fetch-names-what-is-not-listed',
    ['BAG-FETCH-UNLISTED data/c.wav', 'BAG-NOT-FETCHED data/c.wav'],
    () => holey('https://example.org/c - data/c.wav\n'),
  ),
  invalid(
    'fetch-names-what-one-of-two-manifests-lists',
    ['BAG-FETCH-UNLISTED data/side/b.wav', 'BAG-NOT-IN-EVERY-MANIFEST data/side/b.wav'],
    () =>
      new TestBag({ ...both, files: { 'fetch.txt': 'http://x.org/b 3 data/side/b.wav\n' } }).change(
        'manifest-sha512.txt',
        (text) => text.split('\n')[0] + '\n',
      ),
  ),
  invalid('fetch-names-a-tag-file', ['BAG-PATH-OUTSIDE-PAYLOAD bagit.txt'], () =>
    holey('http://example.org/x 5 bagit.txt\n'),
  ),
  invalid('fetch-names-a-file-twice', ['BAG-LISTED-TWICE data/a.wav'], () =>
    holey('http://x.org/a 3 data/a.wav\nhttp://x.org/b 3 data/a.wav\n'),
  ),
];

const tagged = (how: (text: string) => string): TestBag =>
  changed(new TestBag(), (bag) =>
    bag.write('tagmanifest-sha256.txt', how(bag.read('tagmanifest-sha256.txt'))),
  );

const tags: readonly SetBag[] = [
  invalid('tag-file-not-there', ['BAG-TAG-FILE-MISSING bag-info.txt'], () =>
    without(new TestBag(), 'bag-info.txt'),
  ),
  invalid('tag-file-altered', ['BAG-TAG-DIGEST-MISMATCH bag-info.txt'], () =>
    new TestBag().write('bag-info.txt', 'Contact-Name: somebody else\n'),
  ),
  invalid('tag-manifest-lists-itself', ['BAG-TAG-MANIFEST-LISTS-ITSELF tagmanifest-sha256.txt'], () =>
    tagged((text) => `${text}${two}  tagmanifest-sha256.txt\n`),
  ),
  invalid('tag-manifest-lists-another', ['BAG-TAG-MANIFEST-LISTS-ITSELF tagmanifest-sha256.txt'], () =>
    tagged((text) => `${text}${two}  tagmanifest-sha512.txt\n`),
  ),
  invalid('tag-manifest-lists-payload', ['BAG-PATH-REFUSED tagmanifest-sha256.txt'], () =>
    tagged((text) => `${text}${one}  data/a.wav\n`),
  ),
  invalid('tag-manifest-lists-a-file-twice', ['BAG-LISTED-TWICE bagit.txt'], () =>
    tagged((text) => `${text}${text.split('\n').find((line) => line.endsWith('bagit.txt'))}\n`),
  ),
  invalid('tag-manifest-omits-a-manifest', [`BAG-TAG-MANIFEST-OMITS ${MANIFEST}`], () =>
    new TestBag().seal(['bagit.txt', 'bag-info.txt']),
  ),
  warned('tag-manifest-omits-a-manifest-of-0-97', [`BAG-TAG-FILE-UNLISTED ${MANIFEST}`], () =>
    new TestBag({ version: '0.97' }).seal(['bagit.txt', 'bag-info.txt']),
  ),
  warned(
    'tag-file-not-listed',
    ['BAG-TAG-FILE-UNLISTED notes/one.txt'],
    () => new TestBag({ files: { 'notes/one.txt': 'x' } }),
  ),
];

export const contents: readonly SetBag[] = [...payload, ...unproven, ...info, ...fetch, ...tags];
