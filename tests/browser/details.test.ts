/** Details that people notice, on every screen that has them. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled, WINDOWS, type Visit } from './support/browser.ts';
import { watchShifts } from './support/shifts.ts';

const DEEP =
  'tapes/Transfers made in the reading room in the spring of 1998/Second session, both microphones';
const MISSING = `${DEEP}/Reel 14.au`;

describeInBrowser('Details', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  beforeAll(async () => {
    archive = new BrowserArchive().init();
    const tapes = archive.tapes();
    mkdirSync(archive.path(DEEP), { recursive: true });
    cpSync(fixturePath('au-pcm16.au'), archive.path(MISSING));
    archive.must(['location', 'add', tapes, '--name', 'Take 8x5']);
    archive.custody(tapes);
    archive.must(['accession', archive.tapes('box 2'), '--title', 'Second box', '--rights-unknown']);
    rmSync(archive.path(MISSING));
    archive.must(['audit'], [1]);
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  /** The text of the row that the keys have come to. */
  const rowInFocus = ({ page }: Visit): Promise<string> =>
    page.evaluate<string>(`(() => {
      const id = document.activeElement?.getAttribute('aria-activedescendant');
      return (id && document.getElementById(id)?.textContent) || '';
    })()`);
  const firstRow = ({ page }: Visit) => page.locator('main [role=row][data-index="0"]').first();
  const rail = ({ page }: Visit, name: string) =>
    page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name });

  it.each(['Holdings', 'Accessions', 'Log'])('j leads from the heading into the list of %s', async (name) => {
    const window = await visit(served);
    const { page } = window;
    await rail(window, name).click();
    await firstRow(window).waitFor();
    await settled(page);
    // Its heading has the focus then.
    await expect.poll(() => page.evaluate('document.activeElement?.tagName')).toBe('H1');
    await page.keyboard.press('j');
    const first = await firstRow(window).textContent();
    await expect.poll(() => rowInFocus(window)).toBe(first);
    await page.keyboard.press('j');
    await expect.poll(() => rowInFocus(window)).not.toBe(first);
    await page.keyboard.press('k');
    const before = page.url();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).not.toBe(before);
    await window.close();
  });

  it.each(['/holdings', '/accessions', '/accessions/acc-1', '/log'])(
    'a row of %s has a menu, by mouse and by key, and leaves as text',
    async (screen) => {
      const window = await visit(served);
      const { page, context } = window;
      await context.grantPermissions(['clipboard-read']);
      await window.goto(screen);
      await firstRow(window).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Copy as text' }).waitFor();
      await page.keyboard.press('Escape');
      // The list has the focus again.
      await expect.poll(() => rowInFocus(window)).not.toBe('');
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: 'Copy as text' }).click();
      const copied = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(copied.split('\t').length).toBeGreaterThan(3);
      await window.close();
    },
  );

  it('a path that is shortened is whole for who comes by key', async () => {
    const window = await visit(served, { window: WINDOWS.small });
    const { page } = window;
    await window.goto('/fixity');
    await firstRow(window).waitFor();
    const full = archive.path(MISSING);
    const whole = page.locator('[class*=fullText]').getByText(full, { exact: true });
    await page.getByRole('grid', { name: 'Open findings' }).focus();
    await page.keyboard.press('ArrowDown');
    await whole.waitFor();
    await page.keyboard.press('Tab');
    await whole.waitFor({ state: 'detached' });
    await window.close();
  });

  it('a name is drawn as it is written', async () => {
    const window = await visit(served);
    const { page } = window;
    await window.goto('/overview');
    // A joiner between the letters keeps any font from drawing other ones: it must make no difference.
    const widths = await page.evaluate<number[]>(`(() => {
      const { parentElement: place } = [...document.querySelectorAll('main bdi')].find((each) =>
        each.textContent === 'Take 8x5');
      return ['8x5', '8\\u200Cx\\u200C5'].map((text) => {
        const sample = place.appendChild(document.createElement('span'));
        sample.textContent = text;
        const { width } = sample.getBoundingClientRect();
        sample.remove();
        return width;
      });
    })()`);
    expect(widths[0]).toBe(widths[1]);
    await window.close();
  });

  it.each([
    ['/overview', 'Fixity'],
    ['/holdings', /^\d+ items$/],
    ['/holdings/part-1', 'What is a replica?'],
    ['/accessions', 'Accessions'],
    ['/accessions/acc-1', 'Rights basis'],
    ['/accessions/new', 'What is an accession?'],
    ['/fixity', 'Fixity'],
    ['/locations', 'Locations'],
    ['/log', 'events'],
    ['/settings/policy', 'Message digests'],
    ['/settings/agents', 'People and institutions'],
  ])('a word of the field on %s can be opened: %s', async (screen, word) => {
    const window = await visit(served);
    const { page } = window;
    await window.goto(screen);
    await page.getByRole('main').getByRole('button', { name: word, exact: true }).first().click();
    const told = page.getByRole('dialog');
    expect((await told.getByRole('paragraph').textContent())?.length).toBeGreaterThan(60);
    await page.keyboard.press('Escape');
    await told.waitFor({ state: 'detached' });
    await window.close();
  });

  it('the settings list the keys that the frame lists', async () => {
    const window = await visit(served);
    const { page } = window;
    await window.goto('/settings/keyboard');
    const inSettings = await page.getByRole('main').locator('dd').allInnerTexts();
    await page.keyboard.press('?');
    const floating = await page.getByRole('dialog').locator('dd').allInnerTexts();
    expect(inSettings).toEqual(floating);
    expect(inSettings).toContain('Fixity');
    await window.close();
  });

  it('no screen jumps when its data arrives late and in any order', async () => {
    const window = await visit(served);
    const shifts = await watchShifts(window.page);
    const moved: string[] = [];
    for (const screen of STEADY) {
      await window.page.goto(new URL(screen, served.origin).href, { waitUntil: 'domcontentloaded' });
      moved.push(...(await shifts.rested()).map((shift) => `${screen}: ${shift}`));
    }
    await window.close();
    expect(moved).toEqual([]);
  }, 240_000);
});

const STEADY = [
  '/overview',
  '/holdings',
  '/holdings?kind=audio',
  '/holdings?open=part-1',
  '/holdings?open=item-1',
  '/holdings/part-1',
  '/accessions',
  '/accessions/acc-2',
  '/accessions/new',
  '/locations',
  '/locations/loc-1',
  '/fixity',
  '/fixity/runs',
  '/fixity/schedules',
  '/log',
  '/log/event-3',
  '/settings/policy',
  '/settings/agents',
  '/settings/about',
  '/jobs/job-1',
] as const;
