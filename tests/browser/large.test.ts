/** A catalogue of 100,000 replicas: screens answer as if it were small. Figures of the production build are in tests/bench. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled, type Visit } from './support/browser.ts';
import { placeLargeCatalogue } from './support/large-archive.ts';
import { shot } from './support/looks.ts';

const REPLICAS = 100_000;
/** Generous: other tests share the machine. What is reached is measured elsewhere. */

describeInBrowser('An archive of 100,000 replicas', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  let window: Visit;
  beforeAll(async () => {
    archive = new BrowserArchive();
    placeLargeCatalogue(archive, REPLICAS);
    served = await archive.serve();
    window = await visit(served);
  }, 180_000);
  afterAll(async () => {
    try {
      await window.close();
    } finally {
      archive.remove();
    }
  });

  it('is told in a sentence that says a share and never rounds it up', async () => {
    const { page, goto } = window;
    await goto('/overview');
    await page.getByText(/\d+% have a replica that was verified in the last 365 days\./).waitFor();
    await page.getByText('preservation master').first().waitFor();
    await shot(page, 'large-overview');
  });

  it('lists its holdings and reaches the last row', async () => {
    const { page, goto } = window;
    await goto('/holdings');
    const grid = page.getByRole('grid').first();
    await grid.getByRole('row').nth(3).waitFor();
    await grid.focus();
    await page.keyboard.press('End');
    const last = Number(await grid.getAttribute('aria-rowcount'));
    expect(last).toBeGreaterThan(80_000);
    await page.locator(`[aria-rowindex="${last}"]`).waitFor();
    await shot(page, 'large-holdings');
  });

  it('holds nothing of a screen that was left', async () => {
    const { page, context, goto } = window;
    await goto('/overview');
    const cdp = await context.newCDPSession(page);
    const round = async (): Promise<{ nodes: number; jsEventListeners: number }> => {
      for (const [letter, path] of Object.entries({
        h: 'holdings',
        a: 'accessions',
        e: 'log',
        o: 'overview',
      })) {
        await page.keyboard.press('g');
        await page.keyboard.press(letter);
        await page.waitForURL(new RegExp(`/${path}`));
        await settled(page);
      }
      await cdp.send('HeapProfiler.collectGarbage');
      return cdp.send('Memory.getDOMCounters');
    };
    // What is kept on purpose is there after the first.
    await round();
    const before = await round();
    for (let again = 0; again < 3; again += 1) await round();
    const after = await round();
    expect(after.nodes).toBeLessThan(before.nodes * 1.1);
    expect(after.jsEventListeners).toBeLessThan(before.jsEventListeners * 1.1);
    await cdp.detach();
    await goto('/holdings');
    await page.getByRole('grid').first().focus();
    await page.keyboard.press('End');
  });

  it('keeps the table while one types, and begins the narrowed list at its top with no row in focus', async () => {
    const { page } = window;
    const grid = page.getByRole('grid').first();
    expect(await grid.getAttribute('aria-activedescendant')).not.toBeNull();
    const before = await grid.elementHandle();
    await page.locator('input[type=search]').first().pressSequentially('love');
    await page.locator('[data-text=love] [data-index="0"] [role=gridcell]').nth(1).waitFor();
    expect(await grid.evaluate((now, then) => now === then, before)).toBe(true);
    expect(await grid.getAttribute('aria-activedescendant')).toBeNull();
    const found = Number(await grid.getAttribute('aria-rowcount')) - 1;
    expect(found).toBeGreaterThan(100);
    await page
      .getByText(new RegExp(`\\b${found.toLocaleString('en')}\\b`))
      .first()
      .waitFor();
  });
});
