/** Bags whose content is not what they say, or whose names make trouble. */
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BadBag, listing } from './bad-bag-forms.ts';
import { digestOf, TestBag } from './bags.ts';
import { tempFolder } from './temp.ts';

const one = digestOf('sha256', 'one');
const two = digestOf('sha256', 'two');

export const badContents: readonly BadBag[] = [
  {
    code: 'listed_twice',
    finds: ['listed_twice data/a.wav'],
    make: () =>
      new TestBag({ files: { 'fetch.txt': 'http://x.org/a 3 data/a.wav\nhttp://x.org/b 3 data/a.wav\n' } }),
  },
  { code: 'missing', finds: ['missing data/c.wav'], make: () => listing('data/c.wav') },
  {
    code: 'unlisted',
    finds: ['oxum_mismatch bag-info.txt', 'unlisted data/c.wav'],
    make: () => new TestBag().write('data/c.wav', 'three'),
  },
  {
    code: 'unlisted',
    finds: ['oxum_mismatch bag-info.txt', 'unlisted data/.DS_Store'],
    make: () => new TestBag().write('data/.DS_Store', 'x'),
  },
  {
    code: 'not_in_every_manifest',
    finds: ['not_in_every_manifest data/side/b.wav'],
    make: () =>
      new TestBag({ algorithms: ['sha256', 'sha512'] }).change(
        'manifest-sha512.txt',
        (text) => text.split('\n')[0] + '\n',
      ),
  },
  {
    code: 'digest_mismatch',
    finds: ['digest_mismatch data/a.wav'],
    make: () => new TestBag().write('data/a.wav', 'on3'),
  },
  {
    code: 'manifests_disagree',
    finds: ['manifests_disagree data/a.wav'],
    make: () =>
      new TestBag({ algorithms: ['sha256', 'sha512'] }).change('manifest-sha256.txt', (text) =>
        text.replace(one, two),
      ),
  },
  {
    code: 'weak_algorithm',
    verdict: 'valid',
    finds: ['weak_algorithm manifest-md5.txt', 'weak_algorithm tagmanifest-md5.txt'],
    make: () => new TestBag({ algorithms: ['md5'] }),
  },
  {
    code: 'weak_algorithm',
    verdict: 'valid',
    finds: ['weak_algorithm manifest-sha1.txt', 'weak_algorithm tagmanifest-sha1.txt'],
    make: () => new TestBag({ version: '0.96', algorithms: ['sha1'] }),
  },
  {
    code: 'algorithm_unknown',
    verdict: 'undetermined',
    finds: ['algorithm_unknown manifest-sha3512.txt'],
    make: () =>
      new TestBag({
        files: {
          'manifest-sha3512.txt': ['a.wav', 'side/b.wav']
            .map((path) => `${'ab'.repeat(64)}  data/${path}\n`)
            .join(''),
        },
      }),
  },
  {
    code: 'oxum_mismatch',
    finds: ['oxum_mismatch bag-info.txt'],
    make: () => new TestBag({ info: 'Payload-Oxum: 7.2\n' }),
  },
  {
    code: 'oxum_malformed',
    finds: ['oxum_malformed bag-info.txt'],
    make: () => new TestBag({ info: 'Payload-Oxum: six\n' }),
  },
  {
    code: 'oxum_twice',
    finds: ['oxum_twice bag-info.txt'],
    make: () => new TestBag({ info: 'Payload-Oxum: 6.2\npayload-oxum: 6.2\n' }),
  },
  {
    code: 'bag_info_line',
    finds: ['bag_info_line bag-info.txt'],
    make: () => new TestBag({ info: ' continues nothing\n' }),
  },
  {
    code: 'bag_info_line',
    finds: ['bag_info_line bag-info.txt'],
    make: () => new TestBag({ info: 'no label here\n' }),
  },
  {
    code: 'fetch_line',
    finds: ['fetch_line fetch.txt'],
    make: () => new TestBag({ files: { 'fetch.txt': 'data/a.wav 3 http://example.org/a\n' } }),
  },
  {
    code: 'fetch_unlisted',
    finds: ['fetch_unlisted data/c.wav', 'not_fetched data/c.wav'],
    make: () => new TestBag({ files: { 'fetch.txt': 'https://example.org/c - data/c.wav\n' } }),
  },
  {
    code: 'not_fetched',
    verdict: 'incomplete',
    finds: ['not_fetched data/a.wav'],
    make: () => {
      const bag = new TestBag({ files: { 'fetch.txt': 'https://example.org/a 3 data/a.wav\n' } });
      rmSync(bag.path('data/a.wav'));
      return bag;
    },
  },
  {
    code: 'tag_file_missing',
    finds: ['tag_file_missing bag-info.txt'],
    make: () => {
      const bag = new TestBag();
      rmSync(bag.path('bag-info.txt'));
      return bag;
    },
  },
  {
    code: 'tag_digest_mismatch',
    finds: ['tag_digest_mismatch bag-info.txt'],
    make: () => new TestBag().write('bag-info.txt', 'Contact-Name: somebody else\n'),
  },
  {
    code: 'tag_manifest_lists_itself',
    finds: ['tag_manifest_lists_itself tagmanifest-sha256.txt'],
    make: () => {
      const bag = new TestBag();
      return bag.write(
        'tagmanifest-sha256.txt',
        `${bag.read('tagmanifest-sha256.txt')}${two}  tagmanifest-sha256.txt\n`,
      );
    },
  },
  {
    code: 'tag_manifest_omits',
    finds: ['tag_manifest_omits manifest-sha256.txt'],
    make: () => new TestBag().seal(['bagit.txt', 'bag-info.txt']),
  },
  {
    code: 'tag_file_unlisted',
    verdict: 'valid',
    finds: ['tag_file_unlisted notes/one.txt'],
    make: () => new TestBag({ files: { 'notes/one.txt': 'x' } }),
  },
  {
    code: 'symlink',
    finds: ['missing data/a.wav', 'oxum_mismatch bag-info.txt', 'symlink data/a.wav'],
    make: () => {
      const bag = new TestBag();
      const outside = join(tempFolder(), 'a.wav');
      renameSync(bag.path('data/a.wav'), outside);
      symlinkSync(outside, bag.path('data/a.wav'));
      return bag;
    },
  },
  {
    code: 'special_file',
    finds: ['special_file data/pipe'],
    make: () => {
      const bag = new TestBag();
      execFileSync('mkfifo', [bag.path('data/pipe')]);
      return bag;
    },
  },
  {
    code: 'name_not_utf8',
    finds: ['name_not_utf8 data/f\\xF6', 'oxum_mismatch bag-info.txt', 'unlisted data/f\\xF6'],
    make: () => {
      const bag = new TestBag();
      writeFileSync(Buffer.concat([Buffer.from(bag.path('data/f')), Buffer.of(0xf6)]), 'x');
      return bag;
    },
  },
  {
    code: 'normalisation_twin',
    finds: ['normalisation_twin data/é.wav'],
    make: () => new TestBag({ payload: { 'e\u0301.wav': 'nfd', 'é.wav': 'nfc' } }),
  },
  {
    code: 'normalisation_twin',
    finds: ['normalisation_differs data/e\u0301.wav', 'normalisation_twin data/é.wav'],
    make: () =>
      new TestBag({ payload: { 'é.wav': 'two' } }).change(
        'manifest-sha256.txt',
        () => `${two}  data/e\u0301.wav\n${two}  data/é.wav\n`,
      ),
  },
  {
    code: 'normalisation_differs',
    verdict: 'valid',
    finds: ['normalisation_differs data/e\u0301.wav'],
    make: () =>
      new TestBag({ payload: { 'é.wav': 'two' } }).change(
        'manifest-sha256.txt',
        () => `${two}  data/e\u0301.wav\n`,
      ),
  },
  {
    code: 'case_twin',
    verdict: 'valid',
    finds: ['case_twin'],
    make: () => new TestBag({ payload: { 'a.wav': '1', 'A.WAV': '2' } }),
  },
  ...['con.wav', 'what?.wav', 'dot.', 'space '].map((name): BadBag => ({
    code: 'reserved_name',
    verdict: 'valid',
    finds: [`reserved_name data/${name}`],
    make: () => new TestBag({ payload: { [name]: '1' } }),
  })),
  {
    code: 'percent_in_name',
    verdict: 'valid',
    finds: ['percent_in_name data/100%.wav'],
    make: () =>
      new TestBag({ payload: { '100%.wav': 'one' } }).change(
        'manifest-sha256.txt',
        () => `${one}  data/100%25.wav\n`,
      ),
  },
  {
    code: 'percent_not_encoded',
    verdict: 'valid',
    finds: ['percent_in_name data/100%.wav', 'percent_not_encoded data/100%.wav'],
    make: () => new TestBag({ payload: { '100%.wav': 'one' } }),
  },
  {
    code: 'percent_not_encoded',
    verdict: 'valid',
    finds: ['percent_in_name data/a%25.wav', 'percent_not_encoded data/a%25.wav'],
    make: () => new TestBag({ payload: { 'a%25.wav': 'one' } }),
  },
  {
    code: 'too_large',
    finds: ['too_large manifest-sha256.txt'],
    verdict: 'undetermined',
    make: () =>
      new TestBag().change('manifest-sha256.txt', (text) => `${text}${two}  data/${'x'.repeat(70_000)}\n`),
  },
];
