import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askedBy } from '../../../electron/main/arguments.ts';
import { restoredState } from '../../../electron/main/window-state.ts';
import { isPlace, placeOfLink } from '../../../shared/shell/places.ts';

const root = join(import.meta.dirname, '..', '..', '..');

describe('places', () => {
  it('are all routes of the renderer that show something', () => {
    const router = readFileSync(join(root, 'renderer/app/router.tsx'), 'utf8');
    // Those of a screen with tabs stand below it.
    const below: Readonly<Record<string, string>> = { ofFixity: '/fixity', ofHandOuts: '/hand-outs' };
    const routes = [...router.matchAll(/(?:getParentRoute: (\w+), )?path: '([^']+)'/g)].map(
      ([, parent = '', path = '']) => `${below[parent] ?? ''}${path}`,
    );
    expect(routes.length).toBeGreaterThan(10);
    for (const route of routes.filter(
      (each) => !['/', '/fixity/', '/hand-outs/', '/settings'].includes(each),
    ))
      expect(isPlace(route.replace('$id', 'rep-12').replace('$section', 'policy')), route).toBe(true);
  });

  it.each([
    ['holdfast://holdings/rep-12', '/holdings/rep-12'],
    ['holdfast:///accessions/new', '/accessions/new'],
    ['holdfast:overview', '/overview'],
    ['holdfast://log/', '/log'],
    ['holdfast://hand-outs/check', '/hand-outs/check'],
  ])('are named by %s', (link, place) => {
    expect(placeOfLink(link)).toBe(place);
  });

  it.each([
    'holdfast://elsewhere',
    'holdfast://holdings/../settings/policy',
    'holdfast://holdings/%2e%2e',
    'holdfast://holdings/rep-1?x=1',
    'holdfast://holdings/rep-1#x',
    'holdfast://https://example.org',
    'holdfast://holdings/<script>',
    'holdfast://holdings/a/b',
    'holdfast://hand-outs/elsewhere',
    `holdfast://holdings/${'a'.repeat(200)}`,
    'https://example.org/holdings',
    'javascript:alert(1)',
    'app://holdfast/holdings',
    '',
  ])('are not named by %s', (link) => {
    expect(placeOfLink(link)).toBeUndefined();
  });
});

describe('what the program is started with', () => {
  it('is a link, an archive, or being hidden; anything else asks for nothing', () => {
    expect(askedBy(['--hidden'])).toEqual({ isHidden: true });
    expect(askedBy(['holdfast://log'])).toEqual({ isHidden: false, place: '/log' });
    expect(askedBy(['/tapes/mine.holdfast'])).toEqual({ isHidden: false, archive: '/tapes/mine.holdfast' });
    expect(askedBy(['/tapes/mine/archive.json'])).toEqual({ isHidden: false, archive: '/tapes/mine' });
    expect(askedBy(['--inspect', 'mine.holdfast', '/etc/passwd', 'https://example.org'])).toEqual({
      isHidden: false,
    });
  });
});

describe('the window of last time', () => {
  const display = { x: 0, y: 0, width: 1920, height: 1080 };
  const second = { x: 1920, y: 0, width: 1280, height: 1024 };

  it('stands where it stood', () => {
    const kept = { x: 2000, y: 100, width: 1000, height: 700, isMaximized: true };
    expect(restoredState(kept, [display, second])).toEqual(kept);
  });

  it('comes back from a display that is gone, in its size as far as that fits', () => {
    const kept = { x: 2000, y: 100, width: 2400, height: 700, isMaximized: false };
    expect(restoredState(kept, [display])).toEqual({ width: 1920, height: 700, isMaximized: false });
  });

  it('is brought back in where it hangs over the edge', () => {
    const kept = { x: 1700, y: 900, width: 1000, height: 700, isMaximized: false };
    expect(restoredState(kept, [display])).toMatchObject({ x: 920, y: 380 });
  });

  it.each([
    undefined,
    null,
    'x',
    {},
    { x: 0, y: 0, width: 'a', height: 1 },
    { x: 1e9, y: 0, width: 1, height: 1 },
  ])('is the first one where what was kept is %j', (kept) => {
    expect(restoredState(kept, [display])).toEqual({ width: 1280, height: 860, isMaximized: false });
  });
});
