import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptsForm,
  type BagProfile,
  matchesGlob,
  parseBagProfile,
} from '../../../shared/domain/bag-profile.ts';
import { profileAsks } from '../../../shared/domain/profile-asks.ts';
import { IDENTIFIER, profileJson } from '../../support/bag-set/profiles.ts';

const parse = (asks: Readonly<Record<string, unknown>>) => parseBagProfile(JSON.stringify(profileJson(asks)));

describe('a profile', () => {
  it('asks for nothing that it does not say', () => {
    expect(parse({})).toMatchObject({
      version: '1.4.0',
      mayFetch: true,
      mustFetch: false,
      serialisation: 'optional',
      manifests: { required: [] },
      isDataEmpty: false,
    });
  });

  it.each<[string, string]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['without its info', '{"Accept-BagIt-Version":["1.0"]}'],
    ['without an identifier', '{"BagIt-Profile-Info":{},"Accept-BagIt-Version":["1.0"]}'],
    ['without versions', JSON.stringify({ ...profileJson(), 'Accept-BagIt-Version': undefined })],
    ['whose list is none', JSON.stringify(profileJson({ 'Manifests-Required': 'sha256' }))],
    ['whose flag is none', JSON.stringify(profileJson({ 'Data-Empty': 'perhaps' }))],
    ['whose rule is none', JSON.stringify(profileJson({ 'Bag-Info': { Label: true } }))],
    ['whose Serialization is none', JSON.stringify(profileJson({ Serialization: 'zip' }))],
  ])('that is %s is none', (_, text) => {
    expect(parseBagProfile(text)).toEqual(expect.any(String));
  });

  it('names media types of archives in the ways that occur', () => {
    const profile = parse({
      'Accept-Serialization': ['application/x-tar', 'application/gzip'],
    }) as BagProfile;
    expect([
      acceptsForm(profile, 'tar'),
      acceptsForm(profile, 'tar.gz'),
      acceptsForm(profile, 'zip'),
    ]).toEqual([true, true, false]);
  });
});

it('what a profile asks is told in sentences', () => {
  const asks = (json: Readonly<Record<string, unknown>>) => profileAsks(parse(json) as BagProfile);
  expect(
    asks({ Serialization: 'forbidden', 'Allow-Fetch.txt': false, 'Manifests-Required': ['sha256'] }),
  ).toEqual([
    'BagIt 0.97 or 1.0.',
    'It is a folder, not in one file.',
    `bag-info.txt has BagIt-Profile-Identifier: ${IDENTIFIER}.`,
    'Payload manifests that must be there: sha256.',
    'There is no fetch.txt.',
  ]);
  expect(
    asks({
      Serialization: 'required',
      'Accept-Serialization': ['application/zip'],
      'Bag-Info': {
        'Contact-Name': { required: true, repeatable: false, values: ['A', 'B'] },
        Note: { description: 'asks for nothing' },
      },
      'Tag-Files-Allowed': [],
    }),
  ).toEqual([
    'BagIt 0.97 or 1.0.',
    'It is in one file, of application/zip.',
    `bag-info.txt has BagIt-Profile-Identifier: ${IDENTIFIER}.`,
    'In bag-info.txt Contact-Name is required, stands once at the most, is one of A, B.',
    'Tag files that may be there: none.',
  ]);
});

describe('a pattern', () => {
  it.each([
    ['data/a.wav', 'data/*.wav', true],
    ['data/side/a.wav', 'data/*.wav', true],
    ['data/a.flac', 'data/*.wav', false],
    ['a.txt', '?.txt', true],
    ['ab.txt', '?.txt', false],
    ['', '*', true],
    ['anything', '*', true],
    ['a', '', false],
  ])('%j is meant by %j: %j', (path, pattern, expected) => {
    expect(matchesGlob(path, pattern)).toBe(expected);
  });

  it('means what the same regular expression means', () => {
    const piece = fc.constantFrom('a', 'b', '/', '*', '?');
    const text = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 8 }).map((all) => all.join(''));
    const pattern = fc.array(piece, { maxLength: 6 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, pattern, (path, glob) => {
        const same = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
        expect(matchesGlob(path, glob)).toBe(same.test(path));
      }),
      { numRuns: 2000 },
    );
  });

  it('that was made to take for ever does not', () => {
    expect(matchesGlob('a'.repeat(5000), `${'*a'.repeat(400)}b`)).toBe(false);
  });
});
