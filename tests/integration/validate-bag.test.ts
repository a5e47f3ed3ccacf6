import { execFileSync } from 'node:child_process';
import { renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bagValidator } from '../../electron/adapters/bagit/validate-bag.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { codes, digestOf, judge, TestBag, told } from '../support/bags.ts';
import { utf16 } from '../support/bag-set/encodings.ts';
import { tempFolder } from '../support/temp.ts';

const two = digestOf('sha256', 'two');

describe('a good bag', () => {
  it('is valid once its payload was read, and complete before', async () => {
    const { dir } = new TestBag();
    expect(await judge(dir)).toMatchObject({
      verdict: 'valid',
      version: '1.0',
      payloadFiles: 2,
      payloadBytes: 6n,
      payloadVerified: 2,
      algorithms: ['sha256'],
      findings: [],
    });
    expect(await judge(dir, 'structure')).toMatchObject({
      verdict: 'complete',
      payloadVerified: 0,
      findings: [],
    });
  });

  it('keeps labels as they are: repeated, in their order, continued on further lines', async () => {
    const info =
      'Contact-Name: B\nContact-Name: A\nExternal-Description: a long\n  value, folded\n\t twice\nNote:none\n';
    expect((await judge(new TestBag({ info }).dir)).info).toEqual([
      ['Contact-Name', 'B'],
      ['Contact-Name', 'A'],
      ['External-Description', 'a long value, folded twice'],
      ['Note', 'none'],
    ]);
  });

  it.each(['UTF-16', 'UTF-16LE', 'utf-16'])('may have its tag files in %s', async (encoding) => {
    const bag = new TestBag({ encoding, payload: { 'é東.wav': 'x' } });
    for (const file of ['manifest-sha256.txt', 'bag-info.txt']) bag.write(file, utf16(bag.read(file)));
    bag.seal().write('tagmanifest-sha256.txt', utf16(bag.read('tagmanifest-sha256.txt')));
    expect(await judge(bag.dir)).toMatchObject({
      verdict: 'valid',
      findings: [],
      info: [
        ['Source-Organization', 'Kitchen'],
        ['Payload-Oxum', '1.1'],
      ],
    });
  });

  it('may have its tag files in ISO-8859-1 and Shift_JIS', async () => {
    const bag = new TestBag({ encoding: 'ISO-8859-1', payload: { 'é.wav': 'x' }, info: 'Contact-Name: é\n' });
    for (const file of ['manifest-sha256.txt', 'bag-info.txt'])
      bag.write(file, Buffer.from(bag.read(file), 'latin1'));
    expect(await judge(bag.seal().dir)).toMatchObject({ verdict: 'valid', info: [['Contact-Name', 'é']] });
    const japanese = new TestBag({ encoding: 'Shift_JIS', info: '' });
    japanese.write(
      'bag-info.txt',
      Buffer.concat([Buffer.from('Contact-Name: '), Buffer.of(0x93, 0x8c, 0x8b, 0x9e), Buffer.from('\n')]),
    );
    expect((await judge(japanese.seal().dir)).info).toEqual([['Contact-Name', '東京']]);
  });
});

describe('what cannot be read proves nothing', () => {
  it('a path that the system cannot open is not missing', async () => {
    const bag = new TestBag({ info: '' });
    const long = 'd'.repeat(200);
    // Made from below, as no path leads there.
    const script = `cd "$0/data"; for i in $(seq 25); do mkdir ${long}; cd ${long}; done; echo x > deep.wav`;
    execFileSync('bash', ['-c', script, bag.dir]);
    const report = await judge(bag.dir);
    execFileSync('rm', ['-rf', bag.path(`data/${long}`)]);
    expect([report.verdict, codes(report)]).toEqual(['undetermined', ['BAG-UNREADABLE']]);
  });

  it('a file that goes away meanwhile is not called altered', async () => {
    const bag = new TestBag();
    const report = await bagValidator.validate(utf8Path(bag.dir), {
      mode: 'full',
      concurrency: 1,
      signal: new AbortController().signal,
      digest: (paths) =>
        Promise.resolve(paths.map(() => ({ status: 'failed', problem: { code: 'vanished' } }))),
    });
    expect(report?.verdict).toBe('undetermined');
    expect(new Set(report && codes(report))).toEqual(new Set(['BAG-CHANGED-WHILE-CHECKED']));
  });

  it('a folder that is no bag is told to be none', async () => {
    const dir = tempFolder();
    writeFileSync(join(dir, 'a.wav'), 'x');
    expect(told(await judge(dir))).toEqual([
      'BAG-DECLARATION-MISSING bagit.txt',
      'BAG-MANIFEST-MISSING',
      'BAG-PAYLOAD-FOLDER-MISSING data',
    ]);
  });
});

describe('hostile bags', () => {
  it('a digest of nothing but zeros is one that differs, not one that is lacking', async () => {
    const bag = new TestBag({ info: '' });
    bag.write(
      'manifest-sha256.txt',
      bag.read('manifest-sha256.txt').replaceAll(/^[0-9a-f]{64}/gm, '0'.repeat(64)),
    );
    const report = await judge(bag.seal().dir);
    expect([report.verdict, report.payloadVerified]).toEqual(['invalid', 0]);
    expect(told(report)).toEqual(['BAG-DIGEST-MISMATCH data/a.wav', 'BAG-DIGEST-MISMATCH data/side/b.wav']);
  });

  it('an altered file is found only by reading, and by its size at once', async () => {
    const bag = new TestBag().write('data/a.wav', 'on3');
    expect((await judge(bag.dir, 'structure')).verdict).toBe('complete');
    truncateSync(bag.path('data/a.wav'), 2);
    expect(told(await judge(bag.dir, 'structure'))).toEqual(['BAG-OXUM-MISMATCH bag-info.txt']);
    expect(told(await judge(bag.dir))).toEqual([
      'BAG-DIGEST-MISMATCH data/a.wav',
      'BAG-OXUM-MISMATCH bag-info.txt',
    ]);
  });

  it('a manifest that is a link to elsewhere is not read', async () => {
    const bag = new TestBag();
    const elsewhere = join(tempFolder(), 'manifest');
    renameSync(bag.path('manifest-sha256.txt'), elsewhere);
    symlinkSync(elsewhere, bag.path('manifest-sha256.txt'));
    expect(codes(await judge(bag.dir))).toEqual([
      'BAG-MANIFEST-MISSING',
      'BAG-SYMLINK',
      'BAG-TAG-FILE-MISSING',
      'BAG-UNLISTED',
    ]);
  });

  it('twenty thousand faults make a short report that counts them all', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => `${two}  data/${n}.wav\n`).join('');
    const report = await judge(new TestBag().change('manifest-sha256.txt', (text) => text + lines).dir);
    expect(report.counts.get('BAG-MISSING')).toBe(20_000);
    expect(report.findings.length).toBe(200);
  });

  it('a declaration, a label and a line without an end are read no further than makes sense', async () => {
    const bag = new TestBag({ tagAlgorithms: [] });
    const hole = 64 * 1024 * 1024;
    bag.write('bagit.txt', '');
    truncateSync(bag.path('bagit.txt'), hole);
    truncateSync(bag.path('bag-info.txt'), hole);
    truncateSync(bag.path('manifest-sha256.txt'), hole);
    expect((await judge(bag.dir)).verdict).toBe('invalid');
  });

  it('is left off when it is asked to', async () => {
    const controller = new AbortController();
    controller.abort('cancel');
    await expect(judge(new TestBag().dir, 'full', controller.signal)).rejects.toThrow('aborted');
  });
});
