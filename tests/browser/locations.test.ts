import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled } from './support/browser.ts';
import { axeFindings, lookEverywhere, shot } from './support/looks.ts';

/** The screen asks every ten seconds at the least. */
const NOTICED_MS = 120_000;

describeInBrowser('Storage locations', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  beforeAll(async () => {
    archive = new BrowserArchive().init();
    const tapes = archive.tapes();
    archive.must([
      'location',
      'add',
      tapes,
      '--name',
      'Studio NAS',
      '--group',
      'NAS pool',
      '--site',
      'Leeds',
    ]);
    archive.custody(tapes);
    mkdirSync(archive.path('loose'));
    cpSync(fixturePath('wav-pcm16.wav'), archive.path('loose/one.wav'));
    archive.custody(archive.path('loose'), 'Loose reel');
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('says of each what is known, and that an unknown failure group counts as dependent', async () => {
    const { page, goto, close } = await visit(served);
    await goto('/locations');
    const nas = page.getByRole('article', { name: 'Studio NAS' });
    await nas.getByText('None of its 7 replicas was verified here yet.').waitFor();
    await nas.getByText(/free of/).waitFor();
    const loose = page.getByRole('article', { name: 'loose' });
    await loose.getByText('Unknown: counts as dependent on every other location').waitFor();
    await page.getByRole('heading', { name: 'Which locations could be lost together?' }).waitFor();
    await loose.getByText('On the same device as Studio NAS: one failure takes both.').waitFor();
    await page.getByText('One device, as found').waitFor();
    await page.getByText('One location has none, and counts as dependent on every other.').waitFor();
    await close();
  });

  it('stays calm when a place vanishes while the screen is open, and sees it come back', async () => {
    const { page, goto, close } = await visit(again());
    await goto('/locations');
    const nas = page.getByRole('article', { name: 'Studio NAS' });
    await nas.getByText(/free of/).waitFor();
    renameSync(archive.path('tapes'), archive.path('tapes-away'));
    try {
      await nas.getByText(/Not checked: Studio NAS is unreachable/).waitFor({ timeout: NOTICED_MS });
      await nas.getByText('7 replicas').first().waitFor();
      expect(await nas.getByRole('button', { name: 'Audit' }).isDisabled()).toBe(true);
      expect(await page.getByText('missing').count()).toBe(0);
      await shot(page, 'locations-away');
    } finally {
      renameSync(archive.path('tapes-away'), archive.path('tapes'));
    }
    await nas.getByRole('button', { name: 'Ask again' }).click();
    await nas.getByText(/free of/).waitFor();
    expect(await nas.getByText(/Not checked/).count()).toBe(0);
    await close();
  });

  it('adds a managed location, replicates everything to it, and refuses one inside another', async () => {
    const { page, goto, close } = await visit(again());
    await goto('/locations');
    await page.getByRole('button', { name: 'Add a location' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^Folder/ }).fill(archive.path('tapes/Reel 12'));
    await dialog.getByRole('button', { name: 'Add this location' }).click();
    await dialog.getByText(/overlap/).waitFor();
    await dialog.getByRole('textbox', { name: /^Folder/ }).fill(archive.path('vault'));
    await dialog.getByRole('textbox', { name: 'Failure group' }).fill('Vault');
    await dialog.getByRole('button', { name: 'Add this location' }).click();
    const vault = page.getByRole('article', { name: 'vault' });
    await vault.getByRole('button', { name: 'Replicate here' }).click();
    await page.getByRole('button', { name: 'Begin the replication' }).click();
    await vault.getByText(/All 8 replicas were read and compared/).waitFor();
    expect(readdirSync(archive.path('vault'))).toContain('.holdfast');
    await close();
  });

  it('changes what is known of a place, says which items are replicated by it, and refuses a name in use', async () => {
    archive.must(['audit']);
    const { page, goto, close } = await visit(again());
    await goto('/locations');
    await page.getByRole('link', { name: 'vault', exact: true }).first().click();
    await page.getByRole('button', { name: 'More about vault' }).click();
    await page.getByRole('menuitem', { name: 'Change what is known of it' }).click();
    const dialog = page.getByRole('dialog');
    // A managed location stays one.
    expect(await dialog.getByRole('radiogroup').count()).toBe(0);
    const save = dialog.getByRole('button', { name: 'Save' });
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: /^Name/ }).fill('Studio NAS');
    await save.click();
    await dialog.getByText(/There is a location named "Studio NAS" already/).waitFor();
    await dialog.getByRole('textbox', { name: /^Name/ }).fill('Deep store');
    await dialog.getByRole('textbox', { name: 'Site' }).fill('York');
    await dialog
      .getByRole('group', { name: 'Known groups:' })
      .getByRole('button', { name: 'NAS pool' })
      .click();
    await lookEverywhere(page, 'location-edit');
    await save.click();
    await page.getByText(/What is known of Deep store was changed\..* no longer replicated/).waitFor();
    await page.getByRole('heading', { name: 'Deep store' }).waitFor();
    await page.getByText('York', { exact: true }).waitFor();
    await page.getByText(/Location "vault": name "Deep store", before "vault"/).waitFor();
    archive.must(['location', 'set', 'Deep store', '--name', 'vault', '--group', 'Vault']);
    await page.getByRole('heading', { name: 'vault' }).waitFor();

    await goto('/locations');
    const nas = page.getByRole('article', { name: 'Studio NAS' });
    await nas.getByRole('button', { name: 'More about Studio NAS' }).click();
    await page.getByRole('menuitem', { name: 'Change what is known of it' }).click();
    await dialog.getByText('In place, never written to').click();
    await save.click();
    await nas.getByText('In place: nothing is ever written here.').waitFor();
    archive.must(['location', 'set', 'Studio NAS', '--writes', 'recover']);
    await nas.getByText(/nothing is written here but what an explicit recovery restores/).waitFor();
    await close();
  });

  it('is told where a location stands now, and takes no other folder for it', async () => {
    const { page, goto, close } = await visit(again());
    renameSync(archive.path('loose'), archive.path('moved'));
    mkdirSync(archive.path('other'));
    await goto('/locations');
    const loose = page.getByRole('article', { name: 'loose' });
    await loose.getByText(/Not checked: loose is unreachable/).waitFor();
    const ask = loose.getByRole('group').getByRole('button', { name: 'Say where it stands now' });
    await ask.click();
    await choose('other');
    await page.getByRole('button', { name: 'It stands there now' }).click();
    await page.getByText(/so it is not taken for that location/).waitFor();
    await choose('moved');
    await page.getByRole('button', { name: 'It stands there now' }).click();
    await loose.getByText(/free of/).waitFor();
    await close();

    async function choose(folder: string): Promise<void> {
      await page.getByRole('button', { name: 'Choose a folder' }).click();
      const picker = page.getByRole('dialog').last();
      // Places of known locations are listed; the folder above one holds the rest.
      await picker.getByRole('button', { name: 'Studio NAS' }).click();
      await picker.getByText('Reel 12').waitFor();
      await picker.getByRole('button', { name: 'Up one folder' }).click();
      await picker.getByRole('button', { name: folder, exact: true }).click();
      await picker.getByRole('button', { name: /choose this folder/i }).click();
    }
  });

  it('shows what an audit found, with its evidence, and where the recording stands', async () => {
    writeFileSync(archive.path('tapes/Reel 12/side a.wav'), 'not what it was');
    rmSync(archive.path('tapes/Reel 12/side b.wav'));
    const { page, goto, close } = await visit(again());
    await goto('/locations');
    const nas = page.getByRole('article', { name: 'Studio NAS' });
    await nas.getByRole('button', { name: 'Audit' }).click();
    await nas.getByText('2 findings').waitFor();
    await nas.getByRole('link', { name: 'Studio NAS' }).click();
    await page.getByRole('heading', { name: '2 findings need a decision' }).waitFor();
    await settled(page);
    await page.getByText(/5 of 7 replicas were intact/).waitFor();
    await page.getByText(/Nothing stands at its path, where/).waitFor();
    await page.getByText(/and its SHA-256 is/).waitFor();
    await page.getByRole('heading', { name: 'What was done here' }).waitFor();
    await shot(page, 'location');
    await page.getByRole('link', { name: 'Read this finding' }).first().click();
    await page.waitForURL(/\/holdings\/find-\d+/);
    await page.getByRole('heading', { name: 'What was found' }).waitFor();
    await page.getByText('Recorded digest').waitFor();
    await shot(page, 'finding');
    expect(await axeFindings(page)).toEqual([]);
    await close();
  });

  it('does not say of a medium on a shelf that an audit reads it', async () => {
    mkdirSync(archive.path('reel 9'));
    cpSync(fixturePath('wav-pcm24.wav'), archive.path('reel 9/one.wav'));
    archive.custody(archive.path('reel 9'), 'Reel 9');
    const { page, goto, close } = await visit(again());
    await goto('/locations');
    await page.getByRole('link', { name: 'reel 9', exact: true }).first().click();
    await page
      .getByText('Its one replica was never verified here. An audit reads it and compares.')
      .waitFor();
    archive.must(['location', 'shelve', 'reel 9', '--shelf', 'Safe 3']);
    await page
      .getByText('Its one replica was never verified here, and no audit can read it while it is offline.')
      .waitFor();
    expect(await page.getByText(/An audit reads/).count()).toBe(0);
    await close();
  });

  it('keeps media on shelves apart: added, lent with a date, back with its condition, and connected again', async () => {
    archive.must(['location', 'shelve', 'loose', '--shelf', 'Safe 1, box 4', '--recall-by', '2020-06-30']);
    const { page, goto, close } = await visit(again());
    await goto('/locations');
    await page.getByRole('button', { name: 'Add a location' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Not connected', { exact: true }).click();
    await dialog.getByRole('textbox', { name: /^Name/ }).fill('LTO 0042');
    await dialog.getByRole('textbox', { name: 'Where it lies' }).fill('Safe 2');
    await dialog.getByRole('textbox', { name: 'Barcode' }).fill('HF0042L8');
    await dialog.getByRole('textbox', { name: 'Generation' }).fill('LTO-8');
    await dialog.getByLabel('To be read again by').fill('2031-06-30');
    await dialog.getByRole('textbox', { name: 'Medium' }).fill('tape');
    await shot(page, 'location-add-offline');
    await dialog.getByRole('button', { name: 'Add this location' }).click();

    const tape = page.getByRole('row', { name: /^LTO 0042/ });
    await tape.getByText('Offline as planned').waitFor();
    await tape.getByText('tape, LTO-8').waitFor();
    await tape.getByRole('button', { name: 'Check out' }).click();
    await dialog.getByRole('textbox', { name: /^Who/ }).fill('Studio Kettle');
    await dialog.getByRole('textbox', { name: 'What for' }).fill('Reading it back');
    await dialog.getByLabel('Expected back').fill('2021-01-15');
    await shot(page, 'location-check-out');
    await dialog.getByRole('button', { name: 'Check it out' }).click();
    await tape.getByText(/Studio Kettle has it since .*, expected back on 15 January 2021/).waitFor();
    await tape.getByText('overdue').waitFor();
    const recalls = page.getByRole('region', { name: 'To come back or to be read again' });
    const dates = (await recalls.getByRole('listitem').allInnerTexts()).map((text) => text.split('\n')[0]);
    expect(dates).toEqual(['30 June 2020', '15 January 2021', '30 June 2031']);
    await lookEverywhere(page, 'locations-offline');

    await tape.getByRole('link', { name: 'LTO 0042' }).click();
    await page.getByRole('button', { name: 'Check in' }).click();
    await dialog.getByRole('textbox', { name: 'Condition' }).fill('Case cracked, tape sound');
    await dialog.getByRole('button', { name: 'Check it in' }).click();
    await page
      .getByRole('row', { name: /Studio Kettle/ })
      .getByText('Case cracked, tape sound')
      .waitFor();
    await page.getByText('On its shelf').waitFor();
    await lookEverywhere(page, 'location-offline');

    await goto('/locations');
    const loose = page.getByRole('row', { name: /^loose/ });
    await loose.getByText('date is past').waitFor();
    await loose.getByRole('button', { name: 'More about loose' }).click();
    await page.getByRole('menuitem', { name: 'It is connected again' }).click();
    await dialog.getByRole('button', { name: 'It is connected' }).click();
    await page
      .getByRole('article', { name: 'loose' })
      .getByText(/free of/)
      .waitFor();
    await close();
  }, 240_000);

  /** A link of the running server works once. */
  function again(): Served {
    return { ...served, url: archive.json(['serve'])['url'] as string };
  }
});
