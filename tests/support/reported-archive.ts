/** A small archive with a history that is known: what reports of it must say can be counted by hand. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { reportResultSchema, type ReportResult, type ReportWish } from '../../shared/contract/reports.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { fixturePath } from '../fixtures/index.ts';
import { rest } from './letting-go.ts';

/** Words that are no title to any page, table or shell. */
export const HOSTILE = `=HYPERLINK("x")</title><script>alert(1)</script>\u202E'; rm -rf "&amp;`;

type Client = Host['client'];

/** Half a second of sound; what is appended makes it another file. */
const sound = readFileSync(fixturePath('wav-pcm16.wav'));
export const TAPE_BYTES = sound.length + 'take 1'.length;

/**
 * Three tapes (collection Tapes) in place and copied into the Vault; one offer with a hostile title that is an accession of unknown
 * rights; one accession of two files that is let go; one offer that is declined. All copies verified; then one tape damaged, found, and
 * recovered; then all verified again.
 */
export class ReportedArchive {
  readonly archive: string;
  readonly dir: string;
  host!: Host;

  constructor(dir: string) {
    this.dir = dir;
    this.archive = join(dir, 'archive');
  }

  get client(): Client {
    return this.host.client;
  }

  at(...names: readonly string[]): string {
    return join(this.dir, ...names);
  }

  async open(): Promise<void> {
    this.host = await openHost({
      archive: this.archive,
      agent: 'Ada Kettle',
      mode: 'write',
      command: 'test',
    });
  }

  async fill(): Promise<void> {
    await createArchive({ dir: this.archive, name: 'Kettle & sons', agent: 'Tester' });
    await this.open();
    const { client } = this;
    const vault = { path: { display: this.at('vault') }, name: 'Vault', writes: 'managed' } as const;
    await client.locations.add({ ...vault, site: 'Annexe', medium: 'hdd', failureGroup: 'disk-b' });
    await this.keep('tapes', ['1', '2', '3'], { title: 'Reels', collection: 'Tapes' });
    await this.done(client.replication.start({ to: 'Vault' }));
    const unknown = { source: undefined, acquired: undefined };
    await this.keep('odd', ['4'], { title: HOSTILE, rightsBasis: 'unknown', ...unknown });
    await this.keep('loan', ['5', '6'], { title: 'A loan', collection: 'Loans' });
    await this.done(client.fixity.audit({}));
    await client.custody.deaccession({ accession: 'acc-3', reason: 'Returned', authority: 'Minute 7' });
    await this.decline();
    const bytes = readFileSync(this.at('tapes', '1.wav'));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(this.at('tapes', '1.wav'), bytes);
    await this.done(client.fixity.audit({}));
    await this.done(client.decisions.recover({ all: true }));
    await this.done(client.fixity.audit({}));
  }

  async report(
    wish: ReportWish,
  ): Promise<{ readonly result: ReportResult; readonly text: Record<string, string> }> {
    const job = await this.done(this.client.reports.create(wish));
    const result = reportResultSchema.parse(job.result);
    const text = Object.fromEntries(
      result.written.map(({ form, path }) => [form, readFileSync(path.display, 'utf8')]),
    );
    return { result, text };
  }

  async done(started: Promise<Job>): Promise<Job> {
    const job = await rest(this.client, await started);
    expect(job.error).toBeUndefined();
    expect(job.state).toBe('done');
    return job;
  }

  private async keep(folder: string, takes: readonly string[], terms: object): Promise<void> {
    mkdirSync(this.at(folder));
    for (const take of takes)
      writeFileSync(this.at(folder, `${take}.wav`), Buffer.concat([sound, Buffer.from(`take ${take}`)]));
    await this.done(
      this.client.accession.start({
        paths: [{ display: this.at(folder) }],
        title: folder,
        rightsBasis: 'other',
        source: 'S',
        acquired: 'A',
        ...terms,
      }),
    );
  }

  private async decline(): Promise<void> {
    mkdirSync(this.at('offer'));
    cpSync(fixturePath('flac-16-tags-picture.flac'), this.at('offer', 'one.flac'));
    const offer = { title: HOSTILE, source: 'A. Miller', paths: [{ display: this.at('offer') }] };
    await this.done(this.client.appraisals.survey(offer));
    await this.client.appraisals.decline({ id: 'appraisal-1', reason: 'Held by others' });
  }
}
