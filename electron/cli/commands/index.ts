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
import { bagValidate } from './bag-validate.ts';
import { collectionAdd } from './collection-add.ts';
import { collectionList } from './collection-list.ts';
import { collectionShow } from './collection-show.ts';
import { collectionMove } from './collection-move.ts';
import { collectionRename } from './collection-rename.ts';
import { collectionAssign } from './collection-assign.ts';
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
import { findingsList } from './findings-list.ts';
import { init } from './init.ts';
import { jobsCancel } from './jobs-cancel.ts';
import { jobsList } from './jobs-list.ts';
import { jobsResume } from './jobs-resume.ts';
import { jobsShow } from './jobs-show.ts';
import { locationAdd } from './location-add.ts';
import { locationCheck } from './location-check.ts';
import { locationList } from './location-list.ts';
import { locationRelink } from './location-relink.ts';
import { logVerify } from './log-verify.ts';
import { rebuild } from './rebuild.ts';
import { receipt } from './receipt.ts';
import { replicate } from './replicate.ts';
import { rescan } from './rescan.ts';
import { search } from './search.ts';
import { show } from './show.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { survey } from './survey.ts';
import { templateList } from './template-list.ts';
import { templateRemove } from './template-remove.ts';
import { templateSave } from './template-save.ts';

export const commands: readonly CliCommand[] = [
  init,
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
  status,
  search,
  show,
  describe,
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
  locationCheck,
  locationRelink,
  findingsList,
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
  bagValidate,
  logVerify,
  rebuild,
  completion,
  start,
];

/** First words that several commands share. */
export const groups: Readonly<Record<string, { readonly summary: string; readonly example: string }>> = {
  collection: { summary: 'the tree that accessions belong to', example: 'collection list' },
  item: { summary: 'what files make up: releases, tapes, sessions', example: 'item list' },
  location: { summary: 'the places that hold copies', example: 'location list' },
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
  log: { summary: 'the chained record of every act', example: 'log verify' },
};
