/** `node scripts/icons.ts`: draws build/icons/*.png, the glyph of renderer/public/icon.svg in the sizes that systems ask for. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];
const PAPER: Colour = [0xfa, 0xf8, 0xf3];
const INK: Colour = [0x1d, 0x25, 0x30];
const VERMILION: Colour = [0xc2, 0x3b, 0x22];
/** Samples along each side of a pixel. */
const FINE = 4;

/** What the SVG has at a place of its 16 × 16 units; undefined outside its rounded corners. */
function colourAt(x: number, y: number, hasNotch: boolean): Colour | undefined {
  const corner = 3.5;
  const dx = Math.max(corner - x, x - (16 - corner), 0);
  const dy = Math.max(corner - y, y - (16 - corner), 0);
  if (Math.hypot(dx, dy) > corner) return undefined;
  if (hasNotch && x - y > 7) return VERMILION;
  const far = Math.hypot(x - 8, y - 8);
  const isRing = Math.abs(far - 5.25) <= 0.625;
  const isFilled = far <= 5.25 && (x >= 8 || y >= 8);
  return isRing || isFilled ? INK : PAPER;
}

function draw(size: number, hasNotch = false): Buffer {
  const rows: Buffer[] = [];
  for (let row = 0; row < size; row += 1) {
    const line = Buffer.alloc(1 + size * 4);
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0];
      let hits = 0;
      for (let sample = 0; sample < FINE * FINE; sample += 1) {
        const x = ((column + ((sample % FINE) + 0.5) / FINE) / size) * 16;
        const y = ((row + (Math.floor(sample / FINE) + 0.5) / FINE) / size) * 16;
        const colour = colourAt(x, y, hasNotch);
        if (colour === undefined) continue;
        hits += 1;
        for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + (colour[channel] ?? 0);
      }
      const at = 1 + column * 4;
      for (const channel of [0, 1, 2])
        line[at + channel] = Math.round((sum[channel] ?? 0) / Math.max(hits, 1));
      line[at + 3] = Math.round((hits * 255) / (FINE * FINE));
    }
    rows.push(line);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // 8 bits a channel, RGBA (PNG, 11.2.1).
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const folder = join(import.meta.dirname, '..', 'build', 'icons');
mkdirSync(folder, { recursive: true });
for (const size of [16, 32, 48, 64, 128, 256, 512, 1024])
  writeFileSync(join(folder, `${size}x${size}.png`), draw(size));
for (const [scale, size] of [
  ['', 22],
  ['@2x', 44],
] as const) {
  writeFileSync(join(folder, `tray${scale}.png`), draw(size));
  writeFileSync(join(folder, `tray-notch${scale}.png`), draw(size, true));
}
