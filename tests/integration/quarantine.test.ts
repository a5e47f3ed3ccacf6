/** Damaged files that a recovery set aside, and what interrupted recoveries leave: the real host, real files, a real catalogue. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Aside } from '../../shared/contract/quarantine.ts';
import { openHost } from '../../electron/host/index.ts';
import { expectSound } from '../support/custodian.ts';
import { FailingScene } from '../support/failing-scene.ts';
import { codeOf } from '../support/letting-go.ts';
import { tempFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const reason = 'Its cause is found';
let scene: FailingScene;

beforeEach(async () => {
  scene = new FailingScene(tempFolder());
  await scene.fill();
  scene.damage();
  await scene.done(scene.client.fixity.audit({}));
  onTestFinished(async () => {
    expect(await scene.client.events.verify()).toMatchObject({ ok: true });
    await scene.host.close();
    expectSound(scene.archive);
  });
});

async function recovered(): Promise<Map<string, Aside>> {
  await scene.done(scene.client.decisions.recover({ all: true }));
  const { rows } = await scene.client.quarantine.list({});
  return new Map(rows.map((row) => [row.stoodAt.display, row]));
}

function setAside(rows: Map<string, Aside>, name: string): Aside {
  const row = rows.get(scene.at(name));
  if (row === undefined) throw new Error(`${name} is not in quarantine`);
  return row;
}

async function restores(
  input: Parameters<FailingScene['client']['quarantine']['restore']>[0],
): Promise<unknown> {
  return codeOf(scene.client.quarantine.restore(input));
}

describe('a damaged file that was set aside', () => {
  it('is listed with where it stood, and shown with its story', async () => {
    const rows = await recovered();
    expect([...rows.keys()].sort()).toEqual(
      [
        scene.at('shelf/flipped.wav'),
        scene.at('shelf/tagged.mp3'),
        scene.at('shelf/truncated.wav'),
        scene.at(scene.inVault('long.bin')),
      ].sort(),
    );
    const { id, path } = setAside(rows, 'shelf/flipped.wav');
    const shown = await scene.client.quarantine.show({ id });
    expect(shown).toMatchObject({ state: 'aside', stands: true, outcome: 'altered', by: 'Ada Kettle' });
    expect(shown.story).toContain(`It stood at:    ${scene.at('shelf/flipped.wav')}`);
    expect(existsSync(path.display)).toBe(true);
  });

  it('tells whether anything stands where it stood, as the disk is now', async () => {
    const { id } = setAside(await recovered(), 'shelf/flipped.wav');
    expect((await scene.client.quarantine.show({ id })).placeTaken).toBe(true);
    renameSync(scene.at('shelf/flipped.wav'), scene.at('shelf/good.wav'));
    expect((await scene.client.quarantine.show({ id })).placeTaken).toBe(false);
    mkdirSync(scene.at('shelf/flipped.wav'));
    expect((await scene.client.quarantine.show({ id })).placeTaken).toBe(true);
    renameSync(scene.at('shelf'), scene.at('shelf away'));
    const away = await scene.client.quarantine.show({ id });
    expect([away.stands, away.placeTaken]).toEqual([undefined, undefined]);
    renameSync(scene.at('shelf away'), scene.at('shelf'));
    rmSync(scene.at('shelf/flipped.wav'), { recursive: true });
    renameSync(scene.at('shelf/good.wav'), scene.at('shelf/flipped.wav'));
  });

  it('is told of by its finding, with what became of it', async () => {
    const { id, finding } = setAside(await recovered(), 'shelf/flipped.wav');
    const told = async () => (await scene.client.decisions.finding({ id: finding })).setAside;
    expect(await told()).toEqual([{ id, state: 'aside' }]);
    await scene.client.quarantine.discard({ id, reason, secondAgent: 'Jo Miller' });
    expect(await told()).toEqual([{ id, state: 'discarded' }]);
    const { rows } = await scene.client.quarantine.list({});
    const other = await scene.client.decisions.finding({ id: rows[0]?.finding ?? '' });
    expect(other.setAside).toEqual([{ id: rows[0]?.id, state: 'aside' }]);
  });

  it('is given back to another path of its location, and the log says by whom and why', async () => {
    const { id, path } = setAside(await recovered(), 'shelf/flipped.wav');
    const bytes = readFileSync(path.display);
    mkdirSync(scene.at('shelf/for the lab'));
    const to = { display: scene.at('shelf/for the lab/flipped.wav') };
    const given = await scene.client.quarantine.restore({ id, reason, to });
    expect(given).toMatchObject({
      state: 'restored',
      released: { by: 'Ada Kettle', reason, to: to.display },
    });
    expect(readFileSync(to.display).equals(bytes)).toBe(true);
    expect(existsSync(path.display)).toBe(false);
    expect(existsSync(`${dirname(path.display)}.txt`)).toBe(false);
    const event = await scene.client.events.get({ id: given.released?.event ?? '' });
    expect(event).toMatchObject({ type: 'unquarantine', agent: 'Ada Kettle' });
    expect((await scene.client.quarantine.list({})).rows).toHaveLength(3);
    expect((await scene.client.quarantine.list({ all: true })).rows).toHaveLength(4);
    expect(await restores({ id, reason })).toBe('BAD_INPUT');
  });

  it('is never given back over anything, out of its location, or among sealed files', async () => {
    const rows = await recovered();
    const { id, path } = setAside(rows, 'shelf/flipped.wav');
    expect(await restores({ id, reason })).toBe('BAD_INPUT'); // the good copy stands there
    for (const to of [
      'shelf/whole.wav',
      'twin/back.wav',
      'shelf/no such folder/back.wav',
      'shelf/.holdfast-quarantine/b',
    ])
      expect(await restores({ id, reason, to: { display: scene.at(to) } }), to).toBe('BAD_INPUT');
    const vault = setAside(rows, scene.inVault('long.bin'));
    const beside = { display: scene.at(dirname(scene.inVault('long.bin')), 'another.bin') };
    expect(await restores({ id: vault.id, reason, to: beside })).toBe('BAD_INPUT');
    expect(existsSync(path.display)).toBe(true);
    for (const [name] of scene.good) expect(scene.contents().get(name)).toBe(scene.good.get(name));
  });

  it('goes back to where it stood once nothing stands there, and is no good copy for that', async () => {
    const { id } = setAside(await recovered(), 'shelf/flipped.wav');
    rmSync(scene.at('shelf/flipped.wav'));
    await scene.client.quarantine.restore({ id, reason });
    await scene.done(scene.client.fixity.audit({}));
    expect(scene.standing().find(({ path }) => path === 'shelf/flipped.wav')).toMatchObject({
      finding: 'altered',
    });
  });

  it('is not touched where another file has been put in its place', async () => {
    const { id, path } = setAside(await recovered(), 'shelf/flipped.wav');
    const { length } = readFileSync(path.display);
    writeFileSync(path.display, Buffer.alloc(length, 'other'));
    expect(await restores({ id, reason })).toBe('BAD_INPUT');
    expect(await codeOf(scene.client.quarantine.discard({ id, reason, secondAgent: 'Jo Miller' }))).toBe(
      'BAD_INPUT',
    );
    expect(existsSync(path.display)).toBe(true);
  });

  it('is removed by two agents, and stays on record', async () => {
    const { id, path } = setAside(await recovered(), 'shelf/flipped.wav');
    const alone = scene.client.quarantine.discard({ id, reason, secondAgent: ' ada kettle ' });
    expect(await codeOf(alone)).toBe('BAD_INPUT');
    expect(existsSync(path.display)).toBe(true);
    const gone = await scene.client.quarantine.discard({ id, reason, secondAgent: 'Jo Miller' });
    expect(gone).toMatchObject({
      state: 'discarded',
      released: { by: 'Ada Kettle', secondAgent: 'Jo Miller', reason },
    });
    expect(existsSync(dirname(path.display))).toBe(false);
    const event = await scene.client.events.get({ id: gone.released?.event ?? '' });
    expect(event).toMatchObject({ type: 'deletion' });
  });

  it('is kept while no good copy stands in its place', async () => {
    const { id, path } = setAside(await recovered(), 'shelf/flipped.wav');
    writeFileSync(scene.at('shelf/flipped.wav'), 'damaged anew');
    await scene.done(scene.client.fixity.audit({}));
    expect((await scene.client.quarantine.show({ id })).keepBecause).toMatch(/may be all that is left/);
    expect(await codeOf(scene.client.quarantine.discard({ id, reason, secondAgent: 'Jo Miller' }))).toBe(
      'BAD_INPUT',
    );
    expect(existsSync(path.display)).toBe(true);
  });

  it('is removed by the same words where the disk failed in between', async () => {
    const { id, path } = setAside(await recovered(), 'shelf/flipped.wav');
    const input = { id, reason, secondAgent: 'Jo Miller' };
    scene.disk.fail({ nth: 1, call: 'unlink', lasts: 'once', turn: 0 });
    expect(await codeOf(scene.client.quarantine.discard(input))).toBe('LOCATION_UNREACHABLE');
    expect(scene.disk.heal()).toMatchObject({ call: 'unlink' });
    expect(existsSync(path.display)).toBe(true);
    expect(await scene.client.quarantine.discard(input)).toMatchObject({ state: 'discarded' });
    expect(existsSync(path.display)).toBe(false);
  });
});

describe('what an interrupted recovery left', () => {
  /** As a recovery that was killed, and then called off while its place was away, leaves it. */
  async function staged(content: Buffer): Promise<string> {
    const folder = scene.at(
      'shelf/.holdfast-quarantine/staging',
      (await scene.client.archive.info()).id,
      'job-3',
    );
    mkdirSync(folder, { recursive: true });
    const { rows } = await scene.client.fixity.findings({ limit: 100, all: true });
    const finding = rows.find(({ path }) => path.display === scene.at('shelf/flipped.wav'));
    writeFileSync(join(folder, finding?.id ?? ''), content);
    return join(folder, finding?.id ?? '');
  }

  it('in staging is removed by the next one, where the content stands elsewhere', async () => {
    const half = await staged(readFileSync(scene.at('twin/flipped.wav')).subarray(0, 3000));
    const result = await scene.done<{ swept?: unknown }>(scene.client.decisions.recover({ all: true }));
    expect(result.swept).toEqual({ removed: 1, recorded: 0, stories: 0, kept: [] });
    expect(existsSync(half)).toBe(false);
  });

  it('in staging is kept and told where it may be the only copy', async () => {
    const only = await staged(readFileSync(scene.at('twin/flipped.wav')));
    for (const name of ['twin', 'vault']) renameSync(scene.at(name), scene.at(`${name} away`));
    const swept = await scene.client.quarantine.sweep();
    expect(swept).toMatchObject({ removed: 0, kept: [{ path: { display: only } }] });
    expect(existsSync(only)).toBe(true);
    for (const name of ['twin', 'vault']) renameSync(scene.at(`${name} away`), scene.at(name));
    expect(await scene.client.quarantine.sweep()).toMatchObject({ removed: 1, kept: [] });
    expect(existsSync(only)).toBe(false);
  });

  it('is settled when the archive is opened to stay open', async () => {
    const half = await staged(Buffer.from('half'));
    await scene.host.close();
    const host = await openHost({
      archive: scene.archive,
      agent: 'Ada Kettle',
      mode: 'write',
      command: 'serve',
      protectAfterMs: 60_000,
    });
    await expect.poll(() => existsSync(half)).toBe(false);
    const notes = await host.close();
    expect(notes.join(' ')).toContain('1 staged copies removed');
    await scene.open();
  });

  it('is left to the next time where the archive is closed at once, and keeps nobody waiting', async () => {
    const half = await staged(Buffer.from('half'));
    await scene.host.close();
    const options = { archive: scene.archive, agent: 'Ada Kettle', mode: 'write', command: 'serve' } as const;
    const host = await openHost({ ...options, protectAfterMs: 60_000 });
    const notes = await host.close();
    // Either it was quick enough, or it was left: what is left is never called lost or kept.
    expect(notes.join(' ')).not.toContain('It is kept until one is');
    await scene.open();
    await scene.client.quarantine.sweep();
    expect(existsSync(half)).toBe(false);
  });

  it('in quarantine is recorded, though custody ended before the recovery could go on', async () => {
    scene.disk.fail({ nth: 1, call: 'link', lasts: 'once', turn: 1 });
    const job = await scene.ended(scene.client.decisions.recover({ all: true }));
    expect(scene.disk.heal()).toMatchObject({ call: 'link' });
    expect(job.state).toBe('interrupted');
    await scene.client.custody.deaccession({ accession: '2026-0001', reason, authority: 'The board' });
    await scene.ended(scene.client.decisions.recover({ all: true }));
    const { recorded } = await scene.client.quarantine.sweep();
    expect(recorded).toBeGreaterThan(0);
    const { rows } = await scene.client.quarantine.list({});
    const files = readdirSync(scene.places, { recursive: true, withFileTypes: true }).filter(
      ({ name, parentPath }) => /quarantine.*find-\d+$/.test(parentPath) && !name.endsWith('.txt'),
    );
    expect(rows).toHaveLength(files.length);
    for (const { path } of rows) expect(existsSync(path.display)).toBe(true);
    expect(await scene.client.quarantine.sweep()).toMatchObject({ recorded: 0, stories: 0 });
  });

  it('of stories is put right', async () => {
    const { path } = setAside(await recovered(), 'shelf/flipped.wav');
    const story = `${dirname(path.display)}.txt`;
    const text = readFileSync(story, 'utf8');
    rmSync(story);
    copyFileSync(path.display, scene.at('kept'));
    const ofNothing = join(dirname(story), 'find-999.txt');
    writeFileSync(ofNothing, text);
    expect(await scene.client.quarantine.sweep()).toMatchObject({ stories: 2, kept: [] });
    expect(existsSync(ofNothing)).toBe(false);
    expect(readFileSync(story, 'utf8')).toContain(scene.at('shelf/flipped.wav'));
    expect(readFileSync(path.display).equals(readFileSync(scene.at('kept')))).toBe(true);
  });
});
