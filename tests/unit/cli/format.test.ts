import { describe, expect, it } from 'vitest';
import {
  count,
  counted,
  duration,
  hours,
  length,
  share,
  size,
} from '../../../electron/cli/format/numbers.ts';
import { facts, table } from '../../../electron/cli/format/table.ts';
import { clean, widthOf } from '../../../electron/cli/format/text.ts';
import { detailText } from '../../../electron/cli/report/finding-detail.ts';
import { toJson } from '../../../electron/cli/json.ts';
import { progressLine } from '../../../electron/cli/progress.ts';
import { progress } from './support/fake-host.ts';

describe('numbers', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [41_200_000, '41.2 MB'],
    [999_960, '1.0 MB'],
    [412_000_000_000, '412 GB'],
    [3_120_000_000_000, '3.1 TB'],
  ])('%d bytes are %s', (bytes, text) => expect(size(bytes)).toBe(text));

  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [13_200, '3 h 40 min'],
    [7200, '2 h'],
    [187_200, '2 days 4 h'],
  ])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  it.each([
    [0.01, '36 s'],
    [1.2, '1 h 12 min'],
    [12_408.4, '12,408 h'],
  ])('%d hours are %s', (value, text) => expect(hours(value)).toBe(text));

  it('separates thousands, and counts one', () => {
    expect(count(1_234_567)).toBe('1,234,567');
    expect([counted(1, 'file'), counted(3120, 'file'), counted(2, 'copy', 'copies')]).toEqual([
      '1 file',
      '3,120 files',
      '2 copies',
    ]);
    expect([length(134_000), length(3_734_000), length(0)]).toEqual(['2:14', '1:02:14', '']);
  });

  it('never rounds a share up to all or down to none', () => {
    expect([share(0, 10), share(1, 1000), share(999, 1000), share(10, 10)]).toEqual([
      '0 %',
      '< 1 %',
      '> 99 %',
      '100 %',
    ]);
  });
});

describe('hostile text', () => {
  it('is one harmless line', () => {
    expect(clean('a\u001b[2Jb\nc\u202Ed\u009b\u200b')).toBe('a\\u{1B}[2Jb\\nc\\u{202E}d\\u{9B}\\u{200B}');
  });

  it('leaves a path that was made safe as it is', () => {
    expect(clean('/tapes/caf\\xE9 C:\\new')).toBe('/tapes/caf\\xE9 C:\\new');
  });

  it('counts columns, not characters', () => {
    expect([widthOf('東京'), widthOf('e\u0301'), widthOf('\u001b[31mred\u001b[0m')]).toEqual([4, 1, 3]);
  });

  it('in JSON is escaped and means the same', () => {
    const text = toJson({ title: 'a\u009b\u202e\u007f' });
    expect(text).toBe('{"schema":1,"title":"a\\u009b\\u202e\\u007f"}');
    expect(JSON.parse(text)).toEqual({ schema: 1, title: 'a\u009b\u202e\u007f' });
  });
});

describe('paths in JSON', () => {
  it('are the display string, with the bytes beside it only where needed', () => {
    const value = {
      rows: [{ path: { display: 'a' } }, { root: { display: '\\xE9', bytes: '6Q==' } }],
      next: null,
    };
    expect(JSON.parse(toJson(value))).toEqual({
      schema: 1,
      rows: [{ path: 'a' }, { root: '\\xE9', rootBytes: '6Q==' }],
      next: null,
    });
  });
});

describe('tables', () => {
  const rows = [
    { name: '東京', path: '/a/very/long/path/to/a/recording.wav' },
    { name: 'x\u001b[31m', path: '/b' },
  ];
  const columns = [
    { title: 'Name', of: (row: (typeof rows)[number]) => row.name },
    { title: 'None', of: () => '' },
    { title: 'Path', of: (row: (typeof rows)[number]) => row.path, shrinkTo: 10 },
  ];

  it('align by columns, clean their cells and leave out what is empty', () => {
    expect(table(rows, columns)).toEqual([
      'Name         Path',
      '東京         /a/very/long/path/to/a/recording.wav',
      'x\\u{1B}[31m  /b',
    ]);
  });

  it('shorten a path in the middle to fit', () => {
    const lines = table(rows, columns, 40);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(40);
    expect(lines[1]).toMatch(/…/);
    expect(lines[1]).toMatch(/recording\.wav$/);
  });

  it('facts leave out what is not known', () => {
    expect(
      facts([
        ['Id', 'a'],
        ['Source', ''],
        ['Agent', 'b'],
      ]),
    ).toEqual(['Id     a', 'Agent  b']);
  });
});

describe('progress', () => {
  it('says how much, how long, how fast', () => {
    expect(progressLine({ ...progress, problems: 2 })).toBe(
      'Reading   13 %   412 of 3,120 files   3 h 40 min left   2 problems   208 MB/s   412 GB of 3.1 TB',
    );
  });

  it('keeps the most important where the terminal is narrow', () => {
    expect(progressLine(progress, 40)).toBe('Reading   13 %   412 of 3,120 files');
  });

  it('invents no total', () => {
    const { filesTotal, bytesTotal, secondsLeft, ...known } = progress;
    void [filesTotal, bytesTotal, secondsLeft];
    expect(progressLine(known)).toBe('Reading   412 files   208 MB/s   412 GB');
  });
});

describe('the evidence of a finding', () => {
  const expected = { sha256: '1a2b'.repeat(16), size: 41_200_000 };
  const other = '9f00'.repeat(16);

  it('tells what differs, and what that may mean', () => {
    const observed = { sha256: other, size: 41_200_000 };
    expect(detailText(JSON.stringify({ expected, observed, suspectedSilentCorruption: true }))).toBe(
      'All 41.2 MB were read: their SHA-256 is 9f00…9f00, not 1a2b…1a2b. ' +
        'Its modification time did not change with it: suspected silent corruption.',
    );
    expect(detailText(JSON.stringify({ expected, observed: { sha256: other, size: 41_200_001 } }))).toMatch(
      /^It holds 41\.2 MB where 41\.2 MB were recorded \(41,200,001 bytes, not 41,200,000\)/,
    );
  });

  it('tells why nothing could be read', () => {
    const problem = { code: 'io_error', errno: 'EIO' };
    expect(detailText(JSON.stringify({ expected, problem, offset: 4096 }))).toMatch(/at offset 4096 \(EIO\)/);
  });

  it.each(['It differs.', '[1]', '"x"'])('leaves words as they are: %s', (text) =>
    expect(detailText(text)).toBe(text),
  );
});
