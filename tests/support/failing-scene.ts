/** Three locations that hold the same recordings, on a disk that fails on command, and an archive that looks after them. */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { fixturePath } from '../fixtures/index.ts';
import { rowsOf } from './catalogue-rows.ts';
import { failOnCommand, type FailingDisk } from './disk-faults.ts';
import { rest } from './letting-go.ts';
import { readUntouched } from './originals.ts';

export type Started = ReturnType<Host['client']['fixity']['audit']>;
type Rested = Awaited<ReturnType<typeof rest>>;

/** A replica as the catalogue knows it, and its file as it stands. */
export interface Standing {
  readonly replica: number;
  /** From the folder of all places: `shelf/1.wav`. */
  readonly path: string;
  readonly isGood: boolean;
  readonly verifiedAt: number;
  /** Of its open finding. */
  readonly finding: string | undefined;
}

const LONG = 1_300_000;

export class FailingScene {
  readonly dir: string;
  readonly places: string;
  readonly archive: string;
  readonly disk: FailingDisk;
  host!: Host;
  /** SHA-256 of every file when all was well, by its path below the places. */
  good: ReadonlyMap<string, string> = new Map();

  constructor(dir: string) {
    this.dir = dir;
    this.places = join(dir, 'places');
    this.archive = join(dir, 'archive');
    this.disk = failOnCommand(this.places);
  }

  get client(): Host['client'] {
    return this.host.client;
  }

  at(...names: readonly string[]): string {
    return join(this.places, ...names);
  }

  get catalogue(): string {
    return join(this.archive, 'catalogue.sqlite');
  }

  async open(): Promise<void> {
    this.host = await openHost({
      archive: this.archive,
      agent: 'Ada Kettle',
      mode: 'write',
      command: 'test',
    });
  }

  /** A shelf and its twin in place, and a vault; all verified. */
  async fill(): Promise<void> {
    const sound = readFileSync(fixturePath('wav-pcm16.wav'));
    const files: Readonly<Record<string, Buffer>> = {
      'flipped.wav': Buffer.concat([sound, Buffer.from('flipped')]),
      'missing.wav': Buffer.concat([sound, Buffer.from('missing')]),
      'truncated.wav': Buffer.concat([sound, Buffer.from('truncated')]),
      'tagged.mp3': readFileSync(fixturePath('mp3-cbr-id3v23.mp3')),
      'long.bin': Buffer.alloc(LONG, 'long'),
      'whole.wav': Buffer.concat([sound, Buffer.from('whole')]),
      'Side B/gone with its folder.wav': Buffer.concat([sound, Buffer.from('side b')]),
    };
    const recorded = new Date('1987-05-02T10:00:00Z');
    for (const place of ['shelf', 'twin']) {
      mkdirSync(this.at(place, 'Side B'), { recursive: true });
      for (const [name, bytes] of Object.entries(files)) {
        writeFileSync(this.at(place, name), bytes);
        utimesSync(this.at(place, name), recorded, recorded);
      }
    }
    await createArchive({ dir: this.archive, name: 'Test archive', agent: 'Tester' });
    await this.open();
    await this.client.locations.add({
      path: { display: this.at('vault') },
      name: 'Vault',
      writes: 'managed',
    });
    for (const place of ['shelf', 'twin'])
      await this.done(
        this.client.accession.start({
          paths: [{ display: this.at(place) }],
          title: place,
          rightsBasis: 'other',
          source: 'S',
          acquired: 'A',
        }),
      );
    await this.done(this.client.replication.start({ accession: '2026-0001', to: 'Vault' }));
    await this.done(this.client.fixity.audit({}));
    this.good = this.contents();
    expect(this.standing().every(({ isGood, finding }) => isGood && finding === undefined)).toBe(true);
  }

  /** Where the vault has its copy of a file of the shelf. */
  inVault(name: string): string {
    const path = [...this.good.keys()].find((each) => each.startsWith('vault/') && each.endsWith(`/${name}`));
    if (path === undefined) throw new Error(`no ${name} in the vault`);
    return path;
  }

  /** Damages of every kind; returns what an audit is to say of each, by its path. */
  damage(): ReadonlyMap<string, string> {
    const flip = (path: string, at: number): void => {
      const bytes = readFileSync(this.at(path));
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      writeFileSync(this.at(path), bytes);
    };
    flip('shelf/flipped.wav', 3000);
    rmSync(this.at('shelf/missing.wav'));
    truncateSync(this.at('shelf/truncated.wav'), 2000);
    const tag = Buffer.alloc(128);
    tag.write('TAGRetagged by somebody');
    const tagged = readFileSync(this.at('shelf/tagged.mp3'));
    writeFileSync(this.at('shelf/tagged.mp3'), Buffer.concat([tagged, tag]));
    rmSync(this.at('shelf/Side B'), { recursive: true });
    const inVault = this.inVault('long.bin');
    flip(inVault, LONG - 1000);
    return new Map([
      ['shelf/flipped.wav', 'altered'],
      ['shelf/missing.wav', 'missing'],
      ['shelf/truncated.wav', 'truncated'],
      ['shelf/tagged.mp3', 'tags_changed'],
      ['shelf/Side B/gone with its folder.wav', 'missing'],
      [inVault, 'altered'],
    ]);
  }

  async ended(started: Started): Promise<Rested> {
    return rest(this.client, await started);
  }

  async done<Result = unknown>(started: Started): Promise<Result> {
    const job = await this.ended(started);
    expect(job.error).toBeUndefined();
    expect(job.state).toBe('done');
    return job.result as Result;
  }

  /** SHA-256 of every file below the places, but of those that are staged. */
  contents(): Map<string, string> {
    const found = new Map<string, string>();
    for (const entry of readdirSync(this.places, { recursive: true, withFileTypes: true })) {
      const path = relative(this.places, join(entry.parentPath, entry.name));
      if (entry.isFile() && !path.includes('/staging/')) found.set(path, digestOf(this.at(path)));
    }
    return found;
  }

  /** What is left of staging, in any location. */
  staged(): string[] {
    return readdirSync(this.places, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.places, join(entry.parentPath, entry.name)))
      .filter((path) => path.includes('/staging/'));
  }

  /** Folders of jobs that are left in staging, in any location. */
  stagingFolders(): string[] {
    return readdirSync(this.places, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.startsWith('job-'))
      .map((entry) => relative(this.places, join(entry.parentPath, entry.name)))
      .filter((path) => path.includes('/staging/'));
  }

  standing(): Standing[] {
    const rows = rowsOf<{
      id: number;
      root: Buffer;
      folder: Buffer;
      name: Buffer;
      sha256: Buffer;
      verified: number | null;
      finding: string | null;
    }>(
      this.catalogue,
      `SELECT r.id, l.root AS root, f.path AS folder, r.name, o.sha256, r.verified_at AS verified, n.outcome AS finding
       FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN locations l ON l.id = f.location_id
         JOIN objects o ON o.id = r.object_id LEFT JOIN findings n ON n.replica_id = r.id AND n.resolved_at IS NULL
       ORDER BY r.id`,
    );
    const now = this.contents();
    return rows.map(({ id, root, folder, name, sha256, verified, finding }) => {
      const path = relative(this.places, join(String(root), String(folder), String(name)));
      return {
        replica: id,
        path,
        isGood: now.get(path) === sha256.toString('hex'),
        verifiedAt: verified ?? 0,
        finding: finding ?? undefined,
      };
    });
  }
}

function digestOf(path: string): string {
  return createHash('sha256').update(readUntouched(path)).digest('hex');
}
