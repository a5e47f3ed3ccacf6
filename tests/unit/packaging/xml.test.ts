/** Text in XML: nothing is lost, nothing is markup, and no two texts are written alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xmlComment, xmlMarkup, xmlText } from '../../../electron/adapters/premis/xml.ts';

/** What production 2 of XML 1.0 allows. */
const ALLOWED = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

/** As a parser gives it back. */
function parsed(written: string): string {
  return written.replace(
    /&(?:#x([0-9A-F]+)|(\w+));/g,
    (_, code: string | undefined, name: string | undefined) =>
      code === undefined
        ? ({ lt: '<', gt: '>', amp: '&', quot: '"' }[name ?? ''] ?? '')
        : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

/** The way back that the handbook tells: a sign begins with an odd number of backslashes. */
function readBack(text: string): string {
  return text.replace(
    /(\\+)u\{(?:([0-9A-F]+)\})?/g,
    (all: string, slashes: string, code: string | undefined) =>
      slashes.length % 2 === 1
        ? '\\'.repeat((slashes.length - 1) / 2) + String.fromCodePoint(Number.parseInt(code ?? '', 16))
        : '\\'.repeat(slashes.length / 2) + all.slice(slashes.length),
  );
}

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\\',
        'u{',
        '7}',
        '\0',
        '\u0007',
        '\ud800',
        '\udc00',
        '\ufffe',
        '\uffff',
        '&',
        '<',
        '>',
        '"',
        '\r',
        '\n',
        ']]>',
        '\u0085',
        'é',
        '🎧',
      ),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((pieces) => pieces.join(''));

describe('text in XML', () => {
  it('holds only what XML allows, no markup of its own, and can be read back', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const written = xmlText(text);
        expect(written).not.toMatch(/[<>"\r]|&(?!(?:#x[0-9A-F]+|lt|gt|amp|quot);)/);
        expect(parsed(written)).toMatch(ALLOWED);
        expect(readBack(parsed(written))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the text itself where nothing is to be said of it', () => {
    for (const text of ['', 'Dvořák', 'C:\\tapes\\u1', '東京 🎧', 'tab\tand\nline'])
      expect(xmlText(text)).toBe(text);
    expect(xmlText('a\u0007b')).toBe('a\\u{7}b');
    expect(xmlText('half \ud800 of a pair')).toBe('half \\u{D800} of a pair');
    expect(xmlText('\\u{7}')).toBe('\\\\u{7}');
  });

  it('keeps the escapes of a path made safe to show as they are', () => {
    expect(xmlMarkup('a\\u{7}<b>&\\xE9')).toBe('a\\u{7}&lt;b&gt;&amp;\\xE9');
  });

  it('in a comment never ends it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const written = xmlComment([text]);
        expect(written.slice(4, -4)).not.toMatch(/--|-$/);
        expect(written).toMatch(ALLOWED);
      }),
    );
  });
});
