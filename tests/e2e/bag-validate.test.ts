/** A bag comes in: what the archivist and the script are told, by the built program. */
import { execFileSync } from 'node:child_process';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { IDENTIFIER, profileJson } from '../support/bag-set/profiles.ts';
import { TestBag } from '../support/bags.ts';

function setUp(): { archivist: Archivist; bag: TestBag } {
  const archivist = new Archivist();
  return { archivist, bag: new TestBag({ algorithms: ['sha256', 'sha512'] }, archivist.path('bag')) };
}

describe('bag validate', () => {
  it('needs no archive, and exits 0 for a valid bag', () => {
    const { archivist, bag } = setUp();
    const ran = archivist.read(['bag', 'validate', bag.dir]);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain(`${bag.dir}: valid.`);
    expect(ran.stdout).toContain('BagIt 1.0: 2 files');
    expect(ran.stdout).toContain('2 files read here and equal to sha256 and sha512.');
  });

  it('names what differs, with the rule, and exits 1', () => {
    const { archivist, bag } = setUp();
    bag.write('data/a.wav', 'on3');
    const ran = archivist.read(['bag', 'validate', bag.dir]);
    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(
      /: not valid\.\n.*\n {2}error data\/a\.wav\n.*sha256, sha512 differs\. \(RFC 8493 §3\)/,
    );
    const { status, json } = archivist.ask(['bag', 'validate', bag.dir]);
    expect(status).toBe(1);
    expect(json).toMatchObject({
      schema: 1,
      mode: 'full',
      bags: [
        {
          path: bag.dir,
          verdict: 'invalid',
          version: '1.0',
          files: 2,
          bytes: 6,
          verified: 1,
          algorithms: ['sha256', 'sha512'],
          findings: [
            { code: 'BAG-DIGEST-MISMATCH', severity: 'error', rule: 'RFC 8493 §3', file: 'data/a.wav' },
          ],
          findingsTotal: 1,
          counts: { 'BAG-DIGEST-MISMATCH': 1 },
        },
      ],
    });
  });

  it('--fast does not read the payload, and says so', () => {
    const { archivist, bag } = setUp();
    bag.write('data/a.wav', 'on3');
    const ran = archivist.read(['bag', 'validate', '--fast', bag.dir]);
    expect([ran.status, ran.stdout.split('\n')[0]]).toEqual([
      0,
      `${bag.dir}: complete and well-formed; the payload was not read.`,
    ]);
    rmSync(bag.path('data/a.wav'));
    const { status, json } = archivist.ask(['bag', 'validate', '--fast', bag.dir]);
    expect([status, json]).toMatchObject([
      1,
      { bags: [{ verdict: 'invalid', counts: { 'BAG-MISSING': 1, 'BAG-OXUM-MISMATCH': 1 } }] },
    ]);
  });

  it('tells incomplete from invalid, and warns without failing', () => {
    const { archivist, bag } = setUp();
    const holey = new TestBag(
      { files: { 'fetch.txt': 'https://example.org/a 3 data/a.wav\n' } },
      archivist.path('holey'),
    );
    rmSync(holey.path('data/a.wav'));
    const named = new TestBag({ payload: { 'con.wav': 'x' } }, archivist.path('named'));
    const { status, json } = archivist.ask(['bag', 'validate', holey.dir, named.dir, bag.dir]);
    expect([status, json]).toMatchObject([
      1,
      { bags: [{ verdict: 'incomplete' }, { verdict: 'valid_with_warnings' }, { verdict: 'valid' }] },
    ]);
    const warned = archivist.read(['bag', 'validate', named.dir]);
    expect(warned.status).toBe(0);
    expect(warned.stdout).toContain('valid, with warnings.');
    expect(archivist.read(['bag', 'validate', holey.dir]).stdout).toContain('not valid: incomplete');
  });

  it('judges a bag in one file, without unpacking it', () => {
    const { archivist, bag } = setUp();
    const file = archivist.path('bag.tar.gz');
    execFileSync('tar', ['-czf', file, 'bag'], { cwd: dirname(bag.dir) });
    const ran = archivist.read(['bag', 'validate', file]);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain(`${file}: valid.`);
    expect(ran.stdout).toContain('BagIt 1.0 in tar.gz: 2 files');
    bag.write('data/a.wav', 'on3');
    execFileSync('tar', ['-czf', file, '-P', bag.dir]);
    expect(archivist.ask(['bag', 'validate', file, bag.dir])).toMatchObject({
      status: 1,
      json: {
        bags: [
          { form: 'tar.gz', verdict: 'invalid', counts: { 'BAG-SERIAL-ROOT': 1 } },
          { form: 'folder', verdict: 'invalid', counts: { 'BAG-DIGEST-MISMATCH': 1 } },
        ],
      },
    });
  });

  it('tells whether a bag is what a profile asks', () => {
    const { archivist, bag } = setUp();
    const file = archivist.path('profile.json');
    const text = (asks: object) => JSON.stringify({ ...profileJson(), ...asks });
    bag.change('bag-info.txt', (info) => `${info}BagIt-Profile-Identifier: ${IDENTIFIER}\n`);
    writeFileSync(file, text({ 'Manifests-Required': ['sha512'] }));
    const met = archivist.read(['bag', 'validate', bag.dir, '--profile', file]);
    expect([met.status, met.stdout]).toEqual([
      0,
      expect.stringContaining(`what the profile ${IDENTIFIER} asks.`),
    ]);
    writeFileSync(file, text({ 'Manifests-Allowed': ['md5'] }));
    expect(archivist.ask(['bag', 'validate', bag.dir, '--profile', file])).toMatchObject({
      status: 1,
      json: { bags: [{ verdict: 'valid', profile: { identifier: IDENTIFIER, isMet: false } }] },
    });
    const asked = archivist.read(['bag', 'profile', file]);
    expect([asked.status, asked.stderr]).toEqual([0, '']);
    expect(asked.stdout).toContain('Payload manifests that may be there: md5.');
    expect(archivist.ask(['bag', 'profile', file]).json).toMatchObject({ schema: 1, identifier: IDENTIFIER });
    writeFileSync(file, '{}');
    expect(archivist.ask(['bag', 'validate', bag.dir, '--profile', file])).toMatchObject({
      status: 2,
      json: { error: { code: 'BAD_INPUT' } },
    });
  });

  it('a name that a terminal would obey is shown, not obeyed', () => {
    const { archivist, bag } = setUp();
    writeFileSync(Buffer.concat([Buffer.from(`${bag.dir}/data/\u001b[31m`), Buffer.of(0xff)]), 'x');
    const { stdout } = archivist.read(['bag', 'validate', bag.dir]);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('data/\\u{1B}[31m\\xFF');
    const { json } = archivist.ask(['bag', 'validate', bag.dir]);
    expect(JSON.stringify(json)).toContain('fileBytes');
  });

  it('what may not be read is not called missing', () => {
    const { archivist, bag } = setUp();
    archivist.giveToNobody(bag.dir);
    chmodSync(bag.path('data/side'), 0);
    const { status, json } = archivist.ask(['bag', 'validate', bag.dir], { asNobody: true });
    chmodSync(bag.path('data/side'), 0o755);
    expect([status, json]).toMatchObject([
      1,
      { bags: [{ verdict: 'undetermined', verified: 1, counts: { 'BAG-UNREADABLE': 1 } }] },
    ]);
  });

  it('no folder, no path and no bag are told apart', () => {
    const { archivist, bag } = setUp();
    expect(archivist.ask(['bag', 'validate', archivist.path('nowhere')])).toMatchObject({
      status: 2,
      json: { error: { code: 'FOLDER_NOT_FOUND' } },
    });
    expect(archivist.ask(['bag', 'validate', bag.path('bagit.txt')]).json).toMatchObject({
      error: { code: 'NOT_A_FOLDER' },
    });
    expect(archivist.ask(['bag', 'validate']).status).toBe(2);
    renameSync(join(bag.dir, 'bagit.txt'), join(bag.dir, 'readme.txt'));
    expect(archivist.ask(['bag', 'validate', bag.dir])).toMatchObject({
      status: 1,
      json: { bags: [{ verdict: 'invalid' }] },
    });
  });
});
