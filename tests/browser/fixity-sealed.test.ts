/** A change in a sealed bag, accepted on the screen: what is said before, what is made, and what is left alone. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bagsIn, sha256sum } from '../support/bag-folders.ts';
import { originals } from '../support/originals.ts';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser } from './support/browser.ts';
import { lookEverywhere } from './support/looks.ts';

const CHANGED = 'Broadcast 1962/programme.mp3';

describeInBrowser('A finding in a sealed bag', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  let vault: string;
  let bag: string;

  beforeAll(async () => {
    archive = new BrowserArchive().init();
    vault = archive.path('vault');
    archive.must(['location', 'add', vault, '--name', 'Vault drive', '--writes', 'managed']);
    archive.custody(archive.tapes(), 'Kettle tapes', ['--to', 'Vault drive']);
    [bag = ''] = bagsIn(vault);
    appendFileSync(join(bag, 'data', CHANGED), 'TAG of another programme');
    archive.must(['audit'], [1]);
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('says what accepting it makes, makes that, and leaves the bag as it was', async () => {
    const { page, goto, close } = await visit(served);
    const asItWas = originals(bag);
    await goto('/fixity/find-1');
    const pane = page.getByRole('complementary', { name: 'The finding' });
    await pane.getByText(/Changes nothing in its bag: makes a bag beside it that succeeds it/).waitFor();
    await pane.getByRole('button', { name: 'Accept…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/One bag of 7 files will be made at Vault drive/).waitFor();
    await dialog.getByText(/-s2/).first().waitFor();
    await dialog.getByText(/stays as it is and is checked no more/).waitFor();
    await lookEverywhere(page, 'fixity-successor');
    expect(bagsIn(vault)).toEqual([bag]);
    await dialog.getByRole('textbox', { name: /Why it is accepted/ }).fill('Titles corrected');
    await dialog.getByRole('button', { name: 'Accept it' }).click();
    await pane.getByText(/A bag of 7 files was made at Vault drive/).waitFor();
    await lookEverywhere(page, 'fixity-succeeded');
    expect(originals(bag)).toEqual(asItWas);
    const [, successor = ''] = bagsIn(vault);
    sha256sum(successor);
    expect(readFileSync(join(successor, 'data', CHANGED)).includes('TAG of another programme')).toBe(true);
    await pane.getByRole('link', { name: 'Show the job' }).click();
    await page.getByText(/It succeeds this one/).waitFor();
    await lookEverywhere(page, 'job-successor');
    await close();
  });
});
