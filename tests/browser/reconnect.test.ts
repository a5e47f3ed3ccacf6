import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser } from './support/browser.ts';
import { axeFindings, shot } from './support/looks.ts';

describeInBrowser('A host that dies', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  beforeAll(async () => {
    archive = new BrowserArchive().init();
    archive.custody(archive.tapes());
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('is told, and shown again once it is back and the browser is let in anew', async () => {
    const window = await visit(served);
    const { page, context } = window;
    await page.getByText('No replica has been verified yet').waitFor();
    window.expectLostLine();
    await served.kill();
    const banner = page.getByRole('status').filter({ hasText: 'Holdfast does not answer' });
    await banner.waitFor();
    await shot(page, 'lost');
    expect(await page.getByText('No replica has been verified yet').isVisible()).toBe(true);

    archive.must(['audit']);
    served = await archive.serve(Number(new URL(served.origin).port));
    // Sessions end with the process: the window says so, and loses nothing.
    await page
      .getByText('Holdfast was started anew and does not know this window.')
      .waitFor({ timeout: 30_000 });
    await shot(page, 'shut-out');
    expect(await axeFindings(page)).toEqual([]);
    const status = await context.request.get(`${served.origin}/icon.svg`).then((answer) => answer.status());
    expect(status).toBe(401);
    // The fresh link is opened in the same browser, in another tab.
    const other = await context.newPage();
    await other.goto(`${served.origin}/log`);
    await other.getByRole('heading', { name: 'Holdfast was started anew' }).waitFor();
    await other.goto(served.newLink());
    await other.getByText(/Every replica was verified/).waitFor();
    await page.bringToFront();
    await page.getByText(/Every replica was verified/).waitFor({ timeout: 30_000 });
    expect(await page.getByText('does not know this window').count()).toBe(0);
    await window.close();
  }, 90_000);

  it('keeps what was being typed through a restart', async () => {
    const window = await visit(served);
    const { page, context } = window;
    await window.goto('/log');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('kettle');
    window.expectLostLine();
    await served.stop();
    await page.getByText('Holdfast was ended').waitFor();
    await shot(page, 'ended');
    served = await archive.serve(Number(new URL(served.origin).port));
    await (await context.newPage()).goto(served.newLink());
    await page.bringToFront();
    await page.getByText('Holdfast was ended').waitFor({ state: 'detached', timeout: 30_000 });
    expect(await page.getByRole('combobox').inputValue()).toBe('kettle');
    await window.close();
  }, 90_000);

  it('says nothing of the screen to another archive that answers at the same address', async () => {
    const window = await visit(served);
    const { page, context } = window;
    await page.getByText(/Every replica was verified/).waitFor();
    window.expectLostLine();
    await served.stop();
    const other = new BrowserArchive().init('Another archive');
    try {
      const stranger = await other.serve(Number(new URL(served.origin).port));
      await (await context.newPage()).goto(stranger.newLink());
      await page.bringToFront();
      await page.getByRole('button', { name: 'Another archive' }).waitFor({ timeout: 30_000 });
      await page.getByRole('heading', { name: 'This archive holds nothing yet.' }).waitFor();
      await stranger.stop();
    } finally {
      other.remove();
    }
    await window.close();
  }, 90_000);
});
