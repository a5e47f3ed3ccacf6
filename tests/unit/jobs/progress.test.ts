import { describe, expect, it } from 'vitest';
import { ProgressMeter } from '../../../electron/core/jobs/progress.ts';

describe('progress', () => {
  it('promises no end while the totals are unknown', () => {
    const meter = new ProgressMeter();
    meter.snapshot(0);
    meter.files = 10;
    expect(meter.snapshot(1000)).toMatchObject({ filesPerSecond: 10 });
    expect(meter.snapshot(1000).secondsLeft).toBeUndefined();
  });

  it('estimates by the slower of files and bytes', () => {
    const meter = new ProgressMeter();
    meter.filesTotal = 20;
    meter.bytesTotal = 10_000;
    meter.snapshot(0);
    meter.files = 10;
    meter.bytes = 1000;
    // 10 files left at 10 a second, 9,000 bytes left at 1,000 a second.
    expect(meter.snapshot(1000).secondsLeft).toBe(9);
  });

  it('estimates by bytes alone where only they are known beforehand', () => {
    const meter = new ProgressMeter();
    meter.bytesTotal = 10_000;
    meter.snapshot(0);
    expect(meter.snapshot(500).secondsLeft).toBeUndefined();
    meter.files = 3;
    meter.bytes = 1000;
    expect(meter.snapshot(1000).secondsLeft).toBe(9);
  });

  it('forgets how fast it was a while ago', () => {
    const meter = new ProgressMeter();
    meter.snapshot(0);
    meter.files = 1_000_000;
    meter.snapshot(1000);
    meter.snapshot(12_000);
    expect(meter.snapshot(20_500).filesPerSecond).toBe(0);
  });
});
