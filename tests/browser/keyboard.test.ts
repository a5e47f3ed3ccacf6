import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserArchive, type Served } from './support/archive.ts';
import { describeInBrowser, settled } from './support/browser.ts';

/** The focused element: what it is called, and whether its outline can be seen. */
const FOCUSED = `(() => {
  const { activeElement: element } = document;
  if (element === null || element === document.body) return { name: '', isSeen: false };
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
  const isSeen = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  return { name: name.trim(), isSeen };
})()`;

interface Focused {
  readonly name: string;
  readonly isSeen: boolean;
}

describeInBrowser('The keyboard alone', ({ visit }) => {
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

  it('reaches the places of the rail, sees where it is, and goes there', async () => {
    const { page, close } = await visit(served);
    await page.getByText('No replica has been verified yet').waitFor();
    const met: Focused[] = [];
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      met.push(await page.evaluate<Focused>(FOCUSED));
      if (met.at(-1)?.name === 'Locations') break;
    }
    const names = met.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Overview', 'Holdings', 'Accessions', 'Locations']));
    expect(met.filter(({ name, isSeen }) => name !== '' && !isSeen)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/locations$/);
    await settled(page);

    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').or(page.getByRole('listbox')).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.waitForURL(/\/overview$/);
    await close();
  });
});
