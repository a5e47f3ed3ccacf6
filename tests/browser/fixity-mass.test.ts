/** Many files that change at once: a share that is not mounted, what waits for a person, and what the decision ends. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser } from './support/browser.ts';
import { lookEverywhere, shot } from './support/looks.ts';

describeInBrowser('A mass change', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  const FILES = 24;
  const KEPT = 12;

  beforeAll(async () => {
    archive = new BrowserArchive().init();
    const shelf = archive.path('shelf');
    for (let at = 0; at < FILES; at++) {
      const folder = join(shelf, 'Mounted share', `Box ${String(at % 3)}`);
      mkdirSync(folder, { recursive: true });
      const bytes = readFileSync(fixturePath('wav-pcm16.wav'));
      bytes.writeUInt16LE(at + 1, bytes.length - 2);
      writeFileSync(join(folder, `take ${String(at)}.wav`), bytes);
    }
    // What stays is enough that the place itself is known again.
    mkdirSync(join(shelf, 'At home'));
    for (let at = 0; at < KEPT; at++) {
      const bytes = readFileSync(fixturePath('wav-pcm16.wav'));
      bytes.writeUInt16LE(FILES + at + 1, bytes.length - 2);
      writeFileSync(join(shelf, 'At home', `kept ${String(at)}.wav`), bytes);
    }
    archive.must(['location', 'add', shelf, '--name', 'Shelf']);
    archive.custody(shelf);
    archive.must(['audit']);
    renameSync(join(shelf, 'Mounted share'), archive.path('unmounted'));
    archive.must(['audit'], [1]);
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('is one thing to decide on: what, where, since when, what it looks like, and what waits', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/overview');
    await page.getByText('24 of 36 files at Shelf changed at once.').waitFor();
    await page.getByRole('link', { name: 'Look at it and decide' }).click();
    await page.waitForURL(/\/fixity\/mass-1$/);
    await page.getByText('It looks as if a folder were not mounted.').waitFor();
    await page
      .getByText(/Mounted share/)
      .first()
      .waitFor();
    await page.getByText(/between .*, when one of them was last found intact/).waitFor();
    await page.getByText('Nothing is replicated from Shelf or to it.').waitFor();
    expect(await page.getByRole('button', { name: 'Recover all 24…' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Read all 24 again…' }).isEnabled()).toBe(true);
    await lookEverywhere(page, 'fixity-mass');
    await goto('/fixity');
    await page.getByText('24 of 36 files at Shelf changed at once').waitFor();
    await lookEverywhere(page, 'fixity-mass-banner');
    // Until somebody decides, many of them at once are not accepted or recovered.
    await page.getByRole('button', { name: 'Decide on all 24 shown' }).click();
    await page.getByRole('menuitem', { name: /Accept moves/ }).click();
    await page
      .getByRole('dialog')
      .getByText(/nobody has decided on that yet/)
      .waitFor();
    await lookEverywhere(page, 'fixity-mass-refused');
    await page.getByRole('button', { name: 'Cancel' }).click();

    renameSync(archive.path('unmounted'), archive.path('shelf/Mounted share'));
    await page.getByRole('link', { name: 'Look at it and decide' }).click();
    const act = page.getByRole('button', { name: 'Decide', exact: true });
    expect(await act.isDisabled()).toBe(true);
    await page.getByText('Restored: it is back, or was never gone').click();
    await page.getByRole('textbox', { name: /How you know/ }).fill('The share was mounted again');
    await act.click();
    await page.getByRole('heading', { name: 'Decided' }).waitFor();
    await page.getByText('The share was mounted again').waitFor();
    await page.getByRole('heading', { name: 'All 24 open findings at once' }).waitFor();
    expect(await page.getByRole('button', { name: 'Recover all 24…' }).isEnabled()).toBe(true);
    await lookEverywhere(page, 'fixity-mass-decided');
    // All of its findings, and none of any other, with a preview first.
    await page.getByRole('button', { name: 'Accept all 24…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Nothing would be done/).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Read all 24 again…' }).click();
    await dialog.getByText(/24 files will be read\./).waitFor();
    await page.getByRole('button', { name: 'Read 24 now' }).click();
    await page.getByText(/24 findings were false alarms/).waitFor();
    await page.getByText('None of its findings waits for a decision.').waitFor();
    await shot(page, 'fixity-mass-all');
    await goto('/fixity');
    await page.getByText('No finding is open.').waitFor();
    await close();
    // Six screens are looked at in four ways each.
  }, 480_000);
});
