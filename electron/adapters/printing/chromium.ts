/**
 * Pages as PDF, by a Chromium or Chrome that is installed: headless, with a profile of its own that is thrown away, and with nothing to
 * reach on the network. What it is given is a page of ours, which loads nothing and runs nothing.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { Printer } from '../../core/ports/printing.ts';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'] as const;
/** Where a Mac and Windows keep it, which is not on the PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
] as const;
/** A page of a thousand rows takes seconds, also on a slow machine. */
const WITHIN_MS = 120_000;

export const chromium: Printer = {
  async pdf(html, signal) {
    const program = findProgram();
    if (program === undefined)
      throw new HoldfastError(
        'UNSUPPORTED',
        `A PDF is made by Chromium or Chrome, and none is found here (${PROGRAMS.slice(0, 3).join(', ')} on the PATH). Install one, or ` +
          'print the page from any browser: leave --pdf away. Nothing was written.',
      );
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-print-'));
    try {
      const page = join(folder, 'page.html');
      const pdf = join(folder, 'page.pdf');
      await writeFile(page, html);
      await print(program, folder, page, pdf, signal);
      return await readFile(pdf);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  },
};

function findProgram(): string | undefined {
  const extension = process.platform === 'win32' ? '.exe' : '';
  const named = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => PROGRAMS.map((name) => join(folder, `${name}${extension}`)));
  return [...named, ...PLACES].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not to be run
  }
}

function print(
  program: string,
  folder: string,
  page: string,
  pdf: string,
  signal: AbortSignal,
): Promise<void> {
  const words = [
    '--headless',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-extensions',
    '--disable-background-networking',
    '--no-first-run',
    '--no-pdf-header-footer',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    // Its sandbox refuses to start for root; the page is ours, loads nothing and may run nothing.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(folder, 'profile')}`,
    `--print-to-pdf=${pdf}`,
    pathToFileURL(page).href,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
      timeout: WITHIN_MS,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-2_000)));
    const failed = (why: string): void => {
      reject(
        new HoldfastError(
          'INTERNAL',
          `${program} made no PDF (${why}). Nothing was written. Print the page from a browser: leave --pdf away.`,
        ),
      );
    };
    child.once('error', (error) => {
      if (signal.aborted) resolve();
      else failed(error.message);
    });
    child.once('close', (code) => {
      if (signal.aborted || code === 0) resolve();
      else if (child.killed) failed('it did not end within two minutes');
      else failed(said.trim().split('\n').at(-1) ?? `it ended with ${String(code)}`);
    });
  });
}
