import { describe, expect, it } from 'vitest';
import {
  DEFAULT_MASS_THRESHOLDS,
  isMassChange,
  looksLike,
  type MassEvidence,
} from '../../../shared/domain/mass-change.ts';

describe('how many files at once are one finding', () => {
  it.each([
    ['half of a shelf of ten files', 5, 10, false],
    ['all of nineteen', 19, 19, false],
    ['all of twenty', 20, 20, true],
    ['twenty of four hundred: five in a hundred', 20, 400, true],
    ['twenty of four hundred and one', 20, 401, false],
    ['ninety-nine of a million', 99, 1_000_000, false],
    ['a hundred of a million', 100, 1_000_000, true],
  ])('%s', (_, files, ofFiles, is) => {
    expect(isMassChange(files, ofFiles, DEFAULT_MASS_THRESHOLDS)).toBe(is);
  });

  it('is what the archive asks', () => {
    const sooner = { share: 0.5, files: 10, least: 3 };
    expect(isMassChange(3, 6, sooner)).toBe(true);
    expect(isMassChange(3, 7, sooner)).toBe(false);
    expect(isMassChange(10, 1_000_000, sooner)).toBe(true);
    expect(isMassChange(2, 2, sooner)).toBe(false);
  });
});

describe('what they look like', () => {
  const seen = (changes: Partial<MassEvidence>): MassEvidence => ({
    files: 100,
    outcomes: {},
    unrecognised: 0,
    renamedTo: 0,
    wholeFolderGone: false,
    ...changes,
  });
  it.each<[string, MassEvidence]>([
    ['folder not mounted', seen({ outcomes: { missing: 100 }, wholeFolderGone: true })],
    // Without a folder that they all fill, nothing tells why they are gone.
    ['unknown', seen({ outcomes: { missing: 100 } })],
    ['retagged', seen({ outcomes: { tags_changed: 80, altered: 20 } })],
    ['encrypted', seen({ outcomes: { altered: 100 }, unrecognised: 90 })],
    ['encrypted', seen({ outcomes: { missing: 100 }, renamedTo: 85, wholeFolderGone: true })],
    ['encrypted', seen({ outcomes: { missing: 50, altered: 50 }, renamedTo: 40, unrecognised: 40 })],
    ['moved', seen({ outcomes: { moved: 95, missing: 5 } })],
    ['damaged', seen({ outcomes: { altered: 30, truncated: 30, unreadable: 30, missing: 10 } })],
    ['unknown', seen({ outcomes: { altered: 50, missing: 50 } })],
    ['unknown', seen({ outcomes: { tags_changed: 79, missing: 21 } })],
  ])('is called %s', (look, evidence) => {
    expect(looksLike(evidence)).toBe(look);
  });
});
