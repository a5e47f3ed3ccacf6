/** Every command, in the order in which help lists them. A new command is a file beside this one and a line here. */
import type { CliCommand } from '../command.ts';
import { accession } from './accession.ts';
import { agentAdd } from './agent-add.ts';
import { agentAssign } from './agent-assign.ts';
import { agentEnd } from './agent-end.ts';
import { agentForget } from './agent-forget.ts';
import { agentList } from './agent-list.ts';
import { agentRename } from './agent-rename.ts';
import { agentShow } from './agent-show.ts';
import { appraiseAccept } from './appraise-accept.ts';
import { appraiseDecline } from './appraise-decline.ts';
import { appraiseList } from './appraise-list.ts';
import { appraiseShow } from './appraise-show.ts';
import { appraiseSurvey } from './appraise-survey.ts';
import { audit } from './audit.ts';
import { bagCreate } from './bag-create.ts';
import { bagProfile } from './bag-profile.ts';
import { bagValidate } from './bag-validate.ts';
import { collectionAdd } from './collection-add.ts';
import { collectionList } from './collection-list.ts';
import { collectionShow } from './collection-show.ts';
import { collectionMove } from './collection-move.ts';
import { collectionRename } from './collection-rename.ts';
import { closeGaps } from './close-gaps.ts';
import { collectionAssign } from './collection-assign.ts';
import { inspect } from './inspect.ts';
import { itemList } from './item-list.ts';
import { itemShow } from './item-show.ts';
import { itemSplit } from './item-split.ts';
import { itemMerge } from './item-merge.ts';
import { itemMove } from './item-move.ts';
import { itemOrder } from './item-order.ts';
import { itemRole } from './item-role.ts';
import { itemRelate } from './item-relate.ts';
import { itemUnrelate } from './item-unrelate.ts';
import { itemTracks } from './item-tracks.ts';
import { itemRegroup } from './item-regroup.ts';
import { completion } from './completion.ts';
import { deaccession } from './deaccession.ts';
import { deleteCommand } from './delete.ts';
import { describe } from './describe.ts';
import { exportDublinCore, exportEbuCore, exportMets, exportPremis } from './export-records.ts';
import { findingsList } from './findings-list.ts';
import { findingsMass } from './findings-mass.ts';
import { findingsResolve } from './findings-resolve.ts';
import { findingsShow } from './findings-show.ts';
import { handOutsList, handOutsShow } from './hand-outs.ts';
import { init } from './init.ts';
import { jobsCancel } from './jobs-cancel.ts';
import { jobsList } from './jobs-list.ts';
import { jobsResume } from './jobs-resume.ts';
import { jobsShow } from './jobs-show.ts';
import { locationAdd } from './location-add.ts';
import { locationAttest } from './location-attest.ts';
import { locationCheck } from './location-check.ts';
import { locationList } from './location-list.ts';
import { locationRelink } from './location-relink.ts';
import { locationCheckIn } from './location-check-in.ts';
import { locationCheckOut } from './location-check-out.ts';
import { locationLoans } from './location-loans.ts';
import { locationRecall } from './location-recall.ts';
import { locationShow } from './location-show.ts';
import { locationShelve } from './location-shelve.ts';
import { locationUnshelve } from './location-unshelve.ts';
import { locationSet } from './location-set.ts';
import { logHeads } from './log-heads.ts';
import { logLodge } from './log-lodge.ts';
import { logProve } from './log-prove.ts';
import { logRotateKey } from './log-rotate-key.ts';
import { logVerify } from './log-verify.ts';
import { exportManifest, manifestCreate } from './manifest-create.ts';
import { importManifest, manifestImport } from './manifest-import.ts';
import { quarantineDiscard, quarantineList, quarantineRestore, quarantineShow } from './quarantine.ts';
import { recover } from './recover.ts';
import { rebuild } from './rebuild.ts';
import { receipt } from './receipt.ts';
import { replicate } from './replicate.ts';
import { reportAnnual } from './report-annual.ts';
import { reportCertificate } from './report-certificate.ts';
import { reportCondition } from './report-condition.ts';
import { reportFixity } from './report-fixity.ts';
import { rescan } from './rescan.ts';
import { scheduleAdd } from './schedule-add.ts';
import { scheduleInstall } from './schedule-install.ts';
import { scheduleList } from './schedule-list.ts';
import { schedulePause } from './schedule-pause.ts';
import { scheduleRemove } from './schedule-remove.ts';
import { scheduleResume } from './schedule-resume.ts';
import { scheduleRunDue } from './schedule-run-due.ts';
import { scheduleUninstall } from './schedule-uninstall.ts';
import { search } from './search.ts';
import { serve } from './serve.ts';
import { show } from './show.ts';
import { start } from './start.ts';
import { policy } from './policy.ts';
import { status } from './status.ts';
import { survey } from './survey.ts';
import { tellingSet } from './telling-set.ts';
import { tellingShow } from './telling-show.ts';
import { tellingTest } from './telling-test.ts';
import { templateList } from './template-list.ts';
import { templateRemove } from './template-remove.ts';
import { templateSave } from './template-save.ts';

export const commands: readonly CliCommand[] = [
  init,
  inspect,
  survey,
  appraiseSurvey,
  appraiseList,
  appraiseShow,
  appraiseAccept,
  appraiseDecline,
  accession,
  templateSave,
  templateList,
  templateRemove,
  receipt,
  rescan,
  replicate,
  audit,
  scheduleAdd,
  scheduleList,
  schedulePause,
  scheduleResume,
  scheduleRemove,
  scheduleRunDue,
  scheduleInstall,
  scheduleUninstall,
  tellingShow,
  tellingSet,
  tellingTest,
  status,
  policy,
  search,
  show,
  describe,
  closeGaps,
  deaccession,
  deleteCommand,
  collectionAdd,
  collectionList,
  collectionShow,
  collectionMove,
  collectionRename,
  collectionAssign,
  itemList,
  itemShow,
  itemSplit,
  itemMerge,
  itemMove,
  itemOrder,
  itemRole,
  itemRelate,
  itemUnrelate,
  itemTracks,
  itemRegroup,
  locationAdd,
  locationList,
  locationShow,
  locationCheck,
  locationRelink,
  locationSet,
  locationShelve,
  locationUnshelve,
  locationCheckOut,
  locationCheckIn,
  locationRecall,
  locationLoans,
  locationAttest,
  findingsList,
  findingsShow,
  findingsResolve,
  findingsMass,
  recover,
  quarantineList,
  quarantineShow,
  quarantineRestore,
  quarantineDiscard,
  jobsList,
  jobsShow,
  jobsResume,
  jobsCancel,
  agentAdd,
  agentList,
  agentShow,
  agentRename,
  agentAssign,
  agentEnd,
  agentForget,
  bagCreate,
  bagValidate,
  bagProfile,
  handOutsList,
  handOutsShow,
  manifestCreate,
  manifestImport,
  importManifest,
  reportAnnual,
  reportCondition,
  reportFixity,
  reportCertificate,
  exportManifest,
  exportPremis,
  exportMets,
  exportDublinCore,
  exportEbuCore,
  logVerify,
  logProve,
  logLodge,
  logHeads,
  logRotateKey,
  serve,
  rebuild,
  completion,
  start,
];

/** First words that several commands share. */
export const groups: Readonly<Record<string, { readonly summary: string; readonly example: string }>> = {
  collection: { summary: 'the tree that accessions belong to', example: 'collection list' },
  item: { summary: 'what files make up: releases, tapes, sessions', example: 'item list' },
  location: { summary: 'the places that hold copies', example: 'location list' },
  schedule: { summary: 'what is verified when, also with the app closed', example: 'schedule list' },
  telling: { summary: 'whom scheduled runs are told by mail', example: 'telling show' },
  findings: { summary: 'what audits found that a person must decide on', example: 'findings list' },
  jobs: {
    summary: 'long acts: what runs, what was interrupted, what they left undone',
    example: 'jobs list',
  },
  agent: {
    summary: 'people and institutions: who is responsible, who takes over',
    example: 'agent list',
  },
  appraise: {
    summary: 'what is offered: look at it, then accept or decline',
    example: 'appraise ~/offer --title "Miller tapes"',
  },
  template: { summary: 'defaults for accessions', example: 'template list' },
  bag: {
    summary: 'packages that any other tool can check (BagIt)',
    example: 'bag validate ~/incoming/tapes',
  },
  manifest: {
    summary: 'checksum files, handed out and taken in',
    example: 'manifest create --accession 2026-0012',
  },
  report: {
    summary: 'what people are told: a year, the condition of the collection, fixity, one file',
    example: 'report annual --year 2026',
  },
  export: {
    summary: 'records of what is kept, in the standards of others',
    example: 'export premis --accession 2026-0012',
  },
  import: {
    summary: 'what others recorded, taken in',
    example: 'import manifest ~/miller/checksums.md5 --accession 2026-0012 --by "A. Miller" --on 2009-05-03',
  },
  'hand-outs': { summary: 'packages that left: what, when, to whom', example: 'hand-outs list' },
  log: { summary: 'the chained record of every act', example: 'log verify' },
};
