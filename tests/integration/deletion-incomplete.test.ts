/** A deletion that meets a place out of reach, or a stranger's things, says so, touches nothing, and goes on later. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, Place, remove, why } from '../support/letting-go.ts';
import { originals } from '../support/originals.ts';
import { makeBag, type Bag } from '../support/vault.ts';

describe('a deletion that cannot be completed', () => {
  it('waits for a place that is not reached, and goes on there when it is', async () => {
    const at = new Place();
    const bag = await at.letGo();
    renameSync(at.root, at.other);
    let client = await at.client();
    const first = await remove(client, bag.accession);
    expect(first).toMatchObject({ complete: false, removed: { files: 0 }, places: [{ state: 'pending' }] });
    expect(first.places[0]?.detail).not.toBe('');
    expect(await client.archive.status()).toMatchObject({ pendingDeletions: 1, openJobs: 0 });
    expect((await client.custody.pending({})).rows).toMatchObject([
      { accession: { number: bag.accession }, state: 'pending', files: 2, locationName: 'Vault' },
    ]);
    const events = (await client.archive.status()).log.events;
    await remove(client, bag.accession, {});
    expect((await client.archive.status()).log.events).toBe(events);
    expect(await codeOf(client.custody.delete({ accession: bag.accession, reason: 'Another' }))).toBe(
      'JOB_DIFFERS',
    );
    expect(await codeOf(client.custody.delete({ accession: bag.accession, secondAgent: 'X' }))).toBe(
      'JOB_DIFFERS',
    );

    renameSync(at.other, at.root);
    client = await at.client('Somebody else');
    const second = await remove(client, bag.accession, {});
    expect(second).toMatchObject({ complete: true, removed: { files: 2 }, places: [{ state: 'deleted' }] });
    expect(existsSync(bag.path)).toBe(false);
    expect((await client.custody.pending({})).rows).toEqual([]);
    expect((await client.events.list({})).rows[0]).toMatchObject({ type: 'deletion', outcome: 'success' });
    await at.holds();
  });

  const strangers: Readonly<Record<string, (bag: Bag, at: Place) => void>> = {
    'a file that nobody recorded': ({ path }) => writeFileSync(join(path, 'data/letter.txt'), 'keep me'),
    'a folder of somebody’s own': ({ path }) => mkdirSync(join(path, 'notes')),
    'a link in place of a file': ({ path }) => {
      rmSync(join(path, 'data/one.wav'));
      symlinkSync('/etc/passwd', join(path, 'data/one.wav'));
    },
    'a link in place of a folder': ({ path }, at) => {
      renameSync(join(path, 'data/side b'), join(at.dir, 'elsewhere'));
      symlinkSync(join(at.dir, 'elsewhere'), join(path, 'data/side b'));
    },
    'a link in place of the bag': ({ path }, at) => {
      renameSync(path, join(at.dir, 'elsewhere'));
      symlinkSync(join(at.dir, 'elsewhere'), path);
    },
    'a link on the way to it': ({ path }, at) => {
      const bags = join(path, '..');
      renameSync(bags, join(at.dir, 'elsewhere'));
      symlinkSync(join(at.dir, 'elsewhere'), bags);
    },
    'a file in place of the bag': ({ path }) => {
      rmSync(path, { recursive: true });
      writeFileSync(path, 'no bag');
    },
    'another bag': ({ path }) => {
      writeFileSync(join(path, 'bag-info.txt'), 'External-Identifier: 1999-0001\n');
      writeFileSync(join(path, 'tagmanifest-sha256.txt'), 'another\n');
    },
  };
  for (const [what, place] of Object.entries(strangers))
    it(`touches nothing where stands ${what}`, async () => {
      const at = new Place();
      const bag = await at.letGo();
      place(bag, at);
      const untouched = standing(at);
      const client = await at.client();
      expect((await client.custody.previewDeletion({ accession: bag.accession })).places).toMatchObject([
        { state: 'refused' },
      ]);
      const result = await remove(client, bag.accession);
      expect(result).toMatchObject({
        complete: false,
        removed: { files: 0 },
        places: [{ state: 'refused' }],
      });
      expect(result.places[0]?.detail).toMatch(/\. Nothing of it was touched\. .*run this again\.$/);
      await at.close();
      expect(standing(at)).toEqual(untouched);
    });

  it('goes on once the stranger is gone', async () => {
    const at = new Place();
    const bag = await at.letGo();
    const letter = join(bag.path, 'data/letter.txt');
    writeFileSync(letter, 'keep me');
    const client = await at.client();
    await remove(client, bag.accession);
    renameSync(letter, join(at.dir, 'letter.txt'));
    expect(await remove(client, bag.accession, {})).toMatchObject({ complete: true, removed: { files: 2 } });
    expect(readFileSync(join(at.dir, 'letter.txt'), 'utf8')).toBe('keep me');
    await at.holds();
  });

  it('takes another location at the same path for what it is', async () => {
    const at = new Place();
    const bag = await at.letGo();
    const marker = join(at.root, '.holdfast/location.json');
    const is = JSON.parse(readFileSync(marker, 'utf8')) as object;
    writeFileSync(marker, JSON.stringify({ ...is, id: 'another' }));
    expect(await remove(await at.client(), bag.accession)).toMatchObject({ places: [{ state: 'pending' }] });
    expect(existsSync(join(bag.path, 'data/one.wav'))).toBe(true);
  });

  it('lets a damaged bag go, and one that is not there', async () => {
    const at = new Place();
    const bag = await at.letGo();
    writeFileSync(join(bag.path, 'tagmanifest-sha256.txt'), 'rotten');
    rmSync(join(bag.path, 'data/one.wav'));
    expect(await remove(await at.client(), bag.accession)).toMatchObject({ complete: true });
    const gone = new Place();
    const absent = await gone.letGo();
    rmSync(absent.path, { recursive: true });
    const result = await remove(await gone.client(), absent.accession);
    expect(result).toMatchObject({ complete: true, removed: { files: 0 }, places: [{ state: 'absent' }] });
    await gone.holds();
  });

  it('leaves a bag in which another accession holds something', async () => {
    const at = new Place();
    await at.init();
    const bag = await at.bag('tape');
    const client = await at.client();
    await client.custody.deaccession({ accession: bag.accession, ...why });
    await at.close();
    const holder = await makeBag(at.archive, { id: at.vault, root: at.root }, 'tape/data', {
      'in.wav': 'in',
    });
    const result = await remove(await at.client(), bag.accession);
    expect(result).toMatchObject({ complete: true, places: [{ state: 'left' }] });
    expect(result.places[0]?.detail).toContain(`held under accession ${holder.accession}`);
    expect(existsSync(join(bag.path, 'data/one.wav'))).toBe(true);
  });
});

/** What stands of bags, wherever it was put; beside them the location keeps what protects the catalogue. */
function standing(at: Place): string[] {
  return originals(at.dir).filter((line) => /\/(bags|elsewhere)[/ ]/.test(line));
}
