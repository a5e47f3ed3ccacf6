/** What an archive asks of its files technically. */
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_TECHNICAL_POLICY as POLICY,
  isAnalogue,
  shortfallMessage,
  shortfallsOf,
  type Judged,
} from '../../../shared/domain/technical-policy.ts';

const TRANSFER: Judged = {
  role: 'preservation master',
  carriers: ['open-reel tape, 1/4 inch'],
  format: 'Broadcast WAVE 1',
  codec: 'PCM',
  sampleRate: 96_000,
  bitDepth: 24,
  lossless: true,
};

const codes = (file: Partial<Judged>): string[] =>
  shortfallsOf(POLICY, { ...TRANSFER, ...file }).map(({ code }) => code);

describe('a transfer of an analogue carrier', () => {
  it('is asked 48 kHz, 24 bit and no loss of its master (IASA-TC 04, 2.2 and 2.3)', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ sampleRate: 48_000 })).toEqual([]);
    expect(codes({ sampleRate: 44_100, bitDepth: 16 })).toEqual(['sample_rate', 'bit_depth']);
    expect(
      codes({ format: 'MPEG Audio Layer 3', codec: 'MPEG 1 Layer 3', lossless: false, sampleRate: 44_100 }),
    ).toEqual(['sample_rate', 'lossy']);
  });

  it('is told what is asked of what, and what was found', () => {
    const [first] = shortfallsOf(POLICY, { ...TRANSFER, sampleRate: 44_100 });
    expect(first && shortfallMessage(first)).toBe(
      'Sampled at 44.1 kHz; the policy asks 48 kHz or more of a preservation master of an analogue carrier.',
    );
  });

  it('is asked nothing in another role, unless the policy does', () => {
    expect(codes({ role: 'access copy', sampleRate: 22_050, bitDepth: 16 })).toEqual([]);
    const strict = { ...POLICY, analogueTransfers: { 'access copy': { sampleRate: 44_100 } } };
    expect(shortfallsOf(strict, { ...TRANSFER, role: 'access copy', sampleRate: 22_050 })).toHaveLength(1);
  });

  it('falls short of nothing that is not known of it', () => {
    expect(codes({ sampleRate: undefined, bitDepth: undefined, lossless: undefined })).toEqual([]);
  });
});

describe('what is asked of transfers', () => {
  it.each([
    [['CD'], false],
    [['Compact Disc, 12 cm'], false],
    [['DAT cassette'], false],
    [['born-digital files'], false],
    [['compact cassette'], true],
    [['shellac disc, 78 rpm'], true],
    [['dated label on acetate disc'], true],
    [['CD', 'open-reel tape'], true],
    [['CDV'], true],
    [[], false],
  ])('concerns %j: %s', (carriers, expected) => {
    expect(isAnalogue(POLICY, carriers)).toBe(expected);
  });

  it('is asked of no copy of a digital carrier, and where nobody has said what it was', () => {
    expect(codes({ carriers: ['CD-R'], sampleRate: 44_100, bitDepth: 16 })).toEqual([]);
    expect(codes({ carriers: [], sampleRate: 44_100, bitDepth: 16 })).toEqual([]);
  });

  it('takes the words of the policy for words, whatever signs they have', () => {
    expect(isAnalogue({ ...POLICY, digitalCarriers: ['C++ (tape)'] }, ['a C++ (tape) of 1987'])).toBe(false);
    expect(isAnalogue({ ...POLICY, digitalCarriers: [' '] }, ['tape'])).toBe(true);
  });
});

describe('a format at risk', () => {
  it('is told in every role but documentation, whatever it was made from', () => {
    const wma = { format: 'Windows Media Audio', carriers: [], lossless: false };
    expect(codes(wma)).toEqual(['format_at_risk']);
    expect(codes({ ...wma, role: 'access copy' })).toEqual(['format_at_risk']);
    expect(codes({ ...wma, role: 'documentation' })).toEqual([]);
  });
});
