/** Valid bags that are, and are not, what a profile asks of them (BagIt Profiles 1.3 and 1.4). */
import { rmSync } from 'node:fs';
import { TestBag } from '../bags.ts';
import { changed, type SetBag, type Told } from './set-bag.ts';

export const IDENTIFIER = 'https://example.org/profiles/sound.json';

export type ProfileJson = Readonly<Record<string, unknown>>;

export const profileJson = (asks: ProfileJson = {}): ProfileJson => ({
  'BagIt-Profile-Info': { 'BagIt-Profile-Identifier': IDENTIFIER, 'BagIt-Profile-Version': '1.4.0' },
  'Accept-BagIt-Version': ['0.97', '1.0'],
  ...asks,
});

export interface ProfiledSetBag extends SetBag {
  readonly profile: ProfileJson;
}

const NAMED = `BagIt-Profile-Identifier: ${IDENTIFIER}\nContact-Name: B\n`;
const plain = (): TestBag => new TestBag({ info: NAMED });

function held(
  name: string,
  asks: ProfileJson,
  finds: readonly Told[],
  make: () => TestBag = plain,
): ProfiledSetBag {
  return { name: `profile-${name}`, profile: profileJson(asks), verdict: 'valid', finds, make };
}

const LABEL: Told = 'BAG-PROFILE-LABEL bag-info.txt';
const IN_INFO: Told = 'BAG-PROFILE-IDENTIFIER bag-info.txt';
const contact = (rule: ProfileJson): ProfileJson => ({ 'Bag-Info': { 'contact-name': rule } });

export const profiled: readonly ProfiledSetBag[] = [
  held('that-asks-for-little', {}, []),
  held(
    'that-asks-for-much-and-is-met',
    {
      'Bag-Info': { 'Contact-Name': { required: true, values: ['A', 'B'], repeatable: false } },
      'Manifests-Required': ['sha256'],
      'Manifests-Allowed': ['sha256', 'sha512'],
      'Tag-Manifests-Required': ['sha256'],
      'Tag-Files-Allowed': ['notes/*'],
      'Payload-Files-Required': ['data/a.wav'],
      'Payload-Files-Allowed': ['data/*.wav'],
      'Allow-Fetch.txt': false,
      Serialization: 'forbidden',
    },
    [],
  ),
  held('not-named', {}, [IN_INFO], () => new TestBag()),
  held('another-named', {}, [IN_INFO], () => new TestBag({ info: NAMED.replace('sound.json', 'film.json') })),
  held('of-other-versions', { 'Accept-BagIt-Version': ['0.97'] }, ['BAG-PROFILE-VERSION']),
  held('for-one-file', { Serialization: 'required' }, ['BAG-PROFILE-SERIALISATION']),
  held('label-required', { 'Bag-Info': { 'Bag-Group-Identifier': { required: true } } }, [LABEL]),
  held('label-of-other-values', contact({ values: ['A'] }), [LABEL]),
  held(
    'label-once',
    contact({ repeatable: false }),
    [LABEL],
    () => new TestBag({ info: `${NAMED}Contact-Name: C\n` }),
  ),
  held('label-without-a-rule-of-values', contact({ required: true, values: [] }), []),
  held('manifest-required', { 'Manifests-Required': ['sha512'] }, ['BAG-PROFILE-MANIFEST']),
  held('manifest-not-allowed', { 'Manifests-Allowed': ['sha512'] }, ['BAG-PROFILE-MANIFEST']),
  held(
    'tag-manifest-required',
    { 'Tag-Manifests-Required': ['sha256'] },
    ['BAG-PROFILE-TAG-MANIFEST'],
    () => new TestBag({ info: NAMED, tagAlgorithms: [] }),
  ),
  held('tag-manifest-not-allowed', { 'Tag-Manifests-Allowed': ['md5'] }, ['BAG-PROFILE-TAG-MANIFEST']),
  held(
    'fetch-not-allowed',
    { 'Allow-Fetch.txt': false },
    ['BAG-PROFILE-FETCH fetch.txt'],
    () => new TestBag({ info: NAMED, files: { 'fetch.txt': '' } }),
  ),
  held('fetch-required', { 'Fetch.txt-Required': true }, ['BAG-PROFILE-FETCH fetch.txt']),
  held('tag-file-required', { 'Tag-Files-Required': ['about.txt'] }, ['BAG-PROFILE-FILE about.txt']),
  held(
    'tag-file-not-allowed',
    { 'Tag-Files-Allowed': ['notes/*'] },
    ['BAG-PROFILE-FILE about.txt'],
    () => new TestBag({ info: NAMED, files: { 'about.txt': 'x' } }),
  ),
  held('payload-file-required', { 'Payload-Files-Required': ['data/c.wav'] }, [
    'BAG-PROFILE-FILE data/c.wav',
  ]),
  held('payload-file-not-allowed', { 'Payload-Files-Allowed': ['data/a.*'] }, [
    'BAG-PROFILE-FILE data/side/b.wav',
  ]),
  held('of-no-payload', { 'Data-Empty': true }, ['BAG-PROFILE-DATA-EMPTY']),
  held(
    'of-no-payload-and-is-met',
    { 'Data-Empty': true },
    [],
    () => new TestBag({ info: NAMED, payload: { '.keep': '' } }),
  ),
  {
    ...held('met-by-no-valid-bag', {}, ['BAG-MISSING data/a.wav'], () =>
      changed(plain(), (bag) => rmSync(bag.path('data/a.wav'))),
    ),
    verdict: 'invalid',
  },
];
