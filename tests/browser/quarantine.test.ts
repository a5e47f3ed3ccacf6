/** Quarantine as a person meets it: files that were really damaged and set aside, what may be done with them, and what may not. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled } from './support/browser.ts';
import { lookEverywhere } from './support/looks.ts';

const SIDE_A = 'Reel 12/side a.wav';
const SIDE_B = 'Reel 12/side b.wav';
const PROGRAMME = 'Broadcast 1962/programme.mp3';

describeInBrowser('Quarantine', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  let tapes: string;
  const good = new Map<string, Buffer>();
  const damaged = new Map<string, Buffer>();
  const file = (path: string): string => join(tapes, path);

  beforeAll(async () => {
    archive = new BrowserArchive().init();
    tapes = archive.tapes();
    archive.must(['location', 'add', tapes, '--name', 'Studio NAS', '--group', 'NAS pool']);
    archive.custody(tapes);
    const vault = ['--name', 'Vault drive', '--writes', 'managed', '--group', 'Vault'];
    archive.must(['location', 'add', archive.path('vault'), ...vault]);
    archive.must(['replicate', '--all', '--to', 'Vault drive']);
    archive.must(['audit']);
    for (const path of [SIDE_A, SIDE_B, PROGRAMME]) {
      good.set(path, readFileSync(file(path)));
      damage(path);
      damaged.set(path, readFileSync(file(path)));
    }
    archive.must(['audit'], [1]);
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('says what will stand there and why, and shows what another window sets aside, without being asked', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity/quarantine');
    await page.getByText('Damaged files will stand here once a recovery sets one aside').waitFor();
    await lookEverywhere(page, 'quarantine-none');
    archive.must(['recover', findingOf(SIDE_B)]);
    await page.getByRole('tab', { name: 'Quarantine (1)' }).waitFor();
    await table(page).getByText('side b.wav').waitFor();
    await close();
  });

  it('is linked from the finding whose recovery set the file aside, with the story that stands beside it', async () => {
    const { page, goto, close } = await visit(served);
    await goto(`/fixity/${findingOf(SIDE_A)}`);
    const finding = page.getByRole('complementary', { name: 'The finding' });
    await finding.getByRole('button', { name: 'Recover…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Recover it' }).click();
    await finding.getByText(/One replica was recovered/).waitFor();
    await finding.getByRole('link', { name: 'See what stands in quarantine' }).waitFor();
    await finding.getByText('The damaged file was set aside and stands in quarantine.').waitFor();
    await lookEverywhere(page, 'quarantine-finding');
    await finding.getByRole('link', { name: 'See aside-2' }).click();
    await page.waitForURL(/\/fixity\/aside-2$/);
    await page.reload();
    await settled(page);
    await page.getByRole('tab', { name: 'Quarantine (2)', selected: true }).waitFor();
    const pane = detail(page);
    await pane
      .getByText(/It was found altered, and was set aside on .* Nothing of it was changed\./)
      .waitFor();
    const { path, sha256, finding: itsFinding } = aside('aside-2');
    const story = await pane.getByText(/This file was damaged and has been set aside/).innerText();
    expect(story.trim()).toBe(readFileSync(`${dirname(path)}.txt`, 'utf8').trim());
    await pane.getByText(sha256).first().waitFor({ state: 'attached' });
    expect(readFileSync(path)).toEqual(damaged.get(SIDE_A));
    await lookEverywhere(page, 'quarantine-aside');
    await pane.getByRole('group').last().scrollIntoViewIfNeeded();
    await lookEverywhere(page, 'quarantine-story');
    await pane.getByRole('link', { name: `Its finding (${itsFinding})` }).click();
    await page.waitForURL(new RegExp(`/fixity/${itsFinding}$`));
    await finding.getByText('Resolved: recovered').waitFor();
    await page.goBack();
    await pane.getByRole('link', { name: /Its replica/ }).click();
    await page.waitForURL(/\/holdings\/rep-\d+$/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await close();
  });

  it('is gone through by keyboard alone: j, k, Enter, Escape', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity/quarantine');
    await expectRows(page, 2);
    await page.keyboard.press('j');
    await page.waitForURL(/\/fixity\/aside-2$/);
    await page.keyboard.press('j');
    await page.waitForURL(/\/fixity\/aside-1$/);
    await page.keyboard.press('k');
    await page.waitForURL(/\/fixity\/aside-2$/);
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/fixity\/quarantine$/);
    await table(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/fixity\/aside-\d$/);
    await close();
  });

  it('gives a file back where nothing stands, and only there, with a reason', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity/aside-2');
    const { path } = aside('aside-2');
    const pane = detail(page);
    await pane.getByRole('button', { name: 'Give it back…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Give the damaged file back' });
    // The good replica stands where it stood.
    await dialog.getByText('Something stands there now, and is not overwritten.').waitFor();
    expect(await dialog.getByRole('radio', { name: 'Where it stood' }).isDisabled()).toBe(true);
    const act = dialog.getByRole('button', { name: 'Give it back' });
    expect(await act.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: /Why it is given back/ }).fill('A laboratory looks at it');
    const to = dialog.getByRole('textbox', { name: /^Path/ });
    await to.fill(file(PROGRAMME));
    await act.click();
    await dialog.getByText(/Something stands at .*programme\.mp3\. It was not overwritten/).waitFor();
    await lookEverywhere(page, 'quarantine-restore-refused');
    await to.fill('/somewhere/else.wav');
    await act.click();
    await dialog.getByText(/is not in "Studio NAS"/).waitFor();
    expect(readFileSync(file(PROGRAMME))).toEqual(damaged.get(PROGRAMME));
    expect(existsSync(path)).toBe(true);

    mkdirSync(file('For the lab'));
    await to.fill(file('For the lab/side a.wav'));
    await act.click();
    await pane.getByRole('heading', { name: 'Given back' }).waitFor();
    await pane.getByText('A laboratory looks at it').waitFor();
    expect(readFileSync(file('For the lab/side a.wav'))).toEqual(damaged.get(SIDE_A));
    expect(readFileSync(file(SIDE_A))).toEqual(good.get(SIDE_A));
    expect(existsSync(path)).toBe(false);
    await page.getByRole('tab', { name: 'Quarantine (1)' }).waitFor();
    await expectRows(page, 1);
    await page.getByRole('button', { name: /^Also those given back or removed 1$/ }).click();
    await page.waitForURL(/all=true/);
    await expectRows(page, 2);
    await table(page).getByText('given back').waitFor();
    await page.reload();
    await settled(page);
    await expectRows(page, 2);
    await table(page).getByText('side a.wav').dblclick();
    await lookEverywhere(page, 'quarantine-given-back');
    await close();
  });

  it('keeps what may be all that is left, and what cannot be reached', async () => {
    const { page, goto, close } = await visit(served);
    damage(SIDE_B);
    archive.must(['audit'], [1]);
    await goto('/fixity/aside-1');
    const pane = detail(page);
    const remove = pane.getByRole('button', { name: 'Remove its bytes…' });
    await pane.getByText(/Not now:.*it may be all that is left of it/).waitFor();
    expect(await remove.isDisabled()).toBe(true);
    await lookEverywhere(page, 'quarantine-kept');
    // Once a good replica stands in its place again, it is told at once.
    archive.must(['recover', '--all']);
    await pane.getByText(/removed for good, by two people/).waitFor();
    expect(await remove.isEnabled()).toBe(true);

    renameSync(tapes, archive.path('tapes away'));
    await goto('/fixity/aside-1');
    await pane.getByText(/Whether it still stands there is not known/).waitFor();
    expect(await remove.isDisabled()).toBe(true);
    expect(await pane.getByRole('button', { name: 'Give it back…' }).isDisabled()).toBe(true);
    renameSync(archive.path('tapes away'), tapes);
    await close();
  });

  it('removes the bytes of a file for two people, after saying what follows', async () => {
    const { page, goto, close } = await visit(served);
    const { path, by } = aside('aside-1');
    await goto('/fixity/aside-1');
    const pane = detail(page);
    await pane.getByRole('button', { name: 'Remove its bytes…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove the bytes of aside-1' });
    const next = dialog.getByRole('button', { name: 'See what follows' });
    expect(await next.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: /Why it is removed/ }).fill('Cause found; disk replaced');
    const second = dialog.getByRole('textbox', { name: /Who stands for it beside you/ });
    await second.fill(` ${by.toUpperCase()} `);
    await lookEverywhere(page, 'quarantine-discard');
    await dialog.getByText('That is the first person once more. It takes two.').waitFor();
    expect(await next.isDisabled()).toBe(true);
    await second.fill('J. Miller');
    await next.click();
    const question = page.getByRole('alertdialog', { name: 'Remove the bytes of aside-1?' });
    await question.getByText(`the names of ${by} and J. Miller stay on record`).waitFor();
    await question.getByText('It cannot be undone.').waitFor();
    await lookEverywhere(page, 'quarantine-discard-confirm');
    // Leaving it is what Enter does at first.
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    expect(readFileSync(path)).toEqual(damaged.get(SIDE_B));
    await next.click();
    await question.getByRole('button', { name: 'Remove its bytes' }).click();
    await pane.getByRole('heading', { name: 'Removed' }).waitFor();
    await pane
      .getByText(/and J\. Miller/)
      .first()
      .waitFor();
    expect(existsSync(dirname(path))).toBe(false);
    expect(readFileSync(file(SIDE_B))).toEqual(good.get(SIDE_B));

    // As a disk leaves it that failed after the act was recorded.
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, damaged.get(SIDE_B) ?? '');
    await page.reload();
    await settled(page);
    await pane.getByText('Its removal was interrupted: the file still stands in quarantine.').waitFor();
    await lookEverywhere(page, 'quarantine-unfinished');
    await pane.getByRole('button', { name: 'Complete it' }).click();
    await pane.getByText(/Its removal was interrupted/).waitFor({ state: 'detached' });
    expect(existsSync(dirname(path))).toBe(false);
    await pane.getByRole('link', { name: /^event-\d+$/ }).click();
    await page.waitForURL(/\/log\/event-\d+$/);
    await page.getByText('deletion').first().waitFor();
    await goto(`/fixity/${aside('aside-1').finding}`);
    await page.getByText('its bytes were removed since').waitFor();
    await close();
  });

  it('settles what an interrupted recovery left, and says what became of it', async () => {
    const { page, goto, close } = await visit(served);
    const { path, finding } = aside('aside-3');
    const staging = join(
      path.slice(0, path.indexOf('/.holdfast-quarantine/')),
      '.holdfast-quarantine/staging',
    );
    const { id } = archive.json(['status'])['archive'] as { id: string };
    mkdirSync(join(staging, id, 'job-999'), { recursive: true });
    writeFileSync(join(staging, id, 'job-999', finding), 'half of it');
    await goto('/fixity/quarantine');
    await page.getByRole('button', { name: 'Settle interrupted recoveries…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Settle what interrupted recoveries left' });
    await lookEverywhere(page, 'quarantine-sweep');
    await dialog.getByRole('button', { name: 'Settle it' }).click();
    await dialog.getByText(/1 staged copy was removed: its content stands elsewhere/).waitFor();
    await lookEverywhere(page, 'quarantine-swept');
    expect(existsSync(join(staging, id, 'job-999', finding))).toBe(false);
    expect(readdirSync(dirname(path))).toHaveLength(1);
    await close();
  });

  /** Another bit of the sound, as a disk does it. */
  function damage(path: string): void {
    const bytes = readFileSync(file(path));
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    writeFileSync(file(path), bytes);
  }

  function findingOf(path: string): string {
    const { rows } = archive.json(['findings', 'list'], [0, 1]) as { rows: { id: string; path: string }[] };
    const found = rows.find((row) => row.path === file(path));
    if (found === undefined) throw new Error(`no finding is open on ${path}`);
    return found.id;
  }

  function aside(id: string): { path: string; sha256: string; finding: string; by: string } {
    const shown = archive.json(['quarantine', 'show', id])['aside'] as {
      path: string;
      sha256: string;
      finding: string;
      by: string;
    };
    return shown;
  }
});

function table(page: Page): Locator {
  return page.getByRole('grid', { name: 'Damaged files that were set aside' });
}

function detail(page: Page): Locator {
  return page.getByRole('complementary', { name: 'The damaged file' });
}

async function expectRows(page: Page, count: number): Promise<void> {
  const rows = table(page).locator('[data-index]');
  await rows.nth(count - 1).waitFor();
  await rows.nth(count).waitFor({ state: 'detached' });
}
