import { describe, expect, it } from 'vitest';
import { chartSvg, type Chart } from '../../../electron/core/hand-outs/charts.ts';

const widths = (svg: string) =>
  [...svg.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="14"/g)].map(([, w]) => Number(w));

describe('a chart', () => {
  it('draws bars as long as their figures, and a little ink for the least that is not nothing', () => {
    const bars = [1_000, 500, 1e-9, 0].map((value) => ({ label: 'x', value, text: String(value) }));
    const [all = 0, half, least, none] = widths(chartSvg({ kind: 'bars', title: 'T', bars }, 'c'));
    expect([half, least, none]).toEqual([all / 2, 1, 0]);
  });

  it('writes its names as text, whatever is in them, and cuts what would run over', () => {
    const label = `"><script>x</script>\u202E${'long '.repeat(20)}`;
    const charts: Chart[] = [
      { kind: 'bars', title: label, bars: [{ label, value: 1, text: label }] },
      { kind: 'stack', title: label, steps: [label, 'b'], rows: [{ label, values: [1, 2], text: label }] },
      { kind: 'columns', title: label, series: [label, 'b'], columns: [{ label, values: [1, 2] }] },
    ];
    for (const chart of charts) {
      const svg = chartSvg(chart, 'c');
      expect(svg).not.toMatch(/<script|\u202E/);
      expect(svg.match(/</g)?.length).toBe(svg.match(/>/g)?.length);
    }
  });

  it('stands without any figure: nothing is divided by nothing', () => {
    const empty: Chart[] = [
      { kind: 'bars', title: 'T', bars: [] },
      { kind: 'bars', title: 'T', bars: [{ label: 'a', value: 0, text: 'none' }] },
      { kind: 'stack', title: 'T', steps: ['a'], rows: [{ label: 'r', values: [0], text: '0' }] },
      { kind: 'columns', title: 'T', series: ['a'], columns: [] },
      { kind: 'days', title: 'T', days: [], first: '2026-02-01', last: '2026-02-28' },
    ];
    for (const chart of empty) expect(chartSvg(chart, 'c')).not.toMatch(/NaN|Infinity/);
  });

  it('shows every day of its months, ink where something was done, a notch where something was found', () => {
    const days = [
      { day: '2024-02-29', value: 4, notch: true },
      { day: '2024-03-01', value: 1, notch: false },
    ];
    const svg = chartSvg({ kind: 'days', title: 'T', days, first: '2024-02-10', last: '2024-03-05' }, 'c');
    expect(svg.match(/fill="none"/g)).toHaveLength(20 + 5);
    expect(svg.match(/<path/g)).toHaveLength(1);
    expect(svg).toContain('width="16" height="16" fill="#1D2530"');
    expect(svg).toContain('width="10" height="10" fill="#1D2530"');
  });
});
