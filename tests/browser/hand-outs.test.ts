/** Hand-outs as a person meets them: real bags and manifests, one byte of them damaged, checked here and by the tools of others. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
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
    archive.custody(tapes, 'Kettle tapes', ['--collection', 'Kettle']);
    // Found among them, and nobody knows yet on which basis it is held.
    mkdirSync(join(tapes, 'Loose'));
    cpSync(fixturePath('wav-pcm16.wav'), join(tapes, 'Loose/unlabelled.wav'));
    const loose = ['--title', 'Loose reel', '--rights-unknown', '--source', 'Estate of A. Kettle'];
    archive.must([
      'accession',
      join(tapes, 'Loose'),
      ...loose,
      '--acquired',
      'Gift, 2024',
      '--collection',
      'Kettle',
    ]);
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

  it('makes a package of what may leave, says what stays behind and why, and how its recipient checks it', async () => {
    const out = archive.path('home/For Lyon');
    mkdirSync(out);
    const { page, goto, close } = await visit(served);
    await goto('/hand-outs');
    await page.getByRole('radio', { name: 'A package' }).press('Space');
    await page.waitForURL(/as=package/);
    await page.getByRole('radio', { name: 'A collection, with those below it' }).press('Space');
    await page
      .getByRole('button', { name: /A collection, with those below it/, disabled: false })
      .press('Enter');
    await page.getByRole('option', { name: 'Kettle' }).press('Enter');
    const next = page.getByRole('button', { name: 'See what would leave' });
    expect(await next.isDisabled(), 'no folder is named').toBe(true);
    await page.getByRole('button', { name: 'Choose a folder' }).press('Enter');
    const picker = page.getByRole('dialog');
    await picker.getByRole('button', { name: 'For Lyon' }).click();
    await picker.getByRole('button', { name: /choose/i }).click();
    await page.getByRole('textbox', { name: 'Recipient' }).fill('City Archive, Lyon');
    await page.getByRole('checkbox', { name: 'Training of AI models' }).press('Space');
    await page.getByRole('textbox', { name: /^Reserved by/ }).fill('The performers');
    await lookEverywhere(page, 'hand-outs-package');
    await next.press('Enter');

    const plan = page.getByRole('region', { name: 'The package, before it is made' });
    await plan.getByText(/^7 files, .*, would leave\. Nothing was made yet\.$/).waitFor();
    expect(await page.evaluate<string>('document.activeElement.ariaLabel'), 'is read out').toBe(
      'The package, before it is made',
    );
    const behind = plan.getByRole('region', { name: /^No rights basis is documented/ });
    expect(await behind.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^Accession 2026-0002: one file, /),
    ]);
    await lookEverywhere(page, 'hand-outs-plan');
    await page.getByRole('textbox', { name: 'Your reason' }).fill('The estate allowed it by telephone.');
    await page.getByRole('button', { name: 'Plan with these files' }).press('Enter');
    await plan.getByText(/^8 files, .*, would leave\./).waitFor();
    await plan.getByText('One file leaves although rights or origin are not documented.').waitFor();
    await plan.getByText('The estate allowed it by telephone.').waitFor();
    await lookEverywhere(page, 'hand-outs-override');
    await page.getByRole('button', { name: 'Leave them behind' }).press('Enter');
    await plan.getByText(/^7 files, .*, would leave\./).waitFor();
    expect(readdirSync(out), 'nothing was made yet').toEqual([]);
    await page.getByRole('button', { name: 'Make the package' }).press('Enter');

    await page.getByText(/^Made: it holds 7 files, .*, and was validated in full\.$/).waitFor();
    await page.getByText('One file stayed behind.').waitFor();
    await page.getByRole('region', { name: /^No rights basis is documented/ }).waitFor();
    await lookEverywhere(page, 'hand-outs-made');

    // What the screen says, done by whoever received it.
    const [name = ''] = readdirSync(out);
    const command = await page.locator('code').innerText();
    const check = () =>
      spawnSync('sh', ['-ec', command], { cwd: out, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
    const whole = check();
    expect([whole.status, whole.stderr]).toEqual([0, '']);
    expect(whole.stdout.match(/^data\/.*: OK$/gm)).toHaveLength(7);
    expect(globSync('**/unlabelled.wav', { cwd: out })).toEqual([]);
    const seal = execFileSync('sha256sum', ['tagmanifest-sha256.txt'], {
      cwd: join(out, name),
      encoding: 'utf8',
    });
    await page.getByText('Seal: tagmanifest-sha256.txt').waitFor();
    const shown = await page.locator('dd').allInnerTexts();
    expect(shown.map((text) => text.replaceAll(/\s/g, ''))).toContainEqual(
      expect.stringContaining(seal.slice(0, 64)),
    );
    const [reel = ''] = globSync('data/**/side a.wav', { cwd: join(out, name) });
    const bytes = readFileSync(join(out, name, reel));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(join(out, name, reel), bytes);
    const damaged = check();
    expect(damaged.status).toBe(1);
    expect(damaged.stdout).toContain(`${reel}: FAILED\n`);

    await page.getByRole('tab', { name: 'History' }).click();
    const row = page.getByRole('row', { name: /Package of collection "Kettle": 7 files/ });
    await row.getByText('City Archive, Lyon').waitFor();
    await row.getByText('One file stayed behind.').waitFor();
    await row.getByText('handed out', { exact: true }).waitFor();
    await row.dblclick();
    await page.waitForURL(/\/hand-outs\/history\?record=out-1$/);
    await page.getByText(/^Made: it holds 7 files/).waitFor();
    expect(await page.locator('code').innerText()).toBe(command);
    await lookEverywhere(page, 'hand-outs-record');
    await page.getByRole('link', { name: 'Back to the history' }).press('Enter');
    await row.waitFor();
    expect(await page.evaluate<string>('document.activeElement.ariaLabel'), 'is not lost').toBe('History');
    await close();
  });

  it('writes a report, and says where it stands and what it says first', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/hand-outs?as=report');
    await page.getByRole('radio', { name: 'Fixity report' }).press('Space');
    await page.getByLabel(/^From/).fill('2026-11-30');
    const write = page.getByRole('button', { name: 'Write the report' });
    expect(await write.isDisabled(), 'half a period').toBe(true);
    await page.getByLabel(/^From/).fill('');
    await lookEverywhere(page, 'hand-outs-report');
    await write.press('Enter');
    await page.getByText('The report is written.').waitFor();
    const [file = ''] = globSync(join(archive.archive, 'exports/*fixity*.html'));
    const heading = await page.getByRole('heading', { level: 2 }).innerText();
    expect(readFileSync(file, 'utf8')).toContain(`<h1>${heading}</h1>`);
    await lookEverywhere(page, 'hand-outs-reported');
    await close();
  });

  it('writes a manifest by keyboard alone, with the command by which anyone checks it', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/accessions');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL(/\/hand-outs$/);
    await page.getByRole('button', { name: /An accession/, disabled: false }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /Kettle tapes/ }).press('Enter');
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
