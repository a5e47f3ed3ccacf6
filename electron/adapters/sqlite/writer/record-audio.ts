import type { FileReading } from '../../../core/ports/readings.ts';
import type { Connection, Statement } from '../connection.ts';

/** Of this size and below, the message digest alone says all that a digest of its one chunk would. */
const ONE_CHUNK = 1024 * 1024;

/** Records what a file of sound proves about itself. What stands recorded of a content is left as it is. */
export class AudioRecorder {
  readonly #insertEssence: Statement;
  readonly #insertCheck: Statement;
  readonly #insertChunks: Statement;
  readonly #insertEvidence: Statement;

  constructor(connection: Connection) {
    this.#insertEssence = connection.sql(
      'INSERT INTO essences (object_id, definition, value, recorded_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#insertCheck = connection.sql(
      `INSERT INTO internal_checks (object_id, depth, verdict, report, checked_at) VALUES (?, 'quick', ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    );
    this.#insertChunks = connection.sql(
      'INSERT INTO chunk_digests (object_id, crc32) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#insertEvidence = connection.sql(
      `INSERT INTO evidence (object_id, ordinal, kind, name, offset, length, sha256, fields, content)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
  }

  record(objectId: number, { audio, chunkDigests, stamp }: FileReading, at: number): void {
    if (chunkDigests !== undefined && stamp.size > ONE_CHUNK) this.#insertChunks.run(objectId, chunkDigests);
    if (audio === undefined) return;
    const { verdict, essence, evidence, ...report } = audio;
    if (essence !== undefined) this.#insertEssence.run(objectId, essence.definition, essence.value, at);
    this.#insertCheck.run(objectId, verdict, JSON.stringify(report), at);
    for (const [ordinal, part] of evidence.entries()) {
      // Pictures are counted and digested; they stay where they are.
      const content = part.kind === 'chunk' ? (part.bytes ?? null) : null;
      const fields = part.fields === undefined ? null : JSON.stringify(part.fields);
      const { kind, id, offset, length, sha256 } = part;
      this.#insertEvidence.run(objectId, ordinal, kind, id, offset, length, sha256, fields, content);
    }
  }
}
