/** Hand-outs as a person meets them: real bags and manifests, one byte of them damaged, checked here and by the tools of others. */
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestBag } from '../support/bags.ts';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled } from './support/browser.ts';
import { lookEverywhere } from './support/looks.ts';

describeInBrowser('Hand-outs', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  let tapes: string;
  let bag: TestBag;
  beforeAll(async () => {
    archive = new BrowserArchive().init();
    tapes = archive.tapes();
    archive.custody(tapes);
    bag = new TestBag({ algorithms: ['sha256', 'sha512'] }, archive.path('home/From Lyon'));
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('judges a bag whose folder is chosen: valid, and how that is known', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/hand-outs');
    await lookEverywhere(page, 'hand-outs-make');
    await page.getByRole('tab', { name: 'Check what came from others' }).click();
    await page.waitForURL(/\/hand-outs\/check$/);
    await lookEverywhere(page, 'hand-outs-check');
    await page.getByRole('button', { name: 'Choose the folder of a bag' }).click();
    const picker = page.getByRole('dialog');
    await picker.getByRole('button', { name: 'From Lyon' }).click();
    await picker.getByText('data', { exact: true }).waitFor();
    await picker.getByRole('button', { name: /choose/i }).click();
    await page
      .getByRole('list', { name: 'To be checked' })
      .getByText('/From Lyon', { exact: true })
      .waitFor();
    await page.getByRole('button', { name: 'Check it' }).click();
    const report = page.getByRole('article', { name: bag.dir });
    await report.getByText('Valid', { exact: true }).waitFor();
    await report.getByText(/Its 2 files, 6 bytes, were read here, and every one agrees/).waitFor();
    await lookEverywhere(page, 'hand-outs-valid');
    await close();
  });

  it('names the one damaged byte first, with its rule, for the eye, in text, and after a reload', async () => {
    bag.write('data/a.wav', 'onf');
    bag.write('data/aux.txt', 'not listed');
    const { page, context, goto, close } = await visit(served);
    await context.grantPermissions(['clipboard-read']);
    await goto('/hand-outs/check');
    await typePath(page, bag.dir);
    await page.getByRole('button', { name: 'Check it' }).click();
    const report = page.getByRole('article', { name: bag.dir });
    await report.getByText('Not valid', { exact: true }).waitFor();
    const groups = report.locator('[data-code]');
    const codes = (await groups.all()).map((each) => each.getAttribute('data-code'));
    expect(await Promise.all(codes)).toEqual([
      'BAG-DIGEST-MISMATCH',
      'BAG-UNLISTED',
      'BAG-OXUM-MISMATCH',
      'BAG-RESERVED-NAME',
    ]);
    const damaged = groups.first();
    await damaged.getByText('Its content is not what the manifests say: sha256, sha512 differs.').waitFor();
    await damaged.getByText('RFC 8493 §3 · BAG-DIGEST-MISMATCH').waitFor();
    expect(await damaged.getByRole('listitem').allInnerTexts()).toEqual([expect.stringContaining('a.wav')]);
    await lookEverywhere(page, 'hand-outs-invalid');
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await page.getByText('The report is on the clipboard.').waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toMatch(
      /^.*From Lyon\nNot valid\n[^]*\(BAG-DIGEST-MISMATCH, RFC 8493 §3\)\n {2}data\/a\.wav\n/,
    );
    await page.reload();
    await settled(page);
    await report.getByText('Not valid', { exact: true }).waitFor();
    await close();
  });

  it('says what to do where a path is none, and where a browser is not told it', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/hand-outs/check');
    await typePath(page, 'somewhere/bag');
    await page.getByText(/A path must be whole/).waitFor();
    await typePath(page, archive.path('nowhere'));
    await page.getByRole('button', { name: 'Check it' }).click();
    await page
      .getByRole('alert')
      .getByText(/nowhere/)
      .waitFor();
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'bag.zip'));
      const of = { bubbles: true, cancelable: true, dataTransfer };
      document.body.dispatchEvent(new DragEvent('dragover', of));
    })()`);
    await page.getByText('Check what you drop').waitFor();
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'bag.zip'));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    })()`);
    await page.getByText(/A browser does not tell where what was dropped stands/).waitFor();
    expect(new URL(page.url()).pathname).toBe('/hand-outs/check');
    await close();
  });

  it('writes a manifest by keyboard alone, with the command by which anyone checks it', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/accessions');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL(/\/hand-outs$/);
    await page.getByRole('button', { name: /An accession/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /Kettle tapes/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Write the manifest' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Written: it lists 7 files/).waitFor();
    const [written = ''] = globSync(join(archive.archive, 'exports/manifest-*.sha256'));
    const command = await page.locator('code').innerText();
    expect(command).toBe('sha256sum -c manifest-2026-0001.sha256');
    await page.getByText('Here that is').getByRole('button').waitFor();
    await lookEverywhere(page, 'hand-outs-written');

    // What the screen says, done by somebody else: the same folder, the file beside it.
    writeFileSync(join(tapes, command.split(' ').at(-1) ?? ''), readFileSync(written));
    execFileSync('sh', ['-c', `${command} --quiet`], { cwd: tapes });
    const opus = join(tapes, 'Broadcast 1962/programme.opus');
    const bytes = readFileSync(opus);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(opus, bytes);
    const { status, stdout } = spawnSync('sh', ['-c', `LC_ALL=C ${command} --quiet`], {
      cwd: tapes,
      encoding: 'utf8',
    });
    expect([status, stdout.trim()]).toEqual([1, 'Broadcast 1962/programme.opus: FAILED']);

    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('row', { name: /Checksum manifest of accession/ }).waitFor();
    await lookEverywhere(page, 'hand-outs-history');
    await page.getByRole('row', { name: /Checksum manifest of accession/ }).dblclick();
    await page.getByRole('heading', { name: 'Event: exporting' }).waitFor();
    await close();
  });

  it('holds a manifest against what is in custody, and records it only where it is asked to', async () => {
    const [line = '', ...rest] = execFileSync('sh', ['-c', 'sha256sum Reel*/* Field*/*'], {
      cwd: tapes,
      encoding: 'utf8',
    })
      .trimEnd()
      .split('\n');
    const theirs = archive.path('home/checksums.sha256');
    const altered = `${line.startsWith('0') ? '1' : '0'}${line.slice(1)}`;
    writeFileSync(theirs, [altered, ...rest, `${'0'.repeat(64)}  Reel 13/lost.wav`, ''].join('\n'));
    const { page, goto, close } = await visit(served);
    await goto('/hand-outs/check');
    await typePath(page, theirs);
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText('This is no bag, neither as a folder nor packed.').waitFor();
    await page.getByRole('button', { name: /An accession/ }).click();
    await page.getByRole('option', { name: /Kettle tapes/ }).click();
    await page.getByRole('textbox', { name: /^Whose digests/ }).fill('A. Kettle');
    await page.getByLabel(/^The day that they were made/).fill('2009-05-03');
    await page.getByRole('button', { name: 'Compare it' }).click();
    await page.getByText('One file is not what the manifest says.').waitFor();
    await page.getByText('3 files are as recorded: they are what they were on 3 May 2009.').waitFor();
    await page.getByText('Reel 13/lost.wav').waitFor();
    await page.getByText('Nothing was recorded.').waitFor();
    await lookEverywhere(page, 'hand-outs-manifest');
    await page.getByRole('button', { name: 'Record it as prior baseline' }).click();
    await page.getByText(/It is recorded as a prior baseline/).waitFor();
    await page.getByRole('link', { name: 'What differs is a finding to decide on' }).click();
    await page.getByRole('grid', { name: 'Open findings' }).getByText('side a.wav').waitFor();
    await close();
  });
});

async function typePath(page: Page, path: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Or its path' }).fill(path);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}
