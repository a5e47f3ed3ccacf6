/** What holds for every screen that exists: axe, both themes, the widths, nothing on the console. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, WINDOWS, type Theme } from './support/browser.ts';
import { axeFindings, shot, widerThanWindow } from './support/looks.ts';

const SCREENS = [
  '/overview',
  '/holdings',
  '/holdings/item-1',
  '/holdings/item-999',
  '/accessions',
  '/accessions/new',
  '/accessions/acc-1',
  '/accessions/acc-2',
  '/fixity',
  '/fixity/find-1',
  '/fixity/quarantine',
  '/fixity/aside-999',
  '/fixity/runs',
  '/fixity/schedules',
  '/hand-outs',
  '/hand-outs/check',
  '/hand-outs/history',
  '/locations',
  '/locations/loc-1',
  '/locations/loc-2',
  '/log',
  '/log/event-1',
  '/settings/policy',
  '/settings/agents',
  '/settings/numbering',
  '/settings/appearance',
  '/settings/keyboard',
  '/settings/about',
  '/jobs/job-1',
  '/jobs/job-999',
] as const;

/** A window of 1440 × 900 that is zoomed to 200 % has half as many CSS pixels. */
const ZOOMED = { width: 720, height: 450 };

describeInBrowser('Every screen', ({ visit }) => {
  let archive: BrowserArchive;
  let served: Served;
  beforeAll(async () => {
    archive = new BrowserArchive().init();
    archive.custody(archive.tapes());
    archive.must(['audit']);
    archive.must(['location', 'add', archive.path('vault'), '--name', 'Vault drive', '--writes', 'managed']);
    archive.must(['accession', archive.tapes('box 2'), '--title', 'Second box', '--rights-unknown']);
    served = await archive.serve();
  });
  afterAll(() => {
    archive.remove();
  });

  it.each(['light', 'dark'] as const)(
    'has nothing that axe finds, in the %s theme',
    async (theme: Theme) => {
      const window = await visit(served, { theme });
      const findings: string[] = [];
      for (const screen of SCREENS) {
        await window.goto(screen);
        await shot(window.page, `${screen.slice(1).replaceAll('/', '-')}-${theme}`);
        findings.push(...(await axeFindings(window.page)).map((finding) => `${screen}: ${finding}`));
      }
      await window.close();
      expect(findings).toEqual([]);
    },
    240_000,
  );

  it.each([
    ['1024 × 700', WINDOWS.small, 1],
    ['1440 × 900 at 200 %', ZOOMED, 2],
  ] as const)(
    'needs no sideways scrolling of the page at %s',
    async (name, size, scale) => {
      const window = await visit(served, { window: size, scale });
      const wide: string[] = [];
      for (const screen of SCREENS) {
        await window.goto(screen);
        await shot(window.page, `${screen.slice(1).replaceAll('/', '-')}-${size.width}`);
        const by = await widerThanWindow(window.page);
        if (by > 0) wide.push(`${screen} is ${by} px wider than the window`);
      }
      await window.close();
      expect(wide, name).toEqual([]);
    },
    240_000,
  );
});
