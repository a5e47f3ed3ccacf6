/** Ogg pages for tests, read and written by the letter of RFC 3533, apart from the walker's own code. */

export interface TestPage {
  readonly offset: number;
  flags: number;
  granule: bigint;
  serial: number;
  sequence: number;
  /** Packets on the page, the last one perhaps not to its end. */
  parts: Buffer[];
  /** Whether the last part goes on, on the next page. */
  goesOn: boolean;
}

/** Bit by bit, as the standard writes it. */
export function pageCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  }
  return crc >>> 0;
}

export function pagesOf(bytes: Buffer): TestPage[] {
  const pages: TestPage[] = [];
  for (let at = 0; at < bytes.length;) {
    const table = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] as number));
    const page = {
      offset: at,
      flags: bytes[at + 5] as number,
      granule: bytes.readBigInt64LE(at + 6),
      serial: bytes.readUInt32LE(at + 14),
      sequence: bytes.readUInt32LE(at + 18),
      parts: [] as Buffer[],
      goesOn: table.at(-1) === 255,
    };
    at += 27 + table.length;
    let length = 0;
    for (const [i, lacing] of table.entries()) {
      length += lacing;
      if (lacing === 255 && i < table.length - 1) continue;
      page.parts.push(bytes.subarray(at, at + length));
      at += length;
      length = 0;
    }
    pages.push(page);
  }
  return pages;
}

export function pageBytes({
  flags,
  granule,
  serial,
  sequence,
  parts,
  goesOn,
}: Omit<TestPage, 'offset'>): Buffer {
  const lacing = parts.flatMap(({ length }, i) => {
    const full = Array.from({ length: Math.floor(length / 255) }, () => 255);
    return goesOn && i === parts.length - 1 ? full : [...full, length % 255];
  });
  const header = Buffer.alloc(27);
  header.write('OggS');
  header[5] = flags;
  header.writeBigInt64LE(granule, 6);
  header.writeUInt32LE(serial, 14);
  header.writeUInt32LE(sequence, 18);
  header[26] = lacing.length;
  const page = Buffer.concat([header, Buffer.from(lacing), ...parts]);
  page.writeUInt32LE(pageCrc(page), 22);
  return page;
}

/** Where packets of audio and setup stand, by the numbers of those that do not count. */
export function packetRanges(
  bytes: Buffer,
  isEssence: (packet: number, first: number) => boolean,
): [number, number][] {
  const ranges: [number, number][] = [];
  let packet = 0;
  let isCounted = false;
  let isInside = false;
  for (const page of pagesOf(bytes)) {
    for (const [i, part] of page.parts.entries()) {
      if (!isInside) isCounted = isEssence(packet, part[0] ?? 0);
      const from = part.byteOffset - bytes.byteOffset;
      if (isCounted && part.length > 0) ranges.push([from, from + part.length]);
      isInside = page.goesOn && i === page.parts.length - 1;
      if (!isInside) packet++;
    }
  }
  return ranges;
}
