/** Letting go, as it is typed: custody ends, a preview, two names, and a certificate. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { originals } from '../support/originals.ts';
import { makeBag, makeVault, type Bag } from '../support/vault.ts';

// Each test starts the program many times; other work on the machine must not fail it.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const why = ['--reason', 'Returned to the donor', '--authority', 'Board minute 2026/14'];
const said = ['--reason', 'No copy is to be kept', '--agent', 'Ada Kettle', '--second-agent', 'Jo Miller'];

let archivist: Archivist;
beforeEach(() => {
  archivist = new Archivist();
});

async function deposited(): Promise<Bag> {
  archivist.init();
  const root = archivist.path('vault');
  const id = await makeVault(archivist.archive, root, 'Vault');
  return makeBag(archivist.archive, { id, root }, 'tape', { '1.wav': 'one', 'side b/2.wav': 'two' });
}

describe('an archivist who lets an accession go', () => {
  it('ends custody, looks, deletes by two people, and hands over a certificate', async () => {
    const bag = await deposited();
    const ended = archivist.ask(['deaccession', bag.accession, ...why]);
    expect(ended).toMatchObject({
      status: 0,
      json: { schema: 1, accession: { number: bag.accession }, replicas: 2 },
    });
    expect(archivist.ask(['status'])).toMatchObject({ status: 0, json: { items: 0, replicas: 0 } });
    const untouched = originals(bag.path);

    const looked = archivist.ask(['delete', bag.accession, '--dry-run']);
    expect(looked).toMatchObject({
      status: 0,
      json: { dryRun: true, places: [{ state: 'remove', path: bag.path }] },
    });
    expect(archivist.read(['delete', bag.accession, '--dry-run']).stdout).toMatch(/remove +Vault +2/);
    expect(originals(bag.path)).toEqual(untouched);

    const deleted = archivist.ask(['delete', bag.accession, ...said, '--yes']);
    expect(deleted).toMatchObject({
      status: 0,
      json: { schema: 1, complete: true, removed: { files: 2, bytes: 6 }, places: [{ state: 'deleted' }] },
    });
    expect(existsSync(bag.path)).toBe(false);
    const certificate = deleted.json['certificate'] as { readonly html: string; readonly text: string };
    expect(readFileSync(certificate.text, 'utf8')).toMatch(
      /CERTIFICATE OF DELETION[\s\S]*Board minute 2026\/14[\s\S]*Jo Miller/,
    );

    const shown = archivist.read(['show', `acc-${bag.accessionId}`]).stdout;
    expect(shown).toMatch(/Custody ended reason +Returned to the donor/);
    expect(shown).toMatch(/Deletion agents +Ada Kettle, Jo Miller/);
    expect(archivist.read(['show', join(bag.path, 'data/1.wav')]).stdout).toMatch(
      /Copies that custody has ended of[\s\S]*removed on .*: No copy is to be kept/,
    );
    expect(archivist.ask(['log', 'verify'])).toMatchObject({ status: 0, json: { ok: true } });
    expect(archivist.ask(['delete', bag.accession, ...said, '--yes'])).toMatchObject({ status: 2 });
    expect(archivist.ask(['delete', bag.accession, '--certificate'])).toMatchObject({ status: 0 });
  });

  it('hears what waits, and goes on without saying it all again', async () => {
    const bag = await deposited();
    archivist.ask(['deaccession', bag.accession, ...why]);
    renameSync(archivist.path('vault'), archivist.path('unplugged'));
    const first = archivist.ask(['delete', bag.accession, ...said, '--yes']);
    expect(first).toMatchObject({ status: 1, json: { complete: false, places: [{ state: 'pending' }] } });
    expect(archivist.ask(['delete', '--pending'])).toMatchObject({
      status: 1,
      json: { rows: [{ state: 'pending', accession: { number: bag.accession } }], next: null },
    });
    expect(archivist.read(['status'])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(
        /1 place where a deletion is not done: holdfast delete --pending/,
      ) as string,
    });
    renameSync(archivist.path('unplugged'), archivist.path('vault'));
    const second = archivist.ask(['delete', bag.accession, '--agent', 'Jo Miller', '--yes']);
    expect(second).toMatchObject({ status: 0, json: { complete: true, removed: { files: 2 } } });
    expect(archivist.ask(['delete', '--pending'])).toMatchObject({ status: 0, json: { rows: [] } });
  });
});

describe('what is refused before anything is done', () => {
  it('a line that lacks something, or asks for what is not so', () => {
    archivist.keep(archivist.tapes());
    const before = archivist.ask(['status']).json['log'];
    const lines: Readonly<Record<string, readonly string[]>> = {
      'no reason': ['deaccession', 'acc-1', '--authority', 'A'],
      'no authority': ['deaccession', 'acc-1', '--reason', 'R', '--authority', '  '],
      'no such accession': ['deaccession', 'acc-7', ...why],
      'no accession': ['delete'],
      'what is in custody': ['delete', 'acc-1', ...said, '--yes'],
      'nobody to ask': ['delete', 'acc-1', ...said],
      'an agent who is not named': ['delete', 'acc-1', '--reason', 'R', '--second-agent', 'Jo', '--yes'],
      'a certificate of nothing': ['delete', 'acc-1', '--certificate'],
      'an accession of all that waits': ['delete', 'acc-1', '--pending'],
    };
    for (const [what, words] of Object.entries(lines)) {
      const { status, json } = archivist.ask(words);
      expect(status, what).toBe(2);
      expect((json['error'] as { readonly message: string }).message, what).toMatch(/\.$|--authority A$/);
    }
    expect(archivist.ask(['status']).json['log']).toEqual(before);
  });

  it('one agent twice, of what custody has ended of', async () => {
    const bag = await deposited();
    archivist.ask(['deaccession', bag.accession, ...why]);
    const twice = ['--reason', 'R', '--agent', 'Ada Kettle', '--second-agent', 'ada  kettle', '--yes'];
    expect(archivist.ask(['delete', bag.accession, ...twice])).toMatchObject({
      status: 2,
      json: { error: { message: expect.stringMatching(/are one\. Nothing was deleted\.$/) as string } },
    });
    expect(existsSync(bag.path)).toBe(true);
  });
});
