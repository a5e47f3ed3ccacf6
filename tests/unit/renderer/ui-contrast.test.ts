import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Relative luminance and contrast, WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** `color-mix(in srgb, a share, b)`. */
function mix(a: string, share: number, b: string): string {
  const channel = (at: number): string => {
    const of = (hex: string): number => Number.parseInt(hex.slice(at, at + 2), 16);
    return Math.round(of(a) * share + of(b) * (1 - share))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

const source = readFileSync(new URL('../../../renderer/ui/styles/tokens.css', import.meta.url), 'utf8');

/** The colours that a block sets, over those of the theme it stands on. */
function colours(blockStart: RegExp, under: Record<string, string> = {}): Record<string, string> {
  const start = source.search(blockStart);
  expect(start).toBeGreaterThanOrEqual(0);
  const block = source.slice(start, source.indexOf('}', start));
  const set = [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]);
  return { ...under, ...(Object.fromEntries(set) as Record<string, string>) };
}

const light = colours(/:root,\n\[data-theme='light'\] \{/);
const dark = colours(/\[data-theme='dark'\] \{\n {2}color-scheme/);
const themes = {
  light,
  dark,
  'dark by the system': colours(/:root:not\(\[data-theme='light'\]\) \{/),
  'high contrast': colours(/\[data-theme='contrast'\] \{\n {2}--paper/, light),
  'dark high contrast': colours(/:root\[data-theme='contrast'\] \{/, dark),
};

const surfaces = ['paper', 'raised', 'hover', 'selected'];
const words = ['ink', 'muted', 'accent', 'vermilion'];

describe.each(Object.entries(themes))('colours, %s', (_, theme) => {
  const of = (name: string): string => theme[name] ?? expect.fail(`no colour --${name}`);

  it('let every word be read on every surface (4.5 : 1)', () => {
    const poor = words.flatMap((word) =>
      surfaces
        .map((surface) => ({ pair: `${word} on ${surface}`, ratio: contrast(of(word), of(surface)) }))
        .filter(({ ratio }) => ratio < 4.5),
    );
    expect(poor).toEqual([]);
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('on-vermilion'), of('vermilion'))).toBeGreaterThanOrEqual(4.5);
    // Tooltips stand the other way round.
    expect(contrast(of('paper'), of('ink'))).toBeGreaterThanOrEqual(4.5);
    for (const surface of ['paper', 'raised'])
      expect(contrast(of('amber'), of(surface))).toBeGreaterThanOrEqual(4.5);
    for (const surface of ['hover', 'selected'])
      expect(contrast(of('amber-on-tint'), of(surface))).toBeGreaterThanOrEqual(4.5);
    // Marks in text from files.
    for (const surface of surfaces)
      expect(contrast(of('ink'), mix(of('amber'), 0.18, of(surface)))).toBeGreaterThanOrEqual(4.5);
    // Buttons under the pointer and pressed.
    for (const share of [0.9, 0.8]) {
      expect(contrast(of('on-accent'), mix(of('accent'), share, of('ink')))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of('on-vermilion'), mix(of('vermilion'), share, of('ink')))).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  it('let borders of fields, the focus and glyphs be seen (3 : 1)', () => {
    for (const sign of ['muted', 'focus', 'ink', 'amber', 'vermilion'])
      for (const surface of surfaces) expect(contrast(of(sign), of(surface))).toBeGreaterThanOrEqual(3);
  });
});

it('the dark theme is one, whether chosen or followed', () => {
  expect(themes['dark by the system']).toEqual(dark);
});
