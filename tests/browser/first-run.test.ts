import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled } from './support/browser.ts';
import { shot } from './support/looks.ts';

describeInBrowser('An empty archive', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  beforeAll(async () => {
    archive = new BrowserArchive().init();
    archive.tapes(join('home', 'tapes'));
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('invites, and goes on with the folder that is chosen', async () => {
    const { page, close } = await visit(served);
    await page.getByRole('heading', { name: 'This archive holds nothing yet.' }).waitFor();
    await shot(page, 'first-run');
    await page.getByRole('button', { name: 'Choose a folder' }).click();
    const picker = page.getByRole('dialog');
    await picker.getByRole('button', { name: 'tapes' }).click();
    await picker.getByText('Reel 12').waitFor();
    await picker.getByRole('button', { name: /choose/i }).click();
    await page.waitForURL(/\/accessions\/new/);
    await settled(page);
    await page.getByText(/tapes/).first().waitFor();
    await close();
  });

  it('keeps no token in the address, and lets nobody in without one', async () => {
    const known = await visit(served);
    expect(known.page.url()).not.toContain('token');
    await known.close();
    const answer = await fetch(served.origin, { headers: { 'sec-fetch-site': 'none' } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toContain('Kettle sound archive');
  });
});
