/** Bags that nothing is wrong with, however unlike each other they are. */
import { renameSync, rmSync } from 'node:fs';
import { TestBag } from '../bags.ts';
import { changed, manifested, type SetBag, sound } from './set-bag.ts';

export const soundBags: readonly SetBag[] = [
  ...['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'].map((version) =>
    sound(`version-${version.replace('.', '-')}`, () => new TestBag({ version })),
  ),
  ...['0.93', '0.95'].map((version) =>
    sound(`package-info-of-${version.replace('.', '-')}`, () =>
      changed(new TestBag({ version }), (bag) => {
        renameSync(bag.path('bag-info.txt'), bag.path('package-info.txt'));
        bag.seal();
      }),
    ),
  ),
  ...['0.93', '0.97'].map((version) =>
    sound(`file-in-one-of-two-manifests-of-${version.replace('.', '-')}`, () =>
      new TestBag({ version, algorithms: ['sha256', 'sha512'] }).change(
        'manifest-sha512.txt',
        (text) => text.split('\n')[0] + '\n',
      ),
    ),
  ),
  sound('no-payload', () => new TestBag({ payload: {} })),
  sound('one-empty-file', () => new TestBag({ payload: { 'empty.wav': '' } })),
  sound('digests-of-sha-512', () => new TestBag({ algorithms: ['sha512'] })),
  sound('digests-of-two-algorithms', () => new TestBag({ algorithms: ['sha256', 'sha512'] })),
  sound('tag-manifest-of-another-algorithm', () => new TestBag({ tagAlgorithms: ['sha512'] })),
  sound('lines-end-in-crlf', () => manifested((text) => text.replaceAll('\n', '\r\n'))),
  sound('lines-end-in-cr', () => manifested((text) => text.replaceAll('\n', '\r'))),
  sound('last-line-without-an-end', () => manifested((text) => text.trimEnd())),
  sound('tab-between-digest-and-path', () => manifested((text) => text.replaceAll('  ', '\t'))),
  sound('one-space-between-digest-and-path', () => manifested((text) => text.replaceAll('  ', ' '))),
  sound('neither-bag-info-nor-tag-manifest', () =>
    changed(new TestBag({ tagAlgorithms: [] }), (bag) => rmSync(bag.path('bag-info.txt'))),
  ),
  sound('further-tag-file-that-is-listed', () => new TestBag({ files: { 'about.txt': 'x' } })),
  sound(
    'bag-info-with-repeated-labels',
    () => new TestBag({ info: 'Contact-Name: B\nContact-Name: A\nExternal-Identifier: 7\n' }),
  ),
  sound(
    'bag-info-with-folded-values',
    () => new TestBag({ info: 'External-Description: a long\n  value\n\tfolded twice\nPayload-Oxum: 6.2\n' }),
  ),
  sound('oxum-with-another-case', () => new TestBag({ info: 'PAYLOAD-OXUM: 6.2\n' })),
  sound(
    'fetch-names-what-is-here',
    () => new TestBag({ files: { 'fetch.txt': 'https://example.org/a 3 data/a.wav\n' } }),
  ),
  sound('fetch-empty', () => new TestBag({ files: { 'fetch.txt': '' } })),
  sound('two-files-of-one-content', () => new TestBag({ payload: { 'a.wav': 'one', 'b.wav': 'one' } })),
];
