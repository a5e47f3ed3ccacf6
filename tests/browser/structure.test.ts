/** Journeys of an archivist who arranges, says what was unknown, lets go and takes back, in a real browser. */
import { existsSync, readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled, WINDOWS, type Visit } from './support/browser.ts';
import { axeFindings, shot, widerThanWindow } from './support/looks.ts';

const TOAST = '[class*=toast]';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function choose(page: Page, role: 'radio' | 'checkbox', name: string | RegExp): Promise<void> {
  await page.getByRole(role, { name }).first().focus();
  await page.keyboard.press('Space');
}

describeInBrowser('arranging and letting go', (visitor) => {
  const archive = new BrowserArchive();
  let served: Served;
  let visit: Visit;

  beforeAll(async () => {
    archive.init();
    archive.must(['location', 'add', archive.path('vault'), '--name', 'Vault drive', '--writes', 'managed']);
    archive.must([
      'accession',
      archive.tapes(),
      '--title',
      'Kettle tapes',
      '--rights-unknown',
      '--to',
      'Vault drive',
    ]);
    served = await archive.serve();
    visit = await visitor.visit(served);
  });
  afterAll(async () => {
    await visit.close();
    archive.remove();
  });

  it('says of a managed accession what was not known, and only that', async () => {
    const { page } = visit;
    await visit.goto('/accessions/acc-1');
    await button(page, 'Say what is known now').click();
    const dialog = page.getByRole('dialog');
    expect(await button(page, 'Record it').isDisabled()).toBe(true);
    await choose(page, 'radio', 'Agreement or policy');
    await dialog.getByLabel('What the basis rests on').fill('Deed of gift, 2019');
    await dialog.getByLabel('From whom it came').fill('Estate of A. Kettle');
    await shot(page, 'gaps-dialog');
    expect(await axeFindings(page)).toEqual([]);
    await button(page, 'Record it').click();
    await page.getByText('Not known: how and when it was acquired').waitFor();
    const closed = archive.json(['show', 'acc-1']);
    expect(JSON.stringify(closed)).toContain('Deed of gift, 2019');
    await button(page, 'Say what is known now').click();
    expect(await dialog.getByLabel('From whom it came').count()).toBe(0);
    await dialog.getByLabel('How and when it was acquired').fill('Gift, 2019');
    await button(page, 'Record it').click();
    await button(page, 'Say what is known now').waitFor({ state: 'detached' });
    // What stands recorded is not changed by saying it again.
    expect(archive.json(['close-gaps', 'acc-1', '--source', 'Somebody else'], [2])['error']).toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  it('shows what a regrouping would make before it is made', async () => {
    const { page } = visit;
    await visit.goto('/accessions/acc-1');
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Regroup its items' }).click();
    const before = archive.json(['status'])['items'];
    await choose(page, 'radio', 'Folder');
    await button(page, 'See what it would make').click();
    await page.getByText(/It would make \d+ items/).waitFor();
    expect(archive.json(['status'])['items']).toBe(before);
    await shot(page, 'regroup-dialog');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Regroup', exact: true }).click();
    await page.locator(TOAST).getByText('Regrouped into').waitFor();
    expect(archive.json(['status'])['items']).not.toBe(before);
  });

  it('says how two things belong together, shows it at both, and takes it back', async () => {
    const { page } = visit;
    await visit.goto('/holdings/part-1');
    await button(page, 'Add a relation').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /How it stands/ }).click();
    await page.getByRole('option', { name: /^is derived from/ }).click();
    await dialog.getByLabel('To what').fill('side');
    await dialog.getByRole('radio').first().waitFor({ state: 'attached' });
    await dialog.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await shot(page, 'relate-dialog');
    expect(await axeFindings(page)).toEqual([]);
    await button(page, 'Record the relation').click();
    await page.locator(TOAST).getByText('The relation was recorded.').waitFor();
    const line = page.getByRole('listitem').filter({ hasText: 'is derived from' });
    await line.getByRole('link').click();
    await page.getByText('is the source of').waitFor();
    await page.goBack();
    await settled(page);
    await line.getByRole('link').waitFor();
    await page.waitForLoadState('networkidle');
    await line.getByRole('button', { name: /^Take back the relation to/ }).click();
    await page.getByText('Nothing is recorded of how it stands to other things.').waitFor();
    await page
      .locator(TOAST)
      .filter({ hasText: 'The relation was taken back.' })
      .getByRole('button', { name: 'Undo' })
      .first()
      .click();
    await line.waitFor();
  });

  it('takes an edit back from its event, long after its note has gone', async () => {
    const { page } = visit;
    archive.must(['describe', 'part-1', '--set', 'title=Wrongly titled']);
    const events = archive.json(['show', 'part-1'])['events'] as { id: string; type: string }[];
    const event = events.find(({ type }) => type === 'metadata modification')?.id ?? '';
    await visit.goto(`/log/${event}`);
    await button(page, 'Take this edit back').click();
    await shot(page, 'undo-edit');
    await page.getByRole('dialog').getByRole('button', { name: 'Take this edit back' }).click();
    await page.getByText('It was taken back.').waitFor();
    expect(archive.json(['show', 'part-1'])['title']).not.toBe('Wrongly titled');
  });

  it('removes bytes only after custody has ended, by two named people, with what follows from it', async () => {
    const { page } = visit;
    const bag = () =>
      readdirSync(archive.path('vault'), { recursive: true }).filter((name) => String(name).endsWith('.wav'));
    archive.must([
      'deaccession',
      'acc-1',
      '--reason',
      'Returned to the donor',
      '--authority',
      'Board minute 2026/14',
    ]);
    expect(bag()).toHaveLength(2);
    await visit.goto('/accessions/acc-1');
    await button(page, 'See what could be removed').click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('row')
      .filter({ hasText: 'Vault drive' })
      .getByText('removed', { exact: true })
      .waitFor();
    expect(await button(page, 'See what follows').isDisabled()).toBe(true);
    await dialog.getByLabel(/^Reason/).fill('The donor wants no copy kept');
    await dialog.getByLabel(/^Who stands for it beside you/).fill('Jo Miller');
    await shot(page, 'deletion-dialog');
    expect(await axeFindings(page)).toEqual([]);
    await button(page, 'See what follows').click();
    await page.getByText('It cannot be undone.').waitFor();
    await shot(page, 'deletion-confirm');
    expect(await axeFindings(page)).toEqual([]);
    await button(page, 'Remove its bytes').click();
    await page.waitForURL(/\/jobs\//);
    await page.getByText('The deletion is complete.').waitFor();
    expect(bag()).toHaveLength(0);
    expect(existsSync(archive.path('tapes'))).toBe(true);
  });

  it('keeps its dialogs whole in the small window, in the dark', async () => {
    archive.must(['accession', archive.tapes('box 2'), '--title', 'Second box', '--rights-unknown']);
    const small = await visitor.visit(served, { window: WINDOWS.small, theme: 'dark' });
    const { page } = small;
    await small.goto('/accessions/acc-2');
    await button(page, 'Say what is known now').click();
    await shot(page, 'gaps-dialog-small-dark');
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Regroup its items' }).click();
    await button(page, 'See what it would make').click();
    await page.getByRole('dialog').getByRole('status').locator('p').first().waitFor();
    await shot(page, 'regroup-dialog-small-dark');
    expect(await axeFindings(page)).toEqual([]);
    expect(await widerThanWindow(page)).toBeLessThanOrEqual(0);
    await small.close();
  });
});
