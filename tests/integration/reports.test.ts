/** Reports of an archive whose history is known: what they say is counted by hand. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'csv-parse/sync';
import type { AnnualFigures, FixityFigures, Standing } from '../../electron/core/ports/reporting.ts';
import type { EventBody } from '../../electron/core/events/chain.ts';
import { checkProof } from '../../electron/core/events/check-proof.ts';
import { markup } from '../../electron/core/hand-outs/page.ts';
import { checkCommands } from '../../electron/core/reports/certificate-commands.ts';
import { inclusionProofSchema } from '../../shared/contract/proofs.ts';
import { itWith } from '../support/skips.ts';
import type { CertificateFigures } from '../../electron/core/reports/certificate.ts';
import { codeOf, rest } from '../support/letting-go.ts';
import { HOSTILE, ReportedArchive, TAPE_BYTES } from '../support/reported-archive.ts';
import { sharedFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const kettle = new ReportedArchive(sharedFolder());
const out = { display: kettle.at('out') };
const year = new Date().getUTCFullYear();
const HALF_SECOND = 0.5 / 3600;

beforeAll(() => kettle.fill());
afterAll(() => kettle.host.close());

describe('the annual report', () => {
  it('counts what came in, was declined, let go, found and decided, from what was recorded', async () => {
    const before = await kettle.client.archive.status();
    const { result, text } = await kettle.report({ kind: 'annual', year, pdf: false, folder: out });
    const json = JSON.parse(text['json'] ?? '') as { figures: AnnualFigures; log: object; period: object };
    const { period, standing } = json.figures;
    expect(json).toMatchObject({
      schema: 'holdfast-report-1',
      kind: 'annual',
      archive: { name: 'Kettle & sons' },
      agent: 'Ada Kettle',
      log: before.log,
      period: { first: `${String(year)}-01-01` },
    });
    expect(
      period.intake.map(({ title, collection, files, bytes }) => ({ title, collection, files, bytes })),
    ).toEqual([
      { title: 'Reels', collection: 'Tapes', files: 3, bytes: 3 * TAPE_BYTES },
      { title: HOSTILE, collection: null, files: 1, bytes: TAPE_BYTES },
      { title: 'A loan', collection: 'Loans', files: 2, bytes: 2 * TAPE_BYTES },
    ]);
    expect(period.intake[0]?.hours).toBeCloseTo(3 * HALF_SECOND, 6);
    expect(period.appraisals).toMatchObject({
      surveyed: 1,
      accepted: 0,
      declined: [
        { title: HOSTILE, source: 'A. Miller', reason: 'Held by others', by: 'Ada Kettle', files: 1 },
      ],
    });
    expect(period.letGo).toMatchObject([
      { title: 'A loan', reason: 'Returned', authority: 'Minute 7', replicas: 2, bytes: 2 * TAPE_BYTES },
    ]);
    expect(period.letGo[0]?.hours).toBeCloseTo(2 * HALF_SECOND, 6);
    expect(period.removed).toEqual({ replicas: 0, bytes: 0 });
    expect(period.findings).toMatchObject({
      openAtStart: 0,
      openAtEnd: 0,
      opened: [{ outcome: 'altered', count: 1 }],
      closed: [{ count: 1 }],
      byMonth: [{ opened: 1, closed: 1 }],
    });
    expect(period.findings.timeToClose?.longest).toBe(period.findings.timeToClose?.median);
    // Nine copies, then seven twice: two have left custody.
    expect(period.checks.reduce((sum, { checked }) => sum + checked, 0)).toBe(9 + 7 + 7);
    expect(period.checks.reduce((sum, { findings }) => sum + findings, 0)).toBe(1);
    expect(standing.status).toMatchObject({ objects: 4, replicas: 7, openFindings: 0 });
    expect(standing.collections.map(({ name, accessions }) => ({ name, accessions }))).toEqual([
      { name: 'Tapes', accessions: 1 },
      { name: null, accessions: 1 },
    ]);
    expect(result.lead.join(' ')).toContain('declined 1 offer, and let go of 1 accession');
    expect(text['html']).toContain(
      'No forecast is made: it needs 6 whole months of recorded intake, and there are 0.',
    );
  });

  it('of a year in which nothing happened says so', async () => {
    const { text } = await kettle.report({ kind: 'annual', year: year - 1, pdf: false, folder: out });
    const { period } = (JSON.parse(text['json'] ?? '') as { figures: AnnualFigures }).figures;
    expect(period).toMatchObject({
      intake: [],
      letGo: [],
      checks: [],
      appraisals: { surveyed: 0, declined: [] },
    });
    expect(period.findings).toMatchObject({ openAtStart: 0, openAtEnd: 0, timeToClose: null });
    expect(text['html']).toContain('Nothing was taken into custody.');
    expect(text['html']).toContain('No audit was made: no copy was read and compared with its digests.');
  });

  it('is refused for a period that cannot be, and nothing is written', async () => {
    const create = kettle.client.reports.create;
    expect(await codeOf(create({ kind: 'annual', year: year + 1 }))).toBe('BAD_INPUT');
    expect(await codeOf(create({ kind: 'annual', from: '2026-05-01', to: '2026-04-30' }))).toBe('BAD_INPUT');
    expect(await codeOf(create({ kind: 'annual', year, from: '2026-05-01' }))).toBe('BAD_REQUEST');
  });
});

describe('the condition of the collection', () => {
  it('says how many good copies each file has, at how many known sites, verified when', async () => {
    const { text } = await kettle.report({ kind: 'condition', pdf: false, folder: out });
    const { figures } = JSON.parse(text['json'] ?? '') as { figures: Standing };
    // Of the two places only the Vault has a site: what is not known counts as none.
    expect(figures.copies).toEqual([
      { copies: 1, sites: 0, age: 'month', objects: 1, bytes: TAPE_BYTES },
      { copies: 2, sites: 1, age: 'month', objects: 3, bytes: 3 * TAPE_BYTES },
    ]);
    expect(figures.lacking).toMatchObject({
      total: 1,
      accessions: [{ title: HOSTILE, rights: true, source: true, acquired: true }],
      accessionsWithoutCollection: 1,
    });
    expect(figures.description).toMatchObject({
      items: figures.status.items,
      withoutCreator: figures.status.items,
    });
    expect(figures.openFindings).toEqual([]);
    expect(figures.storedBytes).toBe(7 * TAPE_BYTES);
    expect(figures.places.map(({ name, site }) => [name, site])).toContainEqual(['Vault', 'Annexe']);
  });
});

describe('the fixity report', () => {
  it('tells runs, outcomes, findings one by one, and what is overdue', async () => {
    const { result, text } = await kettle.report({ kind: 'fixity', pdf: false, folder: out });
    const { figures } = JSON.parse(text['json'] ?? '') as { figures: FixityFigures };
    expect(
      figures.runs.map(({ kind, planned, checked, outcomes }) => ({ kind, planned, checked, outcomes })),
    ).toEqual([
      { kind: 'audit', planned: 9, checked: 9, outcomes: { intact: 9 } },
      { kind: 'audit', planned: 7, checked: 7, outcomes: { intact: 6, altered: 1 } },
      { kind: 'audit', planned: 7, checked: 7, outcomes: { intact: 7 } },
    ]);
    expect(figures.listed).toMatchObject([
      { outcome: 'altered', location: 'tapes', path: { display: kettle.at('tapes', '1.wav') } },
    ]);
    expect(result.lead[0]).toBe('3 audits checked 23 copies: 22 were as recorded (95.7\u00A0%).');
  });

  it('of one location tells only what was checked there, and of shared runs no bytes', async () => {
    const { text } = await kettle.report({ kind: 'fixity', location: 'Vault', pdf: false, folder: out });
    const { figures } = JSON.parse(text['json'] ?? '') as { figures: FixityFigures };
    expect(figures.runs.map(({ planned, checked, bytesRead }) => ({ planned, checked, bytesRead }))).toEqual(
      Array.from({ length: 3 }, () => ({ planned: 3, checked: 3, bytesRead: null })),
    );
    expect(figures.findings).toMatchObject({ opened: [], closed: [] });
    expect(figures.listed).toEqual([]);
    expect(figures.places.map(({ name }) => name)).toEqual(['Vault']);
    const nowhere = kettle.client.reports.create({ kind: 'fixity', location: 'Nowhere' });
    expect(await codeOf(nowhere)).toBe('NOT_FOUND');
  });
});

describe('what is handed out', () => {
  it('asks nothing of a network, runs nothing, and shows hostile titles as text', async () => {
    for (const kind of ['annual', 'condition', 'fixity'] as const) {
      const { text } = await kettle.report({ kind, pdf: false, folder: out });
      const html = text['html'] ?? '';
      expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
      expect(html).not.toMatch(/https?:|<script|<link|<img|<iframe|@import|url\((?!#)|\son\w+=/i);
      expect(html.split('</title>')).toHaveLength(2);
      expect(html).not.toContain('\u202E');
      expect(html).toContain('<svg ');
    }
    const { text } = await kettle.report({ kind: 'condition', pdf: false, folder: out });
    expect(text['html']).toContain(
      '=HYPERLINK(&quot;x&quot;)&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u{202E}&#39;; rm -rf &quot;&amp;amp;',
    );
  });

  it('has tables in which no spreadsheet finds a formula', async () => {
    const { text } = await kettle.report({ kind: 'annual', pdf: false, folder: out });
    const rows: string[][] = parse(text['csv'] ?? '', { bom: true });
    expect(rows[0]).toEqual(['section', 'row', 'figure', 'value', 'unit']);
    const cells = rows.flat();
    expect(cells.some((cell) => cell.startsWith("'=HYPERLINK"))).toBe(true);
    expect(cells.filter((cell) => /^[=+@-]/.test(cell))).toEqual([]);
    expect(rows).toContainEqual([
      'What was taken in?',
      `${String(year)}-0001/1`,
      'Size',
      String(3 * TAPE_BYTES),
      'bytes',
    ]);
  });

  it('is recorded with its digest, never over another file, and names archive, agent, time and head', async () => {
    mkdirSync(kettle.at('twice'));
    const folder = { display: kettle.at('twice') };
    const before = await kettle.client.archive.status();
    const first = await kettle.report({ kind: 'condition', pdf: false, folder });
    const second = await kettle.report({ kind: 'condition', pdf: false, folder });
    expect(second.result.written.every(({ path }) => /-2\.(html|csv|json)$/.test(path.display))).toBe(true);
    for (const { path, sha256 } of first.result.written)
      expect(createHash('sha256').update(readFileSync(path.display)).digest('hex')).toBe(sha256);
    expect(first.result.log).toEqual(before.log);
    const html = first.text['html'] ?? '';
    expect(html).toContain('Kettle &amp; sons');
    expect(html).toContain('by Ada Kettle');
    expect(html).toContain(before.log.head.replace(/(.{4})(?=.)/g, '$1 '));
    const event = await kettle.client.events.get({ id: first.result.event });
    expect(event).toMatchObject({ type: 'exporting' });
    for (const { sha256 } of first.result.written) expect(JSON.stringify(event)).toContain(sha256);
    expect(await kettle.client.events.verify()).toMatchObject({ ok: true });
  });
});

describe('a certificate of fixity', () => {
  it('tells checks that passed on either side of the one that failed, and where copies stand', async () => {
    const path = { display: kettle.at('tapes', '1.wav') };
    const { text } = await kettle.report({ kind: 'certificate', path, pdf: false, folder: out });
    const { figures } = JSON.parse(text['json'] ?? '') as { figures: CertificateFigures };
    const damaged = figures.copies.find(({ replica }) => replica.path.display === path.display);
    expect(
      damaged?.history.rows.map(({ what, outcome }) => (outcome === undefined ? what : `${what} ${outcome}`)),
    ).toEqual(expect.arrayContaining(['check intact', 'finding altered', 'resolved', 'custody']) as string[]);
    const steps = (damaged?.history.rows ?? []).toReversed();
    const failed = steps.findIndex(({ what }) => what === 'finding');
    expect(steps.slice(0, failed).some(({ what, outcome }) => what === 'check' && outcome === 'intact')).toBe(
      true,
    );
    expect(steps.slice(failed).some(({ what, outcome }) => what === 'check' && outcome === 'intact')).toBe(
      true,
    );
    expect(figures.copies).toHaveLength(2);
    expect(figures.object.digests['sha256']).toHaveLength(64);
    expect(text['html']).toContain('openssl pkeyutl -verify');
    expect(text['html']).toContain('<h2>Proof that the log holds its last check</h2>');
  });

  itWith(
    { tool: ['bash', 'sha256sum', 'openssl', 'perl'] },
    'is checked by a stranger with the commands that it lists',
    async () => {
      for (const take of ['1', '2', '3']) {
        const path = { display: kettle.at('tapes', `${take}.wav`) };
        const { text } = await kettle.report({ kind: 'certificate', path, pdf: false, folder: out });
        const { figures } = JSON.parse(text['json'] ?? '') as { figures: CertificateFigures };
        const commands = checkCommands(figures.object.digests['sha256'] ?? '', figures.proof);
        const shown = (text['html'] ?? '').split('<pre>')[1]?.split('</pre>')[0];
        expect(shown).toBe(commands.map(markup).join('\n'));
        const place = mkdtempSync(kettle.at('stranger-'));
        copyFileSync(path.display, join(place, 'FILE'));
        const typed = (script: string) =>
          spawnSync('bash', ['-e', '-c', script], { cwd: place, encoding: 'utf8' });
        const done = typed(commands.join('\n'));
        expect(done).toMatchObject({ status: 0, stderr: '' });
        const { merkle } = JSON.parse(figures.proof?.events[0]?.body ?? '') as EventBody;
        expect(done.stdout).toBe(`FILE: OK\n${merkle?.root ?? ''}\nSignature Verified Successfully\n`);
        // One bit of the file; one letter of what was signed.
        writeFileSync(join(place, 'FILE'), 'another');
        expect(typed(commands.join('\n'))).toMatchObject({ status: 1 });
        const forged = commands.join('\n').replace('"outcome":"success"', '"outcome":"warning"');
        copyFileSync(path.display, join(place, 'FILE'));
        expect(typed(forged)).toMatchObject({
          status: 1,
          stdout: expect.stringContaining('Verification Failure') as string,
        });
      }
    },
  );

  it('carries a proof that the program checks by itself', async () => {
    const { text } = await kettle.report({ kind: 'certificate', id: 'obj-2', pdf: false, folder: out });
    const proof = inclusionProofSchema.parse(JSON.parse(text['proof.json'] ?? ''));
    const key = proof.keys[0]?.publicKey ?? '';
    expect(checkProof(proof, key)).toMatchObject({ ok: true, proven: { outcome: 'intact' } });
  });

  it('is of something that is a file in custody', async () => {
    const create = (id: string) => kettle.client.reports.create({ kind: 'certificate', id });
    for (const id of ['obj-99', 'acc-1', 'a'.repeat(64)]) expect(await codeOf(create(id))).toBe('NOT_FOUND');
    expect(await codeOf(kettle.client.reports.create({ kind: 'certificate' }))).toBe('BAD_REQUEST');
  });
});

describe('a PDF', () => {
  itWith({ tool: 'chromium' }, 'is made of the same page by a Chromium, and recorded with it', async () => {
    const { result } = await kettle.report({ kind: 'condition', pdf: true, folder: out });
    expect(result.written.map(({ form }) => form)).toEqual(['html', 'csv', 'json', 'pdf']);
    const pdf = result.written.at(-1);
    const bytes = readFileSync(pdf?.path.display ?? '', 'latin1');
    expect(bytes).toMatch(/^%PDF-1\.\d/);
    expect(bytes).toContain('/Title (Collection condition)');
    expect(bytes.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThanOrEqual(2);
    // A4, in points.
    expect(bytes).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    expect(pdf?.sha256).toBe(createHash('sha256').update(bytes, 'latin1').digest('hex'));
  });

  it('that a program does not make, or not to its end, leaves nothing', async () => {
    const path = process.env.PATH;
    mkdirSync(kettle.at('bin'));
    const nowhere = { display: kettle.at('never') };
    const program = kettle.at('bin', 'chromium');
    try {
      process.env.PATH = `${kettle.at('bin')}:${path ?? ''}`;
      for (const [script, why] of [
        ['echo "no display" >&2; exit 7', 'no display'],
        ['exit 0', 'it printed nothing'],
      ] as const) {
        writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
        const started = kettle.client.reports.create({ kind: 'condition', pdf: true, folder: nowhere });
        const job = await rest(kettle.client, await started);
        expect(job).toMatchObject({ state: 'interrupted', error: { code: 'INTERNAL' } });
        expect(job.error?.message).toContain(why);
      }
    } finally {
      process.env.PATH = path;
    }
    expect(existsSync(nowhere.display)).toBe(false);
  });

  it('is refused where no Chromium is found, and nothing is written', async () => {
    const path = process.env.PATH;
    const nowhere = { display: kettle.at('nowhere') };
    process.env.PATH = kettle.at('tapes');
    try {
      const job = await rest(
        kettle.client,
        await kettle.client.reports.create({ kind: 'condition', pdf: true, folder: nowhere }),
      );
      expect(job).toMatchObject({ state: 'interrupted', error: { code: 'UNSUPPORTED' } });
      expect(job.error?.message).toContain('Install one');
    } finally {
      process.env.PATH = path;
    }
    expect(existsSync(nowhere.display)).toBe(false);
  });
});

describe('a copy that was found altered', () => {
  it('is not called verified, although its last good check is recent and it is not overdue', async () => {
    const whole = await kettle.report({ kind: 'annual', pdf: false, folder: out });
    expect(whole.result.lead.join(' ')).toContain('7 of 7 copies');
    appendFileSync(kettle.at('tapes', '2.wav'), 'x');
    await kettle.done(kettle.client.fixity.audit({}));
    const { result } = await kettle.report({ kind: 'annual', pdf: false, folder: out });
    expect(result.lead.join(' ')).toMatch(
      /6 of 7 copies .* were read and found as recorded within 90 days, as the policy asks; none is overdue\. 1 finding waits/,
    );
  });
});
