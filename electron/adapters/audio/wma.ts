/**
 * Windows Media Audio in ASF (Advanced Systems Format, rev. 01.20.05). Essence, `asf-1`: the size of packets, the Stream
 * Properties Object of each stream, in their order, and the packets of the Data Object; tags stand in the header alone. The
 * format carries no check of its own; that all of the packets are there, is checked.
 */
import { guidAt, streamProperties } from './asf.ts';
import { viewOf } from './content.ts';
import { afterId3v2 } from './id3v2.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { WalkReport } from './walk-report.ts';

/** §3.2. */
const fileProperties = '8CABDCA1-A947-11CF-8EE4-00C00C205365';
const filePropertiesLength = 104;
/** §5.2: its header, the file's identifier, the number of packets, and two reserved bytes. */
const data = '75B22636-668E-11CF-A6D9-00AA0062CE6C';
const dataHeader = 50;
const objectHeader = 24;
const headerHeader = 30;
const mostDescription = 64 * 1024;

export function* walkAsf(file: WalkedFile, report: WalkReport): Walk {
  yield* file.skip(afterId3v2((position, length) => file.readAt(position, length)));
  yield* new AsfWalk(file, report).walk();
}

class AsfWalk {
  readonly #file: WalkedFile;
  readonly #report: WalkReport;
  #streams = 0;
  #packetSize = 0;
  #playMs = 0;
  /** Sizes and numbers are not known while it is sent out. */
  #isBroadcast = false;

  constructor(file: WalkedFile, report: WalkReport) {
    this.#file = file;
    this.#report = report;
  }

  *walk(): Walk {
    const file = this.#file;
    const start = file.position;
    const header = yield* file.take(headerHeader);
    if (header.length < headerHeader) return this.#short('it ends within its header');
    const end = start + sizeAt(header);
    while (file.position + objectHeader <= Math.min(end, file.size)) {
      if (!(yield* this.#described(end))) break;
    }
    if (end > file.size) return this.#short('it ends within its header');
    if (file.position < end) yield* file.skip(end - file.position);
    if (this.#streams === 0) this.#report.headerDamaged({ offset: start }, 'no stream is described');
    yield* this.#findData();
    this.#report.lacks('a check of the packets: the format carries none');
  }

  /** One object of the header. @returns whether another may follow */
  *#described(end: number): Walk<boolean> {
    const file = this.#file;
    const at = file.position;
    const object = yield* file.peek(objectHeader);
    const size = sizeAt(object);
    if (size < objectHeader || at + size > end) {
      this.#report.headerDamaged({ offset: at }, `an object of the header claims ${size} bytes`);
      return false;
    }
    const id = guidAt(object, 0);
    if (id === streamProperties && size <= mostDescription) {
      const whole = yield* file.take(size);
      if (whole.length === size) {
        this.#streams++;
        this.#report.essence.parameter('stream properties', whole.subarray(objectHeader));
      }
    } else if (id === fileProperties && size >= filePropertiesLength) {
      const whole = yield* file.take(size);
      if (whole.length >= filePropertiesLength) this.#readProperties(whole);
    } else yield* file.skip(size);
    return file.position < file.size;
  }

  #readProperties(object: Uint8Array): void {
    const view = viewOf(object);
    this.#playMs = Math.max(
      0,
      Number(view.getBigUint64(64, true)) / 10_000 - Number(view.getBigUint64(80, true)),
    );
    this.#isBroadcast = (view.getUint32(88, true) & 1) !== 0;
    this.#packetSize = view.getUint32(92, true);
    this.#report.essence.parameter('packet size', object.slice(92, 100));
  }

  /** Objects behind the header: the packets, and indices that can be made again out of them. */
  *#findData(): Walk {
    const file = this.#file;
    let hasData = false;
    while (file.position < file.size) {
      const at = file.position;
      const object = yield* file.peek(dataHeader);
      const size = object.length < objectHeader ? 0 : sizeAt(object);
      const isData = !hasData && object.length >= objectHeader && guidAt(object, 0) === data;
      if (isData) {
        hasData = true;
        yield* this.#packets(object, size);
      } else if (size < objectHeader || at + size > file.size) {
        if (hasData) this.#report.odd({ offset: at }, `${file.size - at} bytes stand behind the packets`);
        break;
      } else yield* file.skip(size);
    }
    if (!hasData) this.#short('it ends before its packets');
  }

  *#packets(header: Uint8Array, size: number): Walk {
    const file = this.#file;
    if (header.length < dataHeader) return this.#short('it ends before its packets');
    const count = Number(viewOf(header).getBigUint64(40, true));
    const toEnd = file.size - file.position - dataHeader;
    // §5.2: a size of 0 leaves it to the end of the file.
    const length = size < dataHeader ? toEnd : size - dataHeader;
    if (!this.#isBroadcast && size >= dataHeader && count * this.#packetSize !== length) {
      this.#report.odd(
        { offset: file.position },
        `${count} packets of ${this.#packetSize} bytes are claimed in ${length}`,
      );
    }
    file.advance(dataHeader);
    const there = yield* file.pass(length, (piece) => this.#report.essence.audio(piece));
    if (there < length) this.#short('it ends before its packets do', (there / length) * this.#playMs);
  }

  #short(detail: string, timeMs?: number): void {
    this.#report.truncated({ offset: this.#file.size, timeMs }, detail);
  }
}

/** §2.1: 64 bits behind the GUID. */
function sizeAt(object: Uint8Array): number {
  return Number(viewOf(object).getBigUint64(16, true));
}
