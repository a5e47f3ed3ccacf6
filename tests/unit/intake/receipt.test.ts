/** The receipt as a depositor opens it, whatever files and people are called. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceiptFacts } from '../../../electron/core/intake/receipt-facts.ts';
import { receiptHtml } from '../../../electron/core/intake/receipt-html.ts';
import { receiptText } from '../../../electron/core/intake/receipt-text.ts';
import type { NotReceived, ReceiptHead, ReceivedFile } from '../../../electron/core/ports/intake.ts';
import { rawPath } from '../../../shared/domain/path.ts';

const head: ReceiptHead = {
  archive: { id: '0b5cf3a4-53a7-4b5e-8d2e-6f8f3f0a5d11', name: 'Sound archive' },
  accession: {
    id: 1,
    number: '2026-0001',
    title: 'Tapes',
    source: 'A. Miller',
    rightsBasis: 'other',
    rightsNote: 'Deed of gift',
    agent: 'Ada',
    openedAt: '2026-05-03T10:00:00.000Z',
  },
  accruals: [
    {
      number: 1,
      actId: 1,
      sealedAt: '2026-05-03T10:00:00.000Z',
      files: 1,
      bytes: 12,
      refused: 1,
      problems: 0,
      leftOut: 0,
    },
  ],
  log: { events: 3, head: 'ab'.repeat(32) },
};

interface Words {
  readonly title?: string;
  readonly source?: string;
  readonly name?: Buffer;
  readonly message?: string;
}

function factsWith({
  title = 'Tapes',
  source = 'A. Miller',
  name = Buffer.from('/a/1.wav'),
  message = 'no',
}: Words): ReceiptFacts {
  const file: ReceivedFile = {
    ordinal: 0,
    path: rawPath(name),
    size: 12,
    digests: [['sha256', 'cd'.repeat(32)]],
    format: 'WAVE',
  };
  const refused: NotReceived = { ordinal: 1, path: rawPath(name), kind: 'refusal', message };
  return {
    head: { ...head, accession: { ...head.accession, title, source } },
    at: '2026-05-03T11:05:00.000Z',
    agent: 'Ada',
    files: () => each(file),
    notReceived: () => each(refused),
  };
}

async function* each<Row>(...rows: readonly Row[]): AsyncGenerator<Row> {
  await Promise.resolve();
  yield* rows;
}

async function all(text: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const piece of text) whole += piece;
  return whole;
}

const EMPTY_ELEMENTS = new Set(['meta', 'br']);

/** Tags in the order of the page; throws where one is closed that is not open. */
function tagsOf(html: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const [, closes, name = ''] of html
    .replace(/<!DOCTYPE html>/, '')
    .matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s+[a-z-]+="[^"<>]*")*\s*>/g)) {
    seen.push(`${closes ?? ''}${name}`);
    if (closes === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes what is not open`);
    } else if (!EMPTY_ELEMENTS.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} stay open`);
  return seen;
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=1>',
    "' onclick='x",
    '&lt;',
    ']]>',
    '<!--',
    '\u202Egnp',
    '\ud800',
  ),
);

describe('the receipt', () => {
  it('says what was received, refused, by whom, when, on which basis, and the head of the log', async () => {
    for (const form of [receiptHtml, receiptText]) {
      const page = await all(form(factsWith({})));
      for (const word of [
        'Sound archive',
        '2026-0001',
        'Tapes',
        'A. Miller',
        'Deed of gift',
        'other',
        'Ada',
        '3 May 2026, 10:00 UTC',
        '/a/1.wav',
        'WAVE',
        'not documented',
      ])
        expect(page).toContain(word);
      expect(page.replaceAll(' ', '')).toContain('cd'.repeat(32));
      expect(page.replaceAll(' ', '')).toContain('ab'.repeat(32));
    }
  });

  it('is a page that runs nothing and loads nothing', async () => {
    const page = await all(receiptHtml(factsWith({})));
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    expect(page).toContain(`default-src 'none'`);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import|https?:/i);
    expect(() => tagsOf(page)).not.toThrow();
  });

  it('has the same markup whatever is written in it', async () => {
    const plain = tagsOf(await all(receiptHtml(factsWith({}))));
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (title, source, message) => {
        const page = await all(receiptHtml(factsWith({ title, source, message })));
        expect(tagsOf(page)).toEqual(plain);
        // Nothing that HTML forbids, and nothing that turns a line around.
        expect(page).not.toMatch(
          /[\0-\u0008\u000b\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\p{Surrogate}]/u,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('gives a name of any bytes on one line, and as base64 where it is not what it looks like', async () => {
    const bytes = fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      .map((name) => Buffer.concat([Buffer.from('/'), name.filter((byte) => byte !== 0)]));
    await fc.assert(
      fc.asyncProperty(bytes, async (name) => {
        const page = await all(receiptHtml(factsWith({ name })));
        expect(() => tagsOf(page)).not.toThrow();
        const text = await all(receiptText(factsWith({ name })));
        expect(text).not.toMatch(/[\0-\u0008\u000b-\u001f\u007f-\u009f]/);
        const isText = Buffer.from(name.toString('utf8'), 'utf8').equals(name);
        if (!isText)
          for (const form of [page, text])
            expect(form.replaceAll('&#61;', '=')).toContain(name.toString('base64'));
      }),
      { numRuns: 60 },
    );
  });
});
