/** Journeys of taking custody, in a real browser on real sounds: from a folder to its receipt, and what stands in the way. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeHostileNames } from '../fixtures/generate/hostile-names.ts';
import { fixturePath } from '../fixtures/index.ts';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, WINDOWS, type Visit } from './support/browser.ts';
import { axeFindings, shot, widerThanWindow } from './support/looks.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** As a person at the keyboard does: radios and checkboxes are drawn beside their inputs. */
async function choose(page: Page, role: 'radio' | 'checkbox', name: string | RegExp, nth = 0): Promise<void> {
  await page.getByRole(role, { name }).nth(nth).focus();
  await page.keyboard.press('Space');
}

async function nameFolder(page: Page, folder: string): Promise<void> {
  await page.getByLabel('Path of a folder').fill(folder);
  await page.keyboard.press('Enter');
}

async function surveyed(page: Page): Promise<void> {
  await button(page, 'Survey these folders').click();
  await button(page, 'Go on to source and rights').waitFor();
}

describeInBrowser('taking a folder into custody', (visitor) => {
  const archive = new BrowserArchive();
  let served: Served;
  let visit: Visit;

  beforeAll(async () => {
    archive.init();
    served = await archive.serve();
    visit = await visitor.visit(served);
  });
  afterAll(async () => {
    await visit.close();
    archive.remove();
  });

  it('goes from a folder to a sealed bag with its receipt, and loses no word on the way', async () => {
    const { page } = visit;
    const folder = archive.tapes();
    cpSync(fixturePath('protected-drms.m4p'), `${folder}/Reel 12/bought.m4p`);
    await visit.goto('/accessions');
    await button(page, 'Take a folder into custody').first().click();
    await nameFolder(page, 'tapes');
    await page.getByText('does not begin at the root').waitFor();
    await nameFolder(page, folder);
    await surveyed(page);
    await page.getByText('1 file is protected and would be refused.').waitFor();
    await page.getByText('Nothing is in custody yet. You can leave at any time').waitFor();
    await shot(page, 'accessions-survey');
    expect(archive.json(['status'])['items']).toBe(0);
    await button(page, 'Go on to source and rights').click();
    // Nothing is taken for granted: what is not said is asked for, and the first of it has the focus.
    await button(page, 'Go on to the place').click();
    await page.getByText('Choose a basis, or say that it is not known.').waitFor();
    expect(await page.evaluate('document.activeElement?.getAttribute("type")')).toBe('radio');
    await page.getByRole('textbox', { name: /^Title/ }).fill('Kettle tapes');
    await choose(page, 'radio', 'Agreement or policy');
    await page.getByLabel('From whom it came').fill('Estate of A. Kettle');
    await choose(page, 'checkbox', 'This is not known', 1);
    await button(page, 'Go on to the place').click();
    await button(page, 'Make a managed location').click();
    await page.getByLabel('Or its path').fill(archive.path('vault'));
    await page.getByRole('textbox', { name: /^Name/ }).fill('Vault drive');
    await button(page, 'Make this location').click();
    await page.getByText(/are free; .* are needed/).waitFor();
    await page.reload();
    await button(page, 'Go on to the review').click();
    // Words of a person stand between isolates.
    await page.getByText(/as “.Kettle tapes.”/).waitFor();
    await page.goBack();
    await page.goBack();
    expect(await page.getByRole('textbox', { name: /^Title/ }).inputValue()).toBe('Kettle tapes');
    await page.goForward();
    await page.goForward();
    await page.getByText('7 of 8 files in one folder will be taken into custody').waitFor();
    await shot(page, 'accessions-review');
    await button(page, 'Take into custody').click();
    await page.getByText(/^7 files, .*, were copied and taken into custody\.$/).waitFor();
    await button(page, 'Write the receipt').click();
    await page.getByText('The receipt of 7 files was written.').waitFor();
    await shot(page, 'accessions-done');
    expect(await axeFindings(page)).toEqual([]);
    const name = await button(page, /^See accession/).textContent();
    await button(page, /^See accession/).click();
    const left = page.getByRole('region', { name: 'Problems, and what was refused' });
    await left.getByRole('button', { name: /bought\.m4p/ }).waitFor();
    await left.getByText(/encrypted .* and was not accepted/).waitFor();
    await shot(page, 'accession-problems');
    expect(
      existsSync(`${archive.archive}/exports/receipt-${(name ?? '').split(' ').at(-1) ?? ''}-a1.html`),
    ).toBe(true);
  });

  it('keeps a survey as an appraisal, which is declined or accepted with a reason', async () => {
    const { page } = visit;
    const hostile = archive.path('hostile');
    mkdirSync(hostile);
    await makeHostileNames(hostile);
    await visit.goto('/accessions/new');
    await nameFolder(page, hostile);
    await choose(page, 'checkbox', 'Keep the survey as an appraisal');
    await page.getByRole('textbox', { name: /^Title/ }).fill('Found \u202Egnp.exe');
    await button(page, 'Survey these folders').click();
    await button(page, 'Decide later').click();
    await page.getByRole('heading', { name: 'Waiting for a decision' }).waitFor();
    await page.getByRole('heading', { name: 'Found ⟨U+202E⟩gnp.exe' }).waitFor();
    await button(page, 'Accept').click();
    await button(page, 'Accept, and say its rights').click();
    await choose(page, 'radio', 'Not known');
    await choose(page, 'checkbox', 'This is not known', 0);
    await choose(page, 'checkbox', 'This is not known', 1);
    await button(page, 'Go on to the place').click();
    await choose(page, 'radio', 'Where the files stand');
    await button(page, 'Go on to the review').click();
    expect(await button(page, 'Accept and take into custody').isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: /^Reason/ }).fill('In scope.');
    await button(page, 'Accept and take into custody').click();
    await page.getByText(/were read and taken into custody in place/).waitFor();
    await page.getByText('Not known: the rights basis, from whom it came').waitFor();
    await button(page, /^See accession/).click();
    await button(page, 'Say what is known now').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('ends custody only after reason, authority and what follows from it', async () => {
    const { page } = visit;
    await visit.goto('/accessions/acc-2');
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: 'End custody' }).click();
    expect(await button(page, 'See what follows').isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: /^Reason/ }).fill('Returned to the donor.');
    await page.getByRole('textbox', { name: /^Authority/ }).fill('Board minute 2026/14.');
    await button(page, 'See what follows').click();
    await page.getByText('No file is touched: they are yours, and stay where they are.').waitFor();
    await button(page, 'End custody').click();
    await page.getByText(/^Custody ended on/).waitFor();
    await visit.goto('/accessions');
    await page.getByText('custody ended').waitFor();
  });

  it('fits the small window', async () => {
    const small = await visitor.visit(await restarted(), { window: WINDOWS.small, theme: 'dark' });
    for (const path of ['/accessions', '/accessions/acc-1', '/accessions/new']) {
      await small.goto(path);
      expect(await widerThanWindow(small.page), path).toBeLessThanOrEqual(0);
      await shot(small.page, `accessions-small${path.replaceAll('/', '-')}`);
      expect(await axeFindings(small.page), path).toEqual([]);
    }
    await small.close();
  });

  /** A link opens the app once; another window of another person needs another. */
  async function restarted(): Promise<Served> {
    visit.expectLostLine();
    await served.stop();
    served = await archive.serve();
    return served;
  }
});
