/** A tape with a box of recordings in custody, on its shelf, and whoever reports what was checked of it elsewhere. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { attestationSchema, type Attestation } from '../../shared/contract/attesting.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { tempFolder } from './temp.ts';

export const ON_TAPE = ['side a.wav', 'side b.wav', 'new\nline.wav'] as const;

type Asked = Partial<Parameters<Host['client']['locations']['attest']>[0]>;

export class ReportedTape {
  readonly dir = tempFolder();
  host!: Host;

  static async make(): Promise<ReportedTape> {
    const made = new ReportedTape();
    await createArchive({
      dir: join(made.dir, 'archive'),
      name: 'Kept',
      agent: 'Ada',
      policy: { furtherDigests: ['sha512', 'md5'] },
    });
    await made.open();
    mkdirSync(made.path('box'), { recursive: true });
    for (const name of ON_TAPE) writeFileSync(made.path('box', name), `sound of ${name}`);
    await made.host.client.locations.add({
      name: 'LTO 0042',
      path: { display: made.path() },
      medium: 'tape',
    });
    await made.keep();
    await made.host.client.locations.shelve({ location: 'LTO 0042', recallBy: '2020-06-30' });
    return made;
  }

  async open(): Promise<void> {
    this.host = await openHost({
      archive: join(this.dir, 'archive'),
      agent: 'Ada',
      mode: 'write',
      command: 'test',
      stateFolder: join(this.dir, 's'),
    });
  }

  /** Takes what is new on the tape into custody. */
  async keep(): Promise<void> {
    const about = { title: 'LTO 0042', rightsBasis: 'other', source: 'S', acquired: 'A' } as const;
    await this.ended(await this.host.client.accession.start({ ...about, paths: [{ display: this.path() }] }));
  }

  async ended(job: Job): Promise<Job> {
    for await (const { state } of await this.host.client.jobs.watch({ id: job.id })) void state;
    return this.host.client.jobs.get({ id: job.id });
  }

  path(...names: readonly string[]): string {
    return join(this.dir, 'tape', ...names);
  }

  sha256(...names: readonly string[]): string {
    return createHash('sha256')
      .update(readFileSync(this.path(...names)))
      .digest('hex');
  }

  /** As somebody writes it who has the tape. */
  manifest(text: string, name = 'manifest.txt'): string {
    writeFileSync(join(this.dir, name), text);
    return join(this.dir, name);
  }

  /** Of what stands on the tape now, but for the one whose name takes escaping. */
  plainLines(): string {
    return ON_TAPE.slice(0, 2)
      .map((name) => `${this.sha256('box', name)}  box/${name}\n`)
      .join('');
  }

  begin(path: string, asked: Asked = {}): Promise<Job> {
    const wish = { location: 'LTO 0042', by: 'Tape robot', on: '2026-01-03', ...asked };
    return this.host.client.locations.attest({ manifest: { display: path }, ...wish });
  }

  /** What came of it; rejects with why it could not be done, before or while it was read. */
  async attest(path: string, asked: Asked = {}): Promise<Attestation> {
    const { result, error } = await this.ended(await this.begin(path, asked));
    if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.code });
    return attestationSchema.parse(result);
  }

  async fixityEvents(): Promise<number> {
    const { rows } = await this.host.client.events.list({});
    return rows.filter(({ type }) => type === 'fixity check').length;
  }

  async replica(name: string) {
    const { replicas } = await this.host.client.holdings.show({
      path: { display: this.path('box', name) },
    });
    return replicas[0];
  }
}
