import type { CatalogueWriter } from '../../../core/ports/catalogue.ts';
import { catalogueError, type Connection } from '../connection.ts';
import { addAgent, assignRole, endRole, renameAgent } from './agents.ts';
import { erasing, forgetAgent } from './forget-agent.ts';
import { decideAppraisal, openAppraisal, recordReceipt, removeTemplate, saveTemplate } from './intake.ts';
import { recordAttestation } from './attestations.ts';
import { beginAccession, reopenAccession } from './open-accession.ts';
import { proposeOpenFolders, sealAccession } from './close-accession.ts';
import { WriterContext } from './context.ts';
import { compareCounters } from './counters.ts';
import { decisionMethods } from './decisions.ts';
import { quarantineMethods } from './quarantine.ts';
import { descriptionMethods } from './description-methods.ts';
import { closeGaps } from './close-gaps.ts';
import { deaccession } from './deaccession.ts';
import { beginDeletion, beginRemoval, closeDeletion, recordPlace, reopenDeletion } from './deletion.ts';
import type { SigningKey } from './events.ts';
import { compareItems } from './item-facts.ts';
import { markInterrupted, saveJob } from './jobs.ts';
import { recordExport } from './exports.ts';
import { closeHandOut, openHandOut, sealHandOut, withdrawHandOut } from './hand-outs.ts';
import { recordManifest } from './manifests.ts';
import { recordPriorBaselines } from './prior-baselines.ts';
import { lodgeHead, rotateKey } from './keys-and-heads.ts';
import { addLocation, locationReached, relinkLocation } from './locations.ts';
import { actorId } from './events.ts';
import { setLocation } from './set-location.ts';
import { addOffline, checkIn, checkOut, shelve, unshelve } from './shelving.ts';
import { assignPolicy } from './policy.ts';
import { ItemProposer } from './propose-items.ts';
import { recordRotation, recordSnapshot, recordSupplements } from './protection.ts';
import { FileRecorder } from './record-files.ts';
import { replicationMethods } from './replication.ts';
import {
  addSchedule,
  pauseSchedule,
  removeSchedule,
  scheduleStarted,
  scheduleTold,
  settleSchedule,
} from './schedules.ts';
import { structureMethods } from './structure.ts';
import { successionMethods } from './succession.ts';
import { supersededMethods } from './superseded.ts';
import { setTelling } from './telling.ts';
import { beginRun, CheckRecorder, closeRun, forgetUntracked, recordUntracked, reopenRun } from './runs.ts';

/** The port's methods as they run in the thread: synchronous, with the same arguments. */
export type WriterMethods = {
  [Name in keyof CatalogueWriter]: (
    ...args: Parameters<CatalogueWriter[Name]>
  ) => Awaited<ReturnType<CatalogueWriter[Name]>>;
};

/** Opens the catalogue for writing. The caller holds the host lock, and has migrated it. */
export function openWriter(path: string, key: SigningKey): WriterMethods {
  const context = new WriterContext(path, key);
  const { connection, transactions, acts } = context;
  const files = new FileRecorder(context);
  const proposer = new ItemProposer(context);
  const checks = new CheckRecorder(context);

  const methods: WriterMethods = {
    beginAccession: (input) => transactions.single(() => beginAccession(context, input)),
    reopenAccession: (jobId) => transactions.single(() => reopenAccession(context, jobId)),
    recordFiles(batch) {
      const act = acts.use(batch.actId);
      return transactions.bulk(batch.files.length, () => files.record(act, batch));
    },
    recordNotes(actId, locationId, folder, notes) {
      const act = acts.use(actId);
      transactions.bulk(notes.length, () => files.notes(act, context.folders.at(locationId, folder), notes));
    },
    proposeItems(accrualId, locationId, folder) {
      const act = acts.ofAccrual(accrualId);
      transactions.bulk(0, () => proposer.recordings(act, context.folders.at(locationId, folder)));
    },
    closeAccession(actId, state, viruses, remark) {
      proposeOpenFolders(context, proposer, acts.use(actId));
      return transactions.single(() => sealAccession(context, acts.use(actId), state, { viruses, remark }));
    },

    beginRun: (input) => transactions.single(() => beginRun(context, input)),
    reopenRun: (jobId) => transactions.single(() => reopenRun(context, jobId)),
    recordChecks(actId, rows) {
      const act = acts.use(actId);
      transactions.bulk(rows.length, () => checks.record(act, rows));
    },
    recordUntracked(actId, locationId, folder, untracked) {
      acts.use(actId);
      transactions.bulk(untracked.length, () => recordUntracked(context, locationId, folder, untracked));
    },
    forgetUntracked(actId, locationIds) {
      const act = acts.use(actId);
      transactions.bulk(0, () => forgetUntracked(context, act, locationIds));
    },
    closeRun(actId, summary) {
      acts.use(actId);
      return transactions.single(() => closeRun(context, acts.use(actId), summary));
    },

    ...replicationMethods(context, files, proposer),
    ...successionMethods(context, files),

    closeGaps: (id, said, agent) =>
      transactions.single(() => closeGaps(context, id, said, actorId(connection, agent.name))),
    deaccession: (input) => transactions.single(() => deaccession(context, input)),
    beginDeletion: (input) => transactions.single(() => beginDeletion(context, input)),
    reopenDeletion: (jobId) => transactions.single(() => reopenDeletion(context, jobId)),
    beginRemoval: (actId, placeId) =>
      transactions.single(() => beginRemoval(context, acts.use(actId), placeId)),
    recordPlace: (actId, ...place) =>
      transactions.single(() => recordPlace(context, acts.use(actId), ...place)),
    closeDeletion: (actId, state) =>
      transactions.single(() => closeDeletion(context, acts.use(actId), state)),

    ...supersededMethods(context),

    addLocation: (input) => transactions.single(() => addLocation(context, input)),
    relinkLocation: (id, to, agent) => transactions.single(() => relinkLocation(context, id, to, agent)),
    setLocation: (...args) => transactions.single(() => setLocation(context, ...args)),
    addOffline: (input, agent) => transactions.single(() => addOffline(context, input, agent)),
    shelve: (id, shelf, agent) => transactions.single(() => shelve(context, id, shelf, agent)),
    unshelve: (id, agent) => transactions.single(() => unshelve(context, id, agent)),
    checkOut: (id, loan, agent) => transactions.single(() => checkOut(context, id, loan, agent)),
    checkIn: (id, condition, agent) => transactions.single(() => checkIn(context, id, condition, agent)),
    recordAttestation: (input) => transactions.single(() => recordAttestation(context, input)),
    locationReached: (id) => transactions.single(() => locationReached(context, id)),

    lodgeHead: (holder, how, seq) => transactions.single(() => lodgeHead(context, holder, how, seq)),
    rotateKey(key, reason, agent) {
      const former = transactions.single(() => rotateKey(context, key, reason, agent));
      context.events.signWith(key);
      return former;
    },

    assignPolicy: (policy, agent) => transactions.single(() => assignPolicy(context, policy, agent)),

    addSchedule: (...args) => transactions.single(() => addSchedule(context, ...args)),
    pauseSchedule: (...args) => transactions.single(() => pauseSchedule(context, ...args)),
    removeSchedule: (...args) => transactions.single(() => removeSchedule(context, ...args)),
    scheduleStarted: (...args) => transactions.single(() => scheduleStarted(context, ...args)),
    settleSchedule: (...args) => transactions.single(() => settleSchedule(context, ...args)),
    setTelling: (...args) => transactions.single(() => setTelling(context, ...args)),
    scheduleTold: (...args) => transactions.single(() => scheduleTold(context, ...args)),

    addAgent: (wanted, by) => transactions.single(() => addAgent(context, wanted, by)),
    renameAgent: (id, name, by) => erasing(context, () => renameAgent(context, id, name, by)),
    assignRole: (wanted, by) => transactions.single(() => assignRole(context, wanted, by)),
    endRole: (ending, by) => transactions.single(() => endRole(context, ending, by)),
    forgetAgent: (id, how, by) => erasing(context, () => forgetAgent(context, id, how, by)),

    openAppraisal: (found, by) => transactions.single(() => openAppraisal(context, found, by)),
    decideAppraisal: (id, decision, by) =>
      transactions.single(() => decideAppraisal(context, id, decision, by)),
    saveTemplate: (name, defaults, by) =>
      transactions.single(() => saveTemplate(context, name, defaults, by)),
    removeTemplate: (name, by) => transactions.single(() => removeTemplate(context, name, by)),
    recordReceipt: (receipt, by) => transactions.single(() => recordReceipt(context, receipt, by)),
    recordPriorBaselines: (input) => transactions.single(() => recordPriorBaselines(context, input)),
    openHandOut: (...args) => transactions.single(() => openHandOut(context, ...args)),
    sealHandOut: (...args) => transactions.single(() => sealHandOut(context, ...args)),
    closeHandOut: (...args) => transactions.single(() => closeHandOut(context, ...args)),
    withdrawHandOut: (id) => transactions.single(() => withdrawHandOut(context, id)),
    recordManifest: (...args) => transactions.single(() => recordManifest(context, ...args)),
    recordExport: (...args) => transactions.single(() => recordExport(context, ...args)),

    recordSupplements: (...args) => transactions.single(() => recordSupplements(context, ...args)),
    recordSnapshot: (...args) => transactions.single(() => recordSnapshot(context, ...args)),
    recordRotation: (...args) => transactions.single(() => recordRotation(context, ...args)),

    ...descriptionMethods(context),

    ...decisionMethods(context, files),
    ...quarantineMethods(context),

    ...structureMethods(context),

    // How far a job has come is worth no commit of its own.
    saveJob(id, change) {
      const save = (): void => saveJob(connection, id, change);
      if (change.state === 'running' && transactions.isOpen) transactions.bulk(0, save);
      else transactions.single(save);
      return !transactions.isOpen;
    },
    markInterrupted: () => transactions.single(() => markInterrupted(connection)),

    checkCounters() {
      transactions.commit();
      const open = connection
        .sql(`SELECT 1 FROM acts WHERE kind IN ('audit', 'rescan') AND closed_at IS NULL LIMIT 1`)
        .get();
      // While a run is open its checks stand recorded, and the items that they touch are derived when it closes.
      return [...compareCounters(connection), ...(open === undefined ? compareItems(connection) : [])];
    },
    close() {
      try {
        transactions.commit();
        tidy(connection);
      } finally {
        connection.close();
      }
    },
  };
  return translated(methods, path);
}

/** Keeps what the query planner knows of the tables up to date. */
function tidy({ db }: Connection): void {
  try {
    db.pragma('analysis_limit = 400');
    db.pragma('optimize');
  } catch {
    // Everything is recorded; damage or a full disk is told by whoever needs the catalogue next.
  }
}

/** Whatever SQLite throws, a person must be able to act on. */
function translated(methods: WriterMethods, path: string): WriterMethods {
  const wrapped = Object.entries(methods).map(([name, method]) => {
    const call = method as (...args: unknown[]) => unknown;
    const safe = (...args: unknown[]): unknown => {
      try {
        return call(...args);
      } catch (error) {
        throw catalogueError(error, path);
      }
    };
    return [name, safe];
  });
  return Object.fromEntries(wrapped) as WriterMethods;
}
