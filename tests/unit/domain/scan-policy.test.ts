import { describe, expect, it } from 'vitest';
import { leaveOut, scanPolicy } from '../../../shared/domain/scan-policy.ts';

const asked = (name: string, isDirectory = false) => leaveOut(new TextEncoder().encode(name), isDirectory);

describe('the scan policy', () => {
  it.each(scanPolicy.map((rule) => [rule]))(
    'leaves out what its own table names: $pattern',
    ({ pattern, on, reason }) => {
      const name = pattern.replace('*', 'anything');
      expect(asked(name, on === 'folder')).toBe(reason);
      expect(asked(name.toUpperCase(), on === 'folder')).toBe(reason);
      expect(asked(name, on !== 'folder')).toBeUndefined();
      expect(asked(`x${name}`, on === 'folder')).toBeUndefined();
      expect(reason.length).toBeGreaterThan(10);
    },
  );

  it.each([
    'Track 01.flac',
    '.hidden.wav',
    'half.part',
    'half.crdownload',
    '',
    '.',
    'Thumbs.db.wav',
    'desktop.inis',
    '.~lock.x',
    '_.x',
  ])('surveys %o', (name) => {
    expect(asked(name)).toBeUndefined();
    expect(asked(name, true)).toBeUndefined();
  });

  it('reads names that are not UTF-8', () => {
    expect(leaveOut(Uint8Array.of(0x2e, 0x5f, 0xff), false)).toBe(
      'companion file that macOS makes on foreign volumes',
    );
    expect(leaveOut(Uint8Array.of(0xff, 0xfe), false)).toBeUndefined();
  });
});
