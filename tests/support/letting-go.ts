/** An archive with a managed location, from which accessions are let go. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { deletionResultSchema, type DeletionResult } from '../../shared/contract/custody.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { verifyLog } from '../../electron/adapters/sqlite/reader/events.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { tempFolder } from './temp.ts';
import { makeBag, makeVault, writing, type Bag } from './vault.ts';

type Client = Host['client'];

export const why = { reason: 'Returned to the donor', authority: 'Board minute 2026/14' } as const;
export const wanted = { reason: 'The donor wants no copy kept', secondAgent: 'Jo Miller' } as const;
const contents = { 'one.wav': 'first', 'side b/two.wav': 'second' };

export class Place {
  readonly dir = tempFolder();
  readonly archive = join(this.dir, 'archive');
  readonly root = join(this.dir, 'vault');
  readonly other = join(this.dir, 'other');
  #host: Host | undefined;
  vault = 0;

  async init(): Promise<void> {
    await createArchive({ dir: this.archive, name: 'Test archive', agent: 'Tester' });
    this.vault = await makeVault(this.archive, this.root, 'Vault');
    onTestFinished(() => this.close());
  }

  bag(title: string, files: Readonly<Record<string, string>> = contents): Promise<Bag> {
    return makeBag(this.archive, { id: this.vault, root: this.root }, title, files);
  }

  async client(agent = 'Ada Kettle'): Promise<Client> {
    await this.close();
    this.#host = await openHost({ archive: this.archive, agent, mode: 'write', command: 'test' });
    return this.#host.client;
  }

  async close(): Promise<void> {
    await this.#host?.close();
    this.#host = undefined;
  }

  /** The catalogue agrees with itself, whatever was done. */
  async holds(): Promise<void> {
    await this.close();
    expect(await writing(this.archive, (writer) => writer.checkCounters())).toEqual([]);
    const connection = openConnection(join(this.archive, 'catalogue.sqlite'), { readonly: true });
    expect(verifyLog(connection)).toMatchObject({ ok: true });
    connection.close();
  }

  /** A bag of an accession that custody has ended of. */
  async letGo(title = 'tape'): Promise<Bag> {
    await this.init();
    const bag = await this.bag(title);
    const agent = { name: 'Ada Kettle', softwareVersion: '0' };
    await writing(this.archive, (writer) =>
      writer.deaccession({ accessionId: bag.accessionId, ...why, agent }),
    );
    return bag;
  }

  staged(): string[] {
    const folder = join(this.root, '.holdfast/staging');
    return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
  }
}

export async function rest(client: Client, job: Job): Promise<Job> {
  for await (const _ of await client.jobs.watch({ id: job.id }));
  return client.jobs.get({ id: job.id });
}

export async function remove(
  client: Client,
  accession: string,
  said: object = wanted,
): Promise<DeletionResult> {
  const job = await rest(client, await client.custody.delete({ accession, ...said }));
  expect(job.error).toBeUndefined();
  return deletionResultSchema.parse(job.result);
}

export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => (error as { readonly code: unknown }).code,
  );
}
