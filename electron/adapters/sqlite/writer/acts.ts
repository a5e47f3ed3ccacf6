import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { ActTally } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';

/** What is kept in memory of a running act; rebuilt from the catalogue whenever it is not there. */
export interface ActState {
  readonly id: number;
  readonly jobId: number;
  readonly kind: string;
  readonly openedAt: number;
  readonly agentId: number;
  readonly accrual: AccrualState | undefined;
  readonly tally: { -readonly [Key in keyof ActTally]: number };
  nextOrdinal: number;
  changed: boolean;
}

export interface AccrualState {
  readonly id: number;
  readonly number: number;
  readonly openedAt: number;
  readonly accessionId: number;
  readonly accessionNumber: string;
  readonly accessionTitle: string;
  readonly collectionId: number | null;
}

interface ActRow {
  readonly id: number;
  readonly kind: string;
  readonly job_id: number | null;
  readonly opened_at: number;
  readonly closed_at: number | null;
  readonly tally: string;
  readonly agent_id: number;
}

interface AccrualRow {
  readonly id: number;
  readonly number: number;
  readonly opened_at: number;
  readonly accession_id: number;
  readonly accession_number: string;
  readonly title: string;
  readonly collection_id: number | null;
}

const ACT = `SELECT a.id, a.kind, a.job_id, a.opened_at, a.closed_at, a.tally, j.agent_id
  FROM acts a JOIN jobs j ON j.id = a.job_id WHERE a.id = ?`;
const ACCRUAL = `SELECT c.id, c.number, c.opened_at, c.accession_id, n.number AS accession_number, n.title, n.collection_id
  FROM accruals c JOIN accessions n ON n.id = c.accession_id WHERE c.act_id = ?`;

export class Acts {
  readonly #connection: Connection;
  readonly #open = new Map<number, ActState>();
  /** Acts that lost rows already acknowledged: they must be reopened, so that nothing is sealed as if it were there. */
  readonly #broken = new Map<number, Error>();
  /** Acts with rows in the transaction that is open. */
  readonly #uncommitted = new Set<number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @throws HoldfastError NOT_FOUND for an act that is unknown or closed; the error that broke it. */
  use(id: number): ActState {
    const broken = this.#broken.get(id);
    if (broken !== undefined) throw broken;
    let state = this.#open.get(id);
    if (state === undefined) {
      state = this.#load(id);
      this.#open.set(id, state);
    }
    this.#uncommitted.add(id);
    return state;
  }

  ofAccrual(accrualId: number): ActState {
    for (const state of this.#open.values()) if (state.accrual?.id === accrualId) return this.use(state.id);
    const row = this.#connection
      .sql<{ act_id: number }>('SELECT act_id FROM accruals WHERE id = ? AND act_id IS NOT NULL')
      .get(accrualId);
    if (row === undefined) throw new HoldfastError('NOT_FOUND', `There is no accrual ${accrualId}.`);
    return this.use(row.act_id);
  }

  /** Forgets what broke an act: it goes on from what was committed. */
  reopen(id: number): ActState {
    this.#broken.delete(id);
    this.#open.delete(id);
    return this.use(id);
  }

  closed(id: number): void {
    this.#open.delete(id);
    this.#uncommitted.delete(id);
  }

  flush(): void {
    const save = this.#connection.sql('UPDATE acts SET tally = ? WHERE id = ?');
    for (const state of this.#open.values()) {
      if (!state.changed) continue;
      save.run(JSON.stringify(state.tally), state.id);
      state.changed = false;
    }
  }

  committed(): void {
    this.#uncommitted.clear();
  }

  lost(error: Error): void {
    for (const id of this.#uncommitted) this.#broken.set(id, error);
    this.#uncommitted.clear();
    this.#open.clear();
  }

  #load(id: number): ActState {
    const row = this.#connection.sql<ActRow>(ACT).get(id);
    if (row === undefined || row.job_id === null)
      throw new HoldfastError('NOT_FOUND', `There is no act ${id} in this archive.`);
    if (row.closed_at !== null)
      throw new HoldfastError('NOT_FOUND', `Act ${id} is closed; nothing can be added to it.`);
    const accrual = this.#connection.sql<AccrualRow>(ACCRUAL).get(id);
    const last = this.#connection
      .sql<{ last: number | null }>('SELECT max(ordinal) AS last FROM act_outcomes WHERE act_id = ?')
      .get(id);
    const tally = JSON.parse(row.tally) as Partial<ActTally>;
    return {
      id,
      jobId: row.job_id,
      kind: row.kind,
      openedAt: row.opened_at,
      agentId: row.agent_id,
      accrual: accrual && {
        id: accrual.id,
        number: accrual.number,
        openedAt: accrual.opened_at,
        accessionId: accrual.accession_id,
        accessionNumber: accrual.accession_number,
        accessionTitle: accrual.title,
        collectionId: accrual.collection_id,
      },
      tally: { files: 0, objects: 0, bytes: 0, items: 0, problems: 0, refused: 0, leftOut: 0, ...tally },
      nextOrdinal: (last?.last ?? -1) + 1,
      changed: false,
    };
  }
}

/** The accrual of an act that takes custody. */
export function accrualOf(act: ActState): AccrualState {
  if (act.accrual === undefined)
    throw new HoldfastError('INTERNAL', `Act ${act.id} is no accession: it takes nothing into custody.`);
  return act.accrual;
}
