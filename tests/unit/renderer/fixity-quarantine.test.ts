import { describe, expect, it } from 'vitest';
import { asideWords, whyNotDiscard, whyNotRestore } from '../../../renderer/features/fixity/aside-words.ts';
import { sweptWords } from '../../../renderer/features/fixity/swept-words.ts';
import { textsOf } from '../../../renderer/ui/i18n.ts';
import { asideDetailSchema, type AsideDetail } from '../../../shared/contract/quarantine.ts';
import { whyKeep } from '../../../shared/domain/quarantine.ts';

const t = textsOf('fixity');

const standing: AsideDetail = asideDetailSchema.parse({
  id: 'aside-3',
  state: 'aside',
  path: { display: '/nas/.holdfast-quarantine/a/job-4/find-7/side a.wav' },
  stoodAt: { display: '/nas/Reel 12/side a.wav' },
  location: { id: 'loc-1', name: 'Studio NAS' },
  finding: 'find-7',
  replica: 'rep-2',
  outcome: 'truncated',
  size: 100,
  at: '2026-11-03T10:00:00.000Z',
  by: 'A. Kettle',
  job: 'job-4',
  stands: true,
  placeTaken: true,
});
const released = {
  at: '2026-11-05T10:00:00.000Z',
  by: 'A. Novak',
  reason: 'Cause found',
  event: 'event-9',
};

describe('what is said of a file in quarantine', () => {
  it('is how it was found, who set it aside, and whether it stands there', () => {
    expect(asideWords(standing, t)).toMatch(
      /^It was found truncated, and was set aside on .*2026.* in the name of A\. Kettle\. Nothing of it was changed\. A file stands in quarantine now; it was not read again/,
    );
    expect(asideWords({ ...standing, stands: false }, t)).toContain('somebody has taken it out');
    const { stands, ...unseen } = standing;
    expect(stands).toBe(true);
    // An unreachable place is not a loss.
    expect(asideWords(unseen, t)).toContain('is not known: Studio NAS cannot be reached');
  });

  it('is what became of it once it has left', () => {
    const back = { ...standing, state: 'restored', released } as const;
    expect(asideWords(back, t)).toMatch(/A\. Novak gave it back to where it stood on/);
    expect(asideWords({ ...back, released: { ...released, to: '/nas/lab/a.wav' } }, t)).toMatch(
      /gave it back on .*, to another path/,
    );
    const gone = {
      ...back,
      state: 'discarded',
      released: { ...released, secondAgent: 'J. Miller' },
    } as const;
    expect(asideWords(gone, t)).toMatch(/removed on .* by A\. Novak and J\. Miller\./);
  });

  it('names nobody where no agent is recorded, and shows hostile names as they are', () => {
    expect(asideWords({ ...standing, by: '' }, t)).not.toContain('in the name of');
    expect(asideWords({ ...standing, by: 'A\u202Eelttek' }, t)).not.toContain('\u202E');
  });
});

describe('what can be done with it', () => {
  it('is either act while a good replica stands in its place', () => {
    expect(whyNotRestore(standing, false, t)).toBeUndefined();
    expect(whyNotDiscard(standing, t)).toBeUndefined();
  });

  it('is no removal while it may be all that is left, whatever else is so', () => {
    const keepBecause = whyKeep({ isReplaced: false, hasCustodyEnded: false }) ?? '';
    expect(keepBecause).not.toBe('');
    expect(whyNotDiscard({ ...standing, keepBecause }, t)).toBe(keepBecause);
    expect(whyNotDiscard({ ...standing, keepBecause, stands: false }, t)).toBe(keepBecause);
    expect(whyNotRestore({ ...standing, keepBecause }, false, t)).toBeUndefined();
  });

  it('is nothing where it cannot be seen or is not there', () => {
    const { stands, placeTaken, ...unseen } = standing;
    expect([stands, placeTaken]).toEqual([true, true]);
    for (const aside of [unseen, { ...standing, stands: false }]) {
      expect(whyNotRestore(aside, false, t)).toBeDefined();
      expect(whyNotDiscard(aside, t)).toBeDefined();
    }
  });

  it('is no way back among sealed files but to its own place', () => {
    expect(whyNotRestore(standing, true, t)).toContain('its bags are sealed');
    expect(whyNotRestore({ ...standing, placeTaken: false }, true, t)).toBeUndefined();
  });
});

describe('what a sweep is said to have done', () => {
  const nothing = { removed: 0, recorded: 0, stories: 0, kept: [] };

  it('is a sentence for each thing that it did', () => {
    expect(sweptWords({ ...nothing, removed: 2, stories: 1 }, t)).toEqual([
      '2 staged copies were removed: their content stands elsewhere, read now and found good.',
      '1 text beside a damaged file was put right.',
    ]);
    expect(sweptWords({ ...nothing, recorded: 1 }, t)).toHaveLength(1);
  });

  it('is that nothing was left only where nothing was kept', () => {
    expect(sweptWords(nothing, t)).toEqual([
      'Interrupted recoveries had left nothing that could be seen now.',
    ]);
    expect(sweptWords({ ...nothing, kept: [{ path: { display: '/a' }, reason: 'r' }] }, t)).toEqual([]);
  });
});
