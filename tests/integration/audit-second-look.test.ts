import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { auditResultSchema } from '../../shared/contract/fixity.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { fixturePath } from '../fixtures/index.ts';
import { tempFolder } from '../support/temp.ts';

const FILE = 'flac-16-tags-picture.flac';

interface Look {
  readonly essenceSame?: boolean;
  readonly verdict?: string;
  readonly places?: readonly { readonly offset: number }[];
}

async function custodyOf(file: string): Promise<{ client: Host['client']; path: string }> {
  const dir = tempFolder();
  const [archive, tapes] = [join(dir, 'archive'), join(dir, 'tapes')];
  mkdirSync(tapes);
  cpSync(fixturePath(file), join(tapes, file));
  await createArchive({ dir: archive, name: 'Archive', agent: 'Tester' });
  const host = await openHost({ archive, agent: 'Tester', mode: 'write', command: 'test' });
  onTestFinished(async () => void (await host.close()));
  const { client } = host;
  const job = await client.accession.start({
    paths: [{ display: tapes }],
    title: 'Tapes',
    rightsBasis: 'other',
  });
  await resultOf(client, job.id);
  return { client, path: join(tapes, file) };
}

async function resultOf(client: Host['client'], id: string): Promise<unknown> {
  for await (const snapshot of await client.jobs.watch({ id })) expect(snapshot.id).toBe(id);
  return (await client.jobs.get({ id })).result;
}

async function auditOf(client: Host['client']) {
  const audit = auditResultSchema.parse(await resultOf(client, (await client.fixity.audit({})).id));
  const [finding] = audit.findings;
  const { look } = JSON.parse(finding?.detail ?? '{}') as { look?: Look };
  return { outcomes: audit.outcomes, look };
}

function change(path: string, at: (bytes: Buffer) => number): number {
  const bytes = readFileSync(path);
  const offset = at(bytes);
  expect(offset).toBeGreaterThan(0);
  bytes[offset] = (bytes[offset] ?? 0) ^ 0x20;
  writeFileSync(path, bytes);
  return offset;
}

describe('an audit that finds other bytes', () => {
  it('tells an edited tag from a change of the sound', async () => {
    const { client, path } = await custodyOf(FILE);
    change(path, (bytes) => bytes.indexOf('Humoreska'));
    const { outcomes, look } = await auditOf(client);
    expect(outcomes).toMatchObject({ tags_changed: 1, altered: 0 });
    expect(look).toMatchObject({ essenceSame: true, verdict: 'intact' });
    // The replica is not the one that was deposited: it counts as unverified.
    expect((await client.archive.status()).openFindings).toBe(1);
  });

  it('says where the sound is damaged', async () => {
    const { client, path } = await custodyOf(FILE);
    const damaged = change(path, (bytes) => bytes.length - 700);
    const { outcomes, look } = await auditOf(client);
    expect(outcomes).toMatchObject({ tags_changed: 0, altered: 1 });
    expect(look).toMatchObject({ essenceSame: false, verdict: 'essence_damaged' });
    expect(look?.places?.[0]?.offset).toBeLessThanOrEqual(damaged);
  });

  it('never takes a change of what the sound is decoded by for one of tags', async () => {
    const { client, path } = await custodyOf(FILE);
    // The sample rate in STREAMINFO, 18 bytes behind the marker: it plays at another speed now.
    change(path, (bytes) => bytes.indexOf('fLaC') + 18);
    const { outcomes } = await auditOf(client);
    expect(outcomes).toMatchObject({ tags_changed: 0, altered: 1 });
  });

  it('shows what a recording proves, with its essence and the same sound elsewhere', async () => {
    const { client, path } = await custodyOf(FILE);
    const { object } = await client.holdings.show({ path: { display: path } });
    expect(object?.integrity).toMatchObject({ verdict: 'intact', depth: 'quick', relatives: [] });
    expect(object?.integrity?.essence?.definition).toBe('flac-1');
    expect(object?.integrity?.evidence).toMatchObject([{ kind: 'picture' }]);
    const copy = path.replace('.flac', ' other tags.flac');
    cpSync(path, copy);
    change(copy, (bytes) => bytes.indexOf('Humoreska'));
    const again = await client.accession.start({
      paths: [{ display: join(path, '..') }],
      title: 'Tapes',
      rightsBasis: 'other',
    });
    await resultOf(client, again.id);
    const shown = await client.holdings.show({ path: { display: copy } });
    expect(shown.object?.integrity?.relatives).toMatchObject([{ sha256: object?.digests['sha256'] }]);
  });
});
