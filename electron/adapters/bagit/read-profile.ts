import { open } from 'node:fs/promises';
import type { BagProfiles } from '../../core/ports/bag-validation.ts';
import { parseBagProfile } from '../../../shared/domain/bag-profile.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath } from '../../../shared/domain/path.ts';
import { codeOf } from './walk-bag.ts';

/** Profiles in use have a few kilobytes. */
const MOST_BYTES = 1024 * 1024;

export const bagProfiles: BagProfiles = {
  async read(path) {
    const name = displayPath(path);
    let text;
    try {
      const file = await open(Buffer.from(path), 'r');
      try {
        const buffer = Buffer.alloc(MOST_BYTES);
        const { bytesRead } = await file.read(buffer, 0, MOST_BYTES, 0);
        if (bytesRead === MOST_BYTES)
          throw new HoldfastError('BAD_INPUT', `${name} is too large for a profile.`);
        text = buffer.toString('utf8', 0, bytesRead);
      } finally {
        await file.close();
      }
    } catch (error) {
      if (error instanceof HoldfastError) throw error;
      throw new HoldfastError('BAD_INPUT', `${name} cannot be read (${codeOf(error)}).`);
    }
    const profile = parseBagProfile(text);
    if (typeof profile === 'string')
      throw new HoldfastError(
        'BAD_INPUT',
        `${name} is no BagIt profile: ${profile}. Ask whoever takes the bags for the JSON file of their profile.`,
      );
    return profile;
  },
};
