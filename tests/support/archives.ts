/** Archives made by hand, so that they can be what no program writes: entries of any name, kind and claim. */
import { crc32, deflateRawSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

export interface MadeEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  readonly type?: Header['type'];
  /** What a link leads to. */
  readonly to?: string;
  /** What a zip says of it, where that is not so. */
  readonly claims?: {
    readonly crc?: number;
    readonly size?: number;
    readonly flags?: number;
    readonly method?: number;
  };
  /** Shares the bytes of the first entry of a zip. */
  readonly overlaps?: boolean;
}

export async function tarOf(entries: readonly MadeEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, content = '', type = 'file', to } of entries) {
    const header = { name: text(name), type, ...(to === undefined ? {} : { linkname: to }) };
    tar.entry(header, Buffer.from(content as string));
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const MODES: Partial<Record<Header['type'], number>> = {
  file: 0o100644,
  directory: 0o040755,
  symlink: 0o120777,
  'character-device': 0o020644,
  fifo: 0o010644,
};
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;

/** APPNOTE 4.3; made as if on Unix, so that kinds of files are told. */
export function zipOf(entries: readonly MadeEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, content = '', type = 'file', to, claims = {}, overlaps = false } of entries) {
    const bytes = Buffer.from((to ?? content) as string);
    const packed = deflateRawSync(bytes, { level: 9 });
    const nameBytes = Buffer.from(name as string);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(UTF8_NAMES | (claims.flags ?? 0), 2);
    common.writeUInt16LE(claims.method ?? DEFLATED, 4);
    common.writeUInt32LE(claims.crc ?? crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims.size ?? bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE((3 << 8) | 20, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE(((MODES[type] ?? 0o100644) << 16) >>> 0, 38);
    entry.writeUInt32LE(overlaps ? 0 : at, 42);
    central.push(entry, nameBytes);
    if (overlaps) continue;
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, nameBytes, packed]);
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

const text = (name: string | Uint8Array): string =>
  typeof name === 'string' ? name : Buffer.from(name).toString('utf8');
