import type { Evidence, Integrity, Relative } from '../../../../shared/contract/integrity.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { problemMessage } from '../../../../shared/domain/problem-codes.ts';
import type { AudioReading } from '../../../core/ports/audio-reading.ts';
import type { Connection } from '../connection.ts';
import { hex, json, Paths, time } from './rows.ts';

/** As the writer records it: all of a reading that has no column or row of its own. */
type Report = Omit<AudioReading, 'verdict' | 'essence' | 'evidence'>;

/** More relatives of one recording than a screen can show are not looked up. */
const MOST_RELATIVES = 50;

interface CheckRow {
  readonly depth: 'quick' | 'deep';
  readonly verdict: Integrity['verdict'];
  readonly report: string;
  readonly checked_at: number;
}

interface EvidenceRow {
  readonly kind: Evidence['kind'];
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly sha256: Buffer;
  readonly fields: string | null;
}

/** What a content proves about itself, by its deepest check; undefined where it was never looked at in this way. */
export function audioFacts(connection: Connection, objectId: number): Integrity | undefined {
  const check = connection
    .sql<CheckRow>(
      `SELECT depth, verdict, report, checked_at FROM internal_checks WHERE object_id = ? ORDER BY depth = 'deep' DESC LIMIT 1`,
    )
    .get(objectId);
  if (check === undefined) return undefined;
  const { proofs, lacks, problems, version, protection, unlisted } = json(check.report) as Report;
  const essence = connection
    .sql<{ definition: string; value: Buffer }>(
      'SELECT definition, value FROM essences WHERE object_id = ? ORDER BY recorded_at DESC, definition DESC LIMIT 1',
    )
    .get(objectId);
  return {
    verdict: check.verdict,
    depth: check.depth,
    checkedAt: time(check.checked_at),
    proofs: [...proofs],
    lacks: [...lacks],
    ...(version === undefined ? {} : { version }),
    ...(protection === undefined ? {} : { protection }),
    problems: problems.map((problem) => ({
      code: problem.code,
      message: problemMessage(problem.code, problem),
      offset: problem.offset,
      ...(problem.timeMs === undefined ? {} : { timeMs: problem.timeMs }),
    })),
    ...(essence && { essence: { definition: essence.definition, value: hex(essence.value) } }),
    evidence: evidenceOf(connection, objectId),
    unlisted,
    relatives: essence === undefined ? [] : relativesOf(connection, objectId, essence),
  };
}

function evidenceOf(connection: Connection, objectId: number): Evidence[] {
  return connection
    .sql<EvidenceRow>(
      'SELECT kind, name, offset, length, sha256, fields FROM evidence WHERE object_id = ? ORDER BY ordinal',
    )
    .all(objectId)
    .map(({ sha256, fields, ...row }) => ({
      ...row,
      sha256: hex(sha256),
      ...(fields === null ? {} : { fields: json(fields) as NonNullable<Evidence['fields']> }),
    }));
}

/** Contents of other bytes and the same sound, by the same definition. */
function relativesOf(
  connection: Connection,
  objectId: number,
  { definition, value }: { readonly definition: string; readonly value: Buffer },
): Relative[] {
  const paths = new Paths(connection);
  return connection
    .sql<{
      id: number;
      sha256: Buffer;
      size: number;
      format: string;
      title: string | null;
      folder: number | null;
      name: Buffer | null;
    }>(
      `SELECT o.id, o.sha256, o.size, f.name AS format, e.title, r.folder_id AS folder, r.name
       FROM essences s CROSS JOIN objects o ON o.id = s.object_id CROSS JOIN formats f ON f.id = o.format_id
       LEFT JOIN embedded_metadata e ON e.object_id = o.id
       LEFT JOIN replicas r ON r.id = (SELECT min(id) FROM replicas WHERE object_id = o.id)
       WHERE s.value = ? AND s.definition = ? AND s.object_id <> ? ORDER BY o.id LIMIT ${MOST_RELATIVES}`,
    )
    .all(value, definition, objectId)
    .map(({ id, sha256, size, format, title, folder, name }) => ({
      id: publicId('object', id),
      sha256: hex(sha256),
      size,
      format,
      title: title ?? '',
      ...(folder === null || name === null ? {} : { path: paths.json(folder, name) }),
    }));
}
