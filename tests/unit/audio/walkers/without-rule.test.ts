import { describe, expect, it } from 'vitest';
import { identify } from '../../../../electron/adapters/audio/identify.ts';
import { fixtureBytes, walked } from './walker-suite.ts';

const puidOf = (bytes: Buffer): string => {
  const read = (position: number, target: Uint8Array): number => bytes.copy(target, 0, position);
  return identify({ size: bytes.length, head: bytes, read }, Buffer.from('x')).format.puid;
};
/** The beginning of a file that no free encoder makes here: its signature, and nothing more. */
const begin = (signature: string): Buffer => Buffer.from(signature.padEnd(200, '\0'), 'latin1');

const known: readonly (readonly [format: string, puid: string, bytes: Buffer])[] = [
  ['Wave64', 'fmt/951', fixtureBytes('wave64.w64')],
  ["Monkey's Audio", 'fmt/1086', begin('MAC \x96\x0f')],
  ['TTA 1', 'fmt/952', fixtureBytes('tta-apev2.tta')],
  ['TTA 2', 'fmt/953', begin('TTA2')],
  ['DSF', 'fmt/1817', fixtureBytes('dsd-dsf.dsf')],
  ['DSDIFF', '', fixtureBytes('dsd-dsdiff.dff')],
  ['Matroska', 'fmt/569', fixtureBytes('matroska-flac.mka')],
  ['Matroska with Opus', 'fmt/569', fixtureBytes('matroska-opus.mka')],
  ['CAF', 'fmt/416', fixtureBytes('caf-pcm16.caf')],
  ['AU', 'x-fmt/139', fixtureBytes('au-pcm16.au')],
  ['Shorten', 'fmt/1961', begin('ajkg\x02')],
  ['RealAudio 3', 'x-fmt/278', begin('.ra\xfd\0\x03')],
  ['RealAudio 4', 'fmt/404', begin('.ra\xfd\0\x04')],
  ['RealMedia', 'x-fmt/190', fixtureBytes('realmedia-ra144.ra')],
];

describe('formats without a rule', () => {
  it.each(known)('%s is known as %s, and nothing is claimed of its essence', (_, puid, bytes) => {
    expect(puidOf(bytes)).toBe(puid);
    expect(walked(bytes)).toEqual({
      ...{ verdict: 'decoder_limitation', proofs: [], lacks: [], evidence: [], unlisted: 0 },
      problems: [
        {
          code: 'decoder_limitation',
          offset: 0,
          detail: 'no rule says yet what the essence of this format is',
        },
      ],
    });
  });

  it('are under protection where their signature says so', () => {
    expect(walked(begin('\0\0\x10\0\x57\x90\x75\x36'))).toMatchObject({
      verdict: 'protected',
      protection: 'Audible (AA)',
    });
    // Segment, Tracks, TrackEntry, ContentEncodings, ContentEncoding, ContentEncryption.
    const element = (id: string, ...parts: Buffer[]): Buffer => {
      const body = Buffer.concat(parts);
      return Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x80 + body.length]), body]);
    };
    const encodings = element('6d80', element('6240', element('5035', Buffer.alloc(3))));
    const track = element('ae', element('83', Buffer.from([2])), encodings);
    const matroska = [
      element('1a45dfa3', element('4282', Buffer.from('matroska'))),
      element('18538067', element('1654ae6b', track)),
    ];
    expect(walked(Buffer.concat(matroska))).toMatchObject({
      verdict: 'protected',
      protection: 'ContentEncryption',
    });
  });
});
