import type { PathValue } from '../../shared/contract/common.ts';
import { pathFromJson } from '../../shared/domain/path.ts';
import { identifyRoot } from '../adapters/storage/volume.ts';

/**
 * Whether a folder can be worked on, for who must know before there is an archive.
 * @throws HoldfastError FOLDER_NOT_FOUND, NOT_A_FOLDER, FOLDER_UNREADABLE
 */
export async function requireFolder(path: PathValue): Promise<void> {
  await identifyRoot(pathFromJson(path));
}
