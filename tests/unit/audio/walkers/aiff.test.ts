import { describe, expect, it } from 'vitest';
import { essenceOf, fixtureBytes, flipped, testWalker, walked } from './walker-suite.ts';

const samplesOf = (bytes: Buffer): readonly [number, number] => {
  const at = bytes.indexOf('SSND');
  return [at + 16, at + 8 + bytes.readUInt32BE(at + 4)];
};

testWalker('AIFF', {
  fixtures: ['aiff-pcm16.aiff', 'aifc-sowt.aifc'],
  provesAudio: false,
  audioOf: (bytes) => [samplesOf(bytes)],
});

const plain = fixtureBytes('aiff-pcm16.aiff');
const compressed = fixtureBytes('aifc-sowt.aifc');

/** A chunk with its pad byte, and FORM made to fit. */
function withChunk(bytes: Buffer, id: string, content: Buffer, before?: string): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32BE(content.length, 4);
  const at = before === undefined ? bytes.length : bytes.indexOf(before);
  const parts = [
    bytes.subarray(0, at),
    header,
    content,
    Buffer.alloc(content.length % 2),
    bytes.subarray(at),
  ];
  return sized(Buffer.concat(parts));
}

function sized(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(copy.length - 8, 4);
  return copy;
}

describe('AIFF essence', () => {
  it('stays as it is when other chunks come before or behind, and counts them', () => {
    for (const id of ['MARK', 'INST', 'APPL', 'NAME', 'AUTH', '(c) ', 'ANNO', 'COMT', 'MIDI', 'AESD']) {
      for (const before of ['COMM', 'SSND', undefined]) {
        const reading = walked(withChunk(plain, id, Buffer.from('seven b'), before));
        expect(essenceOf(reading), id).toBe(essenceOf(walked(plain)));
        expect(reading).toMatchObject({ verdict: 'unverifiable', problems: [] });
        expect(reading.evidence).toContainEqual(expect.objectContaining({ kind: 'chunk', id, length: 7 }));
      }
    }
  });

  it('is told apart by every bit of what the samples are decoded by', () => {
    for (const [file, length] of [
      [plain, 18],
      [compressed, 22],
    ] as const) {
      const at = file.indexOf('COMM') + 8;
      for (let bit = 0; bit < length * 8; bit++) {
        const reading = walked(flipped(file, at + (bit >> 3), bit & 7));
        expect(essenceOf(reading), `bit ${bit}`).not.toBe(essenceOf(walked(file)));
      }
    }
  });

  it('begins behind the offset of SSND, and leaves the name of the compression out', () => {
    const at = plain.indexOf('SSND');
    const shifted = Buffer.concat([plain.subarray(0, at + 16), Buffer.alloc(512), plain.subarray(at + 16)]);
    shifted.writeUInt32BE(plain.readUInt32BE(at + 4) + 512, at + 4);
    shifted.writeUInt32BE(512, at + 8);
    expect(essenceOf(walked(sized(shifted)))).toBe(essenceOf(walked(plain)));
    const name = compressed.indexOf('COMM') + 8 + 23;
    expect(essenceOf(walked(flipped(compressed, name, 0)))).toBe(essenceOf(walked(compressed)));
  });
});

describe('AIFF, what it says', () => {
  it('places the end of a file cut short by byte and by time', () => {
    const [from, to] = samplesOf(plain);
    const cut = Math.floor((from + to) / 2);
    const reading = walked(plain.subarray(0, cut));
    expect(reading).toMatchObject({ verdict: 'truncated', problems: [{ code: 'truncated', offset: cut }] });
    // Half of half a second.
    expect(reading.problems[0]?.timeMs).toBe(250);
  });

  it('calls sizes that were never set, or that contradict each other, a damaged header', () => {
    const unset = Buffer.from(plain);
    unset.writeUInt32BE(0, unset.indexOf('SSND') + 4);
    expect(walked(unset).verdict).toBe('header_damaged');
    const more = Buffer.from(plain);
    more.writeUInt32BE(1e6, more.indexOf('COMM') + 10);
    expect(walked(more)).toMatchObject({
      verdict: 'header_damaged',
      problems: [{ offset: plain.indexOf('COMM') + 8 }],
    });
    const form = Buffer.from(plain);
    form.writeUInt32BE(0xffffffff, 4);
    expect(walked(form).verdict).toBe('header_damaged');
  });

  it('takes a missing pad byte and bytes behind the end for odd at most', () => {
    const padded = withChunk(plain, 'ANNO', Buffer.from('odd'), 'SSND');
    const at = padded.indexOf('SSND') - 1;
    const bare = sized(Buffer.concat([padded.subarray(0, at), padded.subarray(at + 1)]));
    expect(essenceOf(walked(bare))).toBe(essenceOf(walked(plain)));
    const tail = walked(Buffer.concat([plain, Buffer.alloc(300)]));
    expect(tail).toMatchObject({ verdict: 'unverifiable', problems: [{ code: 'structure_odd' }] });
  });

  it('ends where 10 GB are claimed in 1 KB, and among a million tiny chunks', () => {
    const huge = Buffer.from(plain.subarray(0, 1024));
    huge.writeUInt32BE(0xffffffff, huge.indexOf('SSND') + 4);
    expect(walked(huge).verdict).toBe('truncated');
    const tiny = Buffer.concat([plain.subarray(0, 12), Buffer.alloc(8_000_000, 'ANNO\0\0\0\0', 'latin1')]);
    const reading = walked(tiny);
    expect(reading.verdict).toBe('decoder_limitation');
    expect(reading.evidence.length).toBeLessThan(1000);
  });
});
