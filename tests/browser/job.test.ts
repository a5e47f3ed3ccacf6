import { setTimeout as wait } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { holdfastCommand } from '../support/holdfast.ts';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser } from './support/browser.ts';
import { shot } from './support/looks.ts';

/** Enough that it takes seconds to take them into custody. */
const FILES = 12_000;

describeInBrowser('A long act', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  let folder: string;
  let other: string;
  beforeAll(async () => {
    archive = new BrowserArchive().init();
    folder = archive.path('big');
    makeCollection({ dir: folder, files: FILES, bytesPerFile: 20_000, kind: 'mp3' });
    other = archive.path('other');
    makeCollection({ dir: other, files: FILES, bytesPerFile: 20_000, kind: 'mp3', seed: 2 });
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it('is paused and resumed on its page, survives the death of the host, and tells what happened', async () => {
    const begun = begin(folder, 'Big collection');
    const first = await visit(served);
    const job = await openJob();
    await first.goto(`/jobs/${job}`);
    const { page } = first;
    await page.getByRole('progressbar').first().waitFor();
    await expect.poll(() => page.title(), { timeout: 30_000 }).toMatch(/^[\d.]+\s?% · Big collection · /);
    await page.getByRole('main').getByRole('button', { name: 'Pause' }).click();
    await page.getByText(/^Accession\. It is paused\./).waitFor();
    await shot(page, 'job-paused');
    await begun;
    await page.getByRole('main').getByRole('button', { name: 'Resume' }).click();
    await page.getByText(/^Accession\. It is running/).waitFor();
    first.expectLostLine();
    await wait(300);
    await served.kill();
    await first.close();

    served = await archive.serve();
    const second = await visit(served);
    await second.page.getByText('was interrupted').first().waitFor();
    await shot(second.page, 'overview-interrupted');
    await second.page.getByRole('main').getByRole('button', { name: 'Resume' }).click();
    await second.goto(`/jobs/${job}`);
    await second.page.getByText(/12,000 files were taken into custody/).waitFor({ timeout: 120_000 });
    await shot(second.page, 'job-accession');
    await second.page.getByRole('link', { name: 'Open the accession and its receipt' }).click();
    await second.page.waitForURL(/\/accessions\/acc-1$/);
    await second.close();
  }, 240_000);

  it('asks before it is cancelled, and says what that means', async () => {
    const begun = begin(other, 'Another collection');
    const window = await visit(served);
    const { page } = window;
    await window.goto(`/jobs/${await openJob()}`);
    await page.getByRole('main').getByRole('button', { name: 'Stop for good' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('No file that stood there before is changed, moved or removed.').waitFor();
    await shot(page, 'job-cancel');
    await question.getByRole('button', { name: 'Stop for good' }).click();
    await page.getByText(/^Accession\. It was cancelled/).waitFor();
    await page.getByText('What happened until it was cancelled').waitFor();
    await shot(page, 'job-cancelled');
    await window.close();
    expect(await begun).not.toBe(0);
  }, 120_000);

  /** Another process asks the running host for the act; it is done there, and ends with it. */
  function begin(dir: string, title: string): Promise<number | null> {
    const words = ['accession', dir, '--title', title, '--rights-basis', 'other', '--quiet'];
    const [command, args] = holdfastCommand(words);
    const child = spawn(command, args, { env: archive.env, stdio: 'ignore' });
    return new Promise((resolve) => {
      child.once('exit', resolve);
    });
  }

  async function openJob(): Promise<string> {
    for (let tries = 0; tries < 200; tries++) {
      const { rows } = archive.json(['jobs', 'list']) as { rows: { id: string; state: string }[] };
      const open = rows.find(({ state }) => state === 'running');
      if (open !== undefined) return open.id;
      await wait(50);
    }
    return expect.unreachable('no job began');
  }
});
