import { describe, expect, it } from 'vitest';
import { PROBLEMS, problemMessage, problemSeverity } from '../../../shared/domain/problem-codes.ts';
import type { ProblemCode } from '../../../shared/domain/problem-codes.ts';
import { parseRightsBasis, RIGHTS_BASES } from '../../../shared/domain/rights.ts';
import * as vocabulary from '../../../shared/domain/vocabulary.ts';

describe('rights bases', () => {
  it('are read as people type them', () => {
    expect(
      ['Licence', 'license', ' COPYRIGHT ', 'statute', 'other', 'unknown'].map(parseRightsBasis),
    ).toEqual(['license', 'license', 'copyright', 'statute', 'other', 'unknown']);
    expect(['', 'public domain', 'constructor'].map(parseRightsBasis)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(RIGHTS_BASES).toEqual(['copyright', 'license', 'statute', 'other']);
  });
});

describe('vocabularies', () => {
  it('hold each word once', () => {
    for (const words of Object.values(vocabulary) as readonly (readonly string[])[])
      expect(new Set(words).size).toBe(words.length);
    expect(vocabulary.EVENT_TYPES).toHaveLength(22);
  });
});

describe('problems with files', () => {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];

  it.each(codes)('%s says what to do, with and without particulars', (code) => {
    const full = { errno: 'EIO', offset: 4096, other: 'a/b', detail: 'WAVE', expected: 'FLAC' };
    for (const message of [problemMessage(code), problemMessage(code, full)]) {
      expect(message).toMatch(/^[A-Z].*\.$/);
      expect(message).not.toMatch(/undefined|\(\)| {2}/);
    }
  });

  it('tell a problem from an advisory', () => {
    expect(codes.filter((code) => problemSeverity(code) === 'advisory').toSorted()).toEqual([
      'checksum_differs',
      'cue_damaged',
      'decoder_limitation',
      'empty_file',
      'format_mismatch',
      'left_out',
      'name_not_utf8',
      'name_twin',
      'protected_kept',
      'structure_odd',
      'tags_unreadable',
    ]);
    expect(problemMessage('io_error', { errno: 'EIO', offset: 4096 })).toContain('at offset 4096 (EIO).');
  });
});
