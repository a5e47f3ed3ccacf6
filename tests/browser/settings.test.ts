import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled } from './support/browser.ts';
import { shot } from './support/looks.ts';

describeInBrowser('The settings', ({ visit }) => {
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

  it('shows the number of the next accession under a pattern, saves the policy and takes it back', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/settings/policy');
    const pattern = page.getByRole('textbox', { name: 'Pattern' });
    const year = new Date().getUTCFullYear();
    await page.getByText(`${year}-0002`).waitFor();
    await pattern.fill('K{n');
    await page.getByText(/no other braces/).waitFor();
    expect(await page.getByRole('button', { name: 'Save the policy' }).isDisabled()).toBe(true);
    await pattern.fill('K-{n:3}');
    await page.getByText('K-001').waitFor();
    await page.getByRole('checkbox', { name: /^MD5/ }).check({ force: true });
    await page.getByRole('button', { name: 'Save the policy' }).click();
    await page.getByText('The policy is saved, and the log has an event of it.').waitFor();
    await page.reload();
    await settled(page);
    expect(await pattern.inputValue()).toBe('K-{n:3}');
    await page.getByRole('textbox', { name: /Verify every replica/ }).fill('30');
    await page.getByRole('textbox', { name: /Verify every replica/ }).press('Tab');
    await page.getByRole('button', { name: 'Save the policy' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The policy is as it was before').waitFor();
    expect(await page.getByRole('textbox', { name: /Verify every replica/ }).inputValue()).toBe('90');
    expect(await pattern.inputValue()).toBe('K-{n:3}');
    await close();
  });

  it('asks of masters of analogue carriers what is chosen, by role, and of a person from so many changes on', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/settings/policy');
    const masters = page.getByRole('group', { name: 'Preservation masters' });
    await masters.getByRole('button', { name: /Sample rate/ }).click();
    await page.getByRole('option', { name: '96 kHz or more' }).click();
    const least = page.getByRole('textbox', { name: 'But never fewer than' });
    await least.fill('10');
    await least.press('Tab');
    await page.getByText(/100 files on, whichever comes first, and never fewer than 10 files/).waitFor();
    await shot(page, 'settings-mass');
    const words = page.getByRole('textbox', { name: 'Digital carriers' });
    await words.fill('CD, DAT, punched tape, ');
    await page.getByRole('checkbox', { name: 'Show new files to the virus scanner' }).check({ force: true });
    await page.getByRole('button', { name: 'Save the policy' }).click();
    await page.getByText('The policy is saved, and the log has an event of it.').waitFor();
    await page.reload();
    await settled(page);
    expect(await masters.getByRole('button', { name: /Sample rate/ }).textContent()).toContain(
      '96 kHz or more',
    );
    expect(await words.inputValue()).toBe('CD, DAT, punched tape');
    expect(await least.inputValue()).toBe('10');
    expect(
      await page.getByRole('checkbox', { name: 'Show new files to the virus scanner' }).isChecked(),
    ).toBe(true);
    await masters.scrollIntoViewIfNeeded();
    await shot(page, 'settings-technical');
    await close();
  });

  it('names who answers for the archive, and forgets somebody with the consequences told first', async () => {
    const { page, goto, close } = await visit(again());
    await goto('/settings/agents');
    await page.getByRole('button', { name: 'Add an agent' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^Name/ }).fill('Ida Kettle');
    await dialog.getByRole('textbox', { name: 'Contact' }).fill('ida@example.org');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('heading', { name: 'Ida Kettle' }).waitFor();
    await page.getByRole('button', { name: 'Name who is responsible' }).click();
    await dialog.getByRole('button', { name: /Agent/ }).click();
    await page.getByRole('option', { name: /Ida Kettle/ }).click();
    await dialog.getByRole('button', { name: 'Give the role' }).click();
    await page.getByText(/Responsible for the archive, since/).waitFor();
    await page.getByRole('button', { name: 'What can be done with Ida Kettle' }).click();
    await page.getByRole('menuitem', { name: 'Forget' }).click();
    await dialog.getByText(/This cannot be undone/).waitFor();
    const erase = dialog.getByRole('button', { name: 'Erase name and contact' });
    expect(await erase.isDisabled()).toBe(true);
    await shot(page, 'settings-forget');
    await dialog.getByText('I know that this cannot be undone').click();
    await erase.click();
    await page.getByRole('heading', { name: /forgotten agent/ }).waitFor();
    await page.getByText('Ida Kettle').first().waitFor({ state: 'detached' });
    expect(archive.json(['log', 'verify'])['ok']).toBe(true);
    await close();
  });

  it('remembers the theme, and keeps an address for each section', async () => {
    const { page, goto, close } = await visit(again());
    await goto('/settings/appearance');
    await page.getByText('Dark', { exact: true }).click();
    await page.waitForFunction('document.documentElement.dataset.theme === "dark"');
    await page.getByRole('tab', { name: 'About' }).click();
    await page.waitForURL(/\/settings\/about$/);
    await page.reload();
    await settled(page);
    await page.getByText(archive.archive).first().waitFor();
    await page.waitForFunction('document.documentElement.dataset.theme === "dark"');
    await close();
  });

  /** A link of the running server works once. */
  function again(): Served {
    return { ...served, url: archive.json(['serve'])['url'] as string };
  }
});
