import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32Forward } from '../../../../electron/adapters/audio/crc32-forward.ts';
import { packetRanges, pageBytes, pageCrc, pagesOf, type TestPage } from './ogg-pages.ts';
import { essenceOf, fixtureBytes, flipped, testWalker, walk, walked } from './walker-suite.ts';

const xiph = ['ogg-vorbis.ogg', 'ogg-opus.opus', 'ogg-speex.spx'];
testWalker('Ogg', {
  fixtures: xiph,
  provesAudio: true,
  audioOf: (bytes) => packetRanges(bytes, (packet) => packet !== 1),
});
testWalker('FLAC in Ogg', {
  fixtures: ['ogg-flac.oga'],
  provesAudio: true,
  audioOf: (bytes) => packetRanges(bytes, (packet, first) => packet > 0 && first === 0xff),
});

describe('CRC-32 of Ogg pages', () => {
  it('is what it is bit by bit, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
        const at = Math.min(cut, bytes.length);
        expect(crc32Forward(crc32Forward(0, bytes, 0, at), bytes, at, bytes.length)).toBe(pageCrc(bytes));
      }),
    );
  });
});

const vorbis = fixtureBytes('ogg-vorbis.ogg');
const opus = fixtureBytes('ogg-opus.opus');
const essence = essenceOf(walked(vorbis));

/** The file again from its pages, changed. Numbers follow each other unless a change says otherwise. */
function rewritten(bytes: Buffer, change: (pages: TestPage[]) => readonly TestPage[]): Buffer {
  return Buffer.concat(change(pagesOf(bytes)).map(pageBytes));
}

/** One packet a page, as a tagger may cut them that also doubles the comments. */
function recut(bytes: Buffer): Buffer {
  const [{ serial }] = pagesOf(bytes) as [TestPage];
  let sequence = 0;
  const page = (parts: Buffer[], flags: number, granule: bigint, goesOn = false): TestPage => {
    return { offset: 0, flags, granule, serial, sequence: sequence++, parts, goesOn };
  };
  let packet: Buffer = Buffer.alloc(0);
  let number = 0;
  const pages = pagesOf(bytes).flatMap(({ parts, granule, goesOn, flags }) =>
    parts.flatMap((part, i) => {
      packet = Buffer.concat([packet, part]);
      if (goesOn && i === parts.length - 1) return [];
      const whole = number++ === 1 ? Buffer.concat([packet, packet, packet]) : packet;
      packet = Buffer.alloc(0);
      const isLast = i === parts.length - 1;
      const cut = Math.floor(whole.length / 2 / 255) * 255;
      const end = isLast ? granule : -1n;
      const ofFile = number === 1 ? 2 : isLast ? flags & 4 : 0;
      if (cut === 0) return [page([whole], ofFile, end)];
      return [page([whole.subarray(0, cut)], 0, -1n, true), page([whole.subarray(cut)], 1 | ofFile, end)];
    }),
  );
  return Buffer.concat(pages.map(pageBytes));
}

describe('Ogg essence', () => {
  it('is the identification header and the packets but the comments, as its definition says', () => {
    const length = (value: number): Buffer => {
      const eight = Buffer.alloc(8);
      eight.writeBigUInt64BE(BigInt(value));
      return eight;
    };
    const digest = (...parts: (string | Buffer)[]): Buffer => {
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part);
      return hash.digest();
    };
    const over = (name: string, parameter: Buffer, audio: Buffer): Buffer =>
      digest(
        'holdfast essence\0ogg-1\0',
        `${name}\0`,
        length(parameter.length),
        parameter,
        'audio\0',
        length(audio.length),
        digest(audio),
      );
    const packets: Buffer[] = [];
    let open: Buffer[] = [];
    for (const { parts, goesOn } of pagesOf(vorbis)) {
      for (const [i, part] of parts.entries()) {
        open.push(part);
        if (goesOn && i === parts.length - 1) continue;
        packets.push(Buffer.concat(open));
        open = [];
      }
    }
    const [identification, , ...rest] = packets as [Buffer, Buffer, ...Buffer[]];
    const audio = Buffer.concat(rest.flatMap((packet) => [packet, length(packet.length)]));
    const stream = over('identification', identification, audio);
    expect(essence).toBe(over('container', Buffer.from('Ogg'), stream).toString('hex'));
    expect(walked(vorbis).essence?.definition).toBe('ogg-1');
  });

  it.each(xiph)('of %s stays as it is when packets are cut into other pages and comments grow', (file) => {
    const other = recut(fixtureBytes(file));
    expect(walked(other)).toMatchObject({ verdict: 'intact', problems: [] });
    expect(essenceOf(walked(other))).toBe(essenceOf(walked(fixtureBytes(file))));
  });

  it.each(xiph)('of %s changes with every bit of its identification header', (file) => {
    const bytes = fixtureBytes(file);
    const [[from, to]] = packetRanges(bytes, (packet) => packet === 0) as [[number, number]];
    for (let bit = 0; bit < (to - from) * 8; bit++) {
      const reading = walk(flipped(bytes, from + (bit >> 3), bit & 7));
      if (reading === undefined) continue;
      expect(essenceOf(reading)).not.toBe(essenceOf(walked(bytes)));
      expect(reading.verdict).toBe('essence_damaged');
    }
  });

  it('of FLAC in Ogg leaves the MD5 and the number of header packets out, and takes the rest of STREAMINFO', () => {
    const bytes = fixtureBytes('ogg-flac.oga');
    const [[from]] = packetRanges(bytes, (packet) => packet === 0) as [[number, number]];
    for (let at = 17; at < 51; at++) {
      const same = essenceOf(walked(flipped(bytes, from + at, 2))) === essenceOf(walked(bytes));
      expect(same, `byte ${at}`).toBe(at >= 35);
    }
    expect(essenceOf(walked(flipped(bytes, from + 8, 0)))).toBe(essenceOf(walked(bytes)));
  });

  it('takes each link of a chain, in order', () => {
    const chain = Buffer.concat([vorbis, opus]);
    const swapped = Buffer.concat([opus, vorbis]);
    for (const bytes of [chain, swapped, Buffer.concat([vorbis, vorbis])]) {
      expect(walked(bytes)).toMatchObject({ verdict: 'intact', problems: [] });
      expect(essenceOf(walked(bytes))).not.toBe(essence);
    }
    expect(essenceOf(walked(chain))).not.toBe(essenceOf(walked(swapped)));
    expect(walked(flipped(chain, vorbis.length + opus.length - 40, 1)).verdict).toBe('essence_damaged');
  });

  it('is the same however multiplexed streams lie in each other, and without Skeleton', () => {
    const [a, b] = [pagesOf(vorbis), pagesOf(opus).map((page) => ({ ...page, serial: 77 }))];
    const [firstA, ...restA] = a as [TestPage, ...TestPage[]];
    const [firstB, ...restB] = b as [TestPage, ...TestPage[]];
    const skeleton = [Buffer.from('fishead\0'.padEnd(80, '\0')), Buffer.alloc(0)].map((part, i) => ({
      ...{
        offset: 0,
        flags: i === 0 ? 2 : 4,
        granule: 0n,
        serial: 5,
        sequence: i,
        parts: [part],
        goesOn: false,
      },
    })) as [TestPage, TestPage];
    const one = walked(Buffer.concat([firstA, firstB, ...restA, ...restB].map(pageBytes)));
    const mixed = [
      skeleton[0],
      firstA,
      firstB,
      ...restB.slice(0, 2),
      skeleton[1],
      ...restA,
      ...restB.slice(2),
    ];
    const other = walked(Buffer.concat(mixed.map(pageBytes)));
    expect(one).toMatchObject({ verdict: 'intact', problems: [] });
    expect(other).toMatchObject({ verdict: 'intact', problems: [] });
    expect(essenceOf(other)).toBe(essenceOf(one));
  });
});

describe('Ogg, what it proves', () => {
  it('says what was checked, and which version', () => {
    expect(walked(vorbis)).toMatchObject({ version: 'Vorbis 0', lacks: [], problems: [] });
    expect(walked(vorbis).proofs).toEqual([`CRC-32 of ${pagesOf(vorbis).length} pages`]);
  });

  it('says once what every link of a chain lacks', () => {
    const flac = rewritten(fixtureBytes('ogg-flac.oga'), (pages) =>
      pages.map(({ flags, ...page }) => ({ ...page, flags: flags & ~4 })),
    );
    const { lacks, problems } = walked(Buffer.concat(Array.from({ length: 200 }, () => flac)));
    expect(lacks.filter((text) => text.startsWith('mark of the last page'))).toHaveLength(1);
    expect(problems).toHaveLength(50);
  });

  it('counts pictures among the comments, each with the digest of what it is when taken out', () => {
    const [picture, ...others] = walked(opus).evidence;
    expect(picture).toMatchObject({ kind: 'picture', id: 'METADATA_BLOCK_PICTURE' });
    expect(others).toEqual([]);
    const taken = Buffer.from(picture?.bytes ?? []);
    // RFC 9639 §8.8: the picture itself stands last.
    expect(taken.readUInt32BE(0)).toBe(3);
    expect(taken.includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(true);
    expect(Buffer.from(picture?.sha256 ?? [])).toEqual(createHash('sha256').update(taken).digest());
    expect(walked(vorbis).evidence).toEqual([]);
  });

  it('places damage by byte and by time', () => {
    const page = pagesOf(opus).at(-1) as TestPage;
    const [problem] = walked(flipped(opus, page.offset + 60, 3)).problems;
    expect(problem).toMatchObject({ code: 'essence_damaged', offset: page.offset });
    const before = pagesOf(opus).at(-2) as TestPage;
    const preSkip = pagesOf(opus)[0]?.parts[0]?.readUInt16LE(10) ?? 0;
    expect(problem?.timeMs).toBe(Math.round(Math.max(0, Number(before.granule) - preSkip) / 48));
  });

  it('finds a page taken out by its number', () => {
    const pages = pagesOf(recut(opus));
    const gone = pages.length - 4;
    const reading = walked(Buffer.concat(pages.filter((_, i) => i !== gone).map(pageBytes)));
    expect(reading).toMatchObject({ verdict: 'essence_damaged', proofs: [] });
    expect(reading.problems[0]).toMatchObject({
      offset: pages[gone]?.offset,
      detail: expect.stringMatching('missing') as string,
    });
  });

  it('goes on behind a page whose length is damaged', () => {
    const bytes = recut(vorbis);
    const pages = pagesOf(bytes);
    const at = (pages.at(-6) as TestPage).offset;
    const reading = walked(flipped(bytes, at + 27, 6));
    expect(reading.problems).toHaveLength(1);
    expect(reading.problems[0]).toMatchObject({ code: 'essence_damaged', offset: at });
  });

  it('tells a page cut short from an end that was never marked', () => {
    const cut = walked(vorbis.subarray(0, -1));
    expect(cut).toMatchObject({ verdict: 'truncated', problems: [{ offset: vorbis.length - 1 }] });
    const unmarked = walked(
      rewritten(vorbis, (pages) => pages.map((page) => ({ ...page, flags: page.flags & ~4 }))),
    );
    expect(unmarked).toMatchObject({ verdict: 'unverifiable', problems: [{ code: 'structure_odd' }] });
    expect(unmarked.lacks[0]).toMatch(/^mark of the last page/);
    expect(essenceOf(unmarked)).toBe(essence);
  });

  it('calls a page of nothing but tags a damaged header', () => {
    const pages = pagesOf(recut(opus));
    const tags = (pages[1] as TestPage).offset;
    const reading = walked(flipped(recut(opus), tags + 60, 1));
    expect(reading.verdict).toBe('header_damaged');
    expect(essenceOf(reading)).toBe(essenceOf(walked(opus)));
  });

  it('is no alarm: bytes between pages, tags around the file, a recording joined in the middle', () => {
    const second = (pagesOf(vorbis)[1] as TestPage).offset;
    const noise = Buffer.concat([
      vorbis.subarray(0, second),
      Buffer.from('OggS noise'),
      vorbis.subarray(second),
    ]);
    const id3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x01\0', 'latin1'), Buffer.alloc(128)]);
    const tagged = Buffer.concat([id3, vorbis, Buffer.from('TAG'), Buffer.alloc(125)]);
    for (const bytes of [noise, tagged]) {
      expect(walked(bytes)).toMatchObject({ verdict: 'intact', problems: [{ code: 'structure_odd' }] });
      expect(essenceOf(walked(bytes))).toBe(essence);
    }
    const joined = rewritten(vorbis, (pages) =>
      pages.map((page, i) => (i < 2 ? page : { ...page, sequence: i + 4000 })),
    );
    expect(walked(joined)).toMatchObject({ verdict: 'unverifiable', problems: [{ code: 'structure_odd' }] });
  });

  it('bears a file of nothing but capture patterns', () => {
    const bytes = Buffer.concat([
      vorbis,
      Buffer.alloc(400_000, Buffer.concat([Buffer.from('OggS'), Buffer.alloc(22), Buffer.alloc(256, 255)])),
    ]);
    expect(walked(bytes).verdict).not.toBe('intact');
  });
});
