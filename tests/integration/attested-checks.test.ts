/** Checks that were made elsewhere: what a manifest says is attested, with its source, and never verified. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditResult } from '../../shared/contract/fixity.ts';
import type { Host } from '../../electron/host/index.ts';
import { ON_TAPE, ReportedTape } from '../support/reported-tape.ts';
import { itWith } from '../support/skips.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let kept: ReportedTape;
let host: Host;

beforeEach(async () => {
  kept = await ReportedTape.make();
  host = kept.host;
});
afterEach(() => host.close());

const refused = (message: RegExp) => ({
  code: 'BAD_INPUT',
  message: expect.stringMatching(message) as string,
});

async function findings(): Promise<string[]> {
  return (await host.client.fixity.findings({})).rows.map(({ outcome }) => outcome);
}

describe('a manifest that agrees', () => {
  it('is one signed event over the outcomes, with its source; the copies are attested, and verified by nobody', async () => {
    const { locations, archive, events, holdings } = host.client;
    const before = await archive.status();
    const result = await kept.attest(kept.manifest(kept.plainLines()));
    expect(result).toMatchObject({
      recorded: true,
      replicas: 3,
      matched: 2,
      attested: 2,
      differing: 0,
      unmatched: 0,
      notNamed: 1,
      findings: 0,
    });
    const { rows } = await events.list({});
    expect(rows[0]).toMatchObject({
      id: result.event,
      type: 'fixity check',
      outcome: 'success',
      note: expect.stringMatching(
        /^Attested by Tape robot on 2026-01-03, not read here: 2 replicas/,
      ) as string,
    });
    const { facts } = await holdings.show({ id: result.event });
    expect(JSON.parse(String(facts['body']))).toMatchObject({ merkle: { leaves: 2 } });
    expect(String(facts['body'])).not.toContain('Tape robot');
    expect(await events.verify()).toMatchObject({ ok: true });

    const attested = { on: '2026-01-03', by: 'Tape robot', agrees: true };
    expect(await kept.replica('side a.wav')).toMatchObject({ outcome: 'not_checked', attested });
    expect(await kept.replica('side a.wav')).not.toHaveProperty('verifiedAt');
    expect(await kept.replica('new\nline.wav')).not.toHaveProperty('attested');
    const after = await archive.status();
    for (const fact of ['byStatus', 'byOutcome', 'overdue', 'awaitingFirstCheck', 'lastAudit'] as const)
      expect(after[fact]).toEqual(before[fact]);
    expect((await locations.list()).rows[0]).toMatchObject({
      lastAttested: { on: '2026-01-03', by: 'Tape robot', agreeing: 2, differing: 0 },
    });
    expect(await holdings.show({ id: 'loc-1' })).toMatchObject({
      facts: { lastAttestedOn: '2026-01-03', copiesAttested: 2 },
    });
    expect((await locations.recall()).rows).toMatchObject([
      { why: 'recall', isPast: true, lastAttestedOn: '2026-01-03' },
    ]);
    expect(await holdings.show({ id: result.run })).toMatchObject({ title: 'attestation' });
  });

  it('is told when it is taken in twice; a further check with the same result is another one', async () => {
    const path = kept.manifest(kept.plainLines());
    const { event } = await kept.attest(path);
    expect(await kept.attest(path)).toMatchObject({ recorded: false, before: { event }, alreadyRecorded: 2 });
    expect(await kept.fixityEvents()).toBe(1);
    expect(await kept.attest(path, { on: '2026-02-03' })).toMatchObject({ recorded: true, attested: 2 });
    // An older one, late: what is known of today stays.
    expect(await kept.attest(path, { on: '2025-12-24' })).toMatchObject({ recorded: true });
    expect(await kept.replica('side a.wav')).toMatchObject({ attested: { on: '2026-02-03' } });
  });

  it('is compared and not recorded in a dry run', async () => {
    expect(await kept.attest(kept.manifest(kept.plainLines()), { dryRun: true })).toMatchObject({
      recorded: false,
      attested: 2,
    });
    expect(await kept.fixityEvents()).toBe(0);
    expect(await kept.replica('side a.wav')).not.toHaveProperty('attested');
  });

  it('leaves the proof of what was read here as it is', async () => {
    const { proofs, locations, fixity } = host.client;
    const id = (await kept.replica('side a.wav'))?.id ?? '';
    const proven = async (): Promise<string> => (await proofs.prove({ id, holder: 'Bo' })).leaf;
    const before = await proven();
    await kept.attest(kept.manifest(kept.plainLines()));
    expect(await proven()).toBe(before);
    await locations.unshelve({ location: 'LTO 0042' });
    await kept.ended(await fixity.audit({}));
    await kept.attest(kept.manifest(kept.plainLines()), { on: '2026-03-03' });
    expect(JSON.parse(await proven())).toMatchObject({ outcome: 'intact' });
  });
});

describe('the tools that archives use', () => {
  const tools = ['sha256sum', 'sha512sum', 'sha1sum', 'md5sum'] as const;

  itWith(
    { tool: tools },
    'write manifests of which every form is read, names with line ends among them',
    async () => {
      const files = ON_TAPE.map((name) => `./box/${name}`);
      for (const [tool, ...options] of [
        ['sha256sum'],
        ['sha256sum', '--binary'],
        ['sha256sum', '--tag'],
        ['sha512sum'],
        ['md5sum'],
      ] as const) {
        const text = execFileSync(tool, [...options, ...files], { cwd: kept.path(), encoding: 'utf8' });
        const result = await kept.attest(kept.manifest(text), { by: [tool, ...options].join(' ') });
        expect(result).toMatchObject({ recorded: true, attested: 3, notNamed: 0 });
      }
      const sha1 = execFileSync('sha1sum', files, { cwd: kept.path(), encoding: 'utf8' });
      await expect(kept.attest(kept.manifest(sha1))).rejects.toMatchObject(
        refused(/holds no digest of the algorithm.*SHA-256. Nothing was recorded/),
      );
    },
  );

  itWith(
    { tool: 'hashdeep' },
    'write with hashdeep several digests a file, of which those are compared that are known',
    async () => {
      const text = execFileSync('hashdeep', ['-c', 'md5,sha256', '-l', '-r', 'box'], {
        cwd: kept.path(),
        encoding: 'utf8',
      });
      const safe = text
        .split('\n')
        .filter((line) => !line.includes('new'))
        .join('\n');
      expect(await kept.attest(kept.manifest(safe), { skipBad: true })).toMatchObject({
        recorded: true,
        attested: 2,
      });
    },
  );
});

describe('a manifest that disagrees', () => {
  const altered = () => kept.plainLines().replace(kept.sha256('box', 'side a.wav'), 'e'.repeat(64));

  it('opens a finding that says who says so; a person decides on it as on any other', async () => {
    const { decisions, locations, fixity } = host.client;
    expect(await kept.attest(kept.manifest(altered()))).toMatchObject({
      recorded: true,
      attested: 1,
      differing: 1,
      findings: 1,
      differences: [{ algorithm: 'sha256', found: 'e'.repeat(64) }],
    });
    const [finding] = (await fixity.findings({})).rows;
    expect(finding).toMatchObject({
      outcome: 'altered',
      detail: expect.stringContaining('Tape robot') as string,
    });
    expect(await kept.replica('side a.wav')).toMatchObject({
      outcome: 'altered',
      attested: { agrees: false },
    });
    expect((await host.client.events.list({})).rows[0]).toMatchObject({ outcome: 'fail' });

    await locations.unshelve({ location: 'LTO 0042' });
    const resolved = await kept.ended(
      await decisions.resolve({ findings: [finding?.id ?? ''], as: 'false-alarm' }),
    );
    expect(resolved).toMatchObject({ state: 'done' });
    expect(await findings()).toEqual([]);
    expect(await kept.replica('side a.wav')).toMatchObject({
      outcome: 'intact',
      verifiedAt: expect.any(String) as string,
    });
  });

  it('opens no finding against a file that was read here since and is intact, and says so', async () => {
    const { locations, fixity } = host.client;
    await locations.unshelve({ location: 'LTO 0042' });
    await kept.ended(await fixity.audit({}));
    const told = { recorded: true, differing: 1, readSince: 1, findings: 0 };
    expect(await kept.attest(kept.manifest(altered()))).toMatchObject(told);
    expect(await findings()).toEqual([]);
    expect(await kept.replica('side a.wav')).toMatchObject({
      outcome: 'intact',
      attested: { agrees: false },
    });
    // Of the same day nobody knows which came first.
    const today = new Date().toISOString().slice(0, 10);
    expect(await kept.attest(kept.manifest(altered()), { on: today })).toMatchObject({
      readSince: 0,
      findings: 1,
    });
  });

  it('adds nothing to a finding that was made by reading', async () => {
    const { locations, fixity } = host.client;
    await locations.unshelve({ location: 'LTO 0042' });
    const good = altered();
    appendFileSync(kept.path('box', 'side a.wav'), 'rot');
    expect((await kept.ended(await fixity.audit({}))).result as AuditResult).toMatchObject({
      findingsTotal: 1,
    });
    const [before] = (await fixity.findings({})).rows;
    expect(await kept.attest(kept.manifest(good))).toMatchObject({
      recorded: true,
      differing: 1,
      findings: 0,
    });
    expect((await fixity.findings({})).rows).toEqual([before]);
  });

  it('is asked about where most of it differs: it is rather of another place', async () => {
    for (let at = 0; at < 12; at++) writeFileSync(kept.path(`${at}.wav`), `take ${at}`);
    await host.client.locations.unshelve({ location: 'LTO 0042' });
    await kept.keep();
    const names = readdirSync(kept.path()).filter((name) => name.endsWith('.wav'));
    const path = kept.manifest(names.map((name) => `${'e'.repeat(64)}  ${name}\n`).join(''));
    await expect(kept.attest(path)).rejects.toMatchObject(
      refused(/12 of the 12 digests.*--accept-most-differing/),
    );
    expect(await findings()).toEqual([]);
    expect(await kept.attest(path, { acceptMostDiffering: true })).toMatchObject({ findings: 12 });
  });
});

describe('bad input', () => {
  it('names its line; nothing is recorded until it is mended or passed over', async () => {
    const path = kept.manifest(
      `${kept.plainLines()}${'c'.repeat(64)}  /etc/passwd\nDear Ada,\n${'c'.repeat(64)}  ../x.wav\n`,
    );
    expect(await kept.attest(path)).toMatchObject({
      recorded: false,
      wrongLines: 3,
      wrong: [
        { line: 3, message: expect.stringContaining('absolute') as string },
        { line: 4, message: expect.stringContaining('none of the lines') as string },
        { line: 5, message: expect.stringContaining('".."') as string },
      ],
    });
    expect(await kept.fixityEvents()).toBe(0);
    expect(await kept.attest(path, { skipBad: true })).toMatchObject({
      recorded: true,
      attested: 2,
      wrongLines: 3,
    });
  });

  it('a line said twice is counted; two lines that contradict each other are wrong, and neither is taken', async () => {
    const lines = kept.plainLines();
    const [first = ''] = lines.split('\n');
    expect(await kept.attest(kept.manifest(`${lines}${first}\n`), { dryRun: true })).toMatchObject({
      attested: 2,
      repeated: 1,
    });
    const path = kept.manifest(`${lines}${'e'.repeat(64)}  box/side a.wav\n`);
    expect(await kept.attest(path)).toMatchObject({
      recorded: false,
      wrong: [{ line: 3, message: expect.stringMatching(/contradicts line 1/) as string }],
    });
    expect(await kept.attest(path, { skipBad: true })).toMatchObject({ attested: 1, differing: 0 });
  });

  it('says what of a manifest is of nothing that is in custody there', async () => {
    const path = kept.manifest(`${kept.plainLines()}${'c'.repeat(64)}  box/side c.wav\n`);
    expect(await kept.attest(path)).toMatchObject({
      attested: 2,
      unmatched: 1,
      unmatchedLines: [{ line: 3, path: 'box/side c.wav' }],
    });
  });

  it('is refused as a whole where nothing can come of it', async () => {
    const good = kept.manifest(kept.plainLines(), 'good.txt');
    for (const [path, asked, why] of [
      [kept.manifest('', 'empty.txt'), {}, /names no file/],
      [kept.manifest('# nothing\n\n', 'comments.txt'), {}, /names no file/],
      [kept.manifest('Dear Ada,\nall is well.\n', 'letter.txt'), {}, /No line of .*Line 1/],
      [kept.manifest(`${'c'.repeat(64)}  other/x.wav\n`, 'other.txt'), {}, /may be of another location/],
      [
        kept.manifest(`\ufeff`.concat(kept.plainLines()), 'sig.txt'),
        { on: '2999-01-01' },
        /2999-01-01 has not come/,
      ],
      [join(kept.dir, 'nowhere.txt'), {}, /is not there/],
      [kept.dir, {}, /is no file/],
    ] as const)
      await expect(kept.attest(path, asked)).rejects.toMatchObject(refused(why));
    const utf16 = join(kept.dir, 'utf16.txt');
    writeFileSync(utf16, `\ufeff${kept.plainLines()}`, 'utf16le');
    expect(await kept.attest(utf16, { dryRun: true })).toMatchObject({ attested: 2 });
    appendFileSync(utf16, 'x');
    await expect(kept.attest(utf16)).rejects.toMatchObject(refused(/begins as UTF-16/));
    await expect(kept.attest(good, { location: 'LTO 0043' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await host.client.locations.addOffline({ name: 'LTO 0043' });
    await expect(kept.attest(good, { location: 'LTO 0043' })).rejects.toMatchObject(refused(/holds no copy/));
    for (const asked of [{ on: 'soon' }, { by: ' ' }])
      await expect(kept.attest(good, asked)).rejects.toThrow();
    expect(await kept.fixityEvents()).toBe(0);
  });
});
