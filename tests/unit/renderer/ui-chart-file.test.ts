import { expect, it } from 'vitest';
import {
  chartCsv,
  chartName,
  chartSvg,
  chartText,
  type Chart,
} from '../../../renderer/ui/chart/chart-file.ts';

const chart: Chart = {
  title: 'In which formats?',
  summary: '2 rows; the largest is FLAC with 67%.',
  columns: ['Name', 'Files', 'Hours'],
  rows: [
    { name: 'FLAC', value: 2, cells: [2, '1.50'] },
    { name: '=cmd|<b>"x"&\u0000', value: 1, cells: [1, '0.20'] },
  ],
};

it('is a table for a spreadsheet, in which no name becomes a formula', () => {
  expect(chartCsv(chart)).toBe('Name,Files,Hours\r\nFLAC,2,1.50\r\n"\'=cmd|<b>""x""&\u0000",1,0.20\r\n');
});

it('is lines of text to be pasted', () => {
  expect(chartText(chart).split('\n')[1]).toBe('FLAC\t2\t1.50');
});

it('is a drawing to scale that says what it shows, in which no name becomes markup', () => {
  const svg = chartSvg(chart);
  expect(svg).toContain('<desc id="d">2 rows; the largest is FLAC with 67%.</desc>');
  expect(svg).toContain('=cmd|&lt;b&gt;&quot;x&quot;&amp;\uFFFD');
  expect(svg).not.toContain('<b>');
  const widths = [...svg.matchAll(/width="([\d.]+)" height="12"/g)].map(([, width]) => Number(width));
  expect(widths).toEqual([672, 336]);
});

it('has a name that every system takes', () => {
  expect(chartName(chart, 'svg')).toBe('in-which-formats.svg');
  expect(chartName({ ...chart, title: '???' }, 'csv')).toBe('chart.csv');
});
