/** What a real ClamAV says of a file, and what is made of it when ClamAV says nothing. */
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, expect, vi } from 'vitest';
import { openQuietly } from '../../electron/adapters/storage/read-file.ts';
import { clamdscan } from '../../electron/adapters/virus/clamdscan.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { clamdThere, startClamd } from '../support/clamd.ts';
import { itWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';

const VIRUS = Buffer.from('what the test takes for a virus\n');

vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  vi.unstubAllEnvs();
});

itWith(
  { that: 'clamd and clamdscan (ClamAV)', available: clamdThere },
  'clean, a virus by its name, or not known and why',
  async () => {
    const folder = tempFolder();
    const path = (name: string) => utf8Path(join(folder, name));
    writeFileSync(join(folder, 'good.wav'), 'good');
    writeFileSync(join(folder, 'bad.wav'), VIRUS);
    const clamd = await startClamd(join(folder, 'clamav'), VIRUS);
    vi.stubEnv('PATH', `${clamd.bin}${delimiter}${process.env['PATH'] ?? ''}`);
    const scanner = clamdscan((file) => openQuietly(Buffer.from(file)));
    const { signal } = new AbortController();
    try {
      expect(await scanner.probe()).toEqual({ name: expect.stringMatching(/^ClamAV /) as string });
      expect(await scanner.check(path('good.wav'), signal)).toEqual({ verdict: 'clean' });
      expect(await scanner.check(path('bad.wav'), signal)).toEqual({
        verdict: 'virus',
        name: 'Holdfast.Test.UNOFFICIAL',
      });
      expect(await scanner.check(path('gone.wav'), signal)).toMatchObject({
        verdict: 'unknown',
        reason: expect.stringContaining('ENOENT') as string,
      });
      expect(await scanner.check(path('good.wav'), AbortSignal.abort())).toBeUndefined();
    } finally {
      clamd.stop();
    }
    // The daemon has gone in the middle of an accession.
    expect(await scanner.check(path('good.wav'), signal)).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining('clamd') as string,
    });
    expect(await scanner.probe()).toMatchObject({ reason: expect.any(String) as string });
  },
);
