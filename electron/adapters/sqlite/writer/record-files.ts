import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { dueDay } from '../../../../shared/domain/overdue.ts';
import type { ActTally, FilesRead } from '../../../core/ports/catalogue.ts';
import { damageIn } from '../../../core/ports/audio-reading.ts';
import type { FileReading, FormatFound, ScannedFolder } from '../../../core/ports/readings.ts';
import type { Statement } from '../connection.ts';
import { accrualOf, type AccrualState, type ActState } from './acts.ts';
import { recordCueSheet } from './cue-tracks.ts';
import type { Folder } from './folders.ts';
import { outcomeOf } from './problems.ts';
import type { WriterContext } from './context.ts';
import { itemsOfObject, refreshItem } from './item-facts.ts';
import { takeBackObject } from './held-objects.ts';
import { AudioRecorder } from './record-audio.ts';
import { addDuration, reclassify, saysBetter, type KnownObject } from './known-object.ts';

interface RecordedContent {
  readonly objectId: number;
  /** Milliseconds. */
  readonly duration: number;
  /** Known, and without a good copy so far. */
  readonly wasLost: boolean;
}

/** Takes readings into the catalogue: the hot path of an accession. */
export class FileRecorder {
  readonly #context: WriterContext;
  readonly #formats = new Map<string, number>();
  readonly #replicaAt: Statement;
  readonly #insertObject: Statement;
  readonly #objectBySha: Statement<KnownObject>;
  readonly #insertDigest: Statement;
  readonly #insertTechnical: Statement;
  readonly #insertEmbedded: Statement;
  readonly #insertIdentifier: Statement;
  readonly #insertReplica: Statement;
  readonly #insertOutcome: Statement;
  readonly #openFolder: Statement;
  readonly #audio: AudioRecorder;

  constructor(context: WriterContext) {
    this.#context = context;
    context.onRollback(() => this.#formats.clear());
    const { connection } = context;
    this.#audio = new AudioRecorder(connection);
    this.#replicaAt = connection.sql('SELECT 1 FROM replicas WHERE folder_id = ? AND name = ?');
    this.#insertObject = connection.sql(
      `INSERT INTO objects (sha256, size, format_id, kind, recorded_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#objectBySha = connection.sql<KnownObject>(
      `SELECT o.id, o.size, o.kind, f.name, f.mime, f.puid, t.duration_ms, t.object_id IS NOT NULL AS has_technical FROM objects o JOIN formats f ON f.id = o.format_id
       LEFT JOIN technical_metadata t ON t.object_id = o.id WHERE o.sha256 = ?`,
    );
    this.#insertDigest = connection.sql(
      'INSERT INTO digests (object_id, algorithm, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#insertTechnical = connection.sql(
      `INSERT INTO technical_metadata
         (object_id, container, codec, lossless, duration_ms, sample_rate, bit_depth, channels, bit_rate)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#insertEmbedded = connection.sql(
      `INSERT INTO embedded_metadata (object_id, title, artist, album, album_artist, date, disc, track, found)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#insertIdentifier = connection.sql(
      `INSERT INTO identifiers (entity, entity_id, scheme, value, source) VALUES ('object', ?, ?, ?, 'tag')
       ON CONFLICT DO NOTHING`,
    );
    this.#insertReplica = connection.sql(
      `INSERT INTO replicas (object_id, folder_id, accrual_id, name, size, mtime_ns, ctime_ns, inode, outcome, checked_at, verified_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertOutcome = connection.sql(
      'INSERT INTO act_outcomes (act_id, ordinal, replica_id, problem_id, outcome) VALUES (?, ?, ?, ?, ?)',
    );
    this.#openFolder = connection.sql(
      `INSERT INTO open_folders (accrual_id, folder_id) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET recordings_proposed = 0`,
    );
  }

  record(act: ActState, batch: FilesRead): ActTally {
    const accrual = accrualOf(act);
    if (accrual.id !== batch.accrualId)
      throw new HoldfastError('INTERNAL', `Accrual ${batch.accrualId} is not the one of act ${act.id}.`);
    const folder = this.#context.folders.at(batch.locationId, batch.folder);
    let accepted = false;
    for (const { name, outcome, verifiedAt } of batch.files) {
      if (this.#replicaAt.get(folder.id, name) !== undefined) continue;
      if (outcome.status === 'failed') {
        const problem = this.#context.problems.record(act, folder, name, outcome.problem, outcome.offset);
        // On a resumed act the same failure stands in the log already.
        if (problem !== undefined) this.#outcome(act, null, problem, outcomeOf(outcome.problem));
        continue;
      }
      this.#accept(act, accrual, folder, name, outcome, verifiedAt);
      accepted = true;
    }
    if (accepted) this.#openFolder.run(accrual.id, folder.id);
    return { ...act.tally };
  }

  notes(act: ActState, folder: Folder, notes: ScannedFolder['notes']): void {
    for (const { name, problem } of notes) {
      const id = this.#context.problems.record(act, folder, name, problem);
      if (id !== undefined) this.#outcome(act, null, id, outcomeOf(problem));
    }
  }

  #accept(
    act: ActState,
    accrual: AccrualState,
    folder: Folder,
    name: Uint8Array,
    reading: FileReading,
    verifiedAt: number | undefined,
  ): void {
    const { connection, counters } = this.#context;
    const { stamp } = reading;
    const size = Number(stamp.size);
    const { objectId, duration, wasLost } = this.content(act, reading);
    const replicaId = Number(
      this.#insertReplica.run(
        objectId,
        folder.id,
        accrual.id,
        name,
        stamp.size,
        stamp.mtimeNs,
        stamp.ctimeNs,
        stamp.inode,
        verifiedAt === undefined ? 'not_checked' : 'intact',
        verifiedAt ?? null,
        verifiedAt ?? null,
      ).lastInsertRowid,
    );
    counters.add('total', 'replicas', 1, size, duration);
    counters.add('location', String(folder.locationId), 1, size, duration);
    counters.add('outcome', verifiedAt === undefined ? 'not_checked' : 'intact', 1, size, duration);
    counters.add('verified', String(dueDay(verifiedAt ?? null, accrual.openedAt)), 1, size, duration);
    if (verifiedAt !== undefined) this.#context.sawCheck();
    this.#context.nowTracked(folder.id, name);
    this.#outcome(act, replicaId, null, 'accepted');
    act.tally.files++;
    act.tally.bytes += size;
    // A further copy of a content whose copies were all bad: its parts are held again.
    if (wasLost)
      for (const item of itemsOfObject(connection, objectId)) refreshItem(connection, counters, item);
    for (const problem of [...reading.problems, ...damageIn(reading.audio)])
      this.#context.problems.record(act, folder, name, problem);
  }

  /** Records what was read as a content, or finds the one that it is. */
  content(act: ActState, reading: FileReading): RecordedContent {
    const { connection, counters } = this.#context;
    const { stamp, technical } = reading;
    const size = Number(stamp.size);
    const now = Date.now();
    const inserted = this.#insertObject.run(
      reading.sha256,
      size,
      this.#formatId(reading.format),
      reading.kind,
      now,
    );
    let objectId: number;
    let duration: number;
    let wasLost = false;
    if (inserted.changes === 1) {
      objectId = Number(inserted.lastInsertRowid);
      duration = Math.round(technical?.durationMs ?? 0);
      act.tally.objects++;
      counters.add('total', 'objects', 1, size, duration);
      counters.add('format', reading.format.name, 1, size, duration);
      counters.add('kind', reading.kind, 1, size, duration);
      this.#describe(objectId, reading);
    } else {
      const known = this.#objectBySha.get(reading.sha256);
      if (known === undefined) throw new Error('an object conflicts with none');
      objectId = known.id;
      wasLost = !this.#context.hasGoodReplica(objectId);
      // Custody of every copy of it had ended: it is new to the holdings again, by the digest that it always had.
      if (wasLost && takeBackObject(this.#context, known)) act.tally.objects++;
      duration = this.#reconcile(known, reading);
    }
    this.#audio.record(objectId, reading, now);
    if (reading.cue !== undefined) recordCueSheet(connection, objectId, reading.cue);
    for (const digest of reading.digests) this.#insertDigest.run(objectId, digest.algorithm, digest.value);
    for (const [scheme, value] of reading.identifiers) this.#insertIdentifier.run(objectId, scheme, value);
    return { objectId, duration, wasLost };
  }

  #describe(objectId: number, { technical, embedded }: FileReading): void {
    if (technical !== undefined)
      this.#insertTechnical.run(
        objectId,
        technical.container ?? null,
        technical.codec ?? null,
        technical.lossless === undefined ? null : technical.lossless ? 1 : 0,
        integer(technical.durationMs),
        integer(technical.sampleRate),
        integer(technical.bitDepth),
        integer(technical.channels),
        integer(technical.bitRate),
      );
    if (embedded !== undefined)
      this.#insertEmbedded.run(
        objectId,
        embedded.title ?? null,
        embedded.artist ?? null,
        embedded.album ?? null,
        embedded.albumArtist ?? null,
        embedded.date ?? null,
        integer(embedded.disc),
        integer(embedded.track),
        embedded.found,
      );
  }

  /** Returns the duration of a content that stands recorded, read again under another name. */
  #reconcile(known: KnownObject, reading: FileReading): number {
    const better = saysBetter(reading, known);
    if (better) reclassify(this.#context, known, reading, this.#formatId(reading.format));
    if (known.has_technical === 1 || reading.technical === undefined) return known.duration_ms ?? 0;
    this.#describe(known.id, reading);
    const duration = Math.round(reading.technical.durationMs ?? 0);
    const names = better
      ? { kind: reading.kind, format: reading.format.name }
      : { kind: known.kind, format: known.name };
    addDuration(this.#context, known.id, names, duration);
    return duration;
  }

  #outcome(act: ActState, replicaId: number | null, problemId: number | null, outcome: string): void {
    this.#insertOutcome.run(act.id, act.nextOrdinal++, replicaId, problemId, outcome);
    act.changed = true;
  }

  #formatId({ name, mime, puid }: FormatFound): number {
    const key = `${name}\0${mime}\0${puid}`;
    let id = this.#formats.get(key);
    if (id === undefined) {
      const { connection } = this.#context;
      connection
        .sql('INSERT INTO formats (name, mime, puid) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
        .run(name, mime, puid);
      id = connection
        .sql<{ id: number }>('SELECT id FROM formats WHERE name = ? AND mime = ? AND puid = ?')
        .get(name, mime, puid)?.id;
      if (id === undefined) throw new Error(`no row for the format ${name}`);
      if (this.#formats.size < 1_000) this.#formats.set(key, id);
    }
    return id;
  }
}

function integer(value: number | undefined): number | null {
  const rounded = Math.round(value ?? NaN);
  return Number.isSafeInteger(rounded) ? rounded : null;
}
