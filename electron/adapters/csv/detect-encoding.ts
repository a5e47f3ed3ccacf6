import { TextDecoder } from 'node:util';
import { HoldfastError } from '../../../shared/domain/errors.ts';

/** Looks at a text of unknown encoding chunk by chunk, so that a file of any length can be judged in the same memory. */
export class EncodingDetector {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  readonly #seen = new Uint32Array(256);
  #isUtf8 = true;
  #begun: 'utf-8' | 'utf-16le' | 'utf-16be' | undefined;
  #first = true;

  look(chunk: Uint8Array): void {
    if (this.#first) this.#begun = byOrderMark(chunk) ?? byZeros(chunk);
    this.#first = false;
    if (this.#begun !== undefined) return;
    if (this.#isUtf8) {
      try {
        this.#utf8.decode(chunk, { stream: true });
      } catch {
        this.#isUtf8 = false;
      }
    }
    for (const byte of chunk) if (byte >= 0x80) this.#seen[byte] = (this.#seen[byte] ?? 0) + 1;
  }

  /** Whether what comes cannot change what was found. */
  get isSure(): boolean {
    return this.#begun !== undefined;
  }

  /** WHATWG name of the encoding; of the one-byte ones, that whose letters the text rather holds. */
  found(): string {
    if (this.#begun !== undefined) return this.#begun;
    if (this.#isUtf8) {
      try {
        this.#utf8.decode();
        return 'utf-8';
      } catch {
        // It ends within a character, as no UTF-8 does.
      }
    }
    const weigh = (letters: readonly number[]) =>
      letters.reduce((sum, byte) => sum + (this.#seen[byte] ?? 0), 0);
    return weigh(CENTRAL) > weigh(WESTERN) ? 'windows-1250' : 'windows-1252';
  }
}

/** A decoder that refuses bytes which are not in its encoding. */
export function decoderFor(label: string): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    throw new HoldfastError(
      'BAD_INPUT',
      `"${label}" is no encoding. Such names are utf-8, utf-16le, windows-1250, windows-1252, macintosh.`,
    );
  }
}

// Bytes that are frequent letters in one of the two and signs or rare letters in the other. Central European: ś ź ł ą ż š-like
// hooks as Polish, Czech, Slovak, Hungarian and Romanian write them (ľ ş ť ź ł ą ş ż, ě ď ň ř ů ő ű ţ ę ć č).
const CENTRAL = [
  0x8d, 0x8f, 0x9c, 0x9d, 0x9f, 0xa3, 0xa5, 0xaf, 0xb3, 0xb9, 0xbe, 0xbf, 0xcc, 0xd8, 0xd9, 0xec, 0xf8, 0xf9,
  0xf2, 0xfe,
];
// Western: à å æ è ê ë ï ñ ò-less, õ, ã as French, Scandinavian, Spanish, Portuguese and Dutch write them; the signs « » ° of both.
const WESTERN = [
  0xc0, 0xc5, 0xc6, 0xc8, 0xca, 0xd1, 0xe0, 0xe3, 0xe5, 0xe6, 0xe8, 0xea, 0xeb, 0xef, 0xf1, 0xf5,
];

function byOrderMark([a, b, c]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/** Western text in UTF-16 has a NUL in nearly every second byte, always on the same side. */
function byZeros(chunk: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const looked = chunk.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [at, byte] of looked.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros.map((count) => count / Math.max(1, looked.length / 2));
  if (odd > 0.4 && even < 0.05) return 'utf-16le';
  return even > 0.4 && odd < 0.05 ? 'utf-16be' : undefined;
}
