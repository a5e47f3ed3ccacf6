/** Fixity as a person meets it: files that are really damaged, what is said of them, and what each decision does to the disk. */
import { execFileSync } from 'node:child_process';
import {
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled } from './support/browser.ts';
import { lookEverywhere } from './support/looks.ts';

describeInBrowser('Fixity', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  let tapes: string;
  let originals: Map<string, Buffer>;
  const file = (path: string): string => join(tapes, path);

  beforeAll(async () => {
    archive = new BrowserArchive().init();
    tapes = archive.tapes();
    writeFileSync(file(SIDE_A), longWave());
    archive.must(['location', 'add', tapes, '--name', 'Studio NAS', '--group', 'NAS pool']);
    archive.custody(tapes);
    const vault = archive.path('vault');
    archive.must([
      'location',
      'add',
      vault,
      '--name',
      'Vault drive',
      '--writes',
      'managed',
      '--group',
      'Vault',
    ]);
    archive.must(['replicate', '--all', '--to', 'Vault drive']);
    archive.must(['audit']);
    originals = new Map(
      [SIDE_A, SIDE_B, TAKE, PROGRAMME, ANNOUNCEMENT, OPUS].map((path) => [path, readFileSync(file(path))]),
    );
    damage();
    archive.must(['rescan'], [0, 1]);
    archive.must(['audit'], [1]);
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('lists what waits for a decision, and narrows it by chips whose numbers are what they show', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/overview');
    await page.getByRole('link', { name: 'Review them' }).click();
    await page.waitForURL(/\/fixity$/);
    await page.getByRole('heading', { name: 'Fixity', exact: true }).waitFor();
    const table = page.getByRole('grid', { name: 'Open findings' });
    await table.getByRole('row').nth(6).waitFor();
    for (const outcome of ['altered', 'truncated', 'missing', 'moved', 'tags changed'])
      await table.getByText(outcome, { exact: true }).first().waitFor();
    await lookEverywhere(page, 'fixity-list');
    const missing = page.getByRole('button', { name: /^missing 1$/ });
    await missing.click();
    await page.waitForURL(/outcome=missing/);
    await expectRows(page, 1);
    expect(await missing.getAttribute('aria-pressed')).toBe('true');
    await page.reload();
    await settled(page);
    await expectRows(page, 1);
    await page.getByRole('button', { name: /^All outcomes 6$/ }).click();
    await expectRows(page, 6);
    await close();
  });

  it('is found again as it was narrowed, from the rail, from a tab and after one finding was looked at', async () => {
    const { page, goto, close } = await visit(served);
    const rail = page.getByRole('navigation', { name: 'Places' });
    await goto('/fixity');
    await page.getByRole('button', { name: /^missing 1$/ }).click();
    await expectRows(page, 1);
    await rail.getByRole('link', { name: 'Overview' }).click();
    await page.waitForURL(/\/overview$/);
    await rail.getByRole('link', { name: /^Fixity/ }).click();
    await page.waitForURL(/\/fixity\?outcome=missing$/);
    await expectRows(page, 1);
    await page.getByRole('tab', { name: 'Runs' }).click();
    await page.waitForURL(/\/fixity\/runs$/);
    await page.getByRole('tab', { name: /^Findings/ }).click();
    await page.waitForURL(/\/fixity\?outcome=missing$/);
    // What is opened by its own address says nothing of how the list is narrowed.
    await goto('/fixity/find-1');
    await page.getByRole('complementary', { name: 'The finding' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.waitForURL(/\/fixity\?outcome=missing$/);
    await page.reload();
    await settled(page);
    await page.getByRole('button', { name: /^All outcomes 6$/ }).click();
    await expectRows(page, 6);
    await rail.getByRole('link', { name: 'Overview' }).click();
    await rail.getByRole('link', { name: /^Fixity/ }).click();
    await page.waitForURL(/\/fixity$/);
    await close();
  });

  it('puts the facts of a finding side by side, with the checks around it and the other replicas', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity?outcome=altered');
    await page.getByRole('grid').getByText('side a.wav').click({ clickCount: 2 });
    const pane = page.getByRole('complementary', { name: 'The finding' });
    await pane.getByText(/The sound differs from what was deposited/).waitFor();
    await pane.getByText(/suspected silent corruption/).waitFor();
    await pane.getByText(/A good replica exists at Vault drive\. Nothing has been overwritten\./).waitFor();
    const compared = pane.getByRole('table');
    expect(await compared.getByRole('row').nth(1).getByText('differs').count()).toBe(1);
    const digest = archive.json(['show', file(SIDE_A)]);
    expect(JSON.stringify(digest)).toContain(
      (await compared.getByRole('cell').nth(1).innerText()).replaceAll(/\s/g, ''),
    );
    await pane
      .getByRole('img', { name: /differs in one place, between the bytes 1,048,576 and 2,097,152/ })
      .waitFor();
    await pane.getByText('Last read and found intact').waitFor();
    await pane.getByText('First found altered').waitFor();
    await pane.getByRole('heading', { name: 'What can be done' }).waitFor();
    await pane.getByText(/would be copied from/).waitFor();
    await pane.getByText(/Not here:.*Something stands at its path/).waitFor();
    await lookEverywhere(page, 'fixity-finding');
    const address = new URL(page.url()).pathname;
    expect(address).toMatch(/^\/fixity\/find-\d+$/);
    await goto(address.replace('find-', 'finding-'));
    await pane.getByText(/The sound differs/).waitFor();
    await close();
  });

  it('is gone through by keyboard alone: j, k, Enter, Escape', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity');
    await expectRows(page, 6);
    const names: (string | undefined)[] = [];
    await page.keyboard.press('j');
    await page.waitForURL(/\/fixity\/find-\d+/);
    for (let at = 0; at < 3; at++) {
      names.push(new URL(page.url()).pathname);
      await page.keyboard.press('j');
      await page.waitForURL((url) => url.pathname !== names.at(-1));
    }
    expect(new Set(names).size).toBe(3);
    await page.keyboard.press('k');
    await page.waitForURL((url) => url.pathname === names[2]);
    const pane = page.getByRole('complementary', { name: 'The finding' });
    await pane.getByRole('heading', { name: 'Side by side' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/fixity$/);
    // The table itself has the same keys, and opens with Enter.
    await page.getByRole('grid').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/fixity\/find-\d+/);
    await page.keyboard.press('j');
    await close();
  });

  it('recovers a file after a preview, sets the damaged one aside, and says so where it was asked', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity?outcome=truncated');
    const damaged = readFileSync(file(ANNOUNCEMENT));
    await openRow(page, 'announcement.mp3');
    const pane = page.getByRole('complementary', { name: 'The finding' });
    await pane.getByText(/The file ends early/).waitFor();
    await lookEverywhere(page, 'fixity-truncated');
    await pane.getByRole('button', { name: 'Recover…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Recover one replica' });
    await dialog.getByText(/One replica will be recovered/).waitFor();
    await dialog.getByText(/vault/).first().waitFor();
    await lookEverywhere(page, 'fixity-recover');
    // A preview has touched nothing.
    expect(readFileSync(file(ANNOUNCEMENT))).toEqual(damaged);
    await dialog.getByRole('button', { name: 'Recover it' }).click();
    await pane.getByText(/One replica was recovered/).waitFor();
    await pane.getByText('Resolved: recovered').waitFor();
    expect(readFileSync(file(ANNOUNCEMENT)).equals(originals.get(ANNOUNCEMENT) ?? Buffer.of())).toBe(true);
    const aside = readdirSync(tapes, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath.includes('.holdfast-quarantine'))
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
    expect(aside.some((bytes) => bytes.equals(damaged))).toBe(true);
    await lookEverywhere(page, 'fixity-recovered');
    await close();
  });

  it('accepts a retagged file only with a reason, and keeps the digest that it had', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity?outcome=tags_changed');
    const before = readFileSync(file(PROGRAMME));
    await openRow(page, 'programme.mp3');
    const pane = page.getByRole('complementary', { name: 'The finding' });
    await pane.getByText(/Only tags or padding changed/).waitFor();
    await pane.getByRole('button', { name: 'Accept…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/One file will be read again/).waitFor();
    const act = dialog.getByRole('button', { name: 'Accept it' });
    expect(await act.isDisabled()).toBe(true);
    await dialog
      .getByRole('textbox', { name: /Why it is accepted/ })
      .fill('Titles corrected by the archivist');
    await act.click();
    await pane
      .getByText(/accepted as a new baseline/)
      .first()
      .waitFor();
    await pane.getByText('Titles corrected by the archivist').waitFor();
    expect(readFileSync(file(PROGRAMME))).toEqual(before);
    await close();
  });

  it('accepts a move, and a false alarm only once the file is what it was', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity?outcome=moved');
    await openRow(page, 'TAKE_0001.flac');
    const pane = page.getByRole('complementary', { name: 'The finding' });
    await pane.getByText(/the same content stands at .*TAKE 1 \(restored name\)\.flac/).waitFor();
    await pane.getByRole('button', { name: 'Accept the move…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Look for it/ })
      .click();
    await pane.getByText('One file is expected at its new place.').waitFor();

    await goto('/fixity?outcome=altered');
    await openRow(page, 'programme.opus');
    const ask = pane.getByRole('button', { name: 'Read it again…' });
    await ask.click();
    await page.getByRole('button', { name: 'Read it now' }).click();
    await pane.getByText(/this is no false alarm/).waitFor();
    writeFileSync(file(OPUS), originals.get(OPUS) ?? '');
    await ask.click();
    await page.getByRole('button', { name: 'Read it now' }).click();
    await pane.getByText(/was a false alarm: its file was read now and is intact/).waitFor();
    await close();
  });

  it('decides on many at once, with a preview of all of them', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity');
    await expectRows(page, 2);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: 'Decide on the 2 chosen' }).click();
    await page.getByRole('menuitem', { name: /Recover from good replicas/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Recover 2 replicas' });
    await dialog.getByText(/2 replicas will be recovered/).waitFor();
    await lookEverywhere(page, 'fixity-bulk');
    await dialog.getByRole('button', { name: 'Recover 2' }).click();
    await page.getByText(/2 replicas were recovered/).waitFor();
    await page.getByText('No finding waits for a decision').waitFor();
    for (const path of [SIDE_A, SIDE_B])
      expect(readFileSync(file(path)).equals(originals.get(path) ?? Buffer.of())).toBe(true);
    await lookEverywhere(page, 'fixity-none');
    await close();
  });

  it('starts an audit of a part, shows it, and keeps what came of each run', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity/runs');
    await page.getByRole('button', { name: 'Start an audit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start an audit' });
    await dialog.getByText('A share', { exact: true }).click();
    const parts = dialog.getByRole('textbox', { name: 'One part in' });
    await parts.fill('2');
    await parts.blur();
    await dialog.getByText(/It will read 7 of 14 replicas/).waitFor();
    await lookEverywhere(page, 'fixity-start');
    await dialog.getByRole('button', { name: 'Start the audit' }).click();
    await page.getByText('1/2, the longest unverified').waitFor();
    await page.getByText(/7 of 7 replicas checked: 7 intact\./).waitFor();
    await page.getByText(/7 replicas were left for later, as asked/).waitFor();
    await page
      .getByText(/14 of 14 replicas checked/)
      .first()
      .waitFor();
    await lookEverywhere(page, 'fixity-runs');
    await page.getByRole('link', { name: 'Audit of all locations' }).first().click();
    await page.waitForURL(/\/jobs\/job-\d+/);
    await close();
  });

  it('takes a schedule in plain words and says what it understood; pauses and removes it', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/fixity/schedules');
    await page.getByText('Schedules will stand here').waitFor();
    await lookEverywhere(page, 'fixity-schedules-none');
    await page.getByRole('button', { name: 'Add a schedule' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a schedule' });
    const words = dialog.getByRole('textbox', { name: /How much, how often/ });
    await words.fill('now and then');
    await dialog.getByText(/This says no schedule yet/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Add it' }).isDisabled()).toBe(true);
    await words.fill('a twelfth every month');
    await dialog.getByText(/Understood: a twelfth every month\. Each run reads 1\/12/).waitFor();
    await dialog.getByText(/After 12 runs every replica has been read/).waitFor();
    await lookEverywhere(page, 'fixity-schedule-add');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('heading', { name: 'a twelfth every month' }).waitFor();
    await page.getByText('It has not run yet.').waitFor();
    await page.getByText('holdfast schedule install').waitFor();
    await lookEverywhere(page, 'fixity-schedules');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText(/Paused: nothing of it is due/).waitFor();
    expect(JSON.stringify(archive.json(['schedule', 'list']))).toContain('"paused":true');
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('Schedules will stand here').waitFor();
    await close();
  });

  /** Six ways in which files really go wrong, on the disk itself. */
  function damage(): void {
    flip(SIDE_A, 1_500_000);
    rmSync(file(SIDE_B));
    retag(file(PROGRAMME));
    truncateSync(file(ANNOUNCEMENT), Math.floor(statSync(file(ANNOUNCEMENT)).size / 2));
    renameSync(file(TAKE), file('Field session/TAKE 1 (restored name).flac'));
    flip(OPUS, 1_000_000);
  }

  /** As a disk does it: another bit, the same size, the same time. */
  function flip(path: string, at: number): void {
    const stamp = archive.path('stamp');
    execFileSync('touch', ['-r', file(path), stamp]);
    const bytes = readFileSync(file(path));
    const where = Math.min(at, bytes.length - 10);
    bytes[where] = (bytes[where] ?? 0) ^ 0x10;
    writeFileSync(file(path), bytes);
    // To the nanosecond, which a number of milliseconds cannot say.
    execFileSync('touch', ['-r', stamp, file(path)]);
  }
});

const SIDE_A = 'Reel 12/side a.wav';
const SIDE_B = 'Reel 12/side b.wav';
const TAKE = 'Field session/TAKE_0001.flac';
const PROGRAMME = 'Broadcast 1962/programme.mp3';
const ANNOUNCEMENT = 'Broadcast 1962/announcement.mp3';
const OPUS = 'Broadcast 1962/programme.opus';

/** Three megabytes of sound: where a file differs is told by parts of one MiB. */
function longWave(): Buffer {
  const bytes = Buffer.alloc(44 + 3_000_000);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  for (const [at, value] of [16, 0x2_0001, 48_000, 192_000, 0x10_0004].entries())
    bytes.writeUInt32LE(value, 16 + 4 * at);
  bytes.write('data', 36);
  bytes.writeUInt32LE(bytes.length - 44, 40);
  for (let at = 44; at < bytes.length; at += 2) bytes.writeInt16LE(Math.round(9_000 * Math.sin(at / 90)), at);
  return bytes;
}

/** Another letter in the first text frame of its ID3v2 tag, as an editor of tags would leave it. */
function retag(path: string): void {
  const bytes = readFileSync(path);
  const frame = bytes.indexOf('TIT2');
  if (frame < 0) throw new Error(`${path} has no title to change`);
  const letter = frame + 10 + 3;
  bytes[letter] = bytes[letter] === 0x58 ? 0x59 : 0x58;
  writeFileSync(path, bytes);
}

async function expectRows(page: Page, count: number): Promise<void> {
  const rows = page.getByRole('grid', { name: 'Open findings' }).locator('[data-index]');
  await rows.nth(count - 1).waitFor();
  await rows.nth(count).waitFor({ state: 'detached' });
}

async function openRow(page: Page, name: string): Promise<void> {
  await page.getByRole('grid').getByText(name).dblclick();
  await page.getByRole('complementary', { name: 'The finding' }).getByRole('heading').first().waitFor();
}
