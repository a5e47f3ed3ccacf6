import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, type Visit } from './support/browser.ts';
import { shot } from './support/looks.ts';

describeInBrowser('The overview', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  let window: Visit;
  let tapes: string;
  beforeAll(async () => {
    archive = new BrowserArchive().init();
    tapes = archive.tapes();
    archive.custody(tapes);
    served = await archive.serve();
    window = await visit(served);
  });
  afterAll(async () => {
    try {
      await window.close();
    } finally {
      archive.remove();
    }
  });

  it('says that nothing was verified while nothing was, and what is lacking', async () => {
    const { page } = window;
    await page.getByText('No replica has been verified yet').waitFor();
    // Taken in today: nothing of it is due yet.
    expect(await page.getByText('due for verification').count()).toBe(0);
    await page.getByText('The catalogue has no copy elsewhere.').first().waitFor();
    await page.getByText('No audit has been made yet.').waitFor();
    await shot(page, 'overview-unverified');
  });

  it('begins an audit, and then says what was verified', async () => {
    const { page, goto } = window;
    await page.getByRole('button', { name: 'Audit now' }).first().click();
    await page.waitForURL(/\/jobs\/job-\d+$/);
    await page.getByText('were read and compared with their message digests').waitFor();
    await shot(page, 'job-audit');
    await goto('/overview');
    await page.getByText(/Every replica was verified in the last \d+ days\./).waitFor();
    expect(await page.getByText('due for verification').count()).toBe(0);
    const calendar = page.getByRole('region', { name: 'When was it checked, in the last 12 months?' });
    await calendar.getByText(/^On 1 day, .* were read and compared\. Nothing was found/).waitFor();
    await calendar.getByText('As a table').click();
    await calendar.getByRole('row', { name: /7 .* 0$/ }).waitFor();
    await shot(page, 'overview-calendar');
  });

  it('gives every chart away, as CSV and as a drawing', async () => {
    const { page, goto } = window;
    await goto('/overview');
    for (const [title, ending, start] of [
      ['How far is it from loss?', 'csv', 'Status,Items,Hours'],
      ['In which formats?', 'svg', '<svg xmlns="http://www.w3.org/2000/svg"'],
    ] as const) {
      await page.getByRole('button', { name: `Take along: ${title}` }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: `Save as ${ending.toUpperCase()}` }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`^[a-z-]+\\.${ending}$`));
      expect(readFileSync(await download.path(), 'utf8').startsWith(start)).toBe(true);
    }
  });

  it('leads from its numbers to what they count', async () => {
    const { page, goto } = window;
    await page.getByRole('link', { name: /^\d+ items$/ }).click();
    await page.waitForURL(/\/holdings/);
    await goto('/overview');
    await page.getByRole('link', { name: 'FLAC' }).click();
    await page.waitForURL(/\/holdings\?.*format=FLAC/);
  });

  it('shows damage that another process found, without being opened anew', async () => {
    const { page, goto } = window;
    await goto('/overview');
    const side = join(tapes, 'Reel 12', 'side a.wav');
    const bytes = readFileSync(side);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 4;
    writeFileSync(side, bytes);
    archive.must(['audit'], [1]);
    await page.getByText('1 finding needs a decision.').first().waitFor();
    expect(await page.getByRole('link', { name: 'Review it' }).getAttribute('href')).toBe('/fixity');
    const findings = page.locator('#findings');
    await findings.getByText(/altered at .*found/).waitFor();
    await findings
      .getByText(/differs from the recorded one.* The sound differs from what was deposited/)
      .waitFor();
    const calendar = page.getByRole('region', { name: 'When was it checked, in the last 12 months?' });
    await calendar.getByText(/On 1 of them, something was found/).waitFor();
    await shot(page, 'overview-finding');
  });
});
