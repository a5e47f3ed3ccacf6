import { randomFillSync } from 'node:crypto';
import { joinRaw, type RawPath } from '../../../../shared/domain/path.ts';
import { problemMessage, problemSeverity } from '../../../../shared/domain/problem-codes.ts';
import type { FileProblem } from '../../../core/ports/readings.ts';
import type { Connection, Statement } from '../connection.ts';
import type { ActState } from './acts.ts';
import type { Folder } from './folders.ts';

const SALT_LENGTH = 16;
// Drawn in blocks: a call for every problem costs more than its row.
const salts = Buffer.alloc(SALT_LENGTH * 256);
let saltAt = salts.length;

function salt(): Buffer {
  if (saltAt >= salts.length) {
    randomFillSync(salts);
    saltAt = 0;
  }
  saltAt += SALT_LENGTH;
  return Buffer.from(salts.subarray(saltAt - SALT_LENGTH, saltAt));
}

export class Problems {
  readonly #insert: Statement;

  constructor(connection: Connection) {
    this.#insert = connection.sql(
      `INSERT INTO problems (act_id, location_id, path, code, severity, message, salt, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
  }

  /** Records a problem once for each act and path, and tallies it. Returns its id, undefined when it stood already. */
  record(
    act: ActState,
    folder: Folder,
    name: Uint8Array,
    problem: FileProblem,
    offset?: number,
  ): number | undefined {
    return this.recordAt(act, folder.locationId, joinRaw(folder.path as RawPath, name), problem, offset);
  }

  /** The same for any path: relative to the root of a location, or absolute where it lies in none. */
  recordAt(
    act: ActState,
    locationId: number | null,
    path: RawPath,
    problem: FileProblem,
    offset?: number,
  ): number | undefined {
    const severity = problemSeverity(problem.code);
    const message = problemMessage(problem.code, { ...problem, offset: offset ?? problem.offset });
    const result = this.#insert.run(
      act.id,
      locationId,
      path,
      problem.code,
      severity,
      message,
      salt(),
      Date.now(),
    );
    if (result.changes === 0) return undefined;
    if (problem.code === 'left_out') act.tally.leftOut++;
    else if (severity === 'refusal') act.tally.refused++;
    else if (severity === 'problem') act.tally.problems++;
    act.changed = true;
    return Number(result.lastInsertRowid);
  }
}

/** What the log says of a file that became no replica. */
export function outcomeOf(problem: FileProblem): 'failed' | 'refused' | 'left out' | 'noted' {
  switch (problemSeverity(problem.code)) {
    case 'problem':
      return 'failed';
    case 'refusal':
      return 'refused';
    case 'advisory':
      return problem.code === 'left_out' ? 'left out' : 'noted';
  }
}
