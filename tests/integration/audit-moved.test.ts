import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { auditResultSchema, type AuditResult } from '../../shared/contract/fixity.ts';
import { readEvidence } from '../../shared/domain/finding-evidence.ts';
import { tempFolder } from '../support/temp.ts';

type Client = Host['client'];

/** Two folders of three files of one size each, in custody. */
async function twoShelves() {
  const dir = tempFolder();
  const archive = join(dir, 'archive');
  await createArchive({ dir: archive, name: 'Archive', agent: 'Tester' });
  const host = await openHost({ archive, agent: 'Tester', mode: 'write', command: 'test' });
  onTestFinished(async () => void (await host.close()));
  const { client } = host;
  const shelves = ['a', 'b'].map((shelf) => join(dir, shelf));
  for (const [at, shelf] of shelves.entries()) {
    mkdirSync(join(shelf, 'inner'), { recursive: true });
    for (const n of [1, 2, 3]) writeFileSync(join(shelf, `${n}.wav`), Buffer.alloc(5000, at * 10 + n));
    await resultOf(
      client,
      await client.accession.start({ paths: [{ display: shelf }], title: shelf, rightsBasis: 'other' }),
    );
  }
  const [a = '', b = ''] = shelves;
  return { client, a, b };
}

async function resultOf(client: Client, { id }: { readonly id: string }): Promise<unknown> {
  for await (const snapshot of await client.jobs.watch({ id })) expect(snapshot.id).toBe(id);
  return (await client.jobs.get({ id })).result;
}

async function audit(client: Client, location?: string): Promise<AuditResult> {
  const job = await client.fixity.audit(location === undefined ? {} : { location });
  return auditResultSchema.parse(await resultOf(client, job));
}

const told = ({ findings }: AuditResult) =>
  findings.map(({ path, outcome, detail }) => ({
    path: path.display,
    outcome,
    contentAt: readEvidence(detail).contentAt,
  }));

describe('a file that is not at its path', () => {
  it('is moved where its content stands beside it under another name, proven by its digest', async () => {
    const { client, a } = await twoShelves();
    renameSync(join(a, '1.wav'), join(a, 'one.wav'));
    writeFileSync(join(a, 'another.wav'), Buffer.alloc(5000, 77));
    expect(told(await audit(client))).toEqual([
      { path: join(a, '1.wav'), outcome: 'moved', contentAt: [join(a, 'one.wav')] },
    ]);
  });

  it('is accepted as moved without a rescan, and is intact where it stands', async () => {
    const { client, a } = await twoShelves();
    renameSync(join(a, '1.wav'), join(a, 'one.wav'));
    const { findings } = await audit(client);
    const job = await client.decisions.resolve({ findings: findings.map(({ id }) => id), as: 'moved' });
    expect(await resultOf(client, job)).toMatchObject({ done: 1, refusedTotal: 0 });
    const again = await audit(client);
    expect(told(again)).toEqual([]);
    expect(again.outcomes).toMatchObject({ intact: 6 });
  });

  it('is moved to another volume, where a rescan has seen a file of its size that has its content', async () => {
    const { client, a, b } = await twoShelves();
    renameSync(join(a, '2.wav'), join(b, 'inner', 'found.wav'));
    writeFileSync(join(b, 'inner', 'decoy.wav'), Buffer.alloc(5000, 78));
    await resultOf(client, await client.fixity.rescan({}));
    expect(told(await audit(client, 'loc-1'))).toEqual([
      { path: join(a, '2.wav'), outcome: 'moved', contentAt: [join(b, 'inner', 'found.wav')] },
    ]);
  });

  it('is missing where only a file of its size stands, or one that another is accounted for by', async () => {
    const { client, a } = await twoShelves();
    rmSync(join(a, '1.wav'));
    writeFileSync(join(a, 'decoy.wav'), Buffer.alloc(5000, 77));
    expect(told(await audit(client))).toEqual([
      { path: join(a, '1.wav'), outcome: 'missing', contentAt: undefined },
    ]);
  });

  it('is missing, and the finding says where its content was verified, where that path is registered', async () => {
    const { client, a, b } = await twoShelves();
    copyFileSync(join(a, '1.wav'), join(b, 'copy.wav'));
    await resultOf(
      client,
      await client.accession.start({ paths: [{ display: b }], title: b, rightsBasis: 'other' }),
    );
    await audit(client);
    rmSync(join(a, '1.wav'));
    const [finding] = (await audit(client)).findings;
    expect(finding?.outcome).toBe('missing');
    expect(readEvidence(finding?.detail ?? '')).toMatchObject({
      reason: 'content also at another path',
      contentAt: [join(b, 'copy.wav')],
    });
  });

  it('accounts for one only, where two of the same content are gone', async () => {
    const { client, a } = await twoShelves();
    copyFileSync(join(a, '1.wav'), join(a, '1 again.wav'));
    await resultOf(
      client,
      await client.accession.start({ paths: [{ display: a }], title: a, rightsBasis: 'other' }),
    );
    renameSync(join(a, '1.wav'), join(a, 'inner', 'kept.wav'));
    rmSync(join(a, '1 again.wav'));
    await resultOf(client, await client.fixity.rescan({}));
    const outcomes = (await audit(client)).findings.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['missing', 'moved']);
  });
});
