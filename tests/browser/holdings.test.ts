import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { originals } from '../support/originals.ts';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, WINDOWS, type Visit } from './support/browser.ts';
import { axeFindings, looks, shot, widerThanWindow } from './support/looks.ts';
import { hostileFlac } from './support/hostile-flac.ts';

const TOAST = '[class*=toast]';

describeInBrowser('the holdings', (visitor) => {
  const archive = new BrowserArchive();
  let served: Served;
  let tapes: string;

  beforeAll(async () => {
    archive.init();
    tapes = archive.tapes();
    mkdirSync(join(tapes, 'Hostile'));
    writeFileSync(join(tapes, 'Hostile', 'hostile.flac'), hostileFlac());
    mkdirSync(join(tapes, 'Reel 13'));
    cpSync(fixturePath('au-pcm16.au'), join(tapes, 'Reel 13', 'first take.au'));
    cpSync(fixturePath('caf-pcm16.caf'), join(tapes, 'Reel 13', 'second take.caf'));
    archive.must(['collection', 'add', 'Kettle estate']);
    archive.custody(tapes, 'Kettle tapes', ['--collection', 'Kettle estate']).must(['audit']);
    served = await archive.serve();
  });
  afterAll(async () => {
    await served.stop();
    archive.remove();
  });

  const rows = ({ page }: Visit) => page.locator('main [role=row][data-index]');
  const row = (visit: Visit, text: string) => rows(visit).filter({ hasText: text }).first();
  const pane = ({ page }: Visit) => page.getByRole('complementary', { name: 'Details' });

  it('lists what is held, narrows as one types, and keeps the filters in the address', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings');
    await expect.poll(() => rows(visit).count()).toBe(10);
    await page.getByRole('main').getByRole('searchbox').fill('humor');
    await expect.poll(() => rows(visit).count()).toBe(2);
    expect(page.url()).toContain('text=humor');
    await page.getByRole('main').getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('menuitem', { name: 'format' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ogg Opus' }).click();
    await expect.poll(() => rows(visit).count()).toBe(1);
    await page.reload();
    await expect.poll(() => rows(visit).count()).toBe(1);
    await page.getByRole('button', { name: 'Remove format: Ogg Opus' }).click();
    await expect.poll(() => rows(visit).count()).toBe(10);
    await page.getByRole('treeitem', { name: /Kettle estate/ }).click();
    await expect.poll(() => page.url()).toContain('collection=col-1');
    await expect.poll(() => rows(visit).count()).toBe(10);
    await visit.close();
  });

  it('shows a recording beside the list with its evidence, and follows the arrow keys', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings');
    await row(visit, 'side a').click();
    await expect.poll(() => pane(visit).textContent()).toMatch(/Verified .* by reading all .* at /);
    const first = page.url();
    await page.keyboard.press('j');
    await expect.poll(() => page.url()).not.toBe(first);
    await pane(visit).getByRole('tab', { name: 'File' }).click();
    await expect.poll(() => pane(visit).getByText('sha256', { exact: true }).count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => pane(visit).count()).toBe(0);
    await visit.close();
  });

  it('tells the history of each replica where it stands', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings/part-1');
    await page.getByText('History', { exact: true }).first().click();
    await page.getByText(/^Taken into custody, accession \d{4}-0001$/).waitFor();
    await page.getByText('Checked: intact').first().waitFor();
    await shot(page, 'holdings-history');
    expect(await widerThanWindow(page)).toBe(0);
    await visit.close();
  });

  it('gives rows away: dragged as a list of paths, copied as lines of text', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings');
    await row(visit, 'side a').waitFor();
    // What another program is given is looked at where the drag begins: nothing outside of the window takes it here.
    await page.evaluate(`addEventListener('dragstart', ({ dataTransfer }) => {
      window.given = { text: dataTransfer.getData('text/plain'), uris: dataTransfer.getData('text/uri-list') };
    })`);
    const box = await row(visit, 'side a').boundingBox();
    if (box === null) throw new Error('the row is not drawn');
    await page.mouse.move(box.x + 120, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 80, { steps: 6 });
    await page.mouse.up();
    const path = archive.path('tapes/Reel 12/side a.wav');
    await expect
      .poll(() => page.evaluate('window.given'))
      .toEqual({
        text: path,
        uris: `file://${path.replaceAll(' ', '%20')}\r\n`,
      });
    await row(visit, 'side a').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy as text' }).click();
    await page.locator(TOAST).getByText('Copied:').waitFor();
    await visit.close();
  });

  it('lets a tape be titled, tells what the file says, and takes it back', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings');
    await row(visit, 'side a').click();
    await pane(visit).getByRole('button', { name: 'Edit: Title' }).click();
    await pane(visit).getByRole('textbox', { name: 'Title' }).fill('Kettle drums, side one');
    await page.keyboard.press('Enter');
    await expect.poll(() => row(visit, 'Kettle drums, side one').count()).toBe(1);
    await expect.poll(() => pane(visit).textContent()).toContain('The file says: side a');
    await pane(visit).getByRole('button', { name: 'Earlier values: Title' }).click();
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain('stands now');
    await page.keyboard.press('Escape');
    await page.locator(TOAST).getByRole('button', { name: 'Undo' }).first().click();
    await expect.poll(() => row(visit, 'side a').count()).toBe(1);
    await visit.close();
  });

  it('shows both values where two windows edit one title, and lets the person choose', async () => {
    const one = await visitor.visit(served);
    await one.goto('/holdings');
    await row(one, 'side b').or(rows(one).nth(6)).first().click();
    const place = new URL(one.page.url());
    const link = `${place.pathname}${place.search}`;
    const { page } = one;
    await pane(one).getByRole('button', { name: 'Edit: Title' }).click();
    await pane(one).getByRole('textbox', { name: 'Title' }).fill('From the first window');
    const second = await page.context().newPage();
    await second.goto(new URL(link, served.origin).href);
    const other = second.getByRole('complementary', { name: 'Details' });
    await other.getByRole('button', { name: 'Edit: Title' }).click();
    await other.getByRole('textbox', { name: 'Title' }).fill('From the second window');
    await second.keyboard.press('Enter');
    await second.locator(TOAST).first().waitFor();
    await pane(one).getByRole('textbox', { name: 'Title' }).press('Enter');
    await expect.poll(() => pane(one).textContent()).toContain('Which one shall stand?');
    expect(await pane(one).textContent()).toContain('From the second window');
    await pane(one).getByRole('button', { name: 'Write mine over it' }).click();
    await expect.poll(() => row(one, 'From the first window').count()).toBe(1);
    await expect
      .poll(() =>
        second.locator('main [role=row][data-index]').filter({ hasText: 'From the first window' }).count(),
      )
      .toBe(1);
    await second.close();
    await one.close();
  });

  it('refuses a date that is none, with the forms that are', async () => {
    const visit = await visitor.visit(served);
    await visit.goto('/holdings?text=TAKE&open=part-1');
    await pane(visit).getByRole('button', { name: 'Edit: Date' }).click();
    await pane(visit).getByRole('textbox', { name: 'Date' }).fill('last summer');
    await visit.page.keyboard.press('Enter');
    await expect.poll(() => pane(visit).textContent()).toContain('is no EDTF date');
    await pane(visit).getByRole('button', { name: 'Cancel' }).click();
    await visit.close();
  });

  it('describes many at once, after showing what would change, and takes it back', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings');
    await rows(visit).first().click();
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: 'With 10 chosen rows' }).click();
    await page.getByRole('menuitem', { name: 'Describe at once' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Genres' }).fill('field recording');
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain('Nothing has been written yet');
    await shot(page, 'holdings-bulk-preview');
    await page.getByRole('button', { name: /^Write \d+ changes$/ }).click();
    await expect.poll(() => page.locator(TOAST).first().textContent()).toContain('values were written');
    await page.locator(TOAST).getByRole('button', { name: 'Undo' }).first().click();
    await expect.poll(() => page.locator(TOAST).last().textContent()).toContain('taken back');
    await visit.close();
  });

  it('finds and replaces, after showing what would change', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings');
    await expect.poll(() => rows(visit).count()).toBe(10);
    await page.getByRole('button', { name: 'With this list' }).click();
    await page.getByRole('menuitem', { name: 'Find and replace' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Find' }).fill('Humoreska');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Replace with' }).fill('Humoresque');
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByRole('button', { name: /^Replace in \d+ values?$/ }).click();
    await expect.poll(() => row(visit, 'Humoresque').count()).toBe(1);
    await visit.close();
  });

  it('writes a CSV where the person says', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings');
    await expect.poll(() => rows(visit).count()).toBe(10);
    await page.getByRole('button', { name: 'With this list' }).click();
    await page.getByRole('menuitem', { name: 'Save as CSV' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Choose a folder' }).click();
    await page.getByRole('button', { name: 'Choose this folder' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'File name' }).fill('view.csv');
    await page.getByRole('button', { name: 'Write the CSV' }).click();
    await expect.poll(() => page.locator(TOAST).first().textContent()).toContain('rows were written');
    expect(readFileSync(join(archive.env['HOME'] ?? '', 'view.csv'), 'utf8')).toContain('title');
    await visit.close();
  });

  it('splits a part from its item and merges it back', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings');
    await row(visit, 'second take').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Split it from its item' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Split', exact: true }).click();
    await expect.poll(() => page.locator(TOAST).first().textContent()).toContain('was split from');
    await page.locator(TOAST).getByRole('button', { name: 'Undo' }).first().click();
    await expect.poll(() => page.locator(TOAST).last().textContent()).toContain('taken back');
    await visit.close();
  });

  it('plays a recording and never writes to it', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    const before = originals(tapes);
    await visit.goto('/holdings');
    await row(visit, 'side a').click();
    await pane(visit).getByRole('button', { name: 'Play' }).click();
    await expect
      .poll(() => page.evaluate('document.querySelector("audio").currentTime'), { timeout: 60_000 })
      .toBeGreaterThan(0);
    await visit.close();
    expect(originals(tapes)).toEqual(before);
  });

  it('remembers columns, and a view under its name', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    await visit.goto('/holdings?kind=audio');
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('dialog').getByText('Path', { exact: true }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => page.getByRole('columnheader', { name: 'Path' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('All that sounds');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('button', { name: 'All that sounds' }).count()).toBe(1);
    await page.waitForTimeout(1_000);
    await visit.goto('/holdings');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('menuitem', { name: 'All that sounds' }).click();
    await expect.poll(() => page.url()).toContain('kind=audio');
    await expect.poll(() => page.getByRole('columnheader', { name: 'Path' }).count()).toBe(1);
    await visit.close();
  });

  it('is found again as it was left, from the rail, and can be cleared', async () => {
    const visit = await visitor.visit(served);
    const { page } = visit;
    const rail = page.getByRole('navigation', { name: 'Places' });
    const toHoldings = async (): Promise<void> => {
      await rail.getByRole('link', { name: 'Overview' }).click();
      await page.waitForURL(/\/overview$/);
      await rail.getByRole('link', { name: 'Holdings' }).click();
    };
    await visit.goto('/holdings?kind=audio&text=programme&sort=size&direction=descending&open=part-1');
    await expect.poll(() => rows(visit).count()).toBe(2);
    await toHoldings();
    await expect.poll(() => rows(visit).count()).toBe(2);
    const left = new URL(page.url()).searchParams;
    expect(Object.fromEntries(left)).toEqual({
      kind: 'audio',
      text: 'programme',
      sort: 'size',
      direction: 'descending',
    });
    await page.getByRole('button', { name: 'Remove kind: audio' }).waitFor();
    // What goes there by a key goes the same way; a link with filters of its own, or to all, says what it says.
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.waitForURL(/\/overview$/);
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await expect.poll(() => page.url()).toContain('text=programme');
    await visit.goto('/holdings?outcome=intact');
    await expect.poll(() => rows(visit).count()).toBe(10);
    await visit.goto('/holdings?kind=audio&sort=size');
    await page.getByRole('button', { name: 'Show everything, in the order of arrival' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await toHoldings();
    await expect.poll(() => rows(visit).count()).toBe(10);
    expect(new URL(page.url()).search).toBe('');
    await visit.close();
  });

  it('is found again as it was left, in another window of another day', async () => {
    const first = await visitor.visit(served);
    await first.goto('/holdings?format=Ogg%20Opus');
    await expect.poll(() => rows(first).count()).toBe(1);
    // It is written when it rests.
    await first.page.waitForTimeout(1_000);
    await first.close();
    const visit = await visitor.visit(served);
    await visit.page.getByRole('link', { name: 'Holdings' }).click();
    await expect.poll(() => visit.page.url()).toContain('format=Ogg');
    await expect.poll(() => rows(visit).count()).toBe(1);
    await visit.page.getByRole('button', { name: 'Remove format: Ogg Opus' }).click();
    await expect.poll(() => rows(visit).count()).toBe(10);
    await visit.page.waitForTimeout(1_000);
    await visit.close();
  });

  it('shows hostile tags as text, and neither breaks nor freezes', async () => {
    const visit = await visitor.visit(served, { window: WINDOWS.small });
    const { page } = visit;
    await visit.goto('/holdings?text=evil');
    await rows(visit).first().click();
    await pane(visit).getByRole('tab', { name: 'Tags' }).click();
    await expect.poll(() => pane(visit).textContent()).toContain('U+202E');
    expect(await page.evaluate('document.querySelectorAll("main img, main script").length')).toBe(0);
    expect(await widerThanWindow(page)).toBe(0);
    await shot(page, 'holdings-hostile');
    await visit.close();
  });

  it.each(looks())('has nothing for axe to find in the $size window, $theme', async ({ size, theme }) => {
    const visit = await visitor.visit(served, { theme, window: WINDOWS[size] });
    for (const [name, path] of Object.entries({
      list: '/holdings',
      pane: '/holdings?open=part-1',
      page: '/holdings/part-1',
      item: '/holdings/item-1',
    })) {
      await visit.goto(path);
      await visit.page.waitForTimeout(500);
      await shot(visit.page, `holdings-${name}-${theme}-${size}`);
      expect(await axeFindings(visit.page), name).toEqual([]);
      expect(await widerThanWindow(visit.page), name).toBe(0);
    }
    await visit.close();
  });
});
