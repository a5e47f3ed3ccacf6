import { describe, expect, it } from 'vitest';
import {
  EMPTY_DRAFT,
  acceptanceOf,
  accessionOf,
  draftOf,
  gapsOf,
  readDraft,
  reachOf,
  templateOf,
  unsaid,
  withAppraisal,
  withDefaults,
  type Draft,
} from '../../../renderer/features/accessions/draft.ts';
import { addPath, lastName, pathsKey } from '../../../renderer/features/accessions/paths.ts';
import { pastedPaths } from '../../../renderer/ui/text/pasted-paths.ts';
import {
  accessionsSearch,
  newAccessionSearch,
  pathsOfSearch,
} from '../../../renderer/features/accessions/search.ts';
import { STEPS, isReachable, nearestReachable } from '../../../renderer/features/accessions/steps.ts';
import { newAccessionSchema } from '../../../shared/contract/accession.ts';

const SAID: Draft = {
  ...EMPTY_DRAFT,
  paths: [{ display: '/tapes' }],
  title: ' Miller tapes ',
  rightsBasis: 'other',
  rightsNote: 'Deed of gift',
  source: 'A. Miller',
  acquired: 'Gift, 3 May 2019',
  place: 'in-place',
};

describe('the steps of the guided path', () => {
  it('lets nobody past what is not said', () => {
    expect(nearestReachable('review', reachOf(EMPTY_DRAFT, false))).toBe('folders');
    const folders = { ...EMPTY_DRAFT, paths: SAID.paths };
    expect(nearestReachable('review', reachOf(folders, false))).toBe('rights');
    expect(nearestReachable('review', reachOf({ ...SAID, place: '' }, false))).toBe('place');
    expect(nearestReachable('review', reachOf(SAID, false))).toBe('review');
    expect(nearestReachable('survey', reachOf(folders, false))).toBe('survey');
  });

  it('shows what was begun, and only that', () => {
    for (const step of STEPS)
      expect(['progress', 'done']).toContain(nearestReachable(step, reachOf(SAID, true)));
    expect(isReachable('folders', reachOf(SAID, true))).toBe(false);
    expect(nearestReachable('done', reachOf(SAID, false))).toBe('review');
  });
});

describe('a draft', () => {
  it('takes silence for unsaid, and the word "not known" for a gap', () => {
    expect(unsaid(EMPTY_DRAFT)).toEqual(['title', 'rightsBasis', 'source', 'acquired']);
    const gaps: Draft = {
      ...SAID,
      rightsBasis: 'unknown',
      source: '',
      sourceUnknown: true,
      acquired: '',
      acquiredUnknown: true,
    };
    expect(unsaid(gaps)).toEqual([]);
    expect(gapsOf(gaps)).toEqual(['rights', 'source', 'acquired']);
    const wanted = accessionOf(gaps);
    expect(wanted).not.toHaveProperty('source');
    expect(wanted).not.toHaveProperty('acquired');
  });

  it('does not record what was typed before "not known" was chosen', () => {
    const said: Draft = { ...SAID, sourceUnknown: true };
    expect(gapsOf(said)).toEqual(['source']);
    expect(accessionOf(said)).not.toHaveProperty('source');
    expect(templateOf(said)).not.toHaveProperty('source');
  });

  it('becomes what the contract takes', () => {
    const wanted = accessionOf({ ...SAID, place: 'loc-2', collection: 'Jazz/Bebop' });
    expect(newAccessionSchema.parse(wanted)).toEqual({
      paths: [{ display: '/tapes' }],
      title: 'Miller tapes',
      rightsBasis: 'other',
      rightsNote: 'Deed of gift',
      source: 'A. Miller',
      acquired: 'Gift, 3 May 2019',
      collection: 'Jazz/Bebop',
      to: 'loc-2',
    });
    expect(accessionOf({ ...SAID, place: '' })).toBeUndefined();
    expect(acceptanceOf(SAID, 'appraisal-1')).toBeUndefined();
    expect(acceptanceOf({ ...SAID, reason: 'In scope' }, 'appraisal-1')).toMatchObject({
      id: 'appraisal-1',
      reason: 'In scope',
    });
  });

  it('is filled by a template, which leaves title and folders alone', () => {
    const template = templateOf({ ...SAID, place: 'loc-2' });
    expect(template).not.toHaveProperty('title');
    expect(withDefaults({ ...EMPTY_DRAFT, title: 'Mine', agreement: 'A-1' }, template)).toMatchObject({
      title: 'Mine',
      agreement: 'A-1',
      rightsBasis: 'other',
      source: 'A. Miller',
      place: 'loc-2',
    });
  });

  it('survives a reload, and anything else that may stand in the store', () => {
    const kept: Draft = {
      ...SAID,
      survey: { job: 'job-7', of: 'x' },
      paths: [{ display: 'a', bytes: 'gA==' }],
    };
    expect(readDraft(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(readDraft(null)).toEqual(EMPTY_DRAFT);
    expect(readDraft({ paths: [1, { display: 2 }], title: 3, rightsBasis: 'mine', survey: 'no' })).toEqual(
      EMPTY_DRAFT,
    );
  });

  it('keeps what was typed when an appraisal is taken up, and what was recorded when an accession is', () => {
    const appraisal = { paths: [{ display: '/found' }], title: 'Found reels', source: 'Attic' };
    const begun = withAppraisal({ ...EMPTY_DRAFT, title: 'Reels' }, appraisal);
    expect(begun).toMatchObject({ paths: appraisal.paths, title: 'Reels', source: 'Attic' });
    const again = draftOf({
      roots: [{ location: 'loc-1', path: { display: '/found' } }],
      title: 'Found reels',
      rightsBasis: 'unknown',
      rightsNote: '',
    });
    expect(again).toMatchObject({ title: 'Found reels', rightsBasis: '', place: 'in-place' });
    expect(unsaid(again)).toEqual(['rightsBasis', 'source', 'acquired']);
  });
});

describe('folders', () => {
  it('reads what is pasted: lines, quotes, file addresses with bytes that are no text', () => {
    expect(pastedPaths('/a/b/\n"/c d"\r\n\n  /e  ')).toEqual([
      { display: '/a/b' },
      { display: '/c d' },
      { display: '/e' },
    ]);
    expect(pastedPaths('file:///caf%C3%A9/ta%20pe')).toEqual([{ display: '/café/ta pe' }]);
    expect(pastedPaths('file:///caf%E9')).toEqual([{ display: '/caf\\xE9', bytes: 'L2NhZuk=' }]);
    expect(pastedPaths('file:///100%')).toEqual([{ display: 'file:///100%' }]);
    expect(pastedPaths('/')).toEqual([{ display: '/' }]);
  });

  it('takes only folders that lie apart', () => {
    const here = [{ display: '/a/b' }];
    expect(addPath(here, { display: 'tapes' })).toMatchObject({ refused: 'relative' });
    expect(addPath(here, { display: '/a/b' })).toMatchObject({ refused: 'twice' });
    expect(addPath(here, { display: '/a/b/c' })).toMatchObject({ refused: 'inside' });
    expect(addPath(here, { display: '/a' })).toMatchObject({ refused: 'around' });
    expect(addPath(here, { display: '/a/bc' })).toEqual({ paths: [...here, { display: '/a/bc' }] });
    expect(addPath(here, { display: 'C:\\tapes' })).toHaveProperty('paths');
    expect(addPath([{ display: '/x', bytes: 'eA==' }], { display: '/x' })).toHaveProperty('paths');
  });

  it('names an accession after the folder, and knows the same folders in any order', () => {
    expect(lastName({ display: '/media/tapes 1962' })).toBe('tapes 1962');
    expect(lastName({ display: '/' })).toBe('/');
    const [a, b] = [{ display: '/a' }, { display: '/b' }];
    expect(pathsKey([a, b])).toBe(pathsKey([b, a]));
    expect(pathsKey([a])).not.toBe(pathsKey([{ display: '/a', bytes: 'L2E=' }]));
  });
});

describe('what an address says', () => {
  it('is taken where it is understood, and passed over where not', () => {
    expect(
      newAccessionSearch({ step: 'place', job: 'job-3', appraisal: 'acc-1', again: 'acc-2', path: 7 }),
    ).toEqual({
      step: 'place',
      job: 'job-3',
      again: 'acc-2',
      path: '7',
    });
    expect(newAccessionSearch({ step: '../done', job: 'job-0', paths: 'x' })).toEqual({});
    expect(accessionsSearch({ gap: 'source', sort: 'title', direction: 'up', text: '' })).toEqual({
      gap: 'source',
      sort: 'title',
    });
  });

  it('names folders by their bytes where the name is no text', () => {
    const search = newAccessionSearch({ path: '/caf\\xE9', pathBytes: 'L2NhZuk=' });
    expect(pathsOfSearch(search)).toEqual([{ display: '/caf\\xE9', bytes: 'L2NhZuk=' }]);
    expect(pathsOfSearch(newAccessionSearch({ path: '/a', pathBytes: '<script>' }))).toEqual([
      { display: '/a' },
    ]);
    expect(pathsOfSearch(newAccessionSearch({ paths: [{ display: '/a' }, { bytes: 'x' }, 4] }))).toEqual([
      { display: '/a' },
    ]);
    expect(pathsOfSearch({})).toEqual([]);
  });
});
