import { open } from 'node:fs/promises';
import type { SerialForm } from '../../../core/ports/bag-validation.ts';
import type { RawPath } from '../../../../shared/domain/path.ts';

/** Where the magic of a tar stands (POSIX ustar). */
const USTAR_AT = 257;

/** By its first bytes, never by its name; undefined where it is no file, or none that a bag can be in. */
export async function serialForm(path: RawPath): Promise<SerialForm | undefined> {
  let file;
  try {
    file = await open(Buffer.from(path), 'r');
  } catch {
    return undefined; // whoever looks for a folder there says what is so
  }
  try {
    if (!(await file.stat()).isFile()) return undefined;
    const { bytesRead, buffer } = await file.read(Buffer.alloc(512), 0, 512, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head[0] === 0x1f && head[1] === 0x8b) return 'tar.gz';
    const first = head.toString('latin1', 0, 4);
    if (first === 'PK\u0003\u0004' || first === 'PK\u0005\u0006') return 'zip';
    return head.toString('latin1', USTAR_AT, USTAR_AT + 5) === 'ustar' ? 'tar' : undefined;
  } finally {
    await file.close();
  }
}
