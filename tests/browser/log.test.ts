import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled } from './support/browser.ts';
import { shot } from './support/looks.ts';

describeInBrowser('The log', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  beforeAll(async () => {
    archive = new BrowserArchive().init();
    archive.custody(archive.tapes()).must(['audit']);
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('is narrowed by what the address says, and opens an event that leads on', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/log');
    await page.getByRole('gridcell', { name: 'fixity check' }).waitFor();
    await page.getByRole('button', { name: /Any type/ }).click();
    await page.getByRole('option', { name: 'accession', exact: true }).click();
    await page.waitForURL(/type=accession/);
    await page.getByRole('gridcell', { name: 'fixity check' }).waitFor({ state: 'detached' });
    await page.reload();
    await settled(page);
    await page.getByRole('gridcell', { name: 'accession', exact: true }).dblclick();
    await page.getByRole('heading', { name: 'Event: accession' }).waitFor();
    await page.getByText('over 7 outcomes of the act').waitFor();
    await page.getByRole('button', { name: 'Merkle root' }).click();
    await page.getByText(/One digest over many outcomes/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Show that event' }).click();
    await page.getByRole('heading', { name: /^Event:/ }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: /Kettle tapes/ }).click();
    await page.waitForURL(/\/accessions\/acc-1/);
    await close();
  });

  it('says how long ago each event was, and when exactly on hover', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/log');
    const newest = page.getByRole('row').nth(1).locator('time');
    expect(await newest.textContent()).toMatch(/ago|just now/);
    expect(await newest.getAttribute('title')).toMatch(/^\d+ \w+ \d{4} at \d{2}:\d{2}$/);
    await close();
  });

  it('remembers for this archive how wide a column was made', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/log');
    const heading = page.getByRole('columnheader', { name: 'When' });
    const widthOf = async (): Promise<number> => Math.round((await heading.boundingBox())?.width ?? 0);
    const before = await widthOf();
    const box = await heading.locator('[class*=handle]').boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 8];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(widthOf).toBe(before + 60);
    const kept = (): boolean =>
      globSync('state/**/preferences/*.json', { cwd: archive.dir }).some((file) =>
        readFileSync(join(archive.dir, file), 'utf8').includes('columns.log'),
      );
    await expect.poll(kept).toBe(true);
    await page.reload();
    await settled(page);
    await expect.poll(widthOf).toBe(before + 60);
    await close();
  });

  it('finds words of the note as they are typed, and says where nothing fits', async () => {
    const { page, goto, close } = await visit(again());
    await goto('/log');
    const words = page.getByRole('searchbox', { name: 'Words of the note' });
    await words.fill('audit');
    await page.waitForURL(/text=audit/);
    await page.getByRole('gridcell', { name: 'accession', exact: true }).waitFor({ state: 'detached' });
    await words.fill('zeppelin');
    await page.getByText('No event fits this filter').waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByRole('gridcell', { name: 'fixity check' }).waitFor();
    expect(await words.inputValue()).toBe('');
    await close();
  });

  it('is verified, exported and its head copied', async () => {
    const { page, goto, close } = await visit(again());
    await goto('/log');
    await page.getByRole('button', { name: 'Verify the log' }).click();
    await page.getByText(/^The log holds: all/).waitFor();
    await shot(page, 'log-verified');
    await page.getByRole('button', { name: 'Export the log' }).click();
    const told = await page.getByText(/events were written/).textContent();
    const folder = join(archive.archive, 'exports');
    const name = readdirSync(folder).find((each) => each.startsWith('log-')) ?? '';
    await page.getByText(name).first().waitFor();
    const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
    expect(told).toContain(`${lines.length} events`);
    await page.getByRole('button', { name: 'Copy the head as a note' }).click();
    await page.getByText(/are on the clipboard/).waitFor();
    await close();
  });

  it('names the first event that does not hold', async () => {
    await served.stop();
    const db = new Database(join(archive.archive, 'catalogue.sqlite'));
    const triggers = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'events'`)
      .all() as { name: string }[];
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
    db.exec(`UPDATE events SET body = replace(body, '"success"', '"warning"') WHERE seq = 2`);
    db.close();
    served = await archive.serve();
    const { page, goto, close } = await visit(served);
    await goto('/log');
    await page.getByRole('button', { name: 'Verify the log' }).click();
    await page.getByText('The log does not hold from event 2 on.').waitFor();
    await page.getByText('The one event before it holds.').waitFor();
    await shot(page, 'log-broken');
    await close();
  });

  /** A link of the running server works once. */
  function again(): Served {
    return { ...served, url: archive.json(['serve'])['url'] as string };
  }
});
