import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { canonicalJson } from '../../electron/core/events/canonical-json.ts';
import { eventHash, signEvent, type EventBody } from '../../electron/core/events/chain.ts';
import { keyIdOf } from '../../electron/core/events/key-change.ts';
import { createArchive, openHost, verifyProof, type Host } from '../../electron/host/index.ts';
import type { InclusionProof } from '../../shared/contract/proofs.ts';
import { tempFolder } from '../support/temp.ts';

type Client = Host['client'];

/** Seven files in custody, audited. */
async function audited() {
  const dir = tempFolder();
  const [archive, tapes] = [join(dir, 'archive'), join(dir, 'tapes')];
  mkdirSync(tapes);
  for (let n = 1; n <= 7; n++) writeFileSync(join(tapes, `${n}.wav`), Buffer.alloc(100 * n, n));
  await createArchive({ dir: archive, name: 'Secret name', agent: 'Tester' });
  const host = await openHost({ archive, agent: 'Tester', mode: 'write', command: 'test' });
  onTestFinished(async () => void (await host.close()));
  const { client } = host;
  const terms = { title: 'Tapes', rightsBasis: 'other' } as const;
  await done(client, await client.accession.start({ paths: [{ display: tapes }], ...terms }));
  await done(client, await client.fixity.audit({}));
  return { client, archive, tapes, publicKey: publicKeyOf(archive) };
}

async function done(client: Client, { id }: { readonly id: string }): Promise<void> {
  for await (const snapshot of await client.jobs.watch({ id })) expect(snapshot.id).toBe(id);
  expect((await client.jobs.get({ id })).state).toBe('done');
}

function publicKeyOf(archive: string): string {
  const [name = ''] = readdirSync(join(archive, 'keys')).filter((each) => each.endsWith('.public.pem'));
  return readFileSync(join(archive, 'keys', name), 'utf8');
}

const said = (proof: InclusionProof) => JSON.stringify(proof);
const prove = (client: Client, id: string) => client.proofs.prove({ id, holder: 'Notary' });

describe('a proof of one outcome', () => {
  it('holds for every copy, with the public key alone', async () => {
    const { client, publicKey } = await audited();
    for (let n = 1; n <= 7; n++) {
      const report = verifyProof(said(await prove(client, `rep-${n}`)), publicKey);
      expect(report).toMatchObject({ ok: true, proven: { outcome: 'intact', replica: n } });
    }
  });

  it('is found by object and by path too, and is of the newest check', async () => {
    const { client, tapes, publicKey } = await audited();
    writeFileSync(join(tapes, '3.wav'), Buffer.alloc(300, 99));
    await done(client, await client.fixity.audit({}));
    const path = { display: join(tapes, '3.wav') };
    const proof = await client.proofs.prove({ path, holder: 'Notary' });
    expect(verifyProof(said(proof), publicKey).proven).toMatchObject({ outcome: 'altered' });
    const other = await client.holdings.show({ path: { display: join(tapes, '4.wav') } });
    const sha256 = other.object?.digests['sha256'] ?? '';
    const byDigest = await client.proofs.prove({ id: sha256, holder: 'Notary' });
    expect(verifyProof(said(byDigest), publicKey).proven).toMatchObject({ outcome: 'intact', sha256 });
  });

  it('names nobody and no path unless asked', async () => {
    const { client, tapes } = await audited();
    const bare = said(await prove(client, 'rep-1'));
    for (const word of ['Secret name', 'tapes', 'Tapes', '1.wav', 'Tester']) expect(bare).not.toContain(word);
    const named = await client.proofs.prove({ id: 'rep-1', holder: 'Notary', withNames: true });
    expect(named.names).toMatchObject({ archive: 'Secret name', path: { display: join(tapes, '1.wav') } });
  });

  it('holds no longer once anything in it is changed, or for another key', async () => {
    const { client, publicKey } = await audited();
    const other = await audited();
    const proof = await prove(client, 'rep-2');
    const [first, ...rest] = proof.events;
    const forged: readonly InclusionProof[] = [
      { ...proof, leaf: proof.leaf.replace('intact', 'altered') },
      { ...proof, leaf: proof.leaf.replace('"replica":2', '"replica":3') },
      { ...proof, index: proof.index + 1 },
      { ...proof, path: proof.path.slice(1) },
      {
        ...proof,
        events: [{ ...first, body: first?.body.replace('fixity', 'Fixity') ?? '' } as never, ...rest],
      },
      { ...proof, keys: [{ id: proof.keys[0]?.id ?? '', publicKey: other.publicKey }] },
    ];
    for (const each of forged) expect(verifyProof(said(each), publicKey).ok).toBe(false);
    expect(verifyProof(said(proof), other.publicKey)).toMatchObject({ ok: false });
    expect(verifyProof(said(proof), publicKey).ok).toBe(true);
    expect(() => verifyProof('{}', publicKey)).toThrow('no proof');
  });

  it('does not take a head that somebody else has put after it', async () => {
    const { client, publicKey } = await audited();
    const proof = await prove(client, 'rep-2');
    const last = proof.events.at(-1);
    const before = JSON.parse(last?.body ?? '') as EventBody;
    const body: EventBody = { ...before, seq: before.seq + 1, previous: last?.hash ?? '' };
    const stranger = generateKeyPairSync('ed25519');
    const keyId = keyIdOf(stranger.publicKey);
    const text = canonicalJson(body as never);
    const hash = eventHash(text);
    const signature = signEvent(stranger.privateKey, hash).toString('hex');
    const extended: InclusionProof = {
      ...proof,
      keys: [
        ...proof.keys,
        { id: keyId, publicKey: stranger.publicKey.export({ type: 'spki', format: 'pem' }) as string },
      ],
      events: [...proof.events, { body: text, hash: hash.toString('hex'), signature, keyId }],
    };
    const report = verifyProof(said(extended), publicKey);
    expect(report).toMatchObject({ ok: false, reason: expect.stringContaining('head') as string });
  });

  it('asks for another key where what is given is none', async () => {
    const { client } = await audited();
    const proof = said(await prove(client, 'rep-1'));
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    for (const key of ['', 'PEM', rsa.export({ type: 'spki', format: 'pem' }) as string])
      expect(() => verifyProof(proof, key)).toThrow('no public key of Ed25519');
  });

  it('is not given of what was never recorded', async () => {
    const { client } = await audited();
    await expect(prove(client, 'rep-99')).rejects.toThrow('never checked');
    await expect(prove(client, 'item-99')).rejects.toThrow('No copy');
  });
});

describe('heads that others hold', () => {
  it('are entered by hand and with every proof', async () => {
    const { client } = await audited();
    await prove(client, 'rep-1');
    const lodged = await client.proofs.lodge({ with: 'City archive' });
    const { rows } = await client.proofs.heads();
    expect(rows.map((row) => [row.with, row.how])).toEqual([
      ['City archive', 'by hand'],
      ['Notary', 'proof'],
    ]);
    expect(lodged.head).toBe((await client.events.verify()).head);
    expect(await client.events.verify()).toMatchObject({ ok: true, lodged: { heads: 2, broken: [] } });
  });

  it('show that the end of the log was cut off, which a chain alone cannot', async () => {
    const { client, archive } = await audited();
    const { seq } = await client.proofs.lodge({ with: 'City archive' });
    const connection = openConnection(join(archive, 'catalogue.sqlite'));
    onTestFinished(() => connection.close());
    connection.db.pragma('foreign_keys = OFF');
    connection.db.exec(`DROP TRIGGER events_refuse_delete; DELETE FROM events WHERE seq = ${seq}`);
    const report = await client.events.verify();
    expect(report).toMatchObject({
      ok: false,
      firstBad: { seq, reason: expect.stringContaining('somebody else') as string },
      lodged: { broken: [{ seq, with: 'City archive' }] },
    });
  });
});

describe('another key', () => {
  it('is signed for by the old one, whose private half is gone; the log and its proofs go on', async () => {
    const { client, archive, publicKey } = await audited();
    const before = said(await prove(client, 'rep-1'));
    const { key, former, publicKey: next } = await client.proofs.rotateKey({ reason: 'Change of staff' });
    expect(existsSync(join(archive, 'keys', `${former}.private.pem`))).toBe(false);
    expect(existsSync(join(archive, 'keys', `${former}.public.pem`))).toBe(true);
    expect(existsSync(join(archive, 'keys', `${key}.private.pem`))).toBe(true);
    expect(createPublicKey(next).asymmetricKeyType).toBe('ed25519');
    await done(client, await client.fixity.audit({}));
    expect(await client.events.verify()).toMatchObject({ ok: true });
    const after = said(await prove(client, 'rep-1'));
    // Whoever trusts the old key follows to the new one; what the new one has signed covers what was before.
    for (const proof of [before, after]) expect(verifyProof(proof, publicKey).ok).toBe(true);
    expect(verifyProof(after, next).ok).toBe(true);
    expect(verifyProof(before, next).ok).toBe(false);
    const stripped = { ...(JSON.parse(after) as InclusionProof), rotations: [] };
    expect(verifyProof(said(stripped), publicKey)).toMatchObject({ ok: false });
  });

  it('signs when the archive is opened again', async () => {
    const { client, archive } = await audited();
    await client.proofs.rotateKey({});
    const { key } = await client.proofs.rotateKey({});
    const connection = openConnection(join(archive, 'catalogue.sqlite'), { readonly: true });
    onTestFinished(() => connection.close());
    await client.locations.set({ location: 'loc-1', readers: 2 });
    const last = connection.sql('SELECT key_id FROM events ORDER BY seq DESC LIMIT 1');
    expect(last.pluck(true).get()).toBe(key);
    expect(readdirSync(join(archive, 'keys')).filter((name) => name.endsWith('.private.pem'))).toHaveLength(
      1,
    );
  });

  it('that no event has named is found, however well it signs', async () => {
    const { client, archive } = await audited();
    await client.proofs.rotateKey({});
    await client.locations.set({ location: 'loc-1', readers: 2 });
    const connection = openConnection(join(archive, 'catalogue.sqlite'));
    onTestFinished(() => connection.close());
    connection.db.exec(`UPDATE signing_keys SET public_key = public_key || ' ' WHERE retired_at IS NULL`);
    expect((await client.events.verify()).firstBad?.reason).toContain('key');
  });
});

it('needs no archive to be checked', async () => {
  const { client, archive, publicKey } = await audited();
  const proof = said(await prove(client, 'rep-5'));
  rmSync(join(archive, 'keys'), { recursive: true });
  expect(verifyProof(proof, publicKey).ok).toBe(true);
});
