/** What stands against making a bag that a profile asks for, told before anything is made. */
import { describe, expect, it } from 'vitest';
import { parseBagProfile, type BagProfile } from '../../../shared/domain/bag-profile.ts';
import { packageDigests, packageObstacles, type BagToBe } from '../../../shared/domain/profile-obstacles.ts';

function profile(rules: Readonly<Record<string, unknown>>): BagProfile {
  const parsed = parseBagProfile(
    JSON.stringify({
      'BagIt-Profile-Info': { 'BagIt-Profile-Identifier': 'https://example.org/p.json' },
      'Accept-BagIt-Version': ['1.0'],
      ...rules,
    }),
  );
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}

const bag: BagToBe = {
  form: 'folder',
  info: [['Source-Organization', 'Kept sounds']],
  algorithms: ['sha256', 'sha512'],
  tagFiles: ['README.txt', 'rights.json'],
};

describe('the digests of a package', () => {
  it.each([
    ['are the usual two where nothing is asked', [], {}, ['sha256', 'sha512']],
    ['are those that are wanted', ['sha512'], {}, ['sha512']],
    [
      'are what the profile requires beside the usual',
      [],
      { 'Manifests-Required': ['md5'] },
      ['md5', 'sha256', 'sha512'],
    ],
    ['leave out what the profile does not allow', [], { 'Manifests-Allowed': ['SHA-256'] }, ['sha256']],
    [
      'are what tag manifests require too',
      ['sha256'],
      { 'Tag-Manifests-Required': ['sha1'] },
      ['sha1', 'sha256'],
    ],
  ] as const)('%s', (_, wanted, rules, expected) => {
    expect(packageDigests(wanted, profile(rules))).toEqual(expected);
  });

  it('are refused without a strong one, and where the profile asks for one that is not made', () => {
    expect(packageDigests(['md5'], undefined)).toMatch(/SHA-256 or SHA-512: md5 alone/);
    expect(packageDigests([], profile({ 'Manifests-Allowed': ['md5'] }))).toMatch(/the profile alone/);
    expect(packageDigests([], profile({ 'Manifests-Required': ['blake2b512'] }))).toMatch(/blake2b512/);
  });
});

describe('a profile', () => {
  it('that asks for nothing more stands against nothing', () => {
    expect(packageObstacles(profile({}), bag)).toEqual([]);
  });

  it.each([
    ['another version', { 'Accept-BagIt-Version': ['0.97'] }, {}, /takes BagIt 0\.97/],
    [
      'one file',
      { Serialization: 'required', 'Accept-Serialization': ['application/zip'] },
      {},
      /--as tar or --as zip/,
    ],
    ['a folder', { Serialization: 'forbidden' }, { form: 'tar' }, /leave --as away/],
    [
      'another form',
      { 'Accept-Serialization': ['application/zip'] },
      { form: 'tar' },
      /takes no tar, but application\/zip/,
    ],
    ['a fetch.txt', { 'Fetch.txt-Required': true }, {}, /fetch\.txt/],
    ['no payload', { 'Data-Empty': true }, {}, /empty payload/],
    ['a label', { 'Bag-Info': { 'Contact-Name': { required: true } } }, {}, /--tag "Contact-Name: …"/],
    [
      'a label of some values',
      { 'Bag-Info': { Kind: { required: true, values: ['a', 'b'] } } },
      {},
      /Kind \(a, b\)/,
    ],
    [
      'a label once',
      { 'Bag-Info': { Kind: { repeatable: false } } },
      {
        info: [
          ['Kind', 'a'],
          ['kind', 'b'],
        ],
      },
      /takes Kind once/,
    ],
    [
      'other values',
      { 'Bag-Info': { Kind: { values: ['a'] } } },
      { info: [['Kind', 'c']] },
      /one of a, not "c"/,
    ],
    ['other manifests', { 'Manifests-Allowed': ['sha512'] }, {}, /no manifest with sha256/],
    [
      'a tag file',
      { 'Tag-Files-Required': ['metadata/mods.xml'] },
      {},
      /metadata\/mods\.xml, which is not made/,
    ],
    [
      'no other tag files',
      { 'Tag-Files-Allowed': ['rights*'] },
      {},
      /does not allow the tag file README\.txt/,
    ],
  ] as const)('that asks for %s is told of', (_, rules, other, expected) => {
    const obstacles = packageObstacles(profile(rules), { ...bag, ...other });
    expect(obstacles).toHaveLength(1);
    expect(obstacles[0]).toMatch(expected);
  });

  it('has Payload-Oxum without being given it', () => {
    const rules = { 'Bag-Info': { 'Payload-Oxum': { required: true } } };
    expect(packageObstacles(profile(rules), bag)).toEqual([]);
  });
});
