/** Bags whose form is wrong: declaration, manifests, paths. */
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BagFindingCode } from '../../shared/domain/bag-findings.ts';
import { digestOf, TestBag } from './bags.ts';
import { tempFolder } from './temp.ts';

/** One thing that is wrong with a bag. */
export interface BadBag {
  readonly code: BagFindingCode;
  /** All that is found, this code among it. */
  readonly finds: readonly string[];
  /** `invalid` unless it says otherwise. */
  readonly verdict?: 'valid' | 'incomplete' | 'undetermined';
  readonly make: () => TestBag;
}

const one = digestOf('sha256', 'one');
const two = digestOf('sha256', 'two');

export const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

/** A bag with one line more in its manifest. */
export const listing = (path: string): TestBag =>
  new TestBag().change('manifest-sha256.txt', (text) => `${text}${two}  ${path}\n`);

export const badForms: readonly BadBag[] = [
  {
    code: 'declaration_missing',
    finds: ['declaration_missing bagit.txt', 'tag_file_missing bagit.txt'],
    make: () => {
      const bag = new TestBag();
      rmSync(bag.path('bagit.txt'));
      return bag;
    },
  },
  {
    code: 'declaration_malformed',
    finds: ['declaration_malformed bagit.txt'],
    make: () => new TestBag().change('bagit.txt', (text) => text.replace('Version: ', 'Version : ')),
  },
  {
    code: 'declaration_malformed',
    finds: ['declaration_malformed bagit.txt'],
    make: () => new TestBag().change('bagit.txt', (text) => `\ufeff${text}`),
  },
  {
    code: 'declaration_malformed',
    finds: ['declaration_malformed bagit.txt'],
    make: () => new TestBag().change('bagit.txt', (text) => `${text}More: x\n`),
  },
  {
    code: 'declaration_malformed',
    finds: ['declaration_malformed bagit.txt'],
    make: () => new TestBag().change('bagit.txt', (text) => `${text}\n`),
  },
  {
    code: 'declaration_malformed',
    finds: ['declaration_malformed bagit.txt'],
    make: () => new TestBag().write('bagit.txt', utf16('BagIt-Version: 1.0\n')).seal(),
  },
  {
    code: 'declaration_malformed',
    finds: ['declaration_malformed bagit.txt'],
    make: () => new TestBag().change('bagit.txt', (text) => text.replace('1.0', 'one')),
  },
  {
    code: 'declaration_loose',
    verdict: 'valid',
    finds: ['declaration_loose bagit.txt'],
    make: () =>
      new TestBag({ version: '0.97' }).change('bagit.txt', (text) => text.replace('Version: ', 'Version:  ')),
  },
  {
    code: 'version_unknown',
    finds: ['version_unknown bagit.txt'],
    make: () => new TestBag({ version: '1.1' }),
  },
  {
    code: 'encoding_unknown',
    finds: ['encoding_unknown bagit.txt'],
    make: () => new TestBag({ encoding: 'EBCDIC-XX' }),
  },
  {
    code: 'tag_file_encoding',
    finds: ['tag_file_encoding bag-info.txt'],
    make: () => new TestBag().write('bag-info.txt', Buffer.from('Contact-Name: \xe9\n', 'latin1')).seal(),
  },
  {
    code: 'tag_file_encoding',
    finds: ['tag_file_encoding manifest-sha256.txt', 'unlisted data/a.wav', 'unlisted data/side/b.wav'],
    make: () => {
      const bag = new TestBag({ encoding: 'UTF-16', tagAlgorithms: [], info: '' });
      return bag.write('manifest-sha256.txt', Buffer.concat([utf16(''), Buffer.of(0)]));
    },
  },
  {
    code: 'byte_order_mark',
    verdict: 'valid',
    finds: ['byte_order_mark manifest-sha256.txt'],
    make: () => new TestBag().change('manifest-sha256.txt', (text) => `\ufeff${text}`),
  },
  {
    code: 'payload_folder_missing',
    finds: [
      'missing data/a.wav',
      'missing data/side/b.wav',
      'oxum_mismatch bag-info.txt',
      'payload_folder_missing data',
    ],
    make: () => {
      const bag = new TestBag();
      rmSync(bag.path('data'), { recursive: true });
      return bag;
    },
  },
  {
    code: 'payload_folder_missing',
    finds: [
      'payload_folder_missing data',
      'symlink data',
      'missing data/a.wav',
      'missing data/side/b.wav',
      'oxum_mismatch bag-info.txt',
    ],
    make: () => {
      const bag = new TestBag();
      const elsewhere = join(tempFolder(), 'data');
      cpSync(bag.path('data'), elsewhere, { recursive: true });
      rmSync(bag.path('data'), { recursive: true });
      symlinkSync(elsewhere, bag.path('data'));
      return bag;
    },
  },
  {
    code: 'empty_folder',
    verdict: 'valid',
    finds: ['empty_folder data/nothing'],
    make: () => {
      const bag = new TestBag();
      mkdirSync(bag.path('data/nothing'));
      return bag;
    },
  },
  {
    code: 'manifest_missing',
    finds: ['manifest_missing', 'unlisted data/a.wav', 'unlisted data/side/b.wav'],
    make: () => {
      const bag = new TestBag();
      rmSync(bag.path('manifest-sha256.txt'));
      return bag.seal();
    },
  },
  {
    code: 'manifest_twice',
    finds: ['manifest_name manifest-SHA256.txt', 'manifest_twice manifest-SHA256.txt'],
    make: () => new TestBag({ files: { 'manifest-SHA256.txt': '' } }),
  },
  {
    code: 'manifest_name',
    verdict: 'valid',
    finds: ['manifest_name manifest-sha-256.txt'],
    make: () => {
      const bag = new TestBag();
      renameSync(bag.path('manifest-sha256.txt'), bag.path('manifest-sha-256.txt'));
      return bag.seal();
    },
  },
  {
    code: 'manifest_line',
    finds: ['manifest_line manifest-sha256.txt'],
    make: () => new TestBag().change('manifest-sha256.txt', (text) => `${text}nothing\n`),
  },
  {
    code: 'digest_malformed',
    finds: ['digest_malformed manifest-sha256.txt', 'unlisted data/a.wav'],
    make: () => new TestBag().change('manifest-sha256.txt', (text) => text.replace(one, one.slice(1))),
  },
  {
    code: 'digest_malformed',
    finds: ['digest_malformed manifest-sha256.txt', 'unlisted data/a.wav'],
    make: () => new TestBag().change('manifest-sha256.txt', (text) => text.replace(one, `g${one.slice(1)}`)),
  },
  ...['*data/a.wav', './data/a.wav', '*./data/a.wav'].map((path): BadBag => ({
    code: 'manifest_dialect',
    verdict: 'valid',
    finds: ['manifest_dialect manifest-sha256.txt'],
    make: () => new TestBag().change('manifest-sha256.txt', (text) => text.replace('data/a.wav', path)),
  })),
  {
    code: 'manifest_dialect',
    verdict: 'valid',
    finds: ['manifest_dialect manifest-sha256.txt', 'reserved_name data/a\\b.wav'],
    make: () =>
      new TestBag({ payload: { 'a\\b.wav': 'one' } }).change(
        'manifest-sha256.txt',
        () => `\\${one}  data/a\\\\b.wav\n`,
      ),
  },
  {
    code: 'manifest_dialect',
    verdict: 'valid',
    finds: ['manifest_dialect manifest-sha256.txt', 'manifest_dialect manifest-sha256.txt'],
    make: () => new TestBag().change('manifest-sha256.txt', (text) => `# made by hand\n\n${text}`),
  },
  ...[
    '../up',
    'data/../../up',
    '/etc/passwd',
    '//server/x',
    '\\\\server\\x',
    'C:/x',
    'c:\\x',
    '~/x',
    'data/~x',
    'data/..\\..\\x',
    '%HOME%/x',
    'data/%25USERPROFILE%25',
    'data//x',
    'data/./x',
    'data/',
  ].map((path): BadBag => ({
    code: 'path_refused',
    finds: ['path_refused manifest-sha256.txt'],
    make: () => listing(path),
  })),
  {
    code: 'path_refused',
    finds: ['path_refused fetch.txt'],
    make: () =>
      new TestBag({ files: { 'fetch.txt': 'http://example.org/x 5 data/../../../etc/cron.d/x\n' } }),
  },
  {
    code: 'path_refused',
    finds: ['path_refused tagmanifest-sha256.txt'],
    make: () => {
      const bag = new TestBag();
      return bag.write('tagmanifest-sha256.txt', `${bag.read('tagmanifest-sha256.txt')}${two}  ../x\n`);
    },
  },
  {
    code: 'path_outside_payload',
    finds: ['path_outside_payload bagit.txt'],
    make: () => listing('bagit.txt'),
  },
  {
    code: 'path_outside_payload',
    finds: ['path_outside_payload bagit.txt'],
    make: () => new TestBag({ files: { 'fetch.txt': 'http://example.org/x 5 bagit.txt\n' } }),
  },
  { code: 'listed_twice', finds: ['listed_twice data/side/b.wav'], make: () => listing('data/side/b.wav') },
];
